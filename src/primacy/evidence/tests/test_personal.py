"""Names, numbers and addresses of persons are recognised by the name of a column and by the look of a text."""

import pytest

from primacy.evidence.personal import personal_column, personal_text

COLUMNS = [
    ("Victim name", "sure"), ("Name of victim", "sure"), ("Reported by", "sure"), ("phone_number", "sure"),
    ("E-mail", "sure"), ("Prénom", "sure"), ("Nom de famille", "sure"), ("Personne de contact", "sure"),
    ("Téléphone", "sure"), ("رقم الهاتف", "sure"), ("الاسم الكامل", "sure"), ("Name", "perhaps"), ("Nom", "perhaps"),
    ("الاسم", "perhaps"), ("Name of market", ""), ("Nom du poste", ""), ("Type of contact", ""), ("District", ""),
    ("Hotel", ""), ("Telling", ""),
]  # fmt: skip


@pytest.mark.parametrize(("column", "seems"), COLUMNS)
def test_columns(column: str, seems: str) -> None:
    assert personal_column(column) == seems


TEXTS = [
    ("Mr. Example", True), ("Mme Exemple", True), ("Gen. X.", True), ("Col Example", True), ("السيد مثال", True),
    ("a.b@example.org", True), ("+236 70 00 00 00", True), ("0023670000000", True), ("Major General Staff", False),
    ("2024-05-0012", False), ("armed group", False), ("Drivers", False), ("Generals", False), ("W-001", False),
]  # fmt: skip


@pytest.mark.parametrize(("text", "is_one"), TEXTS)
def test_texts(text: str, is_one: bool) -> None:
    assert bool(personal_text(text)) is is_one
