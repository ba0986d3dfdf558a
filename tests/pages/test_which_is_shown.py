"""Which assessment the site shows when nobody names one, and with which it is compared."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from primacy.assessment import queries
from primacy.assessment.inputs import FULL
from primacy.assessment.models import StoredAssessment

pytestmark = pytest.mark.django_db
FIRST_RUN = datetime(2026, 1, 10, 8, tzinfo=UTC)


def stored(*days: str, levels: tuple[int, ...] = ()) -> None:
    """Assessments of these days, run one after the other, named by their order; with what was known when they were run,
    or on the day that stands behind a stroke."""
    for place, each in enumerate(days):
        day, _stroke, known = each.partition("/")
        created = FIRST_RUN + timedelta(hours=place)
        StoredAssessment.objects.create(
            id=str(place), as_of=date.fromisoformat(day), created=created,
            known=datetime.fromisoformat(known).replace(tzinfo=UTC) if known else created,
            created_by="planner", code="0", framework_hash="", evidence_hash="",
            level=levels[place] if levels else FULL,
        )  # fmt: skip


SHOWN = [
    ("the newest of the latest day", ("2025-10-31", "2025-12-31", "2025-12-31"), "2", "1"),
    ("an earlier day that was judged later is no news", ("2025-12-31", "2025-01-31"), "0", None),
    ("whoever was there first stays the one before", ("2025-09-30", "2025-12-31", "2025-10-31"), "1", "0"),
    ("one with its knowledge set back is no news", ("2025-10-31", "2025-12-31", "2025-12-31/2024-01-01"), "1", "0"),
    ("and nothing is compared with it", ("2025-09-30", "2025-10-31/2024-01-01", "2025-12-31"), "2", "0"),
    ("nor with one that knew far more than that day",
     ("2025-09-30", "2024-10-31/2025-10-01", "2025-12-31"), "2", "0"),
    ("of a history each knows what was known then",
     ("2025-09-30/2025-10-08", "2025-10-31/2025-11-08", "2025-12-31/2026-01-08"), "2", "1"),
    ("and none is compared with what was known later",
     ("2025-09-30/2025-10-08", "2025-10-31", "2025-12-31/2026-01-08"), "2", "0"),
    ("a day to come is shown only when asked for", ("2025-12-31", "2999-01-01"), "0", None),
    ("unless there is nothing else", ("2999-01-01",), "0", None),
]  # fmt: skip


@pytest.mark.parametrize(("days", "latest", "before"), [case[1:] for case in SHOWN], ids=[case[0] for case in SHOWN])
def test_the_latest_day_is_shown_and_compared_with_the_one_before(people, tmp_path, monkeypatch, days, latest, before):
    monkeypatch.setattr("primacy.framework.Instance.package", lambda _here, _id: tmp_path)
    monkeypatch.setattr("pathlib.Path.is_file", lambda _path: True)
    monkeypatch.setattr(queries, "_statuses", lambda stored: {"O2.M2": stored.id})
    stored(*days)
    shown = queries.latest(viewer=people["reader"])
    assert shown is not None
    found = queries.before_it(shown)
    assert (shown.id, found.id if found else None) == (latest, before)


AGAIN = [
    # what it shows                                          days of the runs, what each says,  compared with
    ("the same said again takes no news away",               [("2025-07-31", "met"), ("2025-10-31", "not met"), ("2025-10-31", "not met")], "0"),
    ("what it says otherwise is news",                       [("2025-07-31", "met"), ("2025-10-31", "met"), ("2025-10-31", "not met")], "1"),
    ("and stays it when that is said again",                 [("2025-07-31", "met"), ("2025-10-31", "met"), ("2025-10-31", "not met"), ("2025-10-31", "not met")], "1"),
    ("where there is no earlier day, with the latest run",   [("2025-10-31", "met"), ("2025-10-31", "met"), ("2025-10-31", "met")], "1"),
]  # fmt: skip


@pytest.mark.parametrize(("shows", "runs", "before"), AGAIN, ids=[case[0] for case in AGAIN])
def test_a_day_that_is_run_again_keeps_its_news(monkeypatch, shows, runs, before):
    monkeypatch.setattr("primacy.framework.Instance.package", lambda _here, _id: Path(__file__))
    monkeypatch.setattr(queries, "_statuses", lambda stored: {"O2.M2": runs[int(stored.id)][1]})
    stored(*(day for day, _says in runs))
    found = queries._before_it(StoredAssessment.objects.get(pk=str(len(runs) - 1)))
    assert found is not None
    assert found.pk == before


def test_no_later_run_changes_with_what_an_older_one_is_compared(monkeypatch):
    """Of an earlier day, of the same day, with its knowledge set back, again: nothing of it."""
    monkeypatch.setattr("primacy.framework.Instance.package", lambda _here, _id: Path(__file__))
    stored("2025-07-31", "2025-10-31")
    shown = StoredAssessment.objects.get(pk="1")
    stored_later = ("2025-08-31/2024-01-01", "2025-10-31/2024-01-01", "2025-08-31", "1900-01-01", "2025-10-31")
    for place, each in enumerate(stored_later, start=2):
        day, _stroke, known = each.partition("/")
        created = FIRST_RUN + timedelta(days=place)
        StoredAssessment.objects.create(
            id=str(place), as_of=date.fromisoformat(day), created=created, level=FULL,
            known=datetime.fromisoformat(known).replace(tzinfo=UTC) if known else created,
        )  # fmt: skip
        found = queries._before_it(shown)
        assert found is not None
        assert found.pk == "0", each


def test_one_of_part_of_the_evidence_is_shown_only_when_asked_for(people):
    stored("2025-10-31", "2025-12-31", levels=(FULL, 1))
    shown = queries.latest(viewer=people["reader"])
    assert shown is not None
    assert shown.id == "0"
