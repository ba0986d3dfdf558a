"""Words of the framework are found in every language, however they are accented or written."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from primacy.framework import load
from primacy.framework.searching import folded, search

FOUND = [
    # what it shows                                     query                  what is among the first
    ("an id, however it is written",                    "o2.m2",               "O2.M2"),
    ("a title",                                         "ceasefire agreements", "O2.S1"),
    ("French without its accents",                      "critere",             "benchmark"),
    ("French with its accents",                         "critère",             "benchmark"),
    ("a plural finds the singular",                     "ceasefires",          "O2.S1"),
    ("Arabic with the article",                         "الحوار",              "O2.M3"),
    ("Arabic without the article",                      "حوار",                "O2.M3"),
    ("Arabic with another alef and with vowel signs",   "إنتِخابات",            "O5.S1"),
    ("the label of an indicator",                       "schools clinics",     "O2.M2"),
    ("a term of the glossary",                          "cessez-le-feu",       "ceasefire"),
]  # fmt: skip
FIRST = 12


@pytest.mark.parametrize(("shows", "query", "id"), FOUND, ids=[each[0] for each in FOUND])
def test_what_is_found(shows, query, id):
    found = [each.id for each in search(load(), query, "en")[:FIRST]]
    assert id in found


@pytest.mark.parametrize("query", ["", "   ", "zzzz", "zzzz ceasefire"])
def test_every_word_must_be_said(query):
    assert search(load(), query, "en") == []


def test_each_thing_is_told_once_with_what_was_asked_for_marked():
    found = search(load(), "consent", "fr")
    assert len({(each.sort, each.id) for each in found}) == len(found) > 2
    for each in found:
        assert "consent" in folded("".join(text for text, asked in each.pieces if asked))


@settings(max_examples=25)
@given(st.text(max_size=40))
def test_no_query_breaks_it(query):
    assert isinstance(search(load(), query, "ar"), list)
    assert folded(folded(query)) == folded(query)
