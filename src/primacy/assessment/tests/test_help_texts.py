"""Help explains every word that pages use, in every language."""

import pytest

from primacy.assessment.told.help_texts import SECTIONS, content, meanings, tour
from primacy.framework.grammar import FLAGS, STATUSES, VERBS
from primacy.framework.languages import codes, words

EXPLAINED = {
    "statuses": set(STATUSES), "flags": set(FLAGS), "reasons": set(words("en", "reasons")),
    "grades": {*"ABCDEF", *"123456"},
}  # fmt: skip
COMBINE = {"all", "any", "k_of", "not", "sustained", "each", "veto", "after"}


@pytest.mark.parametrize("section", EXPLAINED)
def test_every_word_is_explained_and_no_other(section):
    assert {each.key for each in meanings(section, "en")} == EXPLAINED[section]


def test_every_verb_of_a_rule_and_all_that_combines_them_is_explained():
    assert {each.key for each in meanings("verbs", "en")} == {*VERBS, *COMBINE}


@pytest.mark.parametrize("language", codes())
def test_each_language_says_the_same(language):
    for section in SECTIONS:
        assert [e.key for e in meanings(section, language)] == [e.key for e in meanings(section, "en")]
        assert all(each.means.strip() and each.example.strip() for each in meanings(section, language))
    for role in content("en")["tours"]:
        assert [key for key, _text in tour(role, language)] == [key for key, _text in tour(role, "en")]
