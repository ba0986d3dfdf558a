"""Which assessment the site shows when nobody names one, and with which it is compared."""

from datetime import UTC, date, datetime, timedelta

import pytest

from primacy.assessment import queries
from primacy.assessment.inputs import FULL
from primacy.assessment.models import StoredAssessment

pytestmark = pytest.mark.django_db
FIRST_RUN = datetime(2026, 1, 10, 8, tzinfo=UTC)


def stored(*days: str, levels: tuple[int, ...] = ()) -> None:
    """Assessments of these days, run one after the other, named by their order."""
    for place, day in enumerate(days):
        StoredAssessment.objects.create(
            id=str(place), as_of=date.fromisoformat(day), known=FIRST_RUN, created=FIRST_RUN + timedelta(hours=place),
            created_by="planner", code="0", framework_hash="", evidence_hash="",
            level=levels[place] if levels else FULL,
        )  # fmt: skip


SHOWN = [
    ("the newest of the latest day", ("2025-10-31", "2025-12-31", "2025-12-31"), "2", "1"),
    ("an earlier day that was judged later is no news", ("2025-12-31", "2025-01-31"), "0", "1"),
    ("a day to come is shown only when asked for", ("2025-12-31", "2999-01-01"), "0", None),
    ("unless there is nothing else", ("2999-01-01",), "0", None),
]  # fmt: skip


@pytest.mark.parametrize(("days", "latest", "before"), [case[1:] for case in SHOWN], ids=[case[0] for case in SHOWN])
def test_the_latest_day_is_shown_and_compared_with_the_one_before(people, tmp_path, monkeypatch, days, latest, before):
    monkeypatch.setattr("primacy.framework.Instance.package", lambda _here, _id: tmp_path)
    monkeypatch.setattr("pathlib.Path.is_file", lambda _path: True)
    stored(*days)
    shown = queries.latest(viewer=people["reader"])
    assert shown is not None
    found = queries.before_it(shown)
    assert (shown.id, found.id if found else None) == (latest, before)


def test_one_of_part_of_the_evidence_is_shown_only_when_asked_for(people):
    stored("2025-10-31", "2025-12-31", levels=(FULL, 1))
    shown = queries.latest(viewer=people["reader"])
    assert shown is not None
    assert shown.id == "0"
