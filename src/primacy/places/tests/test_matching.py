"""Ranked candidates for a written name: spellings, scripts, words that are translated."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from primacy.places.matching import ALIKE, SAME_BUT_FOR_WORDS, NameIndex
from primacy.places.sounds import Sounding, sounds

NAMES = NameIndex(
    [("RQ", "Ar-Raqqa"), ("DZ", "Deir-ez-Zor"), ("HD", "Al Hodeidah"), ("ND", "North Darfur"), ("SD", "South Darfur"),
     ("BA", "Bouar"), ("BI", "Bria"), ("KB", "كادوقلي"), ("M1", "Mokri City"), ("M2", "Mokri")]
)  # fmt: skip
SURE = 0.88
CASES = [
    ("the article, and h at the end", "Raqqah", "RQ", SAME_BUT_FOR_WORDS - 0.05),
    ("Arabic script against Latin", "الرقة", "RQ", SURE),
    ("Arabic script in two words", "دير الزور", "DZ", SURE),
    ("Latin against Arabic script", "Kadugli", "KB", SURE),
    ("written as it is heard", "Hodeida", "HD", SURE),
    ("a translated word", "شمال دارفور", "ND", SURE),
    ("another order", "Darfour Nord", "ND", SURE),
    ("the plain name before the city's", "Mokri", "M2", 1.0),
]


@pytest.mark.parametrize(("shows", "written", "code", "least"), CASES, ids=[case[0] for case in CASES])
def test_the_best_candidate(shows: str, written: str, code: str, least: float) -> None:
    best, score = NAMES.ranked(written)[0]
    assert best == code
    assert score >= least


NOT_SURE = [
    ("only the compass differs", "North Darfur", "SD"), ("short names with the same consonants", "Bouar", "BI"),
    ("in Arabic too", "جنوب دارفور", "ND"),
]  # fmt: skip


@pytest.mark.parametrize(("shows", "written", "code"), NOT_SURE, ids=[case[0] for case in NOT_SURE])
def test_another_place_is_never_sure(shows: str, written: str, code: str) -> None:
    assert dict(NAMES.ranked(written)).get(code, 0.0) < SURE


def test_only_wanted_areas_are_candidates() -> None:
    assert [code for code, _ in NAMES.ranked("Mokri", lambda code: code == "M1")] == ["M1"]
    assert NAMES.ranked("") == []
    assert NameIndex([]).ranked("Bria") == []


LATIN = st.text(alphabet="abdeghiklmnorstuwyz", min_size=1, max_size=9)


@given(LATIN, LATIN)
def test_likeness_is_a_share_and_symmetric(one: str, other: str) -> None:
    there = Sounding([one], arabic=False).likeness(other)
    back = Sounding([other], arabic=False).likeness(one)
    np.testing.assert_allclose(there, back, atol=1e-12)
    assert 0.0 <= there[0] <= 1.0
    same = Sounding([one, other], arabic=False).likeness(one)
    assert same[0] == pytest.approx(1.0 if sounds(one) else 0.0)
    assert same[1] == pytest.approx(there[0])


@given(st.text(max_size=30))
def test_any_text_gets_scores_between_least_and_one(text: str) -> None:
    assert all(0.7 <= score <= 1.0 for _, score in NAMES.ranked(text))
    assert ALIKE < SAME_BUT_FOR_WORDS
