"""Are records kept as long as the mission's own schedule says, or still by the periods that Primacy came with?"""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from primacy.evidence.doctor import Ailment
from primacy.framework.instance import Instance
from primacy.records.queries import record_types
from primacy.records.retaining import periods

NEEDS_DATABASE = False
QUICK = True


def check(instance: Instance) -> Iterator[Ailment]:
    """Nobody approved the periods that are shipped; records that go by them may have to be kept by the rules."""
    file = instance.folder / "retention.yaml"
    try:
        unconfirmed = [_called(type_) for type_, period in periods(file).items() if period.shipped]
    except (ValueError, OSError) as error:
        yield Ailment(str(error), str(file), _("Mend the file: docs/how-to/retention.md has its form"))
        return
    if unconfirmed and not instance.is_exercise:
        yield Ailment(
            _("nobody confirmed how long records are kept; by default: %(types)s")
            % {"types": _(", ").join(unconfirmed)},
            str(file), _("Write the approved schedule there, a row for each, the same years too"), grave=False,
        )  # fmt: skip


def _called(type_: str) -> str:
    """What the records of a type are called; a row of the file may be of a type that is no more."""
    found = record_types().get(type_)
    return str(found.many) if found else type_
