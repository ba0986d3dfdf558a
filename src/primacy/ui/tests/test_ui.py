from datetime import date

import pytest
from django.utils import translation

from primacy.framework.values import span
from primacy.ui.templatetags import ui

CASES = [
    ("a whole number stays whole", 12.0, "en", "12"),
    ("a small number keeps one decimal", 3.14159, "en", "3.1"),
    ("a hundred and more is whole", 1234.56, "en", "1,235"),
    ("nothing stays nothing", None, "en", ""),
    ("French writes a comma", 3.14159, "fr", "3,1"),
    ("Arabic keeps Western digits", 12.5, "ar", "12.5"),
]


@pytest.mark.parametrize(("shows", "value", "language", "text"), CASES, ids=[case[0] for case in CASES])
def test_figures_are_rounded_to_what_is_known(shows, value, language, text):
    with translation.override(language):
        assert ui.figure(value) == text


@pytest.mark.parametrize(
    ("probability", "text"), [(0.0, "1 in 100"), (1.0, "99 in 100"), (0.314, "31 in 100"), (None, "")]
)
def test_a_probability_is_never_said_to_be_certain(probability, text):
    assert ui.in_hundred(probability) == text


@pytest.mark.parametrize(
    ("language", "text"), [("en", "30 June 2026"), ("fr", "30 juin 2026"), ("ar", "30 حزيران/يونيه 2026")]
)
def test_days_are_written_in_the_readers_language(language, text):
    with translation.override(language):
        assert ui.day("2026-06-30") == ui.day(date(2026, 6, 30)) == text


def test_a_component_of_the_mission_itself_is_shown_as_written():
    assert ui.components(["force", "river-unit"]) == "Force, river unit"


@pytest.mark.parametrize(("language", "text"), [("en", "Jun 2026"), ("fr", "juin 2026"), ("ar", "حزيران/يونيه 2026")])
def test_months_are_as_short_as_the_language_has_them(language, text):
    with translation.override(language):
        assert ui.month("2026-06-30") == ui.month(date(2026, 6, 1)) == text


SHARES = [
    ("a whole percent", 0.8, "80 %"),
    ("the digits that somebody wrote", 0.1275, "12.75 %"),
    ("a measured share is rounded", 1 / 3, "33 %"),
    ("less than a percent keeps a decimal", 0.00333, "0.3 %"),
    ("a loss", -0.05, "−5 %"),
    ("nothing stays nothing", None, ""),
]


@pytest.mark.parametrize(("shows", "value", "text"), SHARES, ids=[case[0] for case in SHARES])
def test_shares_are_told_in_percent(shows, value, text):
    with translation.override("en"):
        assert ui.share(value) == text


WRITTEN = [
    ("a share", "12.75 %", "fr", "12,75\u00a0%"),
    ("a share in words", "20 %", "ar", "20 في المائة"),
    ("a number", 0.5, "fr", "0,5"),
    ("a pair", ("85 %", "115 %"), "en", "85 % – 115 %"),
    ("a loss keeps its sign", "-5 %", "en", "−5 %"),
]


@pytest.mark.parametrize(("shows", "value", "language", "text"), WRITTEN, ids=[case[0] for case in WRITTEN])
def test_a_threshold_keeps_every_digit_that_was_written(shows, value, language, text):
    with translation.override(language):
        assert ui.written(value) == text


def test_codes_between_backticks_keep_their_direction_and_cannot_become_markup():
    assert ui.coded("Type `<b>/party` now") == 'Type <code dir="ltr">&lt;b&gt;/party</code> now'
    assert ui.coded("no <code>") == "no &lt;code&gt;"


def test_a_length_of_time_is_told_in_words():
    with translation.override("fr"):
        assert ui.span(span("12 months")) == "12 mois"


def test_a_kind_of_evidence_without_a_word_of_its_own_is_spelt_as_people_write():
    with translation.override("fr"):
        assert (ui.kind_word("patrol-days"), ui.kind_word("river-days"), ui.kind_word(None)) == (
            "jours de patrouille", "river days", "–",
        )  # fmt: skip


LINKS = [
    ("a page by its address",        "the page /places/review/ lists them",     'the page <a dir="ltr" href="/places/review/">/places/review/</a> lists them'),
    ("in brackets, beside code",     "(/evidence/) or `/evidence/`",            '(<a dir="ltr" href="/evidence/">/evidence/</a>) or <code dir="ltr">/evidence/</code>'),
    ("a path on a disk",             "instance/evidence/rows/",                 "instance/evidence/rows/"),
    ("an address elsewhere",         "https://elsewhere.org/evidence/",         "https://elsewhere.org/evidence/"),
    ("a page and a file",            "/evidence/manifest.json",                 "/evidence/manifest.json"),
    ("markup stays text",            "<b>x</b> /places/",                       '&lt;b&gt;x&lt;/b&gt; <a dir="ltr" href="/places/">/places/</a>'),
]  # fmt: skip


@pytest.mark.parametrize(("shows", "text", "shown"), LINKS, ids=[case[0] for case in LINKS])
def test_a_page_that_a_sentence_names_is_a_link(shows: str, text: str, shown: str) -> None:
    assert ui.coded(text) == shown
