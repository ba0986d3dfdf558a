"""What is wrong with a framework or a mission file: where, what, and what to do."""

from dataclasses import dataclass

from pydantic import ValidationError


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


def problems_of(file: str, error: ValidationError) -> list[Problem]:
    """One problem for each fault that the schema found."""
    found = []
    for fault in error.errors():
        field = ".".join(str(step) for step in fault["loc"])
        what = fault["msg"].removeprefix("Value error, ").rstrip(".")
        if fault["type"] == "extra_forbidden":
            what, remedy = "is not a field that exists here", "check its spelling, or take it out"
        elif fault["type"] == "missing":
            what, remedy = "is missing", "add it"
        else:
            remedy = "see the grammar in the README of the framework folder"
        found.append(Problem(file, field, what[:1].lower() + what[1:], remedy))
    return found
