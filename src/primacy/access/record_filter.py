"""The decision of `record_rights` as the filter of a query, so that no forbidden record is even counted."""

from django.db.models import Q

from primacy.access.record_rights import (
    OF_THE_AUTHOR,
    OF_WHOM_IT_IS_SHARED_WITH,
    Reader,
    grants,
    writes_at_all,
)

NOTHING = Q(pk__in=[])


def reach(reader: Reader, action: str, type_: str) -> Q:
    """The records of a type with which this person may do this: the same as `may`, for a table of records."""
    by_table = NOTHING
    for each in grants(reader, type_, action):
        one = Q(confidentiality__lte=each.level)
        if each.component:
            one &= Q(component=each.component)
        elif not each.early:
            one &= Q(released=True) | Q(component=each.by)
        by_table |= one
    found = by_table & (Q(group=None) | Q(group__in=sorted(reader.groups)))
    if action in OF_THE_AUTHOR and writes_at_all(reader, type_):
        found |= Q(author=reader.person, one_hand=True)
    if action in OF_WHOM_IT_IS_SHARED_WITH:
        shared = sorted(each.partition("/")[2] for each in reader.shared if each.startswith(f"{type_}/"))
        found |= Q(pk__in=shared) if shared else NOTHING
    return found
