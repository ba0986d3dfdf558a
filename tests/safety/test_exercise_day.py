"""An exercise has one day: what a team writes counts on it. The trail, and every real mission, go by the clock."""

import json
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.test import Client
from django.utils import timezone

from primacy.access.models import AuditEntry, User
from primacy.assessment.inputs import MODEL
from primacy.assessment.models import StoredAssessment
from primacy.assessment.packages.package import findings_of
from primacy.assessment.services import run_assessment
from primacy.assessment.trends.trend import TrendModel
from primacy.evidence import Store
from primacy.evidence.bringing.importing import import_files
from primacy.evidence.services import load_file
from primacy.exercise.country.country import country
from primacy.exercise.country.writing import write_boundaries
from primacy.exercise.mission_file import mission
from primacy.exercise.services.inventing import invent_people
from primacy.exercise.tests.histories import game
from primacy.framework import Instance
from primacy.framework.queries import known_from, today
from primacy.records.forms import filled
from primacy.records.models import Version
from primacy.records.queries import record_types
from primacy.records.services import create, review
from primacy.work.services.tasks import give_task

pytestmark = pytest.mark.django_db(transaction=True)
ITS_DAY = game().today
REPORT = {
    "category": "violence/one-sided", "actor": "armed-groups", "target": "civilians", "summary": "A shop was robbed",
    "account": "A patrol came later.", "source_type": "own", "origin": "patrol", "reliability": "A", "credibility": "2",
    "confidentiality": 1,
}  # fmt: skip


@pytest.fixture
def exercise(instance_folder: Path, tmp_path: Path) -> Instance:
    """An exercise with its places, people and mission file, without evidence."""
    instance = Instance(instance_folder)
    for each in (instance.places, instance.evidence):
        each.mkdir()
    instance.mission_file.write_text(yaml.safe_dump(mission(game().history(), game().months)), "utf-8")
    instance.exercise_file.write_text("seed: 1\n", "utf-8")
    import_files([write_boundaries(country(1), tmp_path)], instance=instance)
    invent_people()
    return instance


@pytest.fixture
def real(exercise: Instance) -> Instance:
    """A real mission, whose mission file wrongly names a day of practice."""
    exercise.exercise_file.unlink()
    return exercise


def person(name: str) -> User:
    return User.objects.get(username=name)


def written(day: date) -> Version:
    """A field report of that day, checked and published as a team does it; its version that counts."""
    author, type_ = person("dana-duty-officer"), record_types()["field-report"]
    form = filled(type_, author, None, REPORT | {"day": day, "area": "XDS0101"})
    assert form.is_valid(), form.errors.as_text()
    kept = create(by=author, type_=type_, values=form.values)
    for step, who in (("check", "amir-analyst"), ("publish", "lena-leader")):
        kept = review(by=person(who), type_=type_, id=kept.pk, version=kept.version, name=step)
    return Version.objects.filter(record=kept.pk).latest("number")


def counted(instance: Instance, *, known_by: int) -> int:
    """Data points of records that an assessment sees so many days after the day of practice."""
    day = ITS_DAY + timedelta(days=known_by)
    moment = datetime.combine(day, time(), UTC)
    store = Store(instance.evidence)
    rows = store.rows(as_of=day, known=moment)
    return int(store.fetch(rows.filter(rows.record != "").count().name("n").as_table())["n"][0].as_py())


def test_what_a_team_writes_counts_from_the_day_of_practice_on(exercise: Instance) -> None:
    """The next assessment is of a later day of the exercise, and knows nothing later than that."""
    version = written(ITS_DAY)
    assert version.known.date() == ITS_DAY
    assert counted(exercise, known_by=0) == 0
    assert counted(exercise, known_by=game().told.toordinal() - ITS_DAY.toordinal()) > 0


def test_a_file_that_a_team_brings_counts_from_the_day_of_practice_on(exercise: Instance, tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    path.write_text(f"kind,item,date,area,measure,value\ncontact,c1,{ITS_DAY},XDS01,events,1\n")
    by = person("amir-analyst")
    said = {"name": "Own", "format": "", "known": None, "progress": lambda share, what: None}
    (summary,) = load_file(by=by, instance=exercise, path=path, **said)  # type: ignore[arg-type]
    assert summary.version is not None
    assert summary.version.known.date() == ITS_DAY
    assert AuditEntry.objects.latest("number").at.date() == timezone.now().date()


def test_an_assessment_in_days_to_come_knows_all_that_became_known_in_them(
    exercise: Instance, model: TrendModel, tmp_path: Path, client: Client, settings: Any
) -> None:
    """Play that begins next year is judged by its own day, with what is known in it and what its mission decided."""
    for folder in (exercise.calibration, exercise.assessments):
        folder.mkdir()
    (exercise.calibration / MODEL).write_text(json.dumps(model.as_dict()), "utf-8")
    later = (timezone.now() + timedelta(days=400)).replace(hour=8, minute=0, second=0, microsecond=0)
    told = yaml.safe_load(exercise.mission_file.read_text("utf-8"))
    aside = {"benchmark": "O2.L1", "by": "head of mission", "on": (later - timedelta(days=90)).date(), "because": "so"}
    exercise.mission_file.write_text(yaml.safe_dump(
        told | {"practice_day": later.date(), "set_aside": [*told.get("set_aside", []), aside]}
    ), "utf-8")  # fmt: skip
    path = tmp_path / "later.csv"
    path.write_text(f"kind,item,date,area,measure,value\ncontact,c1,{later:%Y-%m-%d},XDS01,events,1\n")
    import_files([path], instance=exercise, now=later + timedelta(days=8))
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    client.force_login(person("amir-analyst"))
    client.post("/assessments/", {"as_of": "", "known": ""})
    stored = run_assessment(by="planner", as_of=None, known=None)
    assert (stored.as_of, stored.known) == (later.date(), later + timedelta(days=8))
    assert StoredAssessment.objects.count() == 1, "the page's button and the command ask for the same"
    status = {each.benchmark: each.status for each in findings_of(exercise.package(stored.pk))}
    assert status["O2.L1"] == "not applicable"


def test_the_trail_goes_by_the_clock(exercise: Instance) -> None:
    before = timezone.now()
    version = written(ITS_DAY)
    assert version.at >= before
    assert AuditEntry.objects.latest("number").at >= before


def test_nothing_is_written_of_a_day_that_has_not_come_in_the_exercise(exercise: Instance) -> None:
    form = filled(record_types()["field-report"], person("dana-duty-officer"), None,
                  REPORT | {"day": ITS_DAY + timedelta(days=1), "area": "XDS0101"})  # fmt: skip
    assert "day" in form.errors


def test_a_real_mission_goes_by_the_clock_whatever_its_file_says(real: Instance) -> None:
    assert today() == timezone.localdate()
    assert abs(known_from() - timezone.now()) < timedelta(minutes=1)
    version = written(timezone.localdate())
    assert abs(version.known - version.at) < timedelta(minutes=1)


PAGES = ("/tasks/", "/calendar/", "/help/", "/scores/", "/records/field-report/")


@pytest.mark.parametrize("page", PAGES)
def test_every_page_is_of_the_day_of_practice(exercise: Instance, client: Client, page: str) -> None:
    by = person("amir-analyst")
    client.force_login(by)
    shown = client.get(page).content.decode()
    assert f"as of {ITS_DAY.day} {ITS_DAY:%B %Y}" in shown or "working page" not in shown
    assert f"as of {timezone.localdate().day} {timezone.localdate():%B %Y}" not in shown


@pytest.mark.parametrize(("days", "late"), [(-1, True), (0, False), (30, False)])
def test_a_task_is_late_by_the_day_of_practice(exercise: Instance, client: Client, days: int, late: bool) -> None:
    by = person("amir-analyst")
    due = ITS_DAY + timedelta(days=days)
    give_task(by=by, about=None, values={"action": "ask", "note": "Whom?", "owner": by, "component": "", "due": due})
    client.force_login(by)
    assert ("overdue" in client.get("/tasks/").content.decode().casefold()) is late
