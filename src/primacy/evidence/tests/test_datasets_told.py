"""What `primacy datasets` says of a version, in each language."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from primacy.evidence.shown.datasets_told import NOT_SHOWN, everything, field_word, line
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
    ("official", {"official_for": ("incident",)}, "official for incident", "source officielle pour fait (incident)"),
]  # fmt: skip


@pytest.mark.parametrize(("shows", "said", "english", "french"), LINES, ids=[case[0] for case in LINES])
def test_a_version_is_one_line(shows: str, said: dict[str, Any], english: str, french: str) -> None:
    assert english in line(version(**said), [])
    assert french in line(version(**said), [], "fr")


def test_what_took_its_place_stands_behind_it() -> None:
    taken = [Taken(version(id="aaaaaaaaaaaa", name="log 2"), 6)]
    assert line(version(), taken).endswith("wholly replaced: 6 rows by log 2 (aaaaaaaaaaaa)")


FIELDS = [
    ("en", ("coverage", "marked", "rows", "closed"), "silence means none",
     "official for incident since 2024-05-01, says a", "yes"),
    ("fr", ("couverture", "marqué", "lignes", "non transmissible"), "le silence veut dire zéro",
     "source officielle pour fait (incident) depuis le 2024-05-01, dit a", "oui"),
    ("ar", ("التغطية", "وُسم", "الأسطر", "لا يجوز نقله"), "الصمت يعني لا شيء",
     "المصدر الرسمي عن حادث (incident) منذ 2024-05-01، كما قال a", "نعم"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "fields", "silence", "mark", "yes"), FIELDS, ids=[case[0] for case in FIELDS])
def test_everything_is_told_field_by_field(
    language: str, fields: tuple[str, ...], silence: str, mark: str, yes: str
) -> None:
    found = version(coverage=(COVERED,), marks=(Mark(topic="incident", at=NOON, by="a"),), closed=True)
    told = {field: text.replace(OPENED, "").replace(CLOSED, "") for field, text in everything(found, [], language)}
    covered, marked, rows, closed = fields
    assert told[covered].endswith(silence)
    assert (told[marked], told[rows], told[closed]) == (mark, "6", yes)
    assert not {"True", "False"} & set(told.values())


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_every_field_of_a_version_has_its_word(language: str) -> None:
    shown = [each for each in DatasetVersion.model_fields if each not in NOT_SHOWN]
    for field in (*shown, "gone", "marked", "coverage", "rejected_in"):
        word = field_word(field, language)
        assert "datasets.field" not in word, field
        assert language == "en" or "_" not in word
