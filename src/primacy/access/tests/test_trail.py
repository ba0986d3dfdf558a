"""The audit trail speaks the reader's language."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.utils import translation

from primacy.access.services import FAILED
from primacy.access.templatetags.trail import DEEDS, deed_word

PACKAGE = Path(__file__).parents[2]


def recorded() -> Iterator[str]:
    """Every deed that some code records: the texts in the second place of `record`, in the first of `audit`, and what
    is handed to such a call as `deed`."""
    for path in PACKAGE.rglob("*.py"):
        if "tests" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            place = {"record": 1, "enter": 1, "audit": 0}.get(name)
            said = [node.args[place]] if place is not None and len(node.args) > place else []
            for argument in [*said, *(each.value for each in node.keywords if each.arg == "deed")]:
                yield from (
                    each.value
                    for each in ast.walk(argument)
                    if isinstance(each, ast.Constant) and isinstance(each.value, str)
                )


def test_every_deed_that_is_recorded_has_a_word_and_no_other_has() -> None:
    assert {*recorded(), FAILED} == set(DEEDS)


@pytest.mark.parametrize("language", ["fr", "ar"])
@pytest.mark.parametrize("deed", DEEDS)
def test_a_deed_is_told_in_the_language_of_the_page(deed: str, language: str) -> None:
    with translation.override(language):
        assert deed_word(deed) != deed
