from xml.etree import ElementTree

import pytest
from django.utils import translation

from primacy.framework import load
from primacy.framework.grammar import STATUSES
from primacy.ui import marks


def test_every_status_has_a_mark_and_no_two_share_a_shape():
    assert marks.STATUSES == STATUSES
    assert len(set(marks.SHAPES.values())) == len(marks.SHAPES)


@pytest.mark.parametrize("status", marks.SHAPES)
@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_a_mark_says_its_status_in_each_language(status, language):
    with translation.override(language):
        root = ElementTree.fromstring(marks.drawing(status))
        assert root.get("aria-label") == marks.word(status)
        assert root.get("style") is None
    if language != "en":
        with translation.override(language):
            assert marks.word(status) != status


def test_a_mark_beside_its_word_is_silent_and_a_change_is_said():
    assert 'aria-hidden="true"' in marks.drawing("met", label="")
    assert "met, changed" in marks.drawing("met", changed=True)


def test_a_label_cannot_leave_its_attribute():
    assert '"><script' not in marks.drawing("met", label='"><script>')


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_marks_and_sentences_call_a_status_by_the_same_word(language):
    said = load().texts[language]["words"]["statuses"]
    with translation.override(language):
        assert {status: marks.word(status) for status in STATUSES} == {status: said[status] for status in STATUSES}
