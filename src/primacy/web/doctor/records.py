"""Can records be published, and do they still say what the audit trail says was saved?"""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from primacy.evidence.doctor import Ailment
from primacy.framework.instance import Instance
from primacy.records.queries.review import headless
from primacy.records.queries.sealing import compare
from primacy.ui.templatetags.ui import component

NEEDS_DATABASE = True
QUICK = False


def check(instance: Instance) -> Iterator[Ailment]:
    """Components whose records nobody may publish; every version that was changed past the product, and how many there
    are of which the trail says nothing."""
    if nobody := headless():
        what = _("nobody may publish what these components write: %(names)s") % {
            "names": ", ".join(map(component, nobody))
        }
        yield Ailment(
            what, "people", _("Give somebody who heads them, or the mission, a post with “heads it”"), grave=False
        )
    found = compare()
    if found.lacking:
        what = ngettext(
            "the audit trail lacks the entry of %(n)s version of a record",
            "the audit trail lacks the entries of %(n)s versions of records",
            found.lacking,
        ) % {"n": found.lacking}
        yield Ailment(what, "audit trail", _("Compare it with a backup, and say so"))
    for type_, record in found.rows:
        what = _("a record is not what its newest version says, or a version of it is gone")
        yield Ailment(what, f"{type_}/{record}", _("Compare it with a backup, and say so"))
    for name in found.gone:
        what = _("the audit trail tells of a record of which nothing is left, and no disposal says why")
        yield Ailment(what, name, _("Compare it with a backup, and say so"))
    for each in found.versions:
        what = _("version %(n)s of a record is not what the audit trail says was saved") % {"n": each.number}
        yield Ailment(what, f"{each.type}/{each.record}", _("Compare it with a backup, and say so"))
