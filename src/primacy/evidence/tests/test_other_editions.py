"""P-codes of other editions of the boundaries: what is counted, what is sent back, and what would make them known."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
import shapely

from primacy.evidence.bringing.importing import import_files
from primacy.evidence.bringing.locating import Locator
from primacy.evidence.bringing.previewing import preview
from primacy.evidence.errors import BadInput
from primacy.evidence.store.store import Store
from primacy.framework.instance import Instance
from primacy.framework.saying import told
from primacy.places.areas import Area, Areas
from primacy.places.decisions import decide, waiting
from primacy.places.editions_told import instead
from primacy.places.folder import keep_boundaries

Write = Callable[[str, str], Path]
OLD, NEW = date(2010, 1, 1), date(2020, 1, 1)
TOP = [Area("XX", 0, "", {"en": "Examplia"})]


def district(code: str, west: float, east: float) -> Area:
    return Area(code, 2, "XX", {"en": f"District {code[-1]}"}, (), shapely.box(west, 0, east, 1))


@pytest.fixture
def two_editions(instance: Instance) -> Instance:
    """XX01 of 2010 is XX11 since 2020; XX02 was parted; XX03 lies where nothing is any more."""
    for day, areas in (
        (OLD, [district("XX01", 0, 1), district("XX02", 1, 2), district("XX03", 5, 6)]),
        (NEW, [district("XX11", 0, 1), district("XX12", 1, 1.5), district("XX13", 1.5, 2)]),
    ):
        keep_boundaries(instance.places, level=2, areas=areas, above=TOP, valid_from=day)
    return instance


def table(*areas: str) -> str:
    lines = [f"contact,c{n},2024-05-01,{area},events,1" for n, area in enumerate(areas)]
    return "\n".join(["kind,item,date,area,measure,value", *lines]) + "\n"


def test_a_code_of_an_earlier_edition_counts_and_it_is_said_which_edition_has_it(
    two_editions: Instance, write: Write
) -> None:
    (done,) = import_files([write("a.csv", table("XX01", "XX11", "XX02"))], instance=two_editions)
    assert (done.by_code, done.by_name) == (2, {})
    note = next(each for each in done.notes if each.key == "evidence/codes-of-edition")
    assert "boundaries valid from 2010-01-01" in str(note)
    assert "XX01 → XX11 (1)" in str(note)
    assert "2010-01-01" in note.told("fr")
    assert "2010-01-01" in note.told("ar")


LIKE = [
    ("figures that no edition here has", "XX99", True),
    ("the country by its three letters", "xxx0101", False),
    ("in small letters", "xx99", True),
    ("a code of here in small letters", "xx11", False),
    ("a name", "Atlantis", False),
    ("a name with a number", "District 9", False),
    ("the letters of another country", "CF11", False),
    ("a code of an edition that is here", "XX01", False),
]


@pytest.mark.parametrize(("shows", "text", "like"), LIKE, ids=[case[0] for case in LIKE])
def test_what_looks_like_a_code_of_this_country(two_editions: Instance, shows: str, text: str, like: bool) -> None:
    areas = Areas.load(two_editions.places)
    assert areas.looks_like_code(text) == like
    assert areas.current("xx11") == "XX11"


def test_a_code_that_no_edition_here_has_is_refused_with_the_editions_that_are_and_the_remedy(
    two_editions: Instance, write: Write
) -> None:
    path = write("a.csv", table("XX99", "XX98", "XX11"))
    with pytest.raises(BadInput) as refused:
        import_files([path], instance=two_editions)
    assert "looks like a P-code of this country, but of another edition than those here" in str(refused.value)
    assert "valid from 2010-01-01, boundaries valid from 2020-01-01" in str(refused.value)
    assert "`primacy import FILE`" in refused.value.remedy.told("fr")  # type: ignore[union-attr]
    assert "`primacy import FILE`" in told(refused.value.remedy, "ar")
    assert not waiting(two_editions.places), "it is no name to decide on"
    seen = preview(path, instance=two_editions, today=date(2026, 1, 1))
    assert {getattr(each.fault.reason, "key", "") for each in seen.wrong} == {"evidence/code-like"}


def test_the_remedy_works(two_editions: Instance, write: Write) -> None:
    """The edition that has the code comes beside those here, and then the same file is taken."""
    path = write("a.csv", table("XX99"))
    with pytest.raises(BadInput):
        import_files([path], instance=two_editions)
    keep_boundaries(
        two_editions.places, level=2, areas=[district("XX99", 0, 1)], above=TOP, valid_from=date(2015, 1, 1)
    )
    (done,) = import_files([path], instance=two_editions)
    rows = Store(two_editions.evidence).content(done.version.id if done.version else "")
    assert [row["area"] for batch in rows for row in batch.to_pylist()] == ["XX11"]


def test_a_code_may_also_be_decided_on(two_editions: Instance, write: Write) -> None:
    decide(two_editions.places, [("XX99", "XX13")], by="ana", at=datetime(2026, 1, 1, tzinfo=UTC))
    (done,) = import_files([write("a.csv", table("XX99"))], instance=two_editions)
    assert done.rejected == 0


def test_a_code_of_an_edition_whose_land_nobody_holds_now(tmp_path: Path) -> None:
    keep_boundaries(tmp_path, level=2, areas=[district("XX03", 5, 6)], above=(), valid_from=OLD)
    keep_boundaries(tmp_path, level=2, areas=[district("XX11", 0, 1)], above=(), valid_from=NEW)
    areas = Areas.load(tmp_path)
    assert areas.current("XX03") is None
    told = str(Locator(areas).refusal("XX03", "area"))
    assert told.startswith("area is a P-code of another edition (boundaries valid from 2010-01-01)")


def test_names_that_are_refused_lead_to_where_they_are_decided(two_editions: Instance, write: Write) -> None:
    path = write("a.csv", table("Atlantis", "Utopia", "XX11"))
    with pytest.raises(BadInput) as refused:
        import_files([path], instance=two_editions)
    for language in ("en", "fr", "ar"):
        remedy = told(refused.value.remedy, language)
        assert "`primacy places review`" in remedy
        assert "/places/review/" in remedy
    assert [each.written for each in waiting(two_editions.places)] == ["Atlantis", "Utopia"]


def test_codes_and_names_that_are_refused_together_have_both_remedies(two_editions: Instance, write: Write) -> None:
    with pytest.raises(BadInput) as refused:
        import_files([write("a.csv", table("XX99", "Utopia", "XX11"))], instance=two_editions)
    assert "`primacy import FILE`" in told(refused.value.remedy, "ar")
    assert "`primacy places review`" in told(refused.value.remedy, "ar")


INSTEAD = [("XX01", "places/do.code-of-today"), ("XX99", "places/do.code-like"), ("Atlantis", None)]


@pytest.mark.parametrize(("code", "key"), INSTEAD)
def test_what_to_write_instead(two_editions: Instance, code: str, key: str | None) -> None:
    found: Any = instead(code, Areas.load(two_editions.places))
    assert (found.key if found else None) == key
