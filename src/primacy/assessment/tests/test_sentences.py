"""What findings and rules say in English, French and Arabic."""

import re
import string
from datetime import date
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from primacy.assessment.finding import Phrase
from primacy.assessment.rules.verbs import verbs
from primacy.assessment.told.rule_phrases import rule_phrase
from primacy.assessment.told.sentences import (
    date_text,
    flag_word,
    likelihood,
    number_text,
    percent_text,
    reason_word,
    say,
    say_all,
    status_word,
    words,
)  # fmt: skip
from primacy.framework import load
from primacy.framework.grammar import DIMENSIONS, FLAGS, STATUSES
from primacy.framework.loading import STANDARD
from primacy.places.areas import Area, Areas

FRAMEWORK = load()
LANGUAGES = ("en", "fr", "ar")
TRANSLATIONS = ("fr", "ar")
TEMPLATES = {language: FRAMEWORK.templates(language) for language in LANGUAGES}
ENGLISH = TEMPLATES["en"]
NO_BREAK, NARROW = "\u00a0", "\u202f"
ISOLATED = re.compile("\u2068[^\u2069]*\u2069")


def fields(template: str) -> set[str]:
    """The names that a template has filled."""
    return {name for _, name, _, _ in string.Formatter().parse(template) if name is not None}


# ---- templates


@pytest.mark.parametrize("language", TRANSLATIONS)
def test_every_template_of_english_is_said_in_the_language_and_no_other(language):
    assert set(TEMPLATES[language]) == set(ENGLISH)


@pytest.mark.parametrize("key", sorted(ENGLISH))
@pytest.mark.parametrize("language", TRANSLATIONS)
def test_a_translation_is_filled_with_the_same_names_as_english(language, key):
    assert fields(TEMPLATES[language][key]) == fields(ENGLISH[key])


@pytest.mark.parametrize("verb", sorted(verbs()))
def test_every_verb_can_be_said_as_a_rule(verb):
    assert f"rule.{verb}" in ENGLISH


FILLED: dict[str, Any] = {
    "": "first calm year", "text": "sex=f", "percent": 0.16, "chance": 0.004, "exactly": 0.1275, "number": 1234.5, "count": 1583, "times": 1.3,
    "date": "2022-12-31", "month": "2013-09-01", "label": "O2.M2/attacks-on-civilians",
    "Label": "O2.M2/attacks-on-civilians", "labels": ["O2.M2/attacks-on-civilians", "O2.M2/attacks-on-institutions"],
    "list": [Phrase("cap.single source"), Phrase("cap.effort unknown")], "numbered": [Phrase("cap.single source")],
    "span": "4 quarters", "spans": ["4 quarters"], "reason": "stale", "event": "polling_day", "status": "not met", "flag": "trust diverges", "title": "O2.M2", "titles": ["O2.M2", "O2.S1"], "step": "first-report", "areas": ["CF71"],
    "names": ["RJF"], "points": 0.05, "sign": "O2.M2/mass-killing", "phrase": Phrase("covers.population"), "running": Phrase("covers.population"),
    "period": Phrase("period.baseline"), "steps": ["adopted", "tabled"], "likelihood": 0.5, "unit": "O2.M2/fall", "by": "sex", "member": "sex=f",
    "members": "sex=f, sex=m", "kind": "incident", "measure": "resolved", "column": "category",
    "sources": ["monitor", "survey"], "counted": {"survey": 2},
}  # fmt: skip


@pytest.mark.parametrize("key", sorted(ENGLISH))
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_template_can_be_filled(language, key):
    template = TEMPLATES[language].get(key, ENGLISH[key])
    parsed = [(name, spec or "") for _, name, spec, _ in string.Formatter().parse(template) if name is not None]
    text = say(Phrase(key, {name: FILLED[spec] for name, spec in parsed}), language)
    assert text.strip()
    assert not re.search(r"[{}]", text)


@pytest.mark.parametrize(("probability", "text"), [(0.0, "1 %"), (0.004, "1 %"), (0.314, "31 %"), (1.0, "99 %")])
def test_a_probability_is_never_told_as_certain(probability: float, text: str) -> None:
    said = say(Phrase("short.status", {"status": "not met", "probability": probability}))
    assert f"({text})" in said.replace("\u00a0", " ")


# ---- rules


@pytest.mark.parametrize("benchmark", FRAMEWORK.benchmarks.values(), ids=list(FRAMEWORK.benchmarks))
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_rule_is_said_in_full(language, benchmark):
    text = say_all([rule_phrase(benchmark, benchmark.rule)], language)
    assert text.endswith(".")
    assert not re.search(r"[{}]|None|–", text)
    assert text.count("[") == text.count("]")


def test_what_lies_inside_another_list_is_counted_otherwise():
    """`(1) ... [(1) ...; (2) ...]` could be read in two ways."""
    three = Phrase("rule.any", {"parts": [Phrase("areas.needed"), Phrase("areas.needed")]})
    two = Phrase("rule.all", {"parts": [three, Phrase("areas.needed")]})
    text = say(Phrase("rule.all", {"parts": [two, Phrase("areas.needed")]}))
    assert re.findall(r"\((\w+)\)", text) == ["1", "a", "i", "ii", "b", "2"]


@pytest.mark.parametrize("id", ["O4.S7", "O5.S6"])
def test_two_conditions_on_one_thing_say_how_they_differ(id):
    """Steps of one process by what comes before and after; groups by what they are told apart by."""
    text = say(rule_phrase(FRAMEWORK.benchmarks[id], FRAMEWORK.benchmarks[id].rule))
    conditions = re.split(r"\(\w+\) ", text)
    assert len(conditions) == len(set(conditions))


def test_a_share_of_the_strata_is_told_in_percent():
    assert "in at least 75 % of the strata" in say(
        rule_phrase(FRAMEWORK.benchmarks["O1.L1"], FRAMEWORK.benchmarks["O1.L1"].rule)
    )


def test_the_framework_has_65_rules_to_say():
    assert len(FRAMEWORK.benchmarks) == 65


@pytest.mark.parametrize("benchmark", FRAMEWORK.benchmarks.values(), ids=list(FRAMEWORK.benchmarks))
def test_a_rule_in_arabic_holds_latin_letters_only_where_they_are_isolated(benchmark):
    text = say_all([rule_phrase(benchmark, benchmark.rule)], "ar")
    assert not re.search("[A-Za-z]", ISOLATED.sub("", text))


# ---- trends


def trend(key: str, language: str) -> str:
    values = {
        "label": "O2.M2/attacks-on-civilians", "low": 0.48, "high": 0.18, "events": 28, "before": 48,
        "against": Phrase("against.previous", {"months": 12}),
    }  # fmt: skip
    return say(Phrase(key, values), language)


EITHER = {
    "en": "Attacks on civilians: between 48 % fewer and 18 % more than in the 12 months before (28 against 48).",
    "fr": "Attaques contre des civils : entre 48 % de moins et 18 % de plus que pendant les 12 mois précédents"
    " (28 contre 48).",
    "ar": "الهجمات على المدنيين: ما بين أقل بنسبة 48 في المائة وأكثر بنسبة 18 في المائة مما سُجل"
    " في الأشهر الـ 12 السابقة (28 مقابل 48).",
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_interval_that_spans_zero_is_told_with_both_ends(language):
    assert trend("trend.either", language).replace(NO_BREAK, " ") == EITHER[language]


DIRECTION = {
    "en": r"\b(rose|risen|rise|rises|fell|fallen|fall|falls|increas|decreas|declin|grew|drop|worsen|improv)",
    "fr": r"(augment|diminu|hausse|baisse|recul|progress|accr|chut|aggrav|amélior)",
    "ar": r"(ارتف|انخف|زاد|ازد|تراجع|نقص|هبط|تحسن|تدهور|تفاقم)",
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_interval_that_spans_zero_has_no_verb_of_direction(language):
    assert not re.search(DIRECTION[language], TEMPLATES[language]["trend.either"], re.IGNORECASE)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_words_of_direction_are_those_that_rules_use(language):
    """The search above would find them, were they there."""
    said = TEMPLATES[language]["rule.falls"] + TEMPLATES[language]["rule.rises"]
    assert re.search(DIRECTION[language], said, re.IGNORECASE)


# ---- each


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("key", ["each.actor", "each.stratum", "each.group", "each.item", "each.area"])
def test_what_an_each_turns_on_is_named(key, language):
    inside = Phrase("level.number.at-most", {"label": "O2.L1/deaths-in-fighting", "value": 677.0, "threshold": 24.0})
    values = {"holding": 9, "of": 10, "needed": 10, "elements": ["CF71"], "sentence": inside}
    text = say(Phrase(key, values), language, places={"CF71": "Bangui"})
    assert ("Bangui" if key == "each.area" else "CF71") in text


def test_names_are_joined_as_a_list():
    names = ["FPRC", "UPC", "MPC"]
    values = {"holding": 1, "of": 3, "needed": 3, "elements": names, "sentence": Phrase("areas.needed")}
    assert "turns on FPRC; UPC; and MPC." in say(Phrase("each.actor", values))


# ---- numbers, percents, dates

NUMBERS = [
    # what it shows                                 value     en        fr                    ar
    ("thousands are parted as the language does",   1583,     "1,583",  f"1{NARROW}583",      "1,583"),
    ("the decimal sign is that of the language",    12.5,     "12.5",   "12,5",               "12.5"),
    ("three significant digits",                    0.12345,  "0.123",  "0,123",              "0.123"),
    ("whole above a thousand",                      1234.6,   "1,235",  f"1{NARROW}235",      "1,235"),
    ("millions",                                    2.5e6,    "2,500,000", f"2{NARROW}500{NARROW}000", "2,500,000"),
    ("the sign stays before its number",            -0.5,     "−0.5",   "−0,5",               "\u200f\u200e−0.5"),
    ("unknown",                                     None,     "–",      "–",                  "–"),
]  # fmt: skip
PERCENTS = [
    ("a share is said in hundredths",               0.16,     "16 %",   f"16{NO_BREAK}%",     "16 في المائة"),
    ("below one in a hundred keeps a decimal",      0.004,    "0.4 %",  f"0,4{NO_BREAK}%",    "0.4 في المائة"),
    ("nothing is nothing",                          0.0,      "0 %",    f"0{NO_BREAK}%",      "0 في المائة"),
    ("a loss keeps its sign",                       -0.05,    "−5 %",   f"−5{NO_BREAK}%",     "\u200f\u200e−5 في المائة"),
    ("not a number is unknown",                     float("nan"), "–",  "–",                  "–"),
]  # fmt: skip
DATES = [
    ("the last day of a year", "2022-12-31", "31 December 2022", "31 décembre 2022", "31 كانون الأول/ديسمبر 2022"),
    ("August has an accent in French", "2014-08-02", "2 August 2014", "2 août 2014", "2 آب/أغسطس 2014"),
    ("an Arabic month has two names", "2019-01-15", "15 January 2019", "15 janvier 2019", "15 كانون الثاني/يناير 2019"),
]  # fmt: skip


@pytest.mark.parametrize(("shows", "value", "en", "fr", "ar"), NUMBERS, ids=[case[0] for case in NUMBERS])
def test_number_text(shows, value, en, fr, ar):
    assert [number_text(value, language) for language in LANGUAGES] == [en, fr, ar]


@pytest.mark.parametrize(("shows", "value", "en", "fr", "ar"), PERCENTS, ids=[case[0] for case in PERCENTS])
def test_percent_text(shows, value, en, fr, ar):
    assert [percent_text(value, language) for language in LANGUAGES] == [en, fr, ar]


# what it shows, value, threshold -> as it is told beside the threshold
BESIDE = [
    ("whole per cent where that shows the side", 0.126, 0.4, "13%"),
    ("decimals where whole per cents would seem to reach it", 0.1268, 0.1275, "12.7%"),
    ("as many as it takes", 0.5004, 0.5, "50.04%"),
    ("a value that reaches it exactly", 0.1275, 0.1275, "12.75%"),
    ("and one just beyond", 0.501, 0.5, "50.1%"),
]


@pytest.mark.parametrize(("shows", "value", "threshold", "told"), BESIDE, ids=[case[0] for case in BESIDE])
def test_a_share_beside_its_threshold_is_told_so_that_its_side_is_seen(shows, value, threshold, told) -> None:
    assert re.sub(r"\s", "", percent_text(value, beside=threshold)) == told


@pytest.mark.parametrize(("shows", "day", "en", "fr", "ar"), DATES, ids=[case[0] for case in DATES])
def test_date_text(shows, day, en, fr, ar):
    assert [date_text(day, language) for language in LANGUAGES] == [en, fr, ar]


@given(st.dates(date(1990, 1, 1), date(2060, 12, 31)))
def test_a_month_is_its_name_and_year(day):
    assert all(date_text(day.isoformat(), each, form="month").endswith(f" {day.year}") for each in LANGUAGES)


@given(st.integers(0, 10**9))
def test_a_count_loses_no_digit_in_any_language(count):
    for language in LANGUAGES:
        assert re.sub(r"\D", "", number_text(count, language, digits=12)) == str(count)


SPANS = [("1 day", "1 jour"), ("4 quarters", "4 trimestres"), ("2 years", "2 ans"), ("24 months", "24 mois")]


@pytest.mark.parametrize(("span", "fr"), SPANS, ids=[case[0] for case in SPANS])
def test_a_length_of_time_is_said_in_each_language(span, fr):
    phrase = Phrase("rule.sustained", {"rule": Phrase("areas.needed"), "span": span})
    said = {language: say(phrase, language) for language in LANGUAGES}
    assert span in said["en"]
    assert fr in said["fr"]
    assert f"{span.split()[0]} من " in said["ar"]


# ---- words


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_that_a_finding_may_use_is_there(language):
    own = FRAMEWORK.texts[language]["words"]
    assert set(own) >= set(FRAMEWORK.texts["en"]["words"])
    assert set(own["statuses"]) == set(STATUSES)
    assert set(own["flags"]) == set(FLAGS)
    assert set(own["reasons"]) == {"missing", "stale", "thin", "not covered", "changed"}
    assert len(own["months"]) == 12


def test_statuses_flags_and_reasons_are_told_apart_in_each_language():
    for language in LANGUAGES:
        for say_word, names in ((status_word, STATUSES), (flag_word, FLAGS), (reason_word, words("en", "reasons"))):
            assert len({say_word(name, language) for name in names}) == len(list(names))


@pytest.mark.parametrize("language", TRANSLATIONS)
def test_the_bounds_of_likelihood_are_those_of_english(language):
    assert [bound for bound, _ in words(language, "likelihood")] == [bound for bound, _ in words("en", "likelihood")]


LIKELIHOODS = [
    (0.02, "very unlikely", "très improbable", "مستبعد جدا"),
    (0.95, "very likely", "très probable", "مرجح جدا"),
]


@pytest.mark.parametrize(("p", "en", "fr", "ar"), LIKELIHOODS)
def test_a_probability_is_said_in_words(p, en, fr, ar):
    assert [likelihood(p, language) for language in LANGUAGES] == [en, fr, ar]


def stages() -> set[str]:
    """Every stage of the kinds of evidence, and every step of a rule."""
    kinds = yaml.safe_load((STANDARD.parent.parent / "evidence" / "kinds.yaml").read_bytes())
    named = {stage for kind in kinds.values() for scheme in kind.get("stages", {}).values() for stage in scheme}
    leaves = [leaf for benchmark in FRAMEWORK.benchmarks.values() for leaf in benchmark.rule.leaves()]
    return named | {step for leaf in leaves if leaf.head == "sequence" for step in leaf.call.steps}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_stage_and_step_has_words(language):
    assert set(FRAMEWORK.texts[language]["words"]["steps"]) >= stages()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_event_that_a_rule_waits_for_has_words(language):
    rules = [benchmark.rule for benchmark in FRAMEWORK.benchmarks.values()]
    awaited = {name for rule in rules for name in rule.after if "." not in name}
    assert awaited <= set(FRAMEWORK.texts[language]["words"]["events"])


# ---- typography


def bare(language: str) -> list[str]:
    """The templates of a language, with a letter where a value will stand."""
    return [re.sub(r"\{[^}]*\}", "X", each) for each in TEMPLATES[language].values()]


def test_french_keeps_its_punctuation_on_the_line():
    joiners = [words("fr", name) for name in ("and", "comma", "semicolon")]
    for text in [*bare("fr"), *joiners, words("fr", "percent")]:
        assert not re.search(r"[ \w][:;?!%»]|«[ \w]", text), text


def test_arabic_uses_its_own_comma_semicolon_and_question_mark():
    joiners = [words("ar", name) for name in ("and", "comma", "semicolon")]
    assert not re.search(r"[,;?]", "".join([*bare("ar"), *joiners]))


def test_isolated_text_is_always_closed():
    for template in TEMPLATES["ar"].values():
        assert template.count("\u2068") == template.count("\u2069")


@pytest.mark.parametrize("family", ["each.{}", "enough.each.{}", "rule.each.{}.all"])
def test_all_that_an_each_can_go_over_is_told(family):
    """A pair of parties once had no words for how many more must hold, and the page of a real country broke."""
    assert {family.format(name) for name in DIMENSIONS} <= set(ENGLISH)


@pytest.mark.parametrize(
    ("language", "names"), [("en", "Morand and Lower Sel"), ("fr", "Morand-le-Haut et Sel"), ("ar", "موراند وسل")]
)
def test_a_stratum_that_is_an_area_is_called_as_the_language_calls_it(language: str, names: str) -> None:
    """Trust by area: who answered is told by the name that the survey wrote."""
    places = Areas(
        [
            Area("XX01", 1, "XX", {"en": "Morand", "fr": "Morand-le-Haut", "ar": "موراند"}),
            Area("XX02", 1, "XX", {"en": "Lower Sel", "fr": "Sel", "ar": "سل"}),
        ]
    ).names(language)
    values = {
        "label": "O1.L2/trust",
        "value": 0.3,
        "threshold": 0.15,
        "high": "Morand",
        "low": "Lower Sel",
    }
    said = say(Phrase("gap.wide", values), language, framework=FRAMEWORK, places=places)
    assert names in said.replace("\u2068", "").replace("\u2069", "")
