"""Does everybody hold what the audit trail says they were given, and nothing else?"""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from primacy.access.grants import Difference
from primacy.access.queries import names_of, not_as_granted
from primacy.evidence.doctor import Ailment
from primacy.framework.instance import Instance

NEEDS_DATABASE = True
QUICK = False


def check(instance: Instance) -> Iterator[Ailment]:
    """Every sign-in, role, post, membership, share, hold and the like that was put in, changed or taken out past the
    product."""
    found = list(not_as_granted())
    names = names_of({each.person for each in found if each.person is not None})
    for each in found:
        number, who = each.name.partition("/")[2], names.get(each.person or 0, "–")
        yield Ailment(_what(each), f"{each.kind.called} {number} ({who})", _("Compare it with a backup, and say so"))


def _what(found: Difference) -> str:
    if found.what == "unknown":
        return _("somebody holds something of which the audit trail says nothing")
    if found.what == "gone":
        return _("something that the audit trail says somebody holds is gone")
    fields = _(", ").join(dict.fromkeys(map(str, found.fields)))
    return _("something that somebody holds is not as the audit trail says: %(fields)s") % {"fields": fields}
