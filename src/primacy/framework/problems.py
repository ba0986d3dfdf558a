"""What is wrong with a framework or a mission file: where, what, and what to do."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import yaml
from pydantic import ValidationError

from primacy.framework.saying import ENGLISH, Said, Unfit, said
from primacy.framework.yaml_files import DEEPEST, LONGEST, Endless, TooDeep, Twice, Unseen, read_yaml


@dataclass(frozen=True)
class Problem:
    """A fault in a file and what mends it: `what` and `remedy` are its English, `told` is any language."""

    file: str
    field: str
    fault: Said
    do: Said
    line: int | None = None

    @property
    def what(self) -> str:
        return self.fault.told()

    @property
    def remedy(self) -> str:
        return self.do.told()

    @property
    def place(self) -> str:
        """File, line and field, as every language writes them."""
        line = f":{self.line}" if self.line else ""
        return f"{self.file}{line}:" + (f" {self.field}:" if self.field else "")

    @property
    def saying(self) -> Said:
        return said("problem", place=self.place, fault=self.fault, do=self.do)

    def told(self, language: str = ENGLISH) -> str:
        return self.saying.told(language)

    def as_dict(self, language: str = ENGLISH) -> dict[str, Any]:
        """For scripts: where it is, and what is said of it in a language. `fault` is the same in all languages."""
        return {
            "file": self.file, "line": self.line, "field": self.field, "fault": self.fault.key,
            "what": self.fault.told(language), "remedy": self.do.told(language),
        }  # fmt: skip

    def __str__(self) -> str:
        return self.told()


class FrameworkError(Exception):
    """All problems of one reading at once."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        super().__init__(problems)

    @property
    def sayings(self) -> tuple[Said, ...]:
        return tuple(each.saying for each in self.problems)

    def told(self, language: str = ENGLISH) -> str:
        return "\n".join(each.told(language) for each in self.problems)

    def __str__(self) -> str:
        return self.told()


GRAMMAR = said("do.grammar")
EMPTY = (said("empty"), said("do.fill-in"))
FIELDS = (said("no-fields"), said("do.fields"))
WHOLE = (said("no-whole-number"), said("do.whole-number"))
LIST = (said("no-list"), said("do.list"))
TRUTH = (said("no-truth"), said("do.one-of-them"))
SHAPES: Mapping[str, tuple[Said, Said]] = {
    "extra_forbidden": (said("no-such-field"), said("do.spelling-or-out")),
    "missing": (said("missing"), said("do.add")),
    "string_too_short": EMPTY,
    "too_short": EMPTY,
    "too_long": (said("too-long"), said("do.shorten")),
    "string_type": (said("no-text"), said("do.text")),
    "list_type": LIST,
    "tuple_type": LIST,
    "dict_type": FIELDS,
    "model_type": FIELDS,
    "model_attributes_type": FIELDS,
    "int_type": WHOLE,
    "int_parsing": WHOLE,
    "int_from_float": WHOLE,
    "float_type": (said("no-number-here"), said("do.number")),
    "float_parsing": (said("no-number-here"), said("do.number")),
    "finite_number": (said("no-number-here"), said("do.number")),
    "bool_type": TRUTH,
    "bool_parsing": TRUTH,
}
"""What is wrong where a field has another shape than it should, and what to do, by the schema's name of the fault."""
SHAPE = re.compile(r"str|int|float|(list|tuple)\[.+\]")
"""What the schema calls a shape that it tried, in the place of a fault."""
NUMBER_OR_NAME = (said("no-number-or-name"), said("do.number-or-name"))
TEXT_OR_LIST = (said("no-text-or-list"), said("do.text-or-list"))
READER: Mapping[str, tuple[Said, Said]] = {
    "mapping values are not allowed": (said("yaml.colon"), said("do.yaml-colon")),
    "did not find expected key": (said("yaml.indented"), said("do.yaml-indented")),
    "expected ',' or": (said("yaml.bracket"), said("do.yaml-bracket")),
    "unexpected end of stream": (said("yaml.quotation"), said("do.yaml-quotation")),
    "cannot start any token": (said("yaml.sign"), said("do.yaml-sign")),
    "could not find expected ':'": (said("yaml.no-colon"), said("do.yaml-no-colon")),
}
"""The same by what the reader of YAML says where it breaks off."""


def unreadable(file: str, error: yaml.YAMLError) -> Problem:
    """A file that is no YAML: where it breaks off, and why."""
    mark = getattr(error, "problem_mark", None)
    line = mark.line + 1 if mark else None
    if isinstance(error, Twice):
        return Problem(file, "", said("twice", name=error.name), said("do.into-one"), line)
    if isinstance(error, Endless):
        return Problem(file, "", said("text-endless", longest=LONGEST), said("do.shorten"), line)
    if isinstance(error, Unseen):
        return Problem(file, "", said("text-unseen"), said("do.unseen"), line)
    if isinstance(error, TooDeep):
        return Problem(file, "", said("too-deep", deepest=DEEPEST), said("do.flatter"), line)
    if isinstance(error, yaml.reader.ReaderError):
        return Problem(file, "", said("no-utf8"), said("do.utf8"), line)
    message = str(getattr(error, "problem", ""))
    known = (told for words, told in READER.items() if words in message)
    return Problem(file, "", *next(known, (said("yaml.other"), said("do.mend-line"))), line)


def fields_of(file: str, content: bytes, otherwise: Said) -> dict[str, Any]:
    """The fields of a file of YAML as they are written. `otherwise`: what to do where it holds none.

    Raises   FrameworkError where it cannot be read, or holds none.
    """
    try:
        fields = read_yaml(content.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise FrameworkError([Problem(file, "", said("no-utf8"), said("do.utf8"))]) from error
    except yaml.YAMLError as error:
        raise FrameworkError([unreadable(file, error)]) from error
    if not isinstance(fields, dict):
        raise FrameworkError([Problem(file, "", said("no-fields"), otherwise)])
    return fields


def problems_of(
    file: str, error: ValidationError, otherwise: Said = GRAMMAR, told: Collection[tuple[int | str, ...]] = ()
) -> list[Problem]:
    """One problem for each fault that the schema found, in its order. `otherwise`: the remedy where none is nearer;
    `told`: places whose faults are known already.

    Where a field may hold one of several shapes the schema has a fault for each: that is one problem.
    """
    found: dict[str, list[dict[str, Any]]] = {}
    for fault in error.errors():
        if fault["loc"] not in told:
            found.setdefault(".".join(map(str, _in_file(fault["loc"]))), []).append(dict(fault))
    return [
        Problem(file, field, *(_of_none(faults) if len(faults) > 1 else fault_of(faults[0], otherwise)))
        for field, faults in found.items()
    ]


def _in_file(place: tuple[int | str, ...]) -> tuple[int | str, ...]:
    """A place without the shape that was tried there, and what is inside it."""
    tried = (count for count, step in enumerate(place) if isinstance(step, str) and SHAPE.fullmatch(step))
    return place[: next(tried, len(place))]


def _of_none(faults: Sequence[dict[str, Any]]) -> tuple[Said, Said]:
    """What has none of the shapes that its field may have."""
    tried = {step for fault in faults for step in fault["loc"] if isinstance(step, str)}
    if all(fault["input"] is None for fault in faults):
        return EMPTY
    return NUMBER_OR_NAME if tried & {"int", "float"} else TEXT_OR_LIST


def fault_of(fault: dict[str, Any], otherwise: Said) -> tuple[Said, Said]:
    """What is wrong and what to do, of a fault as the schema tells it."""
    kind, given, limits = fault["type"], fault["input"], fault.get("ctx") or {}
    if isinstance(unfit := limits.get("error"), Unfit):
        return unfit.fault, unfit.do or otherwise
    if kind.startswith("date"):
        return said("no-day", given=str(given)), said("do.day")
    if kind == "literal_error":
        return said("none-of", given=str(given), names=re.findall(r"'([^']*)'", limits["expected"])), TRUTH[1]
    if kind == "string_pattern_mismatch":
        return said("no-form", given=str(given), form=limits["pattern"]), otherwise
    if given is None and kind not in ("extra_forbidden", "missing"):
        return EMPTY
    return SHAPES.get(kind, (said("unfit"), otherwise))
