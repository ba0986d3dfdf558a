"""Every fault is told by a template that each language has, filled by the same names that the code gives."""

import ast
import re
import shutil
import string
from collections.abc import Iterator
from pathlib import Path

import pytest

import primacy
from primacy.framework import loading
from primacy.framework.languages import codes, room_templates
from primacy.framework.problems import READER, SHAPES, FrameworkError, Problem
from primacy.framework.saying import CLOSED, OPENED, Said, ended_once, said

TEMPLATES = {code: loading.standard_texts()[code]["faults"] for code in codes()}
ENGLISH = TEMPLATES["en"]
ROOMS = sorted(path.parents[2].name for path in Path(primacy.__file__).parent.glob("*/locale/en/faults.yaml"))
EVERYWHERE = {
    code: {
        **TEMPLATES[code],
        **{f"{room}/{key}": text for room in ROOMS for key, text in room_templates(room, code).items()},
    }
    for code in codes()
}
"""Those of the rooms too, whose keys `tests/architecture` looks at."""
CODE = re.compile(r"`[^`]*`")


def names(template: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(template) if name is not None}


def calls() -> Iterator[tuple[str, str, set[str]]]:
    """(place, key, names that are given) of every use of a template in the code."""
    for path in sorted(Path(primacy.__file__).parent.rglob("*.py")):
        text = path.read_text("utf-8")
        if "tests" in path.parts or "from primacy.framework.saying import" not in text:
            continue
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "said":
                (key,) = node.args
                if path.parent.parent.name in ROOMS or path.parent.name in ROOMS:
                    continue
                assert isinstance(key, ast.Constant), f"{path.name}:{node.lineno}: a key is written where it is used"
                yield f"{path.name}:{node.lineno}", key.value, {each.arg for each in node.keywords if each.arg}


CALLS = list(calls())


def test_every_template_is_used_and_every_use_has_one() -> None:
    assert {key for _, key, _ in CALLS} == set(ENGLISH)


@pytest.mark.parametrize(("place", "key", "given"), CALLS, ids=[f"{place} {key}" for place, key, _ in CALLS])
def test_a_template_is_filled_with_what_the_code_gives(place: str, key: str, given: set[str]) -> None:
    assert names(ENGLISH[key]) == given


@pytest.mark.parametrize("language", codes()[1:])
def test_every_language_says_every_fault_and_no_other(language: str) -> None:
    assert set(TEMPLATES[language]) == set(ENGLISH)
    for key, template in ENGLISH.items():
        assert names(TEMPLATES[language][key]) == names(template), key


@pytest.mark.parametrize("language", codes()[1:])
def test_every_language_shows_the_same_code_to_type(language: str) -> None:
    for key, template in EVERYWHERE["en"].items():
        assert set(CODE.findall(template)) <= set(CODE.findall(EVERYWHERE[language][key])), key


def test_french_keeps_its_punctuation_on_the_line() -> None:
    for key, template in EVERYWHERE["fr"].items():
        text = re.sub(r"\{\w+\}", "x", CODE.sub("x", template))
        assert not re.search(r"[ \w][:;?!%»](?!\w)|«[ \w]", text), key


def test_arabic_uses_its_own_comma_semicolon_and_question_mark() -> None:
    for key, template in EVERYWHERE["ar"].items():
        assert not re.search(r"[,;?]", CODE.sub("", template)), key


# ---- what is said


NO_FLAG = Problem("O2.M2.yaml", "flags", said("no-flag", name="loud"), said("do.use-one", names=["due", "overdue"]), 7)
TOLD = {
    "en": "O2.M2.yaml:7: flags: loud is no flag. Use one of due, overdue.",
    "fr": "O2.M2.yaml:7: flags: loud n'est pas une mention. Prenez l'un de due, overdue.",
    "ar": "O2.M2.yaml:7: flags: loud ليس إشارة. استعمل واحدا من due، overdue.",
}


@pytest.mark.parametrize("language", TOLD)
def test_a_fault_keeps_its_place_and_ids_in_every_language(language: str) -> None:
    bare = NO_FLAG.told(language).replace(OPENED, "").replace(CLOSED, "")
    assert bare == TOLD[language]
    assert NO_FLAG.as_dict(language)["fault"] == "no-flag"


@pytest.mark.parametrize(("written", "read"), [
    ("when was it?. Add it.", "when was it? Add it."), ("quand était-ce\u00a0?. Ajoutez.", "quand était-ce\u00a0? Ajoutez."),
    ("متى كان ذلك؟. أضف.", "متى كان ذلك؟ أضف."), ("when was it?.", "when was it?"),
    ("it says \u2068why?\u2069. Add it.", "it says \u2068why?\u2069 Add it."),
    ("no kind (did you mean price?). Add it.", "no kind (did you mean price?). Add it."), ("a?.b", "a?.b"), ("It was. So.", "It was. So."),
])  # fmt: skip
def test_a_question_among_sentences_gets_no_full_stop(written: str, read: str) -> None:
    assert ended_once(written) == read


def test_what_cannot_be_told_in_a_language_is_told_in_english() -> None:
    assert NO_FLAG.told("sw") == NO_FLAG.told()


def test_in_arabic_what_is_typed_keeps_together_and_holds_no_mark() -> None:
    told = said("do.review", unit="O2.M2", language="ar").told("ar")
    assert f"{OPENED}`primacy framework review O2.M2 --language ar --by ROLE`{CLOSED}" in told


def test_an_error_tells_all_its_faults_in_one_language() -> None:
    assert FrameworkError([NO_FLAG, NO_FLAG]).told("fr").count("n'est pas une mention") == 2


def test_what_a_name_stands_in_for_is_told_by_what_was_written() -> None:
    inside = said("clash", one=said("no-flag", name="O1.S9001"), other="x")
    assert "O1.S9001" not in inside.renamed("O1.S9001", "ours").told()
    assert said("none-of", given="a", names=["O1.S9001"]).renamed("O1.S9001", "ours").told() == "“a” is none of ours"


@pytest.mark.parametrize("pair", [*SHAPES.values(), *READER.values()])
def test_a_fault_of_form_says_what_to_do(pair: tuple[Said, Said]) -> None:
    assert all(each.told() for each in pair)


def test_a_fourth_language_is_one_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(loading.STANDARD, tmp_path / "standard")
    folder = tmp_path / "standard" / "locale" / "sw"
    folder.mkdir()
    words = (loading.STANDARD / "locale" / "en" / "words.yaml").read_text("utf-8")
    (folder / "words.yaml").write_text(words, "utf-8")
    (folder / "faults.yaml").write_text("no-flag: '{name} si bendera'\n", "utf-8")
    monkeypatch.setattr(loading, "STANDARD", tmp_path / "standard")
    loading.standard_texts.cache_clear()
    try:
        assert NO_FLAG.told("sw") == "O2.M2.yaml:7: flags: loud si bendera. Use one of due, overdue."
    finally:
        monkeypatch.undo()
        loading.standard_texts.cache_clear()
