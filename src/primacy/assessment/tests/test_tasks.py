"""An assessment asked for on the site is run by the worker with exactly what was asked for."""

from contextlib import nullcontext
from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest
from django.utils import translation

from primacy.access.models import User
from primacy.assessment import tasks
from primacy.assessment.forms import NewAssessment
from primacy.assessment.front import pictures_kept
from primacy.assessment.inputs import TooEarly, refuse_too_early
from primacy.assessment.models import StoredAssessment
from primacy.evidence.store.store import Store
from primacy.framework import Instance, Mission, load, read_mission
from primacy.jobs import queries
from primacy.jobs.models import Job
from primacy.places.errors import BadInput

pytestmark = pytest.mark.django_db
MOMENT = datetime(2026, 7, 4, tzinfo=UTC)
MISSION = Mission(country="XXX")


@pytest.fixture
def job() -> Job:
    return Job.objects.create(kind="assessment", by=User.objects.create(username="ana", role="analyst"))


def test_days_of_the_form_reach_the_engine(job, monkeypatch):
    asked = {}

    def run(**given):
        asked.update(given)
        given["progress"](0.4, "reading")
        return SimpleNamespace(id="3f9c01d2ab44")

    monkeypatch.setattr(tasks.services, "run_assessment", run)
    form = NewAssessment({"as_of": "2026-06-30", "known": "2026-07-04"})
    assert form.is_valid()
    tasks.run_assessment.func(job_id=str(job.pk), **form.arguments())
    assert (asked["by"], asked["as_of"]) == (job.by, date(2026, 6, 30))
    assert asked["known"] == datetime(2026, 7, 4, 23, 59, 59, 999999, tzinfo=UTC)
    shown = queries.job(viewer=job.by, job_id=str(job.pk))
    assert (shown.state, shown.result) == ("done", {"assessment": "3f9c01d2ab44"})


def test_what_is_wrong_with_the_input_is_told(job, monkeypatch):
    def run(**_given):
        raise BadInput("no calibration", "", "Run `primacy init`")

    monkeypatch.setattr(tasks.services, "run_assessment", run)
    tasks.run_assessment.func(job_id=str(job.pk), as_of=None, known=None)
    assert "no calibration" in queries.job(viewer=job.by, job_id=str(job.pk)).message


def test_what_a_command_stored_is_drawn_by_itself_and_once(monkeypatch, tmp_path):
    monkeypatch.setenv("PRIMACY_DATA", str(tmp_path))
    drawn = []
    monkeypatch.setattr(tasks.services, "draw_pictures", lambda **given: drawn.append(given["assessment_id"]))
    job = Job.objects.create(kind="recurring", by=None)
    tasks.draw_what_waits.func(job_id=str(job.pk))
    assert drawn == []  # nothing is stored
    for id, day in (("3f9c01d2ab44", date(2026, 6, 30)), ("77aa01d2ab45", date(2026, 3, 31))):
        StoredAssessment.objects.create(
            id=id, as_of=day, known=MOMENT, created=MOMENT, created_by="planner", level=3, counts={}
        )
    tasks.draw_what_waits.func(job_id=str(job.pk))
    assert drawn == ["3f9c01d2ab44"]
    assert list(pictures_kept.draw_all(Instance.here(), "3f9c01d2ab44", [], load(), MISSION, ["en"])) == []
    tasks.draw_what_waits.func(job_id=str(job.pk))
    assert drawn == ["3f9c01d2ab44"]


def test_causes_of_what_a_command_stored_are_found_by_themselves(monkeypatch, tmp_path):
    monkeypatch.setenv("PRIMACY_DATA", str(tmp_path))
    asked = []
    monkeypatch.setattr(
        tasks.services, "compared", lambda *pair, progress: asked.append([each.stem for each in pair[:2]])
    )
    job = Job.objects.create(kind="recurring", by=None)
    for id, day in (("77aa01d2ab45", date(2026, 3, 31)), ("3f9c01d2ab44", date(2026, 6, 30))):
        tasks.explain_what_waits.func(job_id=str(job.pk))
        assert asked == []  # nothing is stored, or nothing before it
        StoredAssessment.objects.create(
            id=id, as_of=day, known=MOMENT, created=MOMENT, created_by="planner", level=3, counts={}
        )
        path = Instance.here().package(id)
        path.parent.mkdir(exist_ok=True)
        path.touch()
    tasks.explain_what_waits.func(job_id=str(job.pk))
    assert asked == [["77aa01d2ab45", "3f9c01d2ab44"]]
    assert Job.objects.get(pk=job.pk).state == "done"


@pytest.mark.parametrize(
    ("given", "right"),
    [({}, True), ({"as_of": "2999-01-01"}, False), ({"as_of": "30/06/2026x"}, False)],
    ids=["nothing means today", "a day still to come is refused", "what is no day is refused"],
)
def test_only_days_that_have_come_are_judged(given, right):
    assert NewAssessment(given).is_valid() is right


@pytest.mark.parametrize(
    ("mandate", "begun", "day", "because"),
    [
        ("2023-02-01", None, "1900-01-01", "The mandate began on"),
        ("2023-02-01", None, "2023-02-01", ""),
        ("2023-02-01", "2024-01-01", "2023-01-31", "The mandate began on"),
        ("2023-02-01", "2012-01-01", "2014-09-14", ""),  # how it was before the mission came
        ("2023-02-01", "2012-01-01", "1900-01-01", "The evidence begins on"),
        (None, "2024-01-01", "1900-01-01", "The evidence begins on"),
        (None, "2024-01-01", "2025-01-01", ""),
        (None, None, "1900-01-01", ""),
    ],
)
def test_no_day_before_the_mandate_and_all_evidence_is_judged(monkeypatch, tmp_path, mandate, begun, day, because):
    """Refused by the form, and so by the API, with the reason and what to do; by the run for whoever commands it."""
    monkeypatch.setenv("PRIMACY_DATA", str(tmp_path))
    Instance.here().mission_file.write_text(f"country: XXX\nmandate: {{start: {mandate or 'null'}}}\n", "utf-8")
    version = SimpleNamespace(start=date.fromisoformat(begun) if begun else None)
    monkeypatch.setattr("primacy.evidence.store.store.Store.versions", lambda _store, **_given: [version])
    form = NewAssessment({"as_of": day})
    assert form.is_valid() is (not because)
    told = " ".join(form.errors.get("as_of", []))
    assert because in told
    with translation.override("fr"):
        assert bool(because) == (
            "nommez un jour" in " ".join(NewAssessment({"as_of": day}).errors.get("as_of", [])).lower()
        )
    here = Instance.here()
    refused = pytest.raises(TooEarly, match=because) if because else nullcontext()
    with refused:
        refuse_too_early(date.fromisoformat(day), read_mission(here.mission_file), Store(here.evidence))
