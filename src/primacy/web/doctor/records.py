"""Do records still say what the audit trail says was saved?"""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from primacy.evidence.doctor import Ailment
from primacy.framework.instance import Instance
from primacy.records.queries.sealing import broken_seals

NEEDS_DATABASE = True
QUICK = False


def check(instance: Instance) -> Iterator[Ailment]:
    """Every version that was changed, or put there, past the product."""
    for each in broken_seals():
        what = _("version %(n)s of a record is not what the audit trail says was saved") % {"n": each.number}
        yield Ailment(what, f"{each.type}/{each.record}", _("Compare it with a backup, and say so"))
