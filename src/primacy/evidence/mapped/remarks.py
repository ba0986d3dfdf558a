"""Remarks in the files that are drafted for people: of mappings, and of designs of surveys."""

from primacy.evidence.errors import shortened
from primacy.framework.saying import CLOSED, OPENED, Words, told

LONGEST = 300


def remark(what: Words, language: str) -> str:
    """What stands behind a # in a file: on one line, because what stands in a table must not become a line of it, and
    without marks of direction, which editors show as they please."""
    return shortened(told(what, language).replace(OPENED, "").replace(CLOSED, ""), LONGEST)
