"""Is there room for what is to come?"""

import os
import shutil
from collections.abc import Iterator

from django.utils.translation import gettext as _

from primacy.evidence.doctor import Ailment
from primacy.framework.instance import Instance

NEEDS_DATABASE = False
QUICK = True
LITTLE, FEW = 500_000_000, 2_000_000_000  # bytes: an import of a large file writes as much again


def check(instance: Instance) -> Iterator[Ailment]:
    """A full disk loses what is being saved; a folder that cannot be written keeps nothing."""
    free = shutil.disk_usage(instance.folder).free
    if free < FEW:
        what = _("the disk has %(number)d MB left") % {"number": free // 1_000_000}
        yield Ailment(
            what, str(instance.folder), _("Make room, or move the instance to a larger disk"), grave=free < LITTLE
        )
    for path in (instance.folder, instance.evidence, instance.assessments):
        if path.is_dir() and not os.access(path, os.W_OK | os.X_OK):
            yield Ailment(_("Primacy cannot write here"), str(path), _("Give the folder to the user that runs Primacy"))
