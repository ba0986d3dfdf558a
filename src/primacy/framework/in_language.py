"""An entry as plain data with its texts in a language: what scripts read."""

from collections.abc import Mapping
from copy import deepcopy
from typing import Any

from primacy.framework.in_force import Framework, Tree
from primacy.framework.translations import SOURCE, leaves, unreviewed


def told_in(framework: Framework, tree: Mapping[str, Any], language: str) -> Tree:
    """The tree of an output, entry, component or published threshold with each text that the language has.

    What is not translated stays English. `language` and `reviewed` (whether somebody has confirmed the translation) are
    added where it is not English.
    """
    told = deepcopy(dict(tree))
    if language == SOURCE:
        return told
    id = str(tree["id"])
    for path, text in leaves(framework.texts.get(language, {}).get(id, {})):
        _put(told, path.split("."), text)
    for indicator in told.get("indicators", {}):
        label, translated = framework.text(id, f"labels.{indicator}", language)  # those taken from others too
        if translated:
            told["indicators"][indicator]["label"] = label
    return {**told, "language": language, "reviewed": not unreviewed(framework, language, id)}


def _put(tree: Tree, path: list[str], text: str) -> None:
    """Sets a text where the entry keeps it; a text of what is not there (any more) is passed over."""
    above, last = _kept_at(tree, path)
    inside: Any = tree
    for step in above:
        inside = _below(inside, step)
    if isinstance(inside, dict) and last in inside:
        inside[last] = text
    elif isinstance(inside, list) and last.isdecimal() and int(last) < len(inside):
        inside[int(last)] = text


def _kept_at(tree: Tree, path: list[str]) -> tuple[list[str], str]:
    """Where a text that is told by a short path stands in the entry: `units.fall` in `thresholds.fall.unit`."""
    match path:
        case ["labels", indicator]:
            return ["indicators", indicator], "label"
        case ["units", threshold]:
            return ["thresholds", threshold], "unit"
        case ["signs", sign] if "reversal" in tree:
            return ["reversal", sign, "sign"], "text"
        case ["signs" | "due" as part, signal]:
            return [part, signal], "text"
    return path[:-1], path[-1]


def _below(inside: Any, step: str) -> Any:
    """A field, a place in a list, or what bears an id in it; None where there is none."""
    if isinstance(inside, dict):
        return inside.get(step)
    if not isinstance(inside, list):
        return None
    if step.isdecimal():
        return inside[int(step)] if int(step) < len(inside) else None
    return next((each for each in inside if step in (each.get("id"), each.get("sign", {}).get("id"))), None)
