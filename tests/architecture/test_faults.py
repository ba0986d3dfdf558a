"""What is wrong with a file is never said in words of the code: a key says it, and every language has a template of it."""

import ast
import re
import string
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from primacy.evidence.shown.on_pages import INSTEAD
from primacy.framework.languages import codes, fault, room_templates

PACKAGE = Path(__file__).parents[2] / "src" / "primacy"
ROOMS = ("places", "evidence", "exercise")
WORDS = {
    "BadInput": (0, 2),
    "NothingToImport": (0, 2),
    "Fault": (1,),
    "reject": (1,),
    "reject_one": (1,),
    "Unfit": (0, 1),
}
"""Which arguments of what tells a fault are words: of errors what and remedy, of a fault its reason."""
FILLED_LATER = {"column"}  # by whoever knows in which column it is


def calls() -> Iterator[tuple[str, ast.Call, str]]:
    """(where, the call, what is called) of everything in the rooms that tells a fault or says something."""
    for room in ROOMS:
        for path in sorted((PACKAGE / room).rglob("*.py")):
            if "tests" in path.parts:
                continue
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call):
                    called = getattr(node.func, "id", getattr(node.func, "attr", ""))
                    yield f"{path.relative_to(PACKAGE)}:{node.lineno}", node, called


def own_words(node: ast.expr) -> bool:
    return isinstance(node, ast.JoinedStr) or (isinstance(node, ast.Constant) and node.value not in ("", None))


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@cache
def english() -> dict[str, str]:
    return {f"{room}/{name}": text for room in ROOMS for name, text in room_templates(room, "en").items()}


def test_no_fault_is_told_in_words_of_its_own() -> None:
    found = [
        where for where, call, called in calls() for place in WORDS.get(called, ())
        if place < len(call.args) and own_words(call.args[place])
    ]  # fmt: skip
    assert found == []


def test_every_key_is_known_and_gets_what_its_template_asks_for() -> None:
    wrong = []
    for where, call, called in calls():
        key = call.args[0] if called == "said" and call.args else None
        if not isinstance(key, ast.Constant) or "/" not in str(key.value):
            continue
        text = english().get(str(key.value))
        given = {each.arg for each in call.keywords}
        if text is None:
            wrong.append(f"{where}: no {key.value}")
        elif None not in given and not placeholders(text) - FILLED_LATER <= given:  # None: more of them in **
            wrong.append(f"{where}: {key.value} lacks {placeholders(text) - given}")
    assert wrong == []


def test_every_template_is_said_somewhere() -> None:
    code = "".join(path.read_text(encoding="utf-8") for room in ROOMS for path in (PACKAGE / room).rglob("*.py"))
    made = (
        "evidence/category.",
        "evidence/datasets.field.",
        "evidence/do-on-",
        "evidence/form-of-days.",
        "evidence/form.",
        "exercise/task.",
        "exercise/vote-before-",
        "exercise/what.",
        "places/list.",
        "places/on-",
        "places/whole",
    )  # put together from two parts
    assert [key for key in english() if f'"{key}"' not in code and not key.startswith(made)] == []


@pytest.mark.parametrize("language", [code for code in codes() if code != "en"])
def test_every_language_has_each_template_with_the_same_gaps(language: str) -> None:
    own = {f"{room}/{name}": text for room in ROOMS for name, text in room_templates(room, language).items()}
    assert own.keys() == english().keys()
    assert [key for key, text in own.items() if placeholders(text) != placeholders(english()[key])] == []
    assert [
        key
        for key, text in own.items()
        if text == english()[key]
        and any(map(str.isalpha, english_words(key)))
        and not key.startswith("evidence/category.")
    ] == []


COMMAND = re.compile(r"`primacy |(?<![\w-])--[a-z]")
NEVER_ON_A_PAGE = {
    "evidence/datasets.none": "the answer of a command",
    "evidence/behind-more": "the answer of a command",
    "evidence/doctor.do.compact": "for whoever runs the server: the page of the set-up",
    "evidence/do.restore-lost": "for whoever runs the server: a store is damaged",
    "evidence/do.restore-folder": "for whoever runs the server: a store is damaged",
}
"""Sentences with a command that nobody reads who has a page to do it on, and why."""


@pytest.mark.parametrize("language", codes())
def test_a_sentence_with_a_command_has_one_without_for_pages(language: str) -> None:
    """So that nobody who works on pages is told to type something on a terminal."""
    commanding = {key for key in english() if COMMAND.search(fault(language, key))}
    commanding = {key for key in commanding if not key.startswith("exercise/")}  # it is played on a terminal
    assert commanding - INSTEAD.keys() - NEVER_ON_A_PAGE.keys() == set()
    assert {key for key in INSTEAD.values() if COMMAND.search(fault(language, key))} == set()
    assert NEVER_ON_A_PAGE.keys() <= english().keys()


def english_words(key: str) -> str:
    """A template without its gaps."""
    return "".join(part for part, _, _, _ in string.Formatter().parse(fault("en", key)))
