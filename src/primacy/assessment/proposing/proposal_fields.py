"""Which fields of an entry a form can change, and what of the entry differs once it was filled in.

The form shows numbers, lengths of time, days and words. Everything else of the grammar is written in a file, as before.
Pure: plain trees in and out.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from primacy.framework.overlay import FREE

WORDS = ("title", "short", "question", "about", "misleads")
LONG = ("question", "about", "misleads")
TIMED = ("window", "fresh", "for", "in", "within", "against", "since", "event", "date")
"""Keys whose value is a length of time, a day or an event, wherever they stand."""
WHOLE = ("rule",)  # mappings that an overlay replaces as a whole
LOOKED_THROUGH = ("rule", "indicators", "thresholds", "reversal", "signs", "due")
PLAIN = re.compile(r"[+-]?\d+(?:\.\d+)?")
APART = "; "
Tree = dict[str, Any]


@dataclass(frozen=True)
class Field:
    """`path` from the entry down; `group`: words, numbers or times; `value` as a planner writes it."""

    path: str
    group: str
    value: str
    of: str = ""  # the indicator that it is about, where it is in a rule
    verb: str = ""

    @property
    def long(self) -> bool:
        return self.path in LONG

    @property
    def free(self) -> bool:
        """Whether it counts at once, and without a second signature."""
        return self.path.split(".")[0] in FREE


def fields(tree: Mapping[str, Any]) -> list[Field]:
    """In the order of the form: words, numbers, times."""
    words = [Field(name, "words", str(tree[name]).strip()) for name in WORDS if tree.get(name)]
    numbers = [
        Field(f"thresholds.{name}.value", "numbers", written(each["value"]))
        for name, each in tree.get("thresholds", {}).items()
    ]
    return [*words, *numbers, *(each for key in LOOKED_THROUGH for each in _times(tree.get(key), key))]


def _times(node: Any, path: str, verb: str = "", of: str = "") -> Iterator[Field]:
    if isinstance(node, list):
        for place, each in enumerate(node):
            yield from _times(each, f"{path}.{place}", verb, of)
    elif isinstance(node, Mapping):
        of = str(node.get("indicator", of))
        for key, each in node.items():
            if key in TIMED and isinstance(each, str | int | float):
                yield Field(f"{path}.{key}", "times", written(each), of, verb)
            elif isinstance(each, Mapping | list):
                yield from _times(each, f"{path}.{key}", str(key), of)


def written(value: Any) -> str:
    return APART.join(map(str, value)) if isinstance(value, list | tuple) else str(value)


def read(text: str, before: Any) -> Any:
    """A value as YAML would hold it: a number stays a number, a pair a pair, all else a text."""
    text = " ".join(text.split())
    if isinstance(before, list | tuple):
        return [_scalar(each.strip()) for each in text.split(";")]
    return _scalar(text) if isinstance(before, int | float) or PLAIN.fullmatch(text) else text


def _scalar(text: str) -> Any:
    if not PLAIN.fullmatch(text):
        return text
    return float(text) if "." in text else int(text)


def differing(tree: Mapping[str, Any], given: Mapping[str, str], *, retired: bool = False) -> Tree:
    """What an overlay must say so that the entry reads as the form was filled in; empty where it says the same.

    `given`: texts by path. Mappings are merged by field; lists and rules are written as a whole.
    """
    found: Tree = {}
    edited: Tree = deepcopy(dict(tree))
    for each in fields(tree):
        text = given.get(each.path)
        if text is None or " ".join(text.split()) == " ".join(each.value.split()):
            continue
        steps = each.path.split(".")
        value = read(text, _at(tree, steps)) if each.group != "words" else " ".join(text.split())
        _put(edited, steps, value)
        _put_small(found, edited, steps, value)
    if retired and not tree.get("retired"):
        found["retired"] = True
    return found


def _put_small(found: Tree, edited: Mapping[str, Any], steps: Sequence[str], value: Any) -> None:
    """The change in as little of the entry as an overlay may say."""
    node: Any = edited
    for place, step in enumerate(steps):
        whole = step in WHOLE or isinstance(node[step], list)
        if whole or place == len(steps) - 1:
            found[step] = deepcopy(node[step]) if whole else value
            return
        node = node[step]
        found = found.setdefault(step, {})


def _at(node: Any, steps: Sequence[str]) -> Any:
    for step in steps:
        node = node[int(step)] if isinstance(node, list) else node[step]
    return node


def _put(node: Any, steps: Sequence[str], value: Any) -> None:
    below = _at(node, steps[:-1])
    below[int(steps[-1]) if isinstance(below, list) else steps[-1]] = value


def laid_over(tree: Mapping[str, Any], content: Mapping[str, Any]) -> Tree:
    """The entry as a proposal would have it, to fill the form again."""
    result: Tree = dict(tree)
    for key, value in content.items():
        merge = isinstance(value, Mapping) and isinstance(result.get(key), Mapping) and key not in WHOLE
        result[key] = laid_over(result[key], value) if merge else value
    return result
