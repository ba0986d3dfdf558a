"""Who else on the machine can read what must stay secret?"""

import os
from collections.abc import Iterator
from pathlib import Path

from django.utils.translation import gettext as _

from primacy.evidence.doctor import Ailment
from primacy.framework.instance import Instance
from primacy.web.openid import FILE as SIGN_IN

NEEDS_DATABASE = False
QUICK = True
NAMED = ("PRIMACY_SECRET_KEY_FILE", "PRIMACY_KEYS_FILE", "PRIMACY_SIGN_IN_FILE")


def check(instance: Instance) -> Iterator[Ailment]:
    """Keys, addresses and the folder, with the databases in it, are for their owner alone."""
    keys = [instance.keys, instance.signing_key, instance.database_address, instance.folder / SIGN_IN, *_named()]
    for path in (each for each in keys if each.is_file()):
        if path.stat().st_mode & 0o077:
            yield Ailment(
                _("others on this machine can read a key"), str(path),
                _("chmod 600 this file, and think of a new key: somebody may have read it"),
            )  # fmt: skip
    if instance.folder.stat().st_mode & 0o007:
        what = _("everybody on this machine can look into the instance folder")
        yield Ailment(what, str(instance.folder), _("chmod 700 this folder"))
    for path in (each for each in _named() if not each.is_file()):
        what = _("a key that the environment names is not there")
        yield Ailment(what, str(path), _("Bring it there, or name another"))


def _named() -> list[Path]:
    return [Path(os.environ[name]) for name in NAMED if os.environ.get(name)]
