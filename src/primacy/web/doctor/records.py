"""Can records be published, and do they still say what the audit trail says was saved?"""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from primacy.evidence.doctor import Ailment
from primacy.framework.instance import Instance
from primacy.records.queries.review import headless
from primacy.records.queries.sealing import broken_seals
from primacy.ui.templatetags.ui import component

NEEDS_DATABASE = True
QUICK = False


def check(instance: Instance) -> Iterator[Ailment]:
    """Components whose records nobody may publish; every version that was changed, or put there, past the product."""
    if nobody := headless():
        what = _("nobody may publish what these components write: %(names)s") % {
            "names": ", ".join(map(component, nobody))
        }
        yield Ailment(
            what, "people", _("Give somebody who heads them, or the mission, a post with “heads it”"), grave=False
        )
    for each in broken_seals():
        what = _("version %(n)s of a record is not what the audit trail says was saved") % {"n": each.number}
        yield Ailment(what, f"{each.type}/{each.record}", _("Compare it with a backup, and say so"))
