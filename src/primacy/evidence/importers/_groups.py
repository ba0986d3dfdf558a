"""Names of groups without the persons that some of them are called after.

A published name such as "Forces of A. Person" or "A. Person and supporters" says who leads; the group is told apart by
its number, so the name of the person is left out. The names of parties and movements stay as they are.
"""

import hashlib
import re

import numpy as np

from primacy.evidence.bringing.locating import Codes

PERSON = r"[^\W\d_a-z][\w'’.\-]*(?: (?:al|el|bin|de|von|[^\W\d_a-z][\w'’.\-]*)){1,3}"
FACTION = re.compile(r"^([Mm]ilitary [Ff]action) \([Ff]orces (?:of|loyal to) [^()]*\)$")
LED = re.compile(r"^([Ff]orces (?:of|led by)) (?!the |Freedom |.* garrison$)[^()]+$")
FOLLOWED = re.compile(rf"^{PERSON}(?: \([^)]*\))? and supporters$")
SUPPORTED = re.compile(rf"\({PERSON} supporters\)")
NO_PERSON = r"[A-Z]+$|.*(?:League|Islami|[Tt]eam|unity|independence|Party|Front|Union|Movement|Army)\b"
SUPPORTERS = re.compile(rf"^([Ss]upporters of) (?!{NO_PERSON}).+$")


def without_leaders(name: str) -> str:
    """The name of a group, with "a leader" for the person it is called after. The names of factions are left.

    >>> without_leaders("Military faction (forces of Ana Example)"), without_leaders("Forces of Freedom and Change")
    ('Military faction (forces of a leader)', 'Forces of Freedom and Change')
    """
    name = FACTION.sub(r"\1 (forces of a leader)", name.strip())
    if ", " in name:
        return ", ".join(without_leaders(each) for each in name.split(", "))
    name = LED.sub(r"\1 a leader", name)
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
