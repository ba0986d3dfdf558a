"""Names of groups without the persons that some of them are called after.

A published name such as "Forces of A. Person" or "A. Person and supporters" says who leads; the group is told apart by
its number, so the name of the person is left out. The names of parties and movements stay as they are.
"""

import hashlib
import re

import numpy as np

from primacy.evidence.locating import Codes

PERSON = r"[^\W\d_a-z][\w'’.\-]*(?: (?:al|el|bin|de|von|[^\W\d_a-z][\w'’.\-]*)){1,3}"
LED = re.compile(rf"(^|\()((?:[Mm]ilitary faction |[Ff]action )?[Ff]orces (?:of|led by)) {PERSON}(?=\)|$)")
FOLLOWED = re.compile(rf"^{PERSON}(?: \([^)]*\))? and supporters$")
SUPPORTED = re.compile(rf"\({PERSON} supporters\)")
SUPPORTERS = re.compile(r"^([Ss]upporters of) (?!.*\b(?:of|and|Party|Front|Union|Movement|Army)\b)[A-Z]\w*[a-z] [A-Z][\w-]+$")


def without_leaders(name: str) -> str:
    """The name of a group, with "a leader" for the person it is called after.

    >>> without_leaders("Military faction (forces of Ana Example)"), without_leaders("Forces of Freedom and Change")
    ('Military faction (forces of a leader)', 'Forces of Freedom and Change')
    """
    if ", " in name:
        return ", ".join(without_leaders(each) for each in name.split(", "))
    name = LED.sub(r"\1\2 a leader", name.strip())
    name = FOLLOWED.sub("A leader and supporters", name)
    name = SUPPORTERS.sub(r"\1 a leader", name)
    return SUPPORTED.sub("(supporters of a leader)", name)


def told_apart(names: Codes) -> Codes:
    """Eight hexadecimal digits for each name, for sources that give groups no numbers."""
    known = {name: hashlib.sha256(name.encode()).hexdigest()[:8] for name in set(names)}
    return np.array([known[name] for name in names], dtype=object)


def groups(names: Codes) -> Codes:
    """The same for a column."""
    known = {name: without_leaders(name) for name in set(names)}
    return np.array([known[name] for name in names], dtype=object)
