"""Translations read and confirmed from the command line, and what the check says when a text changed afterwards."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from primacy.cli import Context
from primacy.cli.framework import framework
from primacy.framework.instance import Instance


@pytest.fixture
def instance(tmp_path: Path) -> Instance:
    (tmp_path / "mission.yaml").write_text("country: CAF\n", "utf-8")
    return Instance(tmp_path)


def run(instance: Instance, *arguments: str, as_json: bool = False) -> Result:
    return CliRunner().invoke(framework, list(arguments), obj=Context(instance, as_json, False))


def waiting(instance: Instance, language: str = "fr") -> list[str]:
    return json.loads(run(instance, "review", "--language", language, as_json=True).output)["waiting"]


def test_what_waits_is_listed_and_what_is_confirmed_waits_no_longer(instance: Instance) -> None:
    assert "O2.M2" in waiting(instance)
    assert run(instance, "review", "O2.M2", "words", "--language", "fr", "--by", "political-affairs").exit_code == 0
    assert {"O2.M2", "words"} & set(waiting(instance)) == set()
    assert {"O2.M2", "words"} <= set(waiting(instance, "ar"))


def test_texts_are_shown_beside_their_english_before_anybody_confirms_them(instance: Instance) -> None:
    texts = json.loads(run(instance, "review", "O2.M2", "--language", "ar", as_json=True).output)["texts"]
    (title,) = [each for each in texts if each["field"] == "title"]
    assert (title["english"], title["text"]) == (
        "Violence against civilians and institutions has fallen", "انخفاض العنف ضد المدنيين والمؤسسات",
    )  # fmt: skip
    assert "O2.M2" in waiting(instance, "ar")


REFUSED = [
    ("an id that is not there", ("O9.S9", "--language", "fr", "--by", "planning"), "O9.S9"),
    ("nothing named", ("--language", "fr", "--by", "planning"), "Name the ids"),
    ("nobody", ("O2.M2", "--language", "fr", "--by", ""), "Say who has read"),
    (
        "somebody whom nobody knows",
        ("O2.M2", "--language", "fr", "--by", "zzz nobody"),
        "no component of the mission and no role",
    ),
    ("a sign for a name", ("O2.M2", "--language", "fr", "--by", " - "), "Say who has read"),
    ("English, which all others render", ("O2.M2", "--language", "en"), "'en' is not one of"),
]


@pytest.mark.parametrize(("shows", "arguments", "told"), REFUSED, ids=[case[0] for case in REFUSED])
def test_nothing_is_confirmed_by_mistake(instance: Instance, shows: str, arguments: tuple[str, ...], told: str) -> None:
    done = run(instance, "review", *arguments)
    assert done.exit_code == 2
    assert told in done.output
    assert not (instance.overlay / "locale").exists()


def test_the_check_warns_of_a_review_that_a_change_overtook_and_hinders_nothing(instance: Instance) -> None:
    run(instance, "review", "O2.M2", "--language", "fr", "--by", "political-affairs")
    assert json.loads(run(instance, "check", as_json=True).output)["warnings"] == []
    (instance.overlay / "locale" / "fr" / "own.yaml").write_text("O2.M2: {title: Moins de violence}\n", "utf-8")
    done = run(instance, "check")
    assert done.exit_code == 0
    assert "Warning: locale/fr/reviewed.yaml: O2.M2:" in done.output
    assert "political-affairs" in done.output
    assert "O2.M2" in waiting(instance)


MARKS = {"fr": "(traduction non encore relue)", "ar": "(ترجمة لم تُراجع بعد)"}


@pytest.mark.parametrize("language", ["fr", "ar"])
@pytest.mark.parametrize("asked", [("show",), ("show", "O2.M2"), ("show", "--all")], ids=" ".join)
def test_the_terminal_says_where_nobody_has_read_a_translation(
    instance: Instance, asked: tuple[str, ...], language: str
) -> None:
    assert run(instance, *asked, "--language", language).output.startswith(MARKS[language])
    assert "translation not yet" not in run(instance, *asked).output


def test_what_somebody_has_read_bears_no_mark_on_the_terminal(instance: Instance) -> None:
    read = ("O2.M2", "O2", "sentences", "words")
    run(instance, "review", *read, "--language", "fr", "--by", "political-affairs")
    assert run(instance, "show", "O2.M2", "--language", "fr").output.startswith("O2.M2")
    assert run(instance, "show", "O2.M3", "--language", "fr").output.startswith(MARKS["fr"])


def test_scripts_read_the_language_that_they_ask_for(instance: Instance) -> None:
    told = json.loads(run(instance, "show", "O2.M2", "--language", "fr", as_json=True).output)
    assert told["title"] == "La violence contre les civils et les institutions a diminué"
    assert (told["language"], told["reviewed"]) == ("fr", False)
    english = json.loads(run(instance, "show", "O2.M2", as_json=True).output)
    assert english["title"] == "Violence against civilians and institutions has fallen"
    for path in (("indicators", "attacks-on-civilians", "label"), ("thresholds", "fall", "unit"), ("collect", 0, "how"),
                 ("reversal", 1, "sign", "text"), ("misleads",)):  # fmt: skip
        own, source = told, english
        for step in path:
            own, source = own[step], source[step]
        assert own != source, path
    assert (told["rule"], set(told) - set(english)) == (english["rule"], {"language", "reviewed"})


def test_all_translations_find_their_place_for_scripts(instance: Instance) -> None:
    whole = json.loads(run(instance, "show", "--language", "fr", as_json=True).output)
    english = json.loads(run(instance, "show", as_json=True).output)
    for name in ("outputs", "activities", "benchmarks", "risks", "trade_offs", "components"):
        for own, source in zip(whole[name], english[name], strict=True):
            told = "about" if "about" in source else "question"
            assert own[told] != source[told]
    choice, source = (next(e for e in tree["trade_offs"] if e["id"] == "O2.T1") for tree in (whole, english))
    assert choice["options"][0]["for"][0] != source["options"][0]["for"][0]
    assert choice["due"][0]["text"] != source["due"][0]["text"]
