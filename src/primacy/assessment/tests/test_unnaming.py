"""A package that is handed out does not say who told its rows, and is computed again with the same result."""

import csv
import io
import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from primacy.assessment.assessing import assess
from primacy.assessment.cases.trying import AS_OF, SUBJECT
from primacy.assessment.packages import package
from primacy.assessment.packages.sharing import share
from primacy.assessment.packages.unnaming import week_of
from primacy.assessment.tests.building import KNOWN, Setting
from primacy.assessment.tests.test_sharing import findings, text_of
from primacy.assessment.tests.test_signs import ADOPTED, ITEM, RULE
from primacy.assessment.trends.trend import TrendModel
from primacy.evidence.store.store import Store

Tree = dict[str, Any]
NAMES = ("women", "radio", "parish")


def report(day: str, origin: str, *, level: int = 1, at: str = "2026-06-02T09:41:27+00:00", **more: str) -> Tree:
    """A data set of its own, as each report on the site is one."""
    words = " ".join([f"{day} {ITEM} seen=1 confidentiality={level}", *(f"{k}={v}" for k, v in more.items())])
    points = f"{words} origin={origin}" if origin else words
    return {"kind": "sign", "source_type": "expert", "points": [points], "at": at}


def plain(evidence: Sequence[Tree]) -> list[Tree]:
    return [{**{k: v for k, v in e.items() if k != "at"}, "data": f"entry {n}"} for n, e in enumerate(evidence)]


def setting(model: TrendModel, evidence: Sequence[Tree]) -> Setting:
    return Setting(model, {SUBJECT: RULE}, [ADOPTED, *evidence])


def handed_out(model: TrendModel, evidence: Sequence[Tree], path: Path, *, level: int = 1) -> Path:
    """Written with the moments `at` which reports were entered on the site."""
    inputs = setting(model, plain(evidence)).inputs()
    kept, moments = inputs.store, {f"entry {n}": datetime.fromisoformat(e["at"]) for n, e in enumerate(evidence)}
    told = [
        each.model_copy(update={"known": moments[each.name], "imported": moments[each.name], "format": "site"})
        if each.name in moments else each for each in kept.versions()
    ]  # fmt: skip
    assert kept._given is not None
    inputs = replace(inputs, store=Store.in_memory(kept._given, told))
    package.write(path, *share(inputs, assess(inputs, as_of=AS_OF, known=KNOWN), level=level))
    return path


def rows_of(path: Path, kind: str = "sign") -> list[dict[str, str]]:
    rows = csv.DictReader(io.StringIO(package.part_of(path, "inputs.csv")))
    return [each for each in rows if each["kind"] == kind]


TWO = [report("2026-05-06", "women"), report("2026-06-10", "radio", at="2026-06-11T17:03:59+00:00")]


@pytest.fixture(scope="module")
def shared(model: TrendModel, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return handed_out(model, TWO, tmp_path_factory.mktemp("signs") / "shared.zip")


def test_who_saw_a_sign_is_a_number_and_when_is_a_week(shared: Path) -> None:
    told = [(each["origin"], each["date"], each["until"]) for each in rows_of(shared)]
    assert told == [("source 1", "2026-05-04", "2026-05-10"), ("source 2", "2026-06-08", "2026-06-14")]
    text = package.part_of(shared, "inputs.csv")
    assert [name for name in NAMES if name in text] == []


def test_nothing_says_when_a_report_was_entered_but_the_week(shared: Path) -> None:
    for moment in ("09:41:27", "17:03:59", "2026-05-06", "2026-06-10", "2026-06-02", "2026-06-11"):
        assert moment not in text_of(shared)
    known = {each["known"] for each in json.loads(package.part_of(shared, "datasets.json")) if each["format"] == "site"}
    assert known == {"2026-06-01T00:00:00Z", "2026-06-08T00:00:00Z"}


WORLDS = [
    # what it shows                                 reports                                                     flags
    ("two origins wait for a person",               TWO,                                                        ("at risk",)),
    ("one origin twice is one",                     [report("2026-05-06", "radio"), report("2026-05-20", "Radio")], ("at risk",)),
    ("one origin twice in a week is one",           [report("2026-05-06", "radio"), report("2026-05-07", "radio")], ("at risk",)),
    ("a source where no origin is named",           [report("2026-05-06", "", source="radio"), report("2026-05-20", "radio")], ("at risk",)),
    ("an open report of a hidden origin",           [report("2026-05-06", "radio", level=0), report("2026-05-20", "radio")], ("at risk",)),
    ("all open",                                    [report("2026-05-06", "radio", level=0)],                   ("at risk",)),
]  # fmt: skip


@pytest.mark.parametrize(("shows", "reports", "flags"), WORLDS, ids=[case[0] for case in WORLDS])
def test_the_finding_is_computed_again_and_is_the_same(
    model: TrendModel, tmp_path: Path, shows: str, reports: Sequence[Tree], flags: tuple[str, ...]
) -> None:
    path = handed_out(model, reports, tmp_path / "shared.zip")
    whole, found = setting(model, plain(reports)).judge(), findings(path)[SUBJECT]
    assert (found.status, found.flags, found.carried) == (whole.status, whole.flags, False)
    assert set(flags) <= set(found.flags)
    assert package.verify(path).differences == ()
    text = package.part_of(path, "inputs.csv").casefold()
    assert [name for name in NAMES if name in text] == []


@pytest.mark.parametrize(
    ("shows", "second", "status"),
    [("two origins and a person", "court", "reversed"), ("one origin and a person", "Radio", "met")],
)
def test_a_confirmed_sign_is_two_origins_in_the_package_too(
    model: TrendModel, tmp_path: Path, shows: str, second: str, status: str
) -> None:
    points = [f"2026-06-10 {ITEM} confirmed=1 confidentiality=1"]
    confirmed = {**report("2026-06-10", ""), "points": points}
    path = handed_out(
        model, [report("2026-05-06", "radio"), report("2026-05-07", second), confirmed], tmp_path / "shared.zip"
    )
    found = findings(path)[SUBJECT]
    assert (found.status, found.carried) == (status, False)
    assert len({each["origin"] for each in rows_of(path)} - {""}) == (2 if status == "reversed" else 1)
    assert package.verify(path).differences == ()


def test_what_labels_say_does_not_move_a_byte(model: TrendModel, shared: Path, tmp_path: Path) -> None:
    """Nor does it show in an id: whoever guesses a label could see that it is right."""
    others = [report("2026-05-06", "parish"), report("2026-06-10", "a", at="2026-06-10T03:00:00+00:00")]
    assert handed_out(model, others, tmp_path / "other.zip").read_bytes() == shared.read_bytes()


def test_a_full_package_says_everything(model: TrendModel, tmp_path: Path) -> None:
    inputs = setting(model, plain(TWO)).inputs()
    package.write(tmp_path / "full.zip", inputs, assess(inputs, as_of=AS_OF, known=KNOWN))
    assert {(each["origin"], each["date"]) for each in rows_of(tmp_path / "full.zip")} == {
        ("women", "2026-05-06"), ("radio", "2026-06-10"),
    }  # fmt: skip


@pytest.mark.parametrize("days", range(7))
def test_every_moment_of_a_week_is_its_monday(days: int) -> None:
    monday = datetime(2026, 6, 1, tzinfo=UTC)
    assert week_of(monday + timedelta(days=days, hours=23, seconds=59)) == monday
