"""The audit trail speaks the reader's language."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.utils import translation

from primacy.access.templatetags.trail import DEEDS, deed_word

PACKAGE = Path(__file__).parents[2]


def recorded() -> Iterator[str]:
    """Every deed that some code records: the texts in the second place of `record`, in the first of `audit`, and what
    is handed to such a call as `deed`; constants too."""
    for path in PACKAGE.rglob("*.py"):
        if "tests" in path.parts:
            continue
        module = ast.parse(path.read_text(encoding="utf-8"))
        constants = dict(each for statement in module.body for each in _constants(statement))
        for node in ast.walk(module):
            if not isinstance(node, ast.Call):
                continue
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            place = {"record": 1, "enter": 1, "audit": 0}.get(name)
            said = [node.args[place]] if place is not None and len(node.args) > place else []
            for argument in [*said, *(each.value for each in node.keywords if each.arg == "deed")]:
                for each in ast.walk(argument):
                    if isinstance(each, ast.Constant) and isinstance(each.value, str):
                        yield each.value
                    elif isinstance(each, ast.Name) and each.id in constants:
                        yield constants[each.id]


def _constants(statement: ast.stmt) -> Iterator[tuple[str, str]]:
    """Names of texts that a statement of a module makes, or takes from another module of ours."""
    match statement:
        case ast.Assign(targets=[ast.Name(id=name)], value=ast.Constant(value=str(text))):
            yield name, text
        case ast.ImportFrom(module=str(module), names=names) if module.startswith("primacy."):
            path = PACKAGE.parent.joinpath(*module.split(".")).with_suffix(".py")
            there = ast.parse(path.read_text(encoding="utf-8")).body if path.is_file() else []
            made = dict(each for other in there if isinstance(other, ast.Assign) for each in _constants(other))
            yield from ((each.asname or each.name, made[each.name]) for each in names if each.name in made)


def test_every_deed_that_is_recorded_has_a_word_and_no_other_has() -> None:
    assert set(recorded()) == set(DEEDS)


@pytest.mark.parametrize("language", ["fr", "ar"])
@pytest.mark.parametrize("deed", DEEDS)
def test_a_deed_is_told_in_the_language_of_the_page(deed: str, language: str) -> None:
    with translation.override(language):
        assert deed_word(deed) != deed
