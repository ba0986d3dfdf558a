"""What the programming interface answers where it cannot do what was asked: one shape for every error.

{"errors": [{"what": what happened, "where": in which part of the question, "do": what to do about it}]}
"""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from pydantic import BaseModel, Field


class Fault(BaseModel):
    """One thing that is wrong with a question."""

    what: str = Field(description="What happened, in the language asked for.", examples=["There is nothing here."])
    where: str = Field(description="The part of the question that it is about.", examples=["path"])
    do: str = Field(description="What to do about it.", examples=["Look up the id in the list."])


class Refusal(BaseModel):
    """The body of every answer from 400 on."""

    errors: list[Fault]


class Refused(Exception):
    """A question that is not answered, with all that is wrong with it."""

    def __init__(self, status: int, *faults: Fault) -> None:
        super().__init__(status, *(each.what for each in faults))
        self.status, self.faults = status, faults


WRONG_QUESTION, NOBODY, FORBIDDEN, ABSENT, NOT_NOW, INVALID, TOO_OFTEN = 400, 401, 403, 404, 409, 422, 429
USUAL = (WRONG_QUESTION, NOBODY, FORBIDDEN, ABSENT, NOT_NOW, INVALID, TOO_OFTEN)
Answers = dict[int, Any]


def answers(good: Any, *more: int, status: int = 200) -> Answers:
    """The answers of an operation for its description: the good one, and every refusal that can come instead."""
    return {status: good, **dict.fromkeys((*USUAL, *more), Refusal)}


def of_types(types: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """For the description of an operation whose good answer is no JSON of a model: type of content -> its schema."""
    return {"responses": {200: {"content": {type: {"schema": dict(schema)} for type, schema in types.items()}}}}


def invalid(where: str, what: str, do: str) -> Refused:
    return Refused(INVALID, Fault(what=what, where=where, do=do))


def absent() -> Fault:
    """What is missing and what may not be seen are told in the same words."""
    return Fault(what=_("There is nothing here."), where="path", do=_("Look up the id in the list it comes from."))


def told(errors: Sequence[Mapping[str, Any]]) -> list[Fault]:
    """What pydantic found wrong, in our words and in the language asked for."""
    return [_told(each) for each in errors]


def _told(error: Mapping[str, Any]) -> Fault:
    where = "/".join(str(step) for step in error["loc"] if step not in ("given", "asked"))
    what, do = _sentences(error["type"], error.get("ctx") or {})
    return Fault(what=what, where=where, do=do)


def _sentences(kind: str, limits: Mapping[str, Any]) -> tuple[str, str]:
    """(what is wrong, what to do) by the kind of error; `limits` holds what would be right."""
    numbers = {name: limits.get(name, "") for name in ("ge", "gt", "le", "lt", "max_length", "min_length")}
    what = _("This value cannot be used here.")
    if kind == "missing":
        return _("A value is missing."), _("Give it.")
    if kind == "extra_forbidden":
        return _("There is no such parameter."), _("See the description of this address.")
    if kind.startswith(("int_", "float_", "decimal_")):
        return what, _("Write a number in digits.")
    if kind.startswith(("date_", "datetime_", "time_")):
        return what, _("Write a day as 2026-06-30 and a time as 2026-06-30T12:00:00Z.")
    if kind.startswith("bool_"):
        return what, _("Write true or false.")
    if kind in ("literal_error", "enum"):
        return what, _("Give one of these: %(expected)s.") % {"expected": limits.get("expected", "")}
    if kind in ("greater_than_equal", "greater_than"):
        return _("The number is too small."), _("Give at least %(ge)s%(gt)s.") % numbers
    if kind in ("less_than_equal", "less_than"):
        return _("The number is too large."), _("Give at most %(le)s%(lt)s.") % numbers
    if kind in ("string_too_long", "too_long"):
        return _("It is too long."), _("Give at most %(max_length)s.") % numbers
    return what, _("See the description of this address.")
