"""Decisions on names: remembered, the last one counts, and what waits for one."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from primacy.places.areas import Areas
from primacy.places.decisions import NONE, ask, decide, decided, decisions, waiting
from primacy.places.errors import BadInput

AT = datetime(2026, 5, 1, 12, tzinfo=UTC)


def test_the_last_decision_counts_and_all_stay(country: Areas, tmp_path: Path) -> None:
    folder = tmp_path / "places"
    decide(folder, [("Old Town", "XX11"), ("Nowhere", NONE)], by="ana at the terminal", at=AT)
    decide(folder, [("OLD  TOWN", "XX12")], by="ben at the terminal", at=AT)
    assert [each.by[:3] for each in decisions(folder)] == ["ana", "ana", "ben"]
    areas = Areas.load(folder)
    assert areas.decided("old town") == "XX12"
    assert areas.decided("Nowhere") == ""
    assert areas.decided("Elsewhere") is None


def test_a_decision_for_a_code_that_is_gone_is_none(country: Areas, tmp_path: Path) -> None:
    decide(tmp_path / "places", [("Old Town", "YY99")], by="ana", at=AT)
    assert Areas.load(tmp_path / "places").decided("Old Town") is None


def test_names_wait_once_until_they_are_decided(tmp_path: Path) -> None:
    ask(tmp_path, ["Mokri", "mokri", "=1+1", ""], file="a.csv", at=AT)
    ask(tmp_path, ["MOKRI", "Bala"], file="b.csv", at=AT)
    assert [(each.written, each.file) for each in waiting(tmp_path)] == [
        ("mokri", "a.csv"), ("=1+1", "a.csv"), ("Bala", "b.csv"),
    ]  # fmt: skip
    decide(tmp_path, [("Bala", NONE), ("=1+1", NONE)], by="ana", at=AT)
    assert [each.written for each in waiting(tmp_path)] == ["mokri"]
    assert decided(tmp_path) == {"bala": NONE, "1 1": NONE}


BROKEN = [("no such columns", b"name,place\na,b\n", "lacks the columns"), ("no UTF-8", b"\xff\xfe", "UTF-8")]


@pytest.mark.parametrize(("shows", "content", "message"), BROKEN, ids=[case[0] for case in BROKEN])
def test_a_file_that_somebody_spoilt_is_named(shows: str, content: bytes, message: str, tmp_path: Path) -> None:
    (tmp_path / "decisions.csv").write_bytes(content)
    with pytest.raises(BadInput, match=message):
        decided(tmp_path)
