"""Is the audit trail whole?"""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from primacy.access import chain, queries
from primacy.evidence.doctor import Ailment
from primacy.framework.instance import Instance

NEEDS_DATABASE = True
QUICK = False


def check(instance: Instance) -> Iterator[Ailment]:
    """Every break of the chain."""
    for each in chain.verify(queries.chain_of_entries()).breaks:
        what = _("the audit trail is broken: %(said)s") % {"said": each}
        yield Ailment(what, "audit trail", _("Compare it with a backup, and say so"))
