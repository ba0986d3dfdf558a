"""What an indicator reads and what is enough of it, in words: nothing that has a say in a status is left out."""

import re
from dataclasses import replace

import pytest

from primacy.assessment.indicators.quantities import ENOUGH, KNOWN_SHARE
from primacy.assessment.told.indicator_told import ToldIndicator, indicators_told
from primacy.evidence.kinds import KINDS
from primacy.framework import load
from primacy.framework.entries import Benchmark
from primacy.framework.grammar import Indicator
from primacy.framework.languages import codes, named, words
from primacy.ui.wording import span_text

FRAMEWORK = load()
TOLD = {
    language: {each.id: indicators_told(FRAMEWORK, each, language) for each in FRAMEWORK.measured}
    for language in codes()
}
MEASURED = [
    (entry, id, indicator) for entry in FRAMEWORK.measured for id, indicator in entry.indicators.items()
]  # fmt: skip
JARGON = re.compile(r"\b(weakest|distinct|latest|ratio|median_gap|aggregate|register|fresh|None)\b")


def told(entry: str, id: str, language: str = "en") -> ToldIndicator:
    return next(each for each in TOLD[language][entry] if each.id == id)


@pytest.mark.parametrize("language", codes())
def test_every_indicator_is_told_and_nothing_of_a_template_is_left(language: str) -> None:
    for entry, id, _indicator in MEASURED:
        each = told(entry.id, id, language)
        assert each.label, (entry.id, id)
        assert each.read, (entry.id, id)
        assert not re.search(r"[{}]|None", each.read + each.enough), (entry.id, id)


def test_it_is_told_without_the_words_of_the_machine() -> None:
    for entry, id, _indicator in MEASURED:
        each = told(entry.id, id)
        said = re.sub(r"“[^”]*”", "", f"{each.read} {each.enough}")
        assert not JARGON.search(said), (entry.id, id, said)


@pytest.mark.parametrize("language", codes())
def test_each_window_age_effort_and_size_that_is_written_stands_on_the_page(language: str) -> None:
    for entry, id, indicator in MEASURED:
        each, where = told(entry.id, id, language), (entry.id, id, language)
        if indicator.window is not None and indicator.kind is not None and KINDS[indicator.kind].nature == "event":
            assert span_text(indicator.window, language) in each.read, where
        if indicator.effort is not None:
            assert named(language, "kinds", indicator.effort) in each.read, where
        if indicator.fresh is not None and indicator.kind is not None:
            assert span_text(indicator.fresh, language) in each.enough, where
        for size in indicator.enough.values():
            assert str(size) in each.enough, where
        for column, wanted in (*indicator.where.items(), *indicator.except_.items()):
            assert str(words(language, "fields")[column]) in each.read, where
            for value in wanted if isinstance(wanted, list) else [wanted]:
                plain = value["not"] if isinstance(value, dict) else value
                assert str(words(language, "members").get(plain, plain)).removeprefix("mission.") in each.read, where


def test_what_the_entry_leaves_open_is_told_as_the_kind_has_it() -> None:
    for entry, id, indicator in MEASURED:
        if indicator.kind is None or indicator.fresh is not None:
            continue
        kind, enough = KINDS[indicator.kind], told(entry.id, id).enough
        if kind.nature in ("event", "effort"):
            assert "No report means “none” only in months that a source declares complete." in enough
        elif kind.shelf_life is not None:
            assert f"Not older than {kind.shelf_life} days, as for all evidence of this kind." in enough
        else:
            assert "Holds until something newer is reported." in enough


def test_two_kinds_of_source_are_named_where_the_rule_asks_for_them_and_nowhere_else() -> None:
    for entry, id, indicator in MEASURED:
        kind = KINDS[indicator.kind] if indicator.kind else None
        wanted = kind is not None and kind.corroborate and not kind.official and entry.term != "short"
        assert ("two kinds of source" in told(entry.id, id).enough) is wanted, (entry.id, id)


def of(indicator: dict[str, object], rule: dict[str, object], **thresholds: object) -> ToldIndicator:
    """One indicator in a benchmark of the standard that asks for nothing else."""
    base = FRAMEWORK.benchmarks["O2.M2"].model_dump(by_alias=True, exclude_defaults=True)
    numbers = {name: {"value": value, "unit": "x"} for name, value in thresholds.items()}
    changed = {**base, "indicators": {"whole": WHOLE, "one": indicator}, "rule": rule, "thresholds": numbers}
    entry = Benchmark.model_validate({**changed, "reversal": [], "flags": {}})
    framework = replace(FRAMEWORK, benchmarks={**FRAMEWORK.benchmarks, "O2.M2": entry})
    return next(each for each in indicators_told(framework, entry, "en") if each.id == "one")


WHOLE = {"kind": "contact", "aggregate": "sum", "label": "contacts"}
REACHES = {"reaches": {"indicator": "one", "at_least": 3}}
FALLS = {"falls": {"indicator": "one", "by": "20 %", "window": "12 months"}}
CEASES = {"ceases": {"indicator": "one", "at_most": 2, "window": "3 months"}}
SHARE = {"share": {"indicator": "one", "at_least": "60 %"}}
READ = [
    ("a sum over its window", {"kind": "contact", "aggregate": "sum", "window": "6 months"}, REACHES,
     "Counted: all that is reported as “contact”, added up over the last 6 months."),
    ("a window that nobody wrote is twelve months", {"kind": "contact", "aggregate": "sum"}, REACHES,
     "Counted: all that is reported as “contact”, added up over the last 12 months."),
    ("a trend has the months of its rule", {"kind": "incident", "aggregate": "rate", "effort": "patrol-days"}, FALLS,
     "month by month: over the last 12 months, and over the time with which the rule compares these. Where it was looked "
     "harder or less hard than before (patrol days), by more than 15 %, this is allowed for."),
    ("a rule that compares with nothing has its own months alone", {"kind": "incident", "aggregate": "sum"}, CEASES,
     "Counted: all that is reported as “incident”, month by month: over the last 3 months."),
    ("a level is divided by effort", {"kind": "incident", "aggregate": "rate", "effort": "monitors"}, REACHES,
     "Divided by how hard somebody looked: monitors."),
    ("different actors", {"kind": "contact", "aggregate": "distinct", "by": "actor", "window": "3 months"}, REACHES,
     "Counted, each once: actors that reports of “contact” name, over the last 3 months."),
    ("a share of what is expected", {"kind": "law", "register": "law", "pass": {"stage": "gazetted"},
     "measure": "stage", "aggregate": "share"}, SHARE,
     "Share: out of all items that are expected (list of “law”), how many pass, by what is reported as “law, stage”. "
     "What passes: the stage “published in the gazette” or a later one is reached."),
    ("a share of a count", {"kind": "contact", "of": "whole", "aggregate": "share", "window": "6 months"}, SHARE,
     "Share: out of all counted under “contacts”, how much is reported as “contact”, over the last 6 months."),
    ("not in a place", {"kind": "contact", "aggregate": "sum", "where": {"area": {"not": "mission.capital"}}}, REACHES,
     "Only where the mission file does not name the area under “capital”."),
    ("left out is what one filter or the other matches", {"kind": "contact", "aggregate": "sum",
     "except": {"actor": "a", "target": ["b", "c"]}}, REACHES,
     "Left out where actor is “a”. Left out where target is one of these: b, c."),
    ("since an event", {"kind": "contact", "aggregate": "sum", "since": "polling_day + 6 months"}, REACHES,
     "Only what dates from 6 months after polling day or later counts."),
    ("each question by itself", {"kind": "survey", "measure": "share", "aggregate": "weakest"}, REACHES,
     "each by itself: the question on which the rule is least likely to hold decides."),
    ("the usual pause", {"kind": "contact", "aggregate": "median_gap", "by": "target"}, REACHES,
     "half of the pauses are shorter, half are longer; over the last 12 months."),
    ("what passes by a number of the rule", {"kind": "presence", "measure": "days_at_post", "register": "presence",
     "pass": {"value": ">= days"}, "aggregate": "share"}, SHARE, "What passes: “days at post” is at least 15."),
]  # fmt: skip


@pytest.mark.parametrize(("shows", "indicator", "rule", "said"), READ, ids=[each[0] for each in READ])
def test_what_is_read(shows: str, indicator: dict[str, object], rule: dict[str, object], said: str) -> None:
    assert said in of(indicator, rule, days=15).read


SURVEY = {"kind": "survey", "measure": "share", "aggregate": "latest"}
SCORED = {"scored": {"indicator": "one", "at_least": 2}}
ENOUGH_OF = [
    ("a stated number of people", {**SURVEY, "enough": {"n": 400}}, REACHES, "Fewer than 400 asked are too few"),
    ("a stated age", {**SURVEY, "fresh": "2 years"}, REACHES, "Not older than 2 years."),
    ("a share of a count", {"kind": "contact", "of": "whole", "aggregate": "share"}, SHARE,
     f"Fewer than {ENOUGH} in all are too few to tell a share."),
    ("a share of a list", {"kind": "law", "register": "law", "pass": {"stage": "tabled"}, "aggregate": "share"}, SHARE,
     f"Something must be known of at least {KNOWN_SHARE:.0%}".replace("%", " %")),
    ("what is made of two others", {"of": ["whole", "whole"], "aggregate": "ratio"}, REACHES,
     "How old each of the two may be, and over which months it is counted, is told where it stands by itself."),
    ("two coders", {"kind": "rubric", "measure": "score", "aggregate": "mean"}, SCORED, "0.6 or more"),
]  # fmt: skip


@pytest.mark.parametrize(("shows", "indicator", "rule", "said"), ENOUGH_OF, ids=[each[0] for each in ENOUGH_OF])
def test_what_is_enough(shows: str, indicator: dict[str, object], rule: dict[str, object], said: str) -> None:
    assert said in of(indicator, rule).enough


def test_no_key_of_an_indicator_that_decides_goes_untold() -> None:
    """A key that the grammar gains must be told here, or be named as one that decides nothing."""
    told_keys = {
        "kind", "where", "except_", "measure", "aggregate", "window", "effort", "register_", "by", "pass_", "of",
        "between", "label", "fresh", "since", "enough", "areas", "sources",
    }  # fmt: skip
    silent = {"from_", "unit", "per"}  # where it was taken from, names, and what no reading asks
    assert set(Indicator.model_fields) == told_keys | silent
