"""Dataset versions and their coverage."""

from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest

from primacy.evidence.store.datasets import Coverage, DatasetVersion
from primacy.framework.saying import said

KNOWN = datetime(2024, 1, 1, tzinfo=UTC)
VERSION = {"name": "x", "lineage": "l", "format": "csv", "known": KNOWN, "imported": KNOWN}
COVERAGE = {"kind": "incident", "areas": ["CF"], "start": "2020-01-01", "end": "2020-12-31", "complete": True}


def test_everything_survives_json() -> None:
    more = {"coverage": [COVERAGE | {"targets": ["*"]}], "id": "0123456789ab"}
    version = DatasetVersion.model_validate(VERSION | more)
    assert DatasetVersion.model_validate_json(version.model_dump_json()) == version
    assert version.coverage[0].targets == ("*",)
    assert version.coverage[0].categories is None


def test_notes_are_kept_without_a_language_and_those_of_an_older_list_as_they_were_written() -> None:
    months = said("places/names", names=["2020-01", said("evidence/months", first="2020-03", last="2020-05")])
    version = DatasetVersion.model_validate(VERSION | {"notes": (said("evidence/lost-months", months=months), "as is")})
    again = DatasetVersion.model_validate_json(version.model_dump_json())
    assert again == version
    assert again.model_dump_json() == version.model_dump_json()
    assert again.as_told("fr")["notes"][0].startswith("tant de lignes ont été refusées (2020-01, 2020-03 à 2020-05)")
    assert [told["notes"][1] for told in map(again.as_told, ("en", "fr", "ar"))] == ["as is"] * 3


def test_a_note_whose_words_are_not_known_here_is_told_by_its_key() -> None:
    version = DatasetVersion.model_validate(VERSION | {"notes": [{"said": "evidence/of-tomorrow"}]})
    assert version.as_told("fr")["notes"] == ["of-tomorrow"]


WRONG: list[tuple[str, type, dict[str, Any]]] = [
    ("a coverage that ends before it starts", Coverage, COVERAGE | {"end": "2019-01-01"}),
    ("a coverage of nowhere", Coverage, COVERAGE | {"areas": []}),
    ("an id that is none", DatasetVersion, VERSION | {"id": "../../etc"}),
    ("a time without its zone", DatasetVersion, VERSION | {"known": datetime(2024, 1, 1)}),  # noqa: DTZ001
    ("a source type that is none", DatasetVersion, VERSION | {"source_type": "rumour"}),
    ("a note that says nothing", DatasetVersion, VERSION | {"notes": [{"count": 3}]}),
    ("a field that is none", DatasetVersion, VERSION | {"colour": "blue"}),
]


@pytest.mark.parametrize(("shows", "model", "content"), WRONG, ids=[case[0] for case in WRONG])
def test_what_cannot_be(shows: str, model: type[Coverage] | type[DatasetVersion], content: dict[str, Any]) -> None:
    with pytest.raises(ValueError):
        model.model_validate(content)


def test_times_are_kept_in_utc() -> None:
    bangui = timezone(timedelta(hours=1))
    version = DatasetVersion.model_validate(VERSION | {"known": datetime(2024, 1, 1, tzinfo=bangui)})
    assert version.known == datetime(2023, 12, 31, 23, tzinfo=UTC)
    assert version.known.tzinfo is UTC


FORCE = [
    ("before it was known", -1, False),
    ("when it was known", 0, True),
    ("the day before it was withdrawn", 9, True),
    ("when withdrawn", 10, False),
]


@pytest.mark.parametrize(("shows", "days", "counts"), FORCE, ids=[case[0] for case in FORCE])
def test_in_force(shows: str, days: int, counts: bool) -> None:
    version = DatasetVersion.model_validate(VERSION | {"withdrawn": KNOWN + timedelta(days=10)})
    assert version.in_force(KNOWN + timedelta(days=days)) is counts
    assert date(2024, 1, 1) == version.known.date()
