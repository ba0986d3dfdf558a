"""The glossary: each term in each language, and for each whether and where somebody looked it up."""

import re
from datetime import UTC, date, datetime

import pytest

from primacy.assessment.told.glossary import glossary, lines, looked_up
from primacy.assessment.told.handbook_lines import document
from primacy.framework import load
from primacy.framework.languages import codes

FRAMEWORK = load()
TERMS = {code: FRAMEWORK.texts[code]["glossary"] for code in codes()}


@pytest.mark.parametrize("language", codes())
def test_it_has_each_term_in_each_language(language: str) -> None:
    rows = glossary(FRAMEWORK, language).rows
    assert len(rows) > 80
    assert all(len(row) == len(codes()) and all(row) for row in rows)
    assert {len(each) for each in TERMS.values()} == {len(rows)}


def test_each_page_that_was_looked_up_has_a_day_and_names_terms_of_its_language() -> None:
    for page in looked_up():
        assert page.source
        assert date(2026, 1, 1) < page.read <= datetime.now(UTC).date()
        assert {*page.terms, *page.otherwise} <= set(TERMS[page.language])
        assert not set(page.terms) & set(page.otherwise), page.source
        for id, there in page.otherwise.items():
            assert there != TERMS[page.language][id]


@pytest.mark.parametrize("language", codes())
def test_a_term_bears_the_number_of_each_page_in_which_it_stands_and_the_others_none(language: str) -> None:
    told = glossary(FRAMEWORK, language)
    marked = [cell for row in told.rows for cell in row if re.search(r" \[[\d, ]+\]$", cell)]
    found = {(page.language, id) for page in looked_up() for id in page.terms}
    assert len(marked) == len(found)
    assert len(told.sources) == len(looked_up())
    for code, id in found:
        assert any(cell.startswith(f"{TERMS[code][id]} [") for cell in marked), id
    assert f"{len(found)}" in told.rest


@pytest.mark.parametrize("language", codes())
def test_the_whole_handbook_ends_with_it(language: str) -> None:
    said, told = list(document(FRAMEWORK, language)), list(lines(FRAMEWORK, language))
    assert said[-len(told) :] == told
