"""What is wrong with a framework or a mission file: where, what, and what to do."""

from dataclasses import dataclass

import yaml
from pydantic import ValidationError

from primacy.framework.yaml_files import Twice


@dataclass(frozen=True)
class Problem:
    file: str
    field: str
    what: str
    remedy: str
    line: int | None = None

    def __str__(self) -> str:
        line = f":{self.line}" if self.line else ""
        field = f" {self.field}:" if self.field else ""
        return f"{self.file}{line}:{field} {self.what}. {self.remedy[:1].upper()}{self.remedy[1:]}."


class FrameworkError(Exception):
    """All problems of one reading at once."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        super().__init__("\n".join(str(each) for each in problems))


GRAMMAR = "write it as docs/reference/grammar.md says"
FIELDS = ("holds no fields", "write its fields below it, each with its value")
WHOLE = ("is no whole number", "write a number such as 3")
TRUTH = ("is neither true nor false", "write one of them")
SHAPES = {
    "string_type": ("is no text", "write words, between quotes where they look like a number or a day"),
    "list_type": ("is no list", "write one in brackets, such as `[one, another]`"),
    "tuple_type": ("is no list", "write one in brackets, such as `[one, another]`"),
    "dict_type": FIELDS,
    "model_type": FIELDS,
    "model_attributes_type": FIELDS,
    "int_type": WHOLE,
    "int_parsing": WHOLE,
    "int_from_float": WHOLE,
    "bool_type": TRUTH,
    "bool_parsing": TRUTH,
}
"""What is wrong where a field has another shape than it should, and what to do, by the schema's name of the fault."""


def told_apart(message: str, otherwise: str = GRAMMAR) -> tuple[str, str]:
    """What is wrong and what to do, where an error says both: `x is no number; write for example 12`."""
    what, found, told = message.rstrip(".").partition("; write ")
    return what, f"write {told}" if found else otherwise


def unreadable(file: str, error: yaml.YAMLError) -> Problem:
    """A file that is no YAML: where it breaks off, and why."""
    mark = getattr(error, "problem_mark", None)
    line = mark.line + 1 if mark else None
    what = f"is not readable as YAML ({getattr(error, 'problem', None) or error})"
    remedy = "write both into one" if isinstance(error, Twice) else "mend the line"
    return Problem(file, "", what, remedy, line)


def problems_of(file: str, error: ValidationError, otherwise: str = GRAMMAR) -> list[Problem]:
    """One problem for each fault that the schema found. `otherwise`: the remedy where none is nearer."""
    found = []
    for fault in error.errors():
        field = ".".join(str(step) for step in fault["loc"])
        what, remedy = told_apart(fault["msg"].removeprefix("Value error, "), otherwise)
        if fault["type"] == "extra_forbidden":
            what, remedy = "is not a field that exists here", "check its spelling, or take it out"
        elif fault["type"] == "missing":
            what, remedy = "is missing", "add it"
        elif fault["type"] in ("string_too_short", "too_short"):
            what, remedy = "is empty", "fill it in"
        elif fault["type"].startswith("date"):
            what, remedy = f"{fault['input']} is no day", "write a day that there is, such as 2026-01-31"
        elif fault["type"] == "literal_error":
            what, remedy = f"{fault['input']} is none of {fault['ctx']['expected']}", "write one of them"
        elif fault["type"] in SHAPES:
            what, remedy = ("is empty", "fill it in") if fault["input"] is None else SHAPES[fault["type"]]
        found.append(Problem(file, field, what[:1].lower() + what[1:], remedy))
    return found
