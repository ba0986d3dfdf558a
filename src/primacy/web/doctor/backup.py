"""When was it last backed up?"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from django.utils.translation import gettext as _

from primacy.evidence.doctor import Ailment
from primacy.framework.instance import Instance

NEEDS_DATABASE = False
QUICK = True
OLD = timedelta(days=2)
MARK = "last-backup"  # an empty file that whatever makes the backup touches when it is whole


def check(instance: Instance) -> Iterator[Ailment]:
    """By the file that the script of the backup touches (docs/how-to/run-a-mission.md)."""
    mark = instance.folder / MARK
    remedy = _("docs/how-to/run-a-mission.md has a script; it touches this file when it is done")
    if not mark.is_file():
        yield Ailment(_("nothing says that it was ever backed up"), str(mark), remedy, grave=False)
        return
    last = datetime.fromtimestamp(mark.stat().st_mtime, UTC)
    if datetime.now(UTC) - last > OLD:
        yield Ailment(_("the last backup is of %(day)s") % {"day": f"{last:%Y-%m-%d}"}, str(mark), remedy)
