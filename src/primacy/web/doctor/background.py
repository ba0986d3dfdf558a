"""Does anybody do what waits in the background?"""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from primacy.evidence.doctor import Ailment
from primacy.framework.instance import Instance
from primacy.jobs import queries

NEEDS_DATABASE = True
QUICK = True
WHERE = "background"


def check(instance: Instance) -> Iterator[Ailment]:
    """A queue that nobody works on, jobs that failed, and what recurs and is late."""
    state = queries.background()
    if not state.workers and state.waiting:
        what = ngettext("%(n)d job waits and no worker runs", "%(n)d jobs wait and no worker runs", state.waiting)
        yield Ailment(what % {"n": state.waiting}, WHERE, _("Start `primacy serve`, or `primacy work` beside it"))
    elif not state.workers:
        yield Ailment(
            _("no worker runs"),
            WHERE,
            _("That is as it should be while the site is closed; else `primacy work`"),
            grave=False,
        )
    if state.failed:
        what = ngettext("%(n)d job failed since yesterday", "%(n)d jobs failed since yesterday", state.failed)
        yield Ailment(what % {"n": state.failed}, WHERE, _("The log of the server says why"), grave=False)
    if state.late:
        what = _("what recurs is late: %(names)s") % {"names": ", ".join(state.late)}
        yield Ailment(what, WHERE, _("A worker does it by itself when it runs"), grave=bool(state.workers))
