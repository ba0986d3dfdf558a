"""A finding on the terminal speaks the reader's language, and says of a sign whether a person confirmed it."""

import re
from pathlib import Path
from typing import Any

import pytest

from primacy.assessment.assessing import assess
from primacy.assessment.checks.faults import SUBJECTS
from primacy.assessment.inputs import Inputs
from primacy.assessment.packages import package
from primacy.assessment.rules.verbs import verbs
from primacy.assessment.tests.building import AS_OF, KNOWN, country, mission, store
from primacy.assessment.told.telling import explanation, set_aside, table, told
from primacy.assessment.trends.trend import TrendModel
from primacy.framework import load
from primacy.framework.languages import named, words
from primacy.framework.saying import CLOSED, OPENED

LANGUAGES = ("fr", "ar")
SEEN = ["2026-06-20 O2.S1/withdrawal seen=1 origin=radio", "2026-06-21 O2.S1/withdrawal seen=1 origin=court"]
CONFIRMED = "2026-06-24 O2.S1/withdrawal confirmed=1"


def lines(model: TrendModel, folder: Path, benchmark: str, language: str, *signs: str) -> list[str]:
    evidence: list[dict[str, Any]] = [{"kind": "sign", "points": list(signs)}] if signs else []
    inputs = Inputs(load().only([benchmark]), mission(), store(evidence), country(), model)
    package.write(folder / "told.zip", inputs, assess(inputs, as_of=AS_OF, known=KNOWN))
    return list(explanation(told(folder / "told.zip"), benchmark, language))


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_verb_and_no_subject_stays_english(model: TrendModel, tmp_path: Path, language: str) -> None:
    said = lines(model, tmp_path, "O2.M2", language)
    assert not [line for line in said if re.search(r"\b(falls|rises|monitoring-effort)\b", line)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_verb_and_every_subject_has_a_word(language: str) -> None:
    words = [
        (table, id) for table, ids in (("verbs", [*verbs(), "alarm", "sign"]), ("subjects", SUBJECTS)) for id in ids
    ]
    assert [id for table, id in words if named(language, table, id) == named("en", table, id)] == []


def _monthly(name: str, each: int, *official_for: str) -> dict[str, Any]:
    line = f"2015-01..2026-06 events={each} area=XX01 category=violence/one-sided"
    return {"kind": "incident", "data": name, "official_for": official_for, "covers": "2015-01-01 to 2026-06-30",
            "monthly": [line]}  # fmt: skip


@pytest.mark.parametrize(("language", "opened", "closed"), [("en", "", ""), ("fr", "", ""), ("ar", OPENED, CLOSED)])
def test_the_name_of_a_source_keeps_together_where_the_language_runs_leftward(
    model: TrendModel, tmp_path: Path, language: str, opened: str, closed: str
) -> None:
    evidence = [_monthly("GED (24.1)", 2, "incident/violence/one-sided"), _monthly("Press review", 3)]
    inputs = Inputs(load().only(["O2.M2"]), mission(), store(evidence), country(), model)
    package.write(tmp_path / "told.zip", inputs, assess(inputs, as_of=AS_OF, known=KNOWN))
    said = list(explanation(told(tmp_path / "told.zip"), "O2.M2", language))
    for name in ("GED (24.1)", "Press review"):
        assert [line for line in said if line.startswith(f"    {opened}{name}{closed}")], name


SIGNS = [
    # what it shows                  reports                   said of it
    ("nobody confirmed it",          SEEN,                     "not confirmed"),
    ("a person confirmed it",        [*SEEN, CONFIRMED],       "confirmed"),
]  # fmt: skip


@pytest.mark.parametrize(("shows", "reports", "says"), SIGNS, ids=[each[0] for each in SIGNS])
def test_a_sign_that_showed_is_confirmed_or_not_and_never_too_few(
    model: TrendModel, tmp_path: Path, shows: str, reports: list[str], says: str
) -> None:
    (line,) = [each for each in lines(model, tmp_path, "O2.S1", "en", *reports) if each.startswith("  sign")]
    assert line.split()[2:4] == (["not", "confirmed"] if says == "not confirmed" else ["confirmed", *line.split()[3:4]])
    assert "too few" not in line
    assert "unknown" not in line


@pytest.mark.parametrize(("language", "mark"), [("en", 0), ("fr", 1), ("ar", 1)])
def test_the_table_says_once_that_nobody_confirmed_its_words(
    model: TrendModel, tmp_path: Path, language: str, mark: int
) -> None:
    inputs = Inputs(load().only(["O2.M2"]), mission(), store([]), country(), model)
    package.write(tmp_path / "told.zip", inputs, assess(inputs, as_of=AS_OF, known=KNOWN))
    said = list(table(told(tmp_path / "told.zip"), language, load()))
    assert [words(language, "handbook")["unreviewed"] in line for line in said].count(True) == mark


def test_a_benchmark_that_was_set_aside_is_not_applicable_and_says_by_whom(model: TrendModel, tmp_path: Path) -> None:
    text = "id: O2.M3\nretired: true\nchanged: {by: [planning, jmac], on: 2026-02-10, because: no mandate for it}\n"
    (tmp_path / "ours.yaml").write_text(text, "utf-8")
    framework = load(tmp_path, AS_OF)
    (aside,) = set_aside(framework, "en")
    assert (aside["benchmark"], aside["status"]) == ("O2.M3", "not applicable")
    inputs = Inputs(framework.only(["O2.M2"]), mission(), store([]), country(), model)
    package.write(tmp_path / "told.zip", inputs, assess(inputs, as_of=AS_OF, known=KNOWN))
    (line,) = [each for each in table(told(tmp_path / "told.zip"), "en", framework) if each.startswith("O2.M3")]
    assert "not applicable" in line
    assert "signed by planning, jmac on 10 February 2026: no mandate for it" in line
    assert not [each for each in table(told(tmp_path / "told.zip"), "en", load()) if each.startswith("O2.M3")]


def test_a_benchmark_of_the_missions_own_has_the_title_that_the_mission_gave_it_in_the_language(
    model: TrendModel, tmp_path: Path
) -> None:
    overlay = tmp_path / "framework"
    (overlay / "locale" / "ar").mkdir(parents=True)
    own = "id: O2.M2\ntitle: Fewer attacks on the roads\nchanged: {by: [planning, jmac], on: 2026-02-10, because: so}\n"
    (overlay / "ours.yaml").write_text(own, "utf-8")
    (overlay / "locale" / "ar" / "own.yaml").write_text("O2.M2: {title: هجمات أقل على الطرق}\n", "utf-8")
    inputs = Inputs(load(overlay, AS_OF).only(["O2.M2"]), mission(), store([]), country(), model)
    package.write(tmp_path / "told.zip", inputs, assess(inputs, as_of=AS_OF, known=KNOWN))
    assert next(iter(explanation(told(tmp_path / "told.zip"), "O2.M2", "ar"))).endswith("هجمات أقل على الطرق")
