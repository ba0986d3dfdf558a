"""When was it last backed up?"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from django.utils.translation import gettext as _

from primacy.evidence.doctor import Ailment
from primacy.framework.instance import Instance

NEEDS_DATABASE = False
QUICK = True
OLD = timedelta(days=2)
MARK = "last-backup"  # an empty file that `primacy backup` touches when the backup was read again and is whole


def last(instance: Instance) -> datetime | None:
    """When the last backup was whole, if there ever was one."""
    mark = instance.folder / MARK
    return datetime.fromtimestamp(mark.stat().st_mtime, UTC) if mark.is_file() else None


def check(instance: Instance) -> Iterator[Ailment]:
    """By the file that a finished backup touches (docs/how-to/back-up.md)."""
    mark, remedy = str(instance.folder / MARK), _("`primacy backup FOLDER`, each night: docs/how-to/back-up.md")
    found = last(instance)
    if found is None:
        yield Ailment(_("nothing says that it was ever backed up"), mark, remedy, grave=False)
    elif datetime.now(UTC) - found > OLD:
        yield Ailment(_("the last backup is of %(day)s") % {"day": f"{found:%Y-%m-%d}"}, mark, remedy)
