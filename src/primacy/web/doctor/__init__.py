"""What is wrong with a set-up: every file of this folder looks at one thing.

A file has `check(instance)`, which yields an `Ailment` (what, where, remedy) for each thing that is not as it should
be, in the language of whoever asks; and two facts:

    NEEDS_DATABASE   it reads tables, so it is not asked where these cannot be read
    QUICK            it is done in a moment, so that the page asks it too; others read every byte
"""

import sys

from primacy.evidence.doctor import Ailment
from primacy.framework.instance import Instance
from primacy.register import members

FIRST = "database"  # where it finds something grave, whatever needs the database is not asked


def examine(instance: Instance, *, quick: bool = False) -> list[Ailment]:
    """Everything that is wrong with an instance; nothing where it is whole. Changes nothing."""
    found = members(sys.modules[__name__], names=("check", "NEEDS_DATABASE", "QUICK"))
    ailments = list(found[FIRST].check(instance))
    readable = not any(each.grave for each in ailments)
    for name, module in found.items():
        if name != FIRST and (readable or not module.NEEDS_DATABASE) and (module.QUICK or not quick):
            ailments += module.check(instance)
    return ailments
