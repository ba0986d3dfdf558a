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
