from datetime import date

import pytest
from django.utils import translation

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
