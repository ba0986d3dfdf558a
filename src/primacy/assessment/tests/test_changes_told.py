"""What the mission changed is told in words of each language: fields, values, rules, days."""

from datetime import date
from pathlib import Path

import pytest

from primacy.assessment.told.changes_told import as_tree, field_text, told
from primacy.framework import Framework, load
from primacy.framework.entries import Activity, Benchmark, FlagCondition, Risk, Threshold, TradeOff
from primacy.framework.grammar import Indicator
from primacy.framework.languages import codes, words
from primacy.framework.loading import to_come
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


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "planning on 10 February 2026: agreed"), ("fr", "planning le 10 février 2026\u00a0: agreed")],
)
def test_a_confirmation_is_told_in_words(tmp_path: Path, language: str, said: str) -> None:
    content = "id: O2.M2\nthresholds: {fall: {confirmed: {by: planning, on: 2026-02-10, because: agreed}}}\n"
    changed = framework(tmp_path, content)
    assert [told(changed, each, language).new for each in changed.changes] == [said]


def test_as_data_a_change_keeps_its_field_and_has_its_name_beside(tmp_path: Path) -> None:
    changed = framework(tmp_path)
    trees = as_tree(changed, None, ON)["changes"]
    tree = next(each for each in trees if each["field"] == "thresholds.fall.value")
    assert (tree["field"], tree["name"]) == ("thresholds.fall.value", "number · percent of the baseline rate · value")
    assert (tree["standard"], tree["mission"], tree["counts_from"]) == ("20 %", "12.5 %", "2026-04-01")
    assert tree["direction"] == "in favour"


TITLED = """\
id: O2.M2
changed: {by: [planning, police], on: 2026-02-10, because: the mandate says so}
title: Less violence
indicators: {attacks-on-civilians: {label: attacks on villages}}
misleads: Nobody looked.
"""


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_what_the_standard_words_is_told_in_the_language_and_the_missions_words_as_written(
    tmp_path: Path, language: str
) -> None:
    changed, standard = framework(tmp_path, TITLED), load()
    by_field = {each.field: told(changed, each, language) for each in changed.changes}
    assert by_field["title"].old == standard.text("O2.M2", "title", language)[0]
    assert by_field["title"].new == "Less violence"
    assert by_field["misleads"].old == standard.text("O2.M2", "misleads", language)[0].strip()
    label = by_field["indicators.attacks-on-civilians.label"]
    assert label.old == standard.text("O2.M2", "labels.attacks-on-civilians", language)[0]
    assert label.new == "attacks on villages"


LATER = """\
id: O2.M2
changed: {by: [planning, police], on: 2026-04-20, because: agreed}
thresholds: {steeper: {value: 45 %, unit: share}}
rule: {falls: {indicator: attacks-on-civilians, by: steeper, window: 12 months}}
reversal: [{alarm: {indicator: attacks-on-civilians, false_alarms: 0.5 a year}}]
"""


def test_a_rule_that_does_not_count_yet_is_told_with_the_numbers_that_do_not_count_yet(tmp_path: Path) -> None:
    now = framework(tmp_path, LATER)
    assert "steeper" not in now.benchmarks["O2.M2"].thresholds
    (change,) = [each for each in now.changes if each.field == "rule"]
    said = told(now, change, "en", to_come(tmp_path))
    assert "45 %" in said.new
    assert "{" not in said.new
    old, new = said.rules
    assert len(old[0].inside) > len(new[0].inside)
    assert "45 %" in new[0].text


def test_an_alarm_is_told_by_what_it_listens_to_and_how_often_it_may_sound_for_nothing(tmp_path: Path) -> None:
    now = framework(tmp_path, LATER)
    (change,) = [each for each in now.changes if each.field == "reversal"]
    said = told(now, change, "en", to_come(tmp_path))
    assert "about 0.2 times a year" in said.old
    assert (
        "the alarm sounds on: attacks on civilians; it is set to sound without cause about 0.5 times a year" in said.new
    )
