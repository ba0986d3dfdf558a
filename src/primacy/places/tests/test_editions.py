"""Editions of boundaries side by side: which one counts, what changed, and what old codes mean now."""

from datetime import date
from pathlib import Path

import pytest
import shapely

from primacy.places.areas import Area, Areas
from primacy.places.editions import read_editions
from primacy.places.folder import keep_boundaries
from primacy.places.overlap import Change, changes

OLD, NEW = date(2010, 1, 1), date(2020, 1, 1)


def area(code: str, west: float, east: float, *, parent: str = "XX1", name: str = "") -> Area:
    """A district as high as one degree."""
    return Area(code, 2, parent, {"en": name or code}, (), shapely.box(west, 0, east, 1))


BEFORE = [area("A", 0, 2), area("B", 2, 3), area("C", 3, 4), area("D", 4, 5, name="Dee"), area("E", 5, 6), area("F", 6, 7),
          area("G", 8, 9)]  # fmt: skip
AFTER = [
    area("A1", 0, 1.2), area("A2", 1.2, 2),  # A is split
    area("BC", 2, 4),  # B and C are merged
    area("D", 4, 5, name="Delta"),  # renamed
    area("E", 5, 6, parent="XX2"),  # to another province
    area("F9", 6, 7),  # another code
    area("H", 9, 10),  # new; G is gone
]  # fmt: skip
ABOVE = [
    Area("XX1", 1, "XX", {"en": "One"}),
    Area("XX2", 1, "XX", {"en": "Two"}),
    Area("XX", 0, "", {"en": "Examplia"}),
]
EXPECTED = [
    ("recoded", "F", (("F9", 1.0),)), ("split", "A", (("A1", 0.6), ("A2", 0.4))), ("merged", "B", (("BC", 1.0),)),
    ("merged", "C", (("BC", 1.0),)), ("gone", "G", ()), ("new", "H", ()), ("renamed", "D", ()), ("moved", "E", ()),
]  # fmt: skip


def _by_code(areas: list[Area]) -> dict[str, Area]:
    return {each.code: each for each in areas}


def test_what_became_of_each_area() -> None:
    found = changes(_by_code(BEFORE), _by_code(AFTER))
    assert [(each.kind, each.code, each.to) for each in found] == EXPECTED
    assert [(each.before, each.after) for each in found[-2:]] == [("Dee", "Delta"), ("XX1", "XX2")]
    assert changes(_by_code(BEFORE), _by_code(BEFORE)) == []


def test_a_border_that_is_drawn_anew_and_a_part_that_gets_a_code_of_its_own() -> None:
    whole = {"A": area("A", 0, 2)}
    assert changes(whole, {"A": area("A", 0, 1.8)}) == [Change("redrawn", 2, "A", "A", to=(("A", 0.9),))]
    parted = changes(whole, {"A": area("A", 0, 1.5), "N": area("N", 1.5, 2)})
    assert [(each.kind, each.code, each.to) for each in parted] == [("split", "A", (("A", 0.75), ("N", 0.25)))]


@pytest.fixture
def both(tmp_path: Path) -> Path:
    """A folder with two editions; the newer file came first."""
    above = [*ABOVE]
    keep_boundaries(tmp_path, level=2, areas=AFTER, above=above, valid_from=NEW)
    keep_boundaries(tmp_path, level=2, areas=BEFORE, above=[above[0], above[2]], valid_from=OLD)
    return tmp_path


def test_finer_areas_stand_under_the_code_that_the_area_above_them_has_now(tmp_path: Path) -> None:
    """A new edition of the provinces alone: one has another code, one is split."""
    old = [Area("XX1", 1, "XX", {"en": "One"}, (), shapely.box(0, 0, 4, 1)),
           Area("XX2", 1, "XX", {"en": "Two"}, (), shapely.box(4, 0, 10, 1))]  # fmt: skip
    new = [Area("XX8", 1, "XX", {"en": "One"}, (), shapely.box(0, 0, 4, 1)),
           Area("XX6", 1, "XX", {"en": "West"}, (), shapely.box(4, 0, 7, 1)),
           Area("XX7", 1, "XX", {"en": "East"}, (), shapely.box(7, 0, 10, 1))]  # fmt: skip
    districts = [*BEFORE[:5], *(area(each.code, *each.geometry.bounds[::2], parent="XX2") for each in BEFORE[5:])]
    keep_boundaries(tmp_path, level=1, areas=old, above=[ABOVE[2]], valid_from=OLD)
    keep_boundaries(tmp_path, level=2, areas=districts, above=[ABOVE[2]], valid_from=OLD)
    keep_boundaries(tmp_path, level=1, areas=new, above=[ABOVE[2]], valid_from=NEW)
    areas = Areas.load(tmp_path)
    assert {code: areas.parent(code) for code in ("A", "F", "G")} == {"A": "XX8", "F": "XX6", "G": "XX7"}
    assert areas.descendants("XX8") == {"A", "B", "C"}
    assert areas.match_name("B", level=2, within="XX8")[0][0] == "B"
    assert Areas.load(tmp_path, OLD).parent("A") == "XX1"


DAYS = [(None, "A1"), (date(2026, 1, 1), "A1"), (NEW, "A1"), (date(2019, 12, 31), "A"), (date(1990, 1, 1), "A")]


@pytest.mark.parametrize(("on", "code"), DAYS)
def test_the_edition_in_force(both: Path, on: date | None, code: str) -> None:
    areas = Areas.load(both, on)
    assert areas.locate([0.5], [0.5]).tolist() == [code]
    assert areas.country == "XX"


def test_the_same_file_again_changes_nothing(both: Path) -> None:
    before = read_editions(both)
    keep_boundaries(both, level=2, areas=AFTER, above=ABOVE, valid_from=NEW)
    assert read_editions(both) == before


MEANT = [
    ("in force", "A1", "A1", "XX1"),
    ("merged: the one that holds it", "B", "BC", "XX1"),
    ("another code", "F", "F9", "XX1"),
    ("split: no part holds most, so the province", "A", "XX1", "XX1"),
    ("gone: the province", "G", "XX1", "XX1"),
    ("never heard of", "Z", None, None),
]


@pytest.mark.parametrize(("shows", "code", "now", "province"), MEANT, ids=[case[0] for case in MEANT])
def test_what_an_old_code_means_now(both: Path, shows: str, code: str, now: str | None, province: str | None) -> None:
    areas = Areas.load(both)
    for each in (areas, Areas.from_dict(areas.as_dict())):
        assert each.current(code) == now
        assert each.ancestor(code, 1) == province
    assert areas.name(code) == code


def test_a_code_of_a_later_edition_means_something_on_an_earlier_day(both: Path) -> None:
    areas = Areas.load(both, OLD)
    assert areas.current("A1") == "A"
    assert areas.current("BC") == "XX1"


def test_a_package_without_other_editions_says_nothing_of_them(country: Areas) -> None:
    assert "former" not in country.as_dict()


def test_a_coarser_edition_stays_where_it_has_all_areas(tmp_path: Path) -> None:
    provinces = [Area("XX1", 1, "XX", {"en": "First"}, (), shapely.box(0, 0, 10, 1)),
                 Area("XX2", 1, "XX", {"en": "Second"}, (), shapely.box(0, 1, 10, 2))]  # fmt: skip
    keep_boundaries(tmp_path, level=1, areas=provinces, above=[ABOVE[2]], valid_from=OLD)
    areas = keep_boundaries(tmp_path, level=2, areas=AFTER, above=ABOVE, valid_from=NEW)
    assert areas.name("XX1") == "First"
    assert {key for key in read_editions(tmp_path) if key[0] == 1} == {(1, OLD)}
