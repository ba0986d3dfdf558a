"""Random numbers: the same for the same words, others for others, and none of them taken from a place nobody named."""

import zlib

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from primacy.exercise.luck import luck

WORDS = st.lists(st.text(max_size=8) | st.integers(0, 600), max_size=3)


@given(st.integers(0, 2**40), WORDS)
@settings(max_examples=20)
def test_the_same_words_give_the_same_numbers(seed: int, words: list[str | int]) -> None:
    assert luck(seed, *words).random(3).tolist() == luck(seed, *words).random(3).tolist()


@given(st.integers(0, 2**70), WORDS)
@settings(max_examples=50)
def test_the_numbers_are_those_of_numpys_own_way_with_a_list(seed: int, words: list[str | int]) -> None:
    hashed = [zlib.crc32(f"/{word}".encode()) for word in words]
    own = np.random.Generator(np.random.PCG64(np.random.SeedSequence([seed, *hashed])))
    assert luck(seed, *words).random(3).tolist() == own.random(3).tolist()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param((1, "violence", 3), (1, "violence", 4), id="another month"),
        pytest.param((1, "violence", 3), (1, "survey", 3), id="another subsystem"),
        pytest.param((1, "violence", 3), (2, "violence", 3), id="another seed"),
        pytest.param((1, "violence"), (1, "violence", 0), id="month 0 is a month"),
        pytest.param((1,), (1, ""), id="an empty word is a word"),
    ],
)
def test_other_words_give_other_numbers(one: tuple[int, str], other: tuple[int, str]) -> None:
    assert luck(*one).random() != luck(*other).random()


def test_the_numbers_are_these_on_every_machine() -> None:
    assert luck(1, "violence", 3).integers(0, 1000, 5).tolist() == [598, 186, 914, 723, 24]


def test_the_state_that_others_share_is_left_alone() -> None:
    before = np.random.get_state()[1].tolist()
    luck(1, "violence").random(100)
    assert np.random.get_state()[1].tolist() == before


def test_a_negative_seed_is_refused() -> None:
    with pytest.raises(ValueError, match="non-negative"):
        luck(-1)
