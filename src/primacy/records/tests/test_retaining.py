"""Periods from a file, what is left of a version, and the order of what happened."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from primacy.records.happenings import Happening, Place, page_of
from primacy.records.relating import offered, relation_kinds, said
from primacy.records.retaining import Period, left_of_version, periods
from primacy.records.telling import Saved, Told, content


def test_a_day_counts_from_the_day_before_so_many_years() -> None:
    assert Period("R1", 10, "day", "x").limit(date(2026, 6, 30)) == date(2016, 6, 30)
    assert Period("R1", 1, "day", "x").limit(date(2024, 2, 29)) == date(2023, 2, 28)


@pytest.mark.parametrize(
    "row", ["{rule: R, years: 0, from: day, source: x}", "{rule: R, years: 5, from: birth, source: x}", "{years: 5}"]
)
def test_a_schedule_that_cannot_be_right_is_refused(tmp_path, row) -> None:
    (tmp_path / "own.yaml").write_text(f"contact: {row}\n", "utf-8")
    with pytest.raises(ValueError, match="retention of contact"):
        periods(tmp_path / "own.yaml")


def test_the_missions_rows_take_the_place_of_those_that_are_shipped(tmp_path) -> None:
    (tmp_path / "own.yaml").write_text("contact: {rule: M1, years: 30, from: day, source: the archives}\n", "utf-8")
    found = periods(tmp_path / "own.yaml")
    assert (found["contact"].rule, found["contact"].shipped) == ("M1", False)
    assert found["default"].shipped


FACTS = {"day": "2026-06-03", "area": "XX010101", "week": "2026-06-01", "district": "XX0101", "level": 3, "group": None,
         "confidentiality": 2, "component": "jmac", "target": "civilians", "origin": "radio", "summary": "words"}  # fmt: skip


def test_what_is_left_of_a_version_is_coarse_and_says_no_word() -> None:
    left = left_of_version(FACTS, told={"target": None, "origin": ""}, coarse=True, level=2)
    assert "words" not in str(left)
    assert "radio" not in str(left)
    (row,) = content(Saved("x", "1", 1, datetime(2026, 6, 4, tzinfo=UTC), False, "published", left), [Told("incident", "events", 1.0, target="civilians", source="own")])  # fmt: skip
    assert (row["date"], row["until"], row["area"], row["level"]) == (date(2026, 6, 1), date(2026, 6, 7), "XX0101", 2)
    assert row["source"] == ""


def test_of_what_went_for_protection_and_of_what_was_no_evidence_no_evidence_is_left() -> None:
    for facts, coarse in ((FACTS, False), ({**FACTS, "use_forbidden": True}, True)):
        left = left_of_version(facts, told={"target": None}, coarse=coarse, level=2)
        assert left == {"confidentiality": 2, "group": None, "component": "jmac", "use_forbidden": True}


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 9)), unique=True, max_size=30), st.integers(1, 7))
def test_pages_of_what_happened_are_the_whole_in_order_each_once(places, size) -> None:
    begin = datetime(2026, 6, 1, tzinfo=UTC)
    every = [Happening(begin + timedelta(days=day), f"k{key}", "tagged") for day, key in places]
    seen, before = [], None
    while True:
        page, before = page_of(every, before=before, size=size)
        seen += page
        if before is None:
            break
        before = Place.read(str(before))
    assert seen == sorted(every, key=lambda each: (each.at, each.key), reverse=True)


@pytest.mark.parametrize("text", ["", "~", "2026-06-01~x", "yesterday~x", "'; drop table~"])
def test_what_is_no_place_begins_at_the_newest(text) -> None:
    assert Place.read(text) is None


def test_every_relation_is_named_both_ways_in_three_languages() -> None:
    for kind in relation_kinds():
        for back in (False, True):
            words = [said(kind, back=back, language=language) for language in ("en", "fr", "ar")]
            assert all(words)
            assert len(set(words)) == 3
    assert len(offered("en")) == len(set(offered("en")))
