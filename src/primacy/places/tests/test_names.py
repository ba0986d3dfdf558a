"""Names as people write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from primacy.places.matching import NameIndex
from primacy.places.names import bare, likeness, plain

CASES = [
    ("accents", "Nana-Mambéré", "nana mambere"),
    ("apostrophes of any form", "Ombella M’Poko", "ombella mpoko"),
    ("Arabic vowel marks", "حَلَب", "حلب"),
    ("Arabic alif with hamza and final ta", "أبو زيدة", "ابو زيده"),
    ("stretched Arabic letters", "دمـــشق", "دمشق"),
    ("Turkish and Polish letters", "Łódź ışık", "lodz isik"),
]


@pytest.mark.parametrize(("shows", "written", "compared"), CASES, ids=[case[0] for case in CASES])
def test_plain(shows: str, written: str, compared: str) -> None:
    assert plain(written) == compared


def test_a_name_that_is_only_a_kind_word_keeps_it() -> None:
    assert bare("Village") == "village"
    assert bare("Province") == "province"
    assert bare("Ouham Province (north)") == "ouham"


BARE = [
    ("articles apart and with their sound exchanged", "As-Sweida", "sweida"),
    ("an article at the front of the word", "Azzawya", "zawya"),
    ("an Arabic article", "الرقة", "رقه"),
    ("a word that looks like an article stays", "Ali Sabieh", "ali sabieh"),
    ("words for the kind of area", "S/Préf. de Bria", "bria"),
    ("the same in Arabic", "ولاية كسلا", "كسلا"),
    ("compass in any language and order", "Darfour Nord", "north darfour"),
    ("compass in Arabic", "شمال دارفور", "north دارفور"),
    ("abbreviations with a point", "N. Darfur", "north darfur"),
    ("colours and rivers", "النيل الأزرق", "blue nile"),
]


@pytest.mark.parametrize(("shows", "written", "compared"), BARE, ids=[case[0] for case in BARE])
def test_bare(shows: str, written: str, compared: str) -> None:
    assert bare(written) == compared


def test_spaces_do_not_part_names() -> None:
    assert likeness("ouham pende", "ouhampende") == 1.0


def test_the_best_of_several_names_counts_once() -> None:
    names = [("A", "Bangi"), ("A", "Bangui"), ("B", "Bambari")]
    assert NameIndex(names).ranked("Bangui")[0] == ("A", 1.0)


@given(st.text(max_size=40))
def test_plain_is_its_own_plain(text: str) -> None:
    assert plain(plain(text)) == plain(text)


@given(st.text(max_size=20), st.text(max_size=20))
def test_likeness_lies_between_none_and_same(one: str, other: str) -> None:
    assert 0.0 <= likeness(one, other) <= 1.0
