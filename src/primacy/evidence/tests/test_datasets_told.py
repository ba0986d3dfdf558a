"""What `primacy datasets` says of a version, in each language."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from primacy.evidence.shown.datasets_told import everything, line
from primacy.evidence.store.datasets import Coverage, DatasetVersion, Mark
from primacy.evidence.store.superseded import Taken
from primacy.framework.saying import CLOSED, OPENED

NOON = datetime(2024, 5, 1, 12, tzinfo=UTC)
COVERED = Coverage(kind="incident", areas=("XX",), start=date(2024, 1, 1), end=date(2024, 4, 30), complete=True)


def version(**said: Any) -> DatasetVersion:
    fields: dict[str, Any] = {"id": "7ba4500d9858", "name": "log", "lineage": "log", "format": "csv", "known": NOON}
    return DatasetVersion(**{**fields, "imported": NOON, "rows": 6, "items": 2, **said})


LINES = [
    # what it shows, the version, in English, in French
    ("plain", {"start": date(2024, 1, 2), "end": date(2024, 4, 1)}, "2024-01-02 to 2024-04-01  log (csv)",
     "du 2024-01-02 au 2024-04-01  log (csv)"),
    ("without rows", {}, "no rows", "aucune ligne"),
    ("withdrawn", {"withdrawn": NOON}, "withdrawn 2024-05-01", "retiré le 2024-05-01"),
    ("erased", {"withdrawn": NOON, "erased": NOON}, "withdrawn 2024-05-01, erased 2024-05-01",
     "retiré le 2024-05-01, effacé le 2024-05-01"),
    ("official", {"official_for": ("incident",)}, "official for incident", "source officielle pour incident"),
]  # fmt: skip


@pytest.mark.parametrize(("shows", "said", "english", "french"), LINES, ids=[case[0] for case in LINES])
def test_a_version_is_one_line(shows: str, said: dict[str, Any], english: str, french: str) -> None:
    assert english in line(version(**said), [])
    assert french in line(version(**said), [], "fr")


def test_what_took_its_place_stands_behind_it() -> None:
    taken = [Taken(version(id="aaaaaaaaaaaa", name="log 2"), 6)]
    assert line(version(), taken).endswith("wholly replaced: 6 rows by log 2 (aaaaaaaaaaaa)")


FIELDS = [
    ("en", "silence means none", "official for incident since 2024-05-01, says a"),
    ("fr", "le silence veut dire zéro", "source officielle pour incident depuis le 2024-05-01, dit a"),
    ("ar", "الصمت يعني لا شيء", "المصدر الرسمي عن incident منذ 2024-05-01، كما قال a"),
]


@pytest.mark.parametrize(("language", "silence", "mark"), FIELDS, ids=[case[0] for case in FIELDS])
def test_everything_is_told_field_by_field(language: str, silence: str, mark: str) -> None:
    found = version(coverage=(COVERED,), marks=(Mark(topic="incident", at=NOON, by="a"),))
    told = {field: text.replace(OPENED, "").replace(CLOSED, "") for field, text in everything(found, [], language)}
    assert told["coverage"].endswith(silence)
    assert told["marked"] == mark
    assert (told["rows"], told["id"]) == ("6", "7ba4500d9858")
