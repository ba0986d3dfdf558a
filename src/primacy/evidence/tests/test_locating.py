"""Places to P-codes: counted, and never finer or surer than the source."""

from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

from primacy.evidence.bringing import locating
from primacy.evidence.bringing.locating import Locator
from primacy.places.areas import Area, Areas
from primacy.places.decisions import NONE, decide, decided
from primacy.places.settlements import Settlement

HERE = np.array(["XX"], dtype=object)


def _placed(
    areas: Areas, *, lon: float, lat: float, level: int, names: list[tuple[int, str]]
) -> tuple[str, int, Locator]:
    locator = Locator(areas)
    written = [(n, np.array([name], dtype=object)) for n, name in names]
    area, reached = locator.place(HERE, np.array([lon]), np.array([lat]), np.array([level]), written)
    return area[0], int(reached[0]), locator


CASES = [
    ("its point, at the level claimed", 0.5, 0.5, 1, [], "XX1", 1),
    ("a name when the point is outside", 9.0, 9.0, 2, [(2, "District 3"), (1, "West Province")], "XX23", 2),
    ("a name no finer than the claim", 9.0, 9.0, 1, [(2, "District 3"), (1, "West Province")], "XX1", 1),
    ("no point at all", np.nan, np.nan, 2, [(2, "District 3")], "XX23", 2),
    ("nothing that is known", 9.0, 9.0, 2, [(2, "Atlantis")], "XX", 0),
    ("a point does not count when only the country is claimed", 0.5, 0.5, 0, [], "XX", 0),
]


@pytest.mark.parametrize(("shows", "lon", "lat", "level", "names", "area", "reached"), CASES, ids=[c[0] for c in CASES])
def test_place(
    areas: Areas, shows: str, lon: float, lat: float, level: int, names: list[tuple[int, str]], area: str, reached: int
) -> None:
    assert _placed(areas, lon=lon, lat=lat, level=level, names=names)[:2] == (area, reached)


def test_everything_is_counted_once(areas: Areas) -> None:
    locator = Locator(areas)
    count = 5
    locator.place(
        np.array(["XX", "XX", "XX", "XX", "YY"], dtype=object), np.array([0.5, 9, 9, 0.5, 0.5]), np.full(count, 0.5),
        np.array([2, 2, 2, 0, 2]), [(2, np.array(["", "District 1", "Atlantis", "", ""], dtype=object))],
    )  # fmt: skip
    found = locator.found
    assert (found.by_point, found.by_name.total(), found.not_found.total()) == (1, 1, 1)
    assert (found.country_only, found.without_boundaries) == (1, 1)


def test_two_places_of_one_name_match_neither() -> None:
    twins = Areas([Area(code, 1, "XX", {"en": "Newtown"}) for code in ("XX1", "XX2")])
    assert Locator(twins).named("Newtown") == ""


def test_a_province_and_its_capital_of_one_name_are_the_province() -> None:
    nested = Areas([Area("XX1", 1, "XX", {"en": "Bangui"}), Area("XX11", 2, "XX1", {"en": "Bangui"})])
    assert Locator(nested).named("Bangui city") == "XX1"


def test_a_code_a_country_and_a_name_are_told_apart(areas: Areas) -> None:
    locator = Locator(areas)
    written = ("XX12", "XX", "est mambere", "Atlantis")
    meant = [locator.meant(text) for text in written]
    assert meant == ["XX12", "XX", "XX2", ""]
    for text, code in zip(written[:3], meant, strict=False):
        locator.count(text, code)
    found = locator.found
    assert (found.by_code, found.country_only, found.by_name) == (1, 1, {("est mambere", "XX2"): 1})


def test_a_name_that_is_nearly_one_may_be_asked_about_and_is_not_taken(areas: Areas) -> None:
    locator = Locator(areas)
    assert (locator.meant("Wost"), locator.likely("Wost")) == ("", "XX1")


def test_millions_of_different_names_are_not_all_compared(areas: Areas, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(locating, "MOST_NAMES", 2)
    locator = Locator(areas)
    assert [locator.meant(text) for text in ("Atlantis", "Utopia", "Est Mambere", "Atlantis")] == ["", "", "", ""]
    assert locator.meant("XX2") == "XX2", "codes need no comparing"


def test_a_decision_goes_before_any_likeness(areas: Areas, tmp_path: Path) -> None:
    decide(tmp_path, [("Atlantis", "XX23"), ("District 1", NONE)], by="ana", at=datetime(2026, 5, 1, tzinfo=UTC))
    told = Areas([each for code in areas.names("en") if (each := areas.area(code))], decided=decided(tmp_path))
    locator = Locator(told)
    assert locator.named("ATLANTIS") == "XX23"
    assert locator.named("Atlantis", 1) == "XX2", "no finer than the level asked for"
    assert locator.named("District 1") == ""
    assert locator.nested([(2, "Atlantis")]) == ("XX23", "")
    assert locator.unsure == set()


def test_names_that_are_not_sure_are_remembered_for_review(areas: Areas) -> None:
    locator = Locator(areas)
    locator.named("Atlantis")
    locator.named("District 2")
    locator.nested([(1, "Wost")])
    assert locator.unsure == {"Atlantis", "Wost"}


TOWNS = [
    ("the district around a town",                 "Nduku",      "XX12"),
    ("an area goes before a town of its name",     "District 3", "XX23"),
    ("two towns of one name in different areas",   "Boma",       ""),
    ("what is decided goes before the towns",      "Koro",       "XX11"),
    ("what is decided to be no area stays none",   "Gaza",       ""),
]  # fmt: skip


@pytest.mark.parametrize(("shows", "written", "code"), TOWNS, ids=[case[0] for case in TOWNS])
def test_the_name_of_a_town_means_the_area_around_it(areas: Areas, shows: str, written: str, code: str) -> None:
    at = {"Nduku": [(1.5, 0.5)], "Boma": [(0.5, 0.5), (2.5, 0.5)], "Koro": [(3.5, 0.5)], "Gaza": [(3.5, 0.5)],
          "District 3": [(0.5, 0.5)]}  # fmt: skip
    towns = [
        Settlement(f"{name} {n}", (name,), *point) for name, points in at.items() for n, point in enumerate(points)
    ]
    choices = {"koro": "XX11", "gaza": NONE}
    locator = Locator(Areas(list(areas._areas.values()), decided=choices, settlements=lambda: towns))
    assert locator.meant(written) == code
    assert (written in locator.unsure) == (written == "Boma")


def test_a_town_never_stands_for_the_coverage_of_its_district(areas: Areas) -> None:
    towns = [Settlement("1", ("Nduku",), 1.5, 0.5)]
    locator = Locator(Areas(list(areas._areas.values()), settlements=lambda: towns))
    assert not locator.coverage_code("Nduku")
