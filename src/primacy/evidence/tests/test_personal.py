"""Names, numbers and addresses of persons are recognised by the name of a column and by the look of a text."""

from collections import Counter
from pathlib import Path

import pytest

from primacy.evidence.bringing.personal import personal_column, personal_text
from primacy.evidence.bringing.persons import of_places, seems_person
from primacy.evidence.tests.published_files import lines_of

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


SEEMS = [
    ("Office of Mr Example", "sure"), ("Jean Exemple", "sure"), ("Ahmat Exemple", "sure"), ("Exemple, Jean-Pierre Exemple", "sure"),
    ("Family of Ahmat Exemple", "sure"), ("General Exemple", "sure"), ("Iyad ag Exemple", "perhaps"), ("Zeld Quorn", "perhaps"),
    ("Forces of Jean Exemple", ""), ("Fondation Jean Exemple", ""), ("General Assembly", ""), ("Boko Haram", ""), ("FPRC", ""),
    ("Anti-balaka", ""), ("Lou Nuer", ""), ("armed group", ""), ("Prefecture of Ouham", ""), ("Ndele; Birao", ""), ("DR Congo", ""),
    ("violence/one-sided", ""), ("M 23", ""), ("Mai-Mai Yakutumba", ""), ("جيش التحرير", ""), ("المجلس الوطني", ""), ("محمد مثال", "sure"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "seems"), SEEMS)
def test_names_of_persons_and_of_groups(text: str, seems: str) -> None:
    assert seems_person(text) == seems


def test_an_area_is_no_person() -> None:
    assert of_places("Jean Rabel", {"jean rabel"}, {"jean", "rabel"}) == ""
    assert of_places("Zeld Quorn", {"quorn"}, {"quorn"}) == ""
    assert of_places("Jean Quorn", {"quorn"}, {"quorn"}) == "sure"


@pytest.mark.reference_data
@pytest.mark.parametrize(
    ("file", "columns", "most_sure", "most_perhaps"),
    [
        ("ged_car_23_1/GED_v23_1_country482_CAF.csv.gz", ("side_a", "side_b"), 0.0, 0.0),
        ("ucdp_yearly/ucdp-actor-221.csv.gz", ("NameData",), 0.004, 0.04),
        ("pax/paax_v0.2_actors.csv.gz", ("actor_name", "ucdp_name"), 0.004, 0.06),
    ],
)
def test_few_of_the_groups_of_the_world_are_taken_for_persons(
    reference_data: Path, file: str, columns: tuple[str, ...], most_sure: float, most_perhaps: float
) -> None:
    actors = {row[column] for row in lines_of(reference_data / file) for column in columns if row[column]}
    seems = Counter(map(seems_person, actors))
    assert seems["sure"] <= most_sure * len(actors)
    assert seems["perhaps"] <= most_perhaps * len(actors)
