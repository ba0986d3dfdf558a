"""The pages of places: the tree, what changed between editions, and names that a person decides on."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.test import Client
from shapely.geometry import box

from primacy.access.models import AuditEntry, User
from primacy.places.areas import Area
from primacy.places.decisions import NONE, ask, decided
from primacy.places.editions import write_editions

pytestmark = pytest.mark.django_db


def area(code: str, level: int, parent: str, name: str, shape: tuple[int, ...], disputed: str = "") -> Area:
    return Area(code, level, parent, {"en": name, "ar": f"ع {name}"}, geometry=box(*shape), disputed=disputed)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "mission.yaml").write_text("country: CAF\n", encoding="utf-8")
    monkeypatch.setenv("PRIMACY_DATA", str(tmp_path))
    places = tmp_path / "places"
    places.mkdir()
    whole = {"CF": area("CF", 0, "", "Country", (0, 0, 4, 2))}
    before = {"CF1": area("CF1", 1, "CF", "Old West", (0, 0, 4, 2))}
    after = {
        "CF2": area("CF2", 1, "CF", "West", (0, 0, 2, 2)),
        "CF3": area("CF3", 1, "CF", "<b>East</b>", (2, 0, 4, 2), "border with the neighbour"),
    }
    write_editions(
        places, {(0, date.min): whole, (1, date(2020, 1, 1)): before, (1, date(2025, 1, 1)): after}
    )  # fmt: skip
    return places


@pytest.fixture
def ana(client: Client, folder: Path) -> Client:
    client.force_login(User.objects.create(username="ana", role="analyst"))
    return client


def test_the_tree_has_codes_names_of_both_scripts_and_what_is_disputed(ana) -> None:
    page = ana.get("/places/").content.decode()
    assert "CF2" in page
    assert "ع West" in page
    assert "&lt;b&gt;East" in page
    assert "<b>East" not in page
    assert page.count("disputed</span>") == 1


def test_what_became_of_an_area_is_told_with_the_shares_of_its_land(ana) -> None:
    page = ana.get("/places/").content.decode()
    assert "1 January 2020 to 1 January 2025" in page
    assert "split: West 50" in page


def test_a_decision_is_remembered_and_leaves_an_entry(ana, folder) -> None:
    ask(folder, ["Wset", "Elsewhere", "Undecided"], file="log.csv", at=datetime(2026, 6, 1, tzinfo=UTC))
    page = ana.get("/places/review/").content.decode()
    assert "Wset" in page
    given = {"name-1": "Wset", "means-1": "CF2", "name-2": "Elsewhere", "means-2": NONE, "name-3": "Undecided"}
    answer = ana.post("/places/review/", given, follow=True).content.decode()
    assert "2 decisions are kept" in answer
    assert decided(folder) == {"wset": "CF2", "elsewhere": NONE}
    entries = AuditEntry.objects.filter(deed="decided what a name means").order_by("number")
    assert [each.subject for each in entries] == ["Wset", "Elsewhere"]
    assert "Undecided" in answer


# what it shows, what is posted
REFUSED = [
    ("a name that nobody asked about", {"name-1": "Stranger", "means-1": "CF2"}),
    ("an area that does not exist", {"name-1": "Wset", "means-1": "ZZ9"}),
    ("nothing chosen", {"name-1": "Wset", "means-1": ""}),
]


@pytest.mark.parametrize(("shows", "given"), REFUSED, ids=[each[0] for each in REFUSED])
def test_is_not_kept(ana, folder, shows, given) -> None:
    ask(folder, ["Wset"], file="log.csv", at=datetime(2026, 6, 1, tzinfo=UTC))
    assert "Nothing was chosen" in ana.post("/places/review/", given, follow=True).content.decode()
    assert decided(folder) == {}


def test_without_boundaries_the_page_says_what_to_import(ana, folder) -> None:
    (folder / "areas.parquet").unlink()
    assert "No boundaries have been imported yet." in ana.get("/places/").content.decode()
    assert ana.get("/places/CF2/").status_code == 404


def test_the_page_of_an_area_tells_its_names_and_where_it_lies(ana) -> None:
    page = ana.get("/places/CF3/").content.decode()
    assert "border with the neighbour" in page
    assert 'lang="ar"' in page
    assert "CF1" not in page  # half of its land is no successor
    assert AuditEntry.objects.get(deed="looked at evidence").subject == "area CF3"
