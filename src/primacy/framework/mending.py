"""Faulty entries mended by stand-ins, so that what is right in them can be looked at too: all faults come at once."""

from copy import deepcopy
from typing import Any

from pydantic import ValidationError

from primacy.framework.entries import Entry
from primacy.framework.grammar import VERBS
from primacy.framework.problems import FrameworkError, Problem, problems_of

Tree = dict[str, Any]
RULE: Tree = {"exists": {"indicator": "stand-in"}}
STAND_INS: Tree = {
    "indicators": {"kind": "incident", "measure": "events", "aggregate": "sum"},
    "thresholds": {"value": 1, "unit": "-"},
    "rule": RULE, "horizon": "short", "lead": "planning", "benchmarks": ["O1.S1"],
    "answers": ["O1.A1"], "signs": [{"id": "stand-in", "text": "-", "report": "-"}],
    "due": [{"id": "stand-in", "text": "-", "report": "-"}],
    "options": [{"id": id, "title": "-", "for": ["-"], "against": ["-"]} for id in ("one", "other")],
    "assumptions": ["-"], "evidence": [{"benchmark": "O1.S1", "says": "-"}], "reversal": [], "collect": [],
    "with": [], "consulted": [], "beside": [], "flags": {}, "retired": False, "electoral": [],
}  # fmt: skip
"""What stands for a faulty field while the rest of its entry is looked at; texts stand for themselves."""
MEMBERS: Tree = {
    "signs": {"id": "stand-in", "text": "-", "report": "-"}, "due": {"id": "stand-in", "text": "-", "report": "-"},
    "options": {"id": "stand-in", "title": "-", "for": ["-"], "against": ["-"]},
    "evidence": {"benchmark": "O1.S1", "says": "-"}, "reversal": {"sign": {"id": "stand-in", "text": "-"}},
    "collect": {"what": "-", "kind": "incident", "how": "-"},
}  # fmt: skip
"""The same for one member of a list, so that a fault in one does not hide those of the others."""
OF_AREAS: Tree = {"register": "areas", "pass": {"value": ">= 1"}}
CALL_STAND_INS: Tree = {
    "window": "12 months", "by": "20 %", "at_most": 1, "at_least": 1, "min": 1, "against": "baseline",
    "indicator": "stand-in", "between": ["one", "other"], "weight": "equal", "in_order": True,
}  # fmt: skip
"""The same for a field of a verb."""
LISTS_OF_RULES = ("all", "any", "of", "veto")
Place = tuple[int | str, ...]


def mended_entry(model: type[Entry], file: str, tree: Tree, problems: list[Problem]) -> tuple[Entry, set[str]]:
    """The entry, each fault in it bridged by a stand-in as small as can be, and the paths of what was bridged.

    Raises   FrameworkError where a fault cannot be bridged.
    """
    mended: set[str] = set()
    while True:
        try:
            return model.model_validate(tree), mended
        except ValidationError as error:
            problems += [each for each in problems_of(file, error) if not _follows(each, mended)]
            tree, before = dict(tree), len(mended)
            for fault in error.errors():
                mended.add(_stand_in(tree, fault["loc"], fault["type"] == "extra_forbidden", mended))
            if len(mended) == before:
                raise FrameworkError(problems) from error


def _follows(problem: Problem, mended: set[str]) -> bool:
    """Whether a fault only comes from what was left out below it."""
    return any(each.startswith(f"{problem.field}.") for each in mended)


def _stand_in(tree: Tree, place: Place, unknown: bool, mended: set[str]) -> str:
    """Puts a stand-in at a fault's field, or takes out a field that does not exist; returns the field's path.

    `mended`: what was bridged before; a field that still does not do is bridged with all that is around it.
    """
    key = str(place[0])
    if _is_of_a_verb(place) and _path(place) not in mended and _bridged_in_its_verb(tree, place, unknown):
        return _path(place)
    if (rule := _rule_around(tree, place)) is not None:
        tree[key] = deepcopy(tree.get(key))
        _put(tree, rule, RULE)
        return _path(rule)
    if key == "indicators" and len(place) > 2 and place[2] in _given(tree, place) and place[2] != "aggregate":
        tree[key] = deepcopy(tree[key])
        del tree[key][place[1]][place[2]]
        return _path(place[:3])
    if key == "indicators" and len(place) == 2 and (given := _given(tree, place)).get("aggregate") == "share":
        path = f"{_path(place)}.register"
        if path not in mended:  # what it is a share of is missing; all else is still looked at
            tree[key] = {**tree[key], place[1]: {"kind": "incident", **given, **OF_AREAS}}
            return path
    if key in ("indicators", "thresholds") and len(place) > 1 and isinstance(tree[key], dict):
        name = str(place[1])
        given = tree[key].get(name)
        borrowed = (
            {"from": given["from"]} if isinstance(given, dict) and key == "indicators" and "from" in given else {}
        )
        tree[key] = {**tree[key], name: {**STAND_INS[key], **borrowed}}
        return f"{key}.{name}"
    if key == "flags" and len(place) > 1 and isinstance(tree[key], dict):
        tree[key] = {**tree[key], place[1]: {}}
        return _path(place[:2])
    if key in MEMBERS and len(place) > 1 and isinstance(tree[key], list) and _path(place[:2]) not in mended:
        return _bridged_in_its_list(tree, place, mended)
    if unknown and len(place) == 1:
        del tree[key]
    elif key in ("indicators", "thresholds"):
        tree[key] = {}
    else:
        tree[key] = STAND_INS.get(key, "-")
    return key


def _bridged_in_its_list(tree: Tree, place: Place, mended: set[str]) -> str:
    """Bridges a field of a member of a list by itself; the whole member where that is not enough."""
    key, number, *below = place
    assert isinstance(number, int)
    stand_in, given = MEMBERS[str(key)], tree[str(key)][number]
    members, path = list(tree[str(key)]), _path(place[:3])
    if not below or path in mended or not isinstance(given, dict):
        members[number], path = stand_in, _path(place[:2])
    elif below[0] in stand_in:
        members[number] = {**given, below[0]: stand_in[below[0]]}
    else:
        members[number] = {name: each for name, each in given.items() if name != below[0]}
    tree[str(key)] = members
    return path


def _is_of_a_verb(place: Place) -> bool:
    return len(place) > 2 and place[-2] in VERBS


def _bridged_in_its_verb(tree: Tree, place: Place, unknown: bool) -> bool:
    """Whether a field of a verb could be bridged by itself, so that its other fields are still looked at."""
    whole = deepcopy(tree[str(place[0])])
    call: Any = {place[0]: whole}
    try:
        for step in place[:-1]:
            call = call[step]
    except (KeyError, IndexError, TypeError):
        return False
    if not isinstance(call, dict):
        return False
    if unknown:
        call.pop(place[-1], None)
    elif place[-1] in CALL_STAND_INS:
        call[place[-1]] = CALL_STAND_INS[place[-1]]
    else:
        return False
    tree[str(place[0])] = whole
    return True


def _rule_around(tree: Tree, place: Place) -> Place | None:
    """The place of the smallest rule in which a fault lies."""
    found, node = None, tree
    for count, step in enumerate(place, 1):
        try:
            node = node[step]  # type: ignore[index]
        except (KeyError, IndexError, TypeError):
            break
        before = place[count - 2] if count > 1 else ""
        if step in ("rule", "not") or (isinstance(step, int) and before in LISTS_OF_RULES):
            found = place[:count]
    return found


def _given(tree: Tree, place: Place) -> Tree:
    """The indicator in which a fault lies, as it was written; nothing where it is no mapping."""
    indicator = tree["indicators"].get(place[1]) if isinstance(tree["indicators"], dict) else None
    return indicator if isinstance(indicator, dict) else {}


def _put(tree: Any, place: Place, value: Any) -> None:
    for step in place[:-1]:
        tree = tree[step]
    tree[place[-1]] = value


def _path(place: Place) -> str:
    return ".".join(str(step) for step in place)
