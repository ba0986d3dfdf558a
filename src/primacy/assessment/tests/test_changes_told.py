"""What the mission changed is told in words of each language: fields, values, rules, days."""

from datetime import date
from pathlib import Path

import pytest

from primacy.assessment.changes_told import as_tree, field_text, lines, told
from primacy.framework import Framework, Mission, load
from primacy.framework.entries import Activity, Benchmark, FlagCondition, Risk, Threshold, TradeOff
from primacy.framework.grammar import Indicator
from primacy.framework.languages import codes, words
from primacy.framework.mission import Change
from primacy.framework.overlay import SIGNATURE

CHANGED = """\
id: O2.M2
title: Less violence
lead: police
changed: {by: [planning, police], on: 2026-02-10, because: the mandate says so}
thresholds: {fall: {value: 12.5 %}}
indicators: {attacks-on-civilians: {window: 12 months}}
rule: {falls: {indicator: attacks-on-civilians, by: fall, window: 12 months}}
"""
ON = date(2026, 5, 1)
NOT_TOLD = {"id", "retired", SIGNATURE}


def framework(folder: Path, content: str = CHANGED) -> Framework:
    (folder / "ours.yaml").write_text(content, "utf-8")
    return load(folder, ON)


@pytest.mark.parametrize("language", codes())
def test_every_field_of_an_entry_has_a_name_in_every_language(language: str) -> None:
    models = (Benchmark, Activity, Risk, TradeOff, Threshold, Indicator, FlagCondition)
    fields = {field.alias or name for model in models for name, field in model.model_fields.items()} - NOT_TOLD
    assert fields <= set(words(language, "fields"))


FIELDS = [
    ("en", "thresholds.fall.value", "number · percent of the baseline rate · value"),
    ("fr", "indicators.attacks-on-civilians.window", "indicateur · attaques contre des civils · période considérée"),
    ("en", "indicators.own-count.where.category", "indicator · own count · only where · category"),
    ("fr", "rule", "règle"),
]


@pytest.mark.parametrize(("language", "field", "said"), FIELDS)
def test_a_field_is_told_by_its_name(language: str, field: str, said: str) -> None:
    assert field_text(load(), "O2.M2", field, language) == said


def test_values_are_told_as_a_reader_of_the_language_says_them(tmp_path: Path) -> None:
    changed = framework(tmp_path)
    by_field = {each.field: told(changed, each, "fr") for each in changed.changes}
    assert (by_field["thresholds.fall.value"].old, by_field["thresholds.fall.value"].new) == (
        "20\u00a0%",
        "12,5\u00a0%",
    )
    assert by_field["lead"].new == changed.text("police", "title", "fr")[0]
    assert by_field["indicators.attacks-on-civilians.window"].new == "12 mois"
    assert "attaques contre des civils" in by_field["rule"].new
    assert "attacks-on-civilians" not in by_field["rule"].old
    standing = by_field["rule"].standing
    assert standing.startswith(
        "vaut à partir du 1er avril 2026\u00a0; signé par planning, police le 10 février 2026\u00a0:"
    )


@pytest.mark.parametrize("language", codes())
def test_a_line_names_the_entry_and_no_key_of_a_file(tmp_path: Path, language: str) -> None:
    for line in lines(framework(tmp_path), None, language, ON):
        assert line.startswith(("O2.M2 ", "2026"))
        assert not any(key in line for key in ("thresholds.", "indicators.", "at_least", "{", "}"))


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "planning on 10 February 2026: agreed"), ("fr", "planning le 10 février 2026\u00a0: agreed")],
)
def test_a_confirmation_is_told_in_words(tmp_path: Path, language: str, said: str) -> None:
    content = "id: O2.M2\nthresholds: {fall: {confirmed: {by: planning, on: 2026-02-10, because: agreed}}}\n"
    changed = framework(tmp_path, content)
    assert [told(changed, each, language).new for each in changed.changes] == [said]


def test_a_baseline_of_a_later_day_is_told_beside_the_one_that_decides_until_then(tmp_path: Path) -> None:
    first = {"name": "first", "from": "2015-01-01", "to": "2015-12-31", "signed": ["a", "b"], "because": "calm"}
    new = {**first, "name": "new", "from": "2013-01-01", "to": "2013-12-31", "on": "2026-04-20"}
    mission = Mission.model_validate({"country": "CAF", "baselines": [new, first]})
    (line,) = lines(load(tmp_path), mission, "en", ON)
    assert line == (
        "baseline · new: 1 January 2015 – 31 December 2015 before, 1 January 2013 – 31 December 2013 here "
        "(will count from 1 July 2026; signed by a, b on 20 April 2026: calm)"
    )


def test_what_nobody_signed_says_so(tmp_path: Path) -> None:
    (line,) = lines(framework(tmp_path, "id: O2.M2\nthresholds: {fall: {value: 30 %}}\n"), None, "en", ON)
    assert line == (
        "O2.M2 number · percent of the baseline rate · value: 20 % in the standard, 30 % here "
        "(no effect: not signed by two people)"
    )


def test_as_data_a_change_keeps_its_field_and_has_its_name_beside(tmp_path: Path) -> None:
    changed = framework(tmp_path)
    trees = as_tree(changed, None, ON)["changes"]
    tree = next(each for each in trees if each["field"] == "thresholds.fall.value")
    assert (tree["field"], tree["name"]) == ("thresholds.fall.value", "number · percent of the baseline rate · value")
    assert (tree["standard"], tree["mission"], tree["counts_from"]) == ("20 %", "12.5 %", "2026-04-01")
    assert tree["direction"] == "in favour"


def test_registers_and_the_count_of_each_year_are_told_beside(tmp_path: Path) -> None:
    change = Change(
        register="bound_actors", to=["army"], by=["planning", "jmac"], on=date(2026, 2, 10), because="split"
    )
    mission = Mission(country="CAF", registers={"bound_actors": ["army", "rebels"]}, changes=[change])
    *_, register, year = lines(framework(tmp_path), mission, "en", ON)
    assert register == (
        "list of what is expected · bound actors: army; rebels before, army here "
        "(counts from 1 April 2026; signed by planning, jmac on 10 February 2026: split)"
    )
    assert year.startswith("2026: changes in the mission's own favour ")
    tree = as_tree(framework(tmp_path), mission, ON)
    assert [each["field"] for each in tree["mission"]] == ["registers.bound_actors"]
    assert [each["year"] for each in tree["years"]] == [2026]
