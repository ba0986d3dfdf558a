"""Letters of files without Unicode: French and Arabic are told apart by their words, and nothing else is guessed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from primacy.places.files.encodings import Decoder, as_utf8

FRENCH = "nom;lieu\nélection;Mambéré\nl’état;Ombella-M’Poko\n"
ARABIC = "الاسم;المكان\nانتخابات;حلب\nمصالحة، وطنية;درعا\n"
READ = [
    ("UTF-8 without a mark", FRENCH, "utf-8", ""),
    ("UTF-8 with a mark", FRENCH, "utf-8-sig", ""),
    ("UTF-16 as spreadsheets save it", FRENCH, "utf-16", ""),
    ("UTF-16 without its mark, little end first", "nom;lieu\n" + ARABIC, "utf-16-le", ""),
    ("UTF-16 without its mark, big end first", "nom;lieu\n" + ARABIC, "utf-16-be", ""),
    ("UTF-32", ARABIC, "utf-32", ""),
    ("French of Windows", FRENCH, "cp1252", "Windows-1252 (Western European)"),
    ("one letter with an accent", "kind;area\nlaw;Mambéré\n", "cp1252", "Windows-1252 (Western European)"),
    ("signs that are no letters", "price;1200 €\nheat;30°\n", "cp1252", "Windows-1252 (Western European)"),
    ("Arabic of Windows", ARABIC, "cp1256", "Windows-1256 (Arabic)"),
    ("Arabic and French in one file", ARABIC + "élection;forêt\n", "cp1256", "Windows-1256 (Arabic)"),
    ("one Arabic word under a plain header", "kind;area\nlaw;حلب\n", "cp1256", "Windows-1256 (Arabic)"),
]  # fmt: skip


@pytest.mark.parametrize(("shows", "text", "encoding", "guessed"), READ, ids=[case[0] for case in READ])
def test_every_letter_is_read_as_it_was_written(shows: str, text: str, encoding: str, guessed: str) -> None:
    raw = text.encode(encoding)
    decoder = Decoder(raw)
    assert decoder.decode(raw[decoder.mark :], final=True) == text
    assert str(decoder.guessed or "") == guessed


REFUSED = [
    ("Cyrillic of Windows", "привет мир, город Белград, выборы\n".encode("cp1251")),
    ("Greek of Windows", "εκλογές και συμφωνία της Αθήνας\n".encode("cp1253")),
    ("accents of DOS", "élection à Mambéré\n".encode("cp850")),
    ("UTF-8 before a letter of Windows", "é\n".encode() + "é\n".encode("cp1252")),
    ("UTF-8 after a letter of Windows", "é\n".encode("cp1252") + "été à Mambéré\n".encode()),
    ("UTF-8 cut off within a letter", "Mamb\nMambé".encode()[:-1]),
    ("half a letter of UTF-16", "nom".encode("utf-16")[:-1]),
]  # fmt: skip


@pytest.mark.parametrize(("shows", "raw"), REFUSED, ids=[case[0] for case in REFUSED])
def test_letters_are_never_guessed_against_the_evidence(shows: str, raw: bytes) -> None:
    decoder = Decoder(raw)
    with pytest.raises(UnicodeDecodeError):
        decoder.decode(raw[decoder.mark :], final=True)


@given(st.text(st.characters(codec="utf-8", exclude_characters="\0")), st.integers(1, 5))
def test_it_does_not_matter_how_utf8_is_cut_into_pieces(text: str, size: int) -> None:
    raw = text.encode()
    decoder = Decoder(raw)
    pieces = [raw[at : at + size] for at in range(decoder.mark, len(raw), size)]
    told = "".join(decoder.decode(piece, final=False) for piece in pieces) + decoder.decode(b"", final=True)
    assert told == raw[decoder.mark :].decode()


def test_the_beginning_of_a_file_ends_within_a_letter_and_is_still_read() -> None:
    assert as_utf8("a\r\nMambé".encode()[:-1]) == b"a\nMamb"


def test_the_beginning_of_a_picture_stays_as_it_is() -> None:
    assert as_utf8(b"\x89PNG\r\n\0\0") == b"\x89PNG\r\n\0\0"
