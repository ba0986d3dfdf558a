"""An invented country for the tests of the site: findings of every status on the real benchmarks."""

import random
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from shapely.geometry import box

from primacy.assessment.finding import AreaFinding, Chart, Finding, Part, Phrase, SignalFinding, Step, Watch
from primacy.assessment.front.meeting_page import Seen
from primacy.assessment.over_time.changes import Change
from primacy.assessment.told.consequences import Answer, Consequences, Harm
from primacy.assessment.views import Asking, Share, View
from primacy.framework import Mission, load
from primacy.framework.grammar import STATUSES

MISSION = """\
country: OST
name: Exercise in Ostara
mandate:
  {resolution: "9999 (2025)", start: 2025-02-01, renewal: 2026-11-15, end_of_transition: 2027-03-14,
   electoral: assistance}
political_line: {stage: "implementation, month 17", next: joint commission, next_on: 2026-07-12, objectives: []}
horizons: {short: [2025-02-01, 2025-12-31], medium: [2025-02-01, 2026-12-31], long: [2026-01-01, 2030-12-31]}
core:
  [O1.S1, O1.S2, O1.M1, O1.L1, O2.S1, O2.S2, O2.M2, O2.M1, O2.L1, O3.S1, O3.S4, O3.M1, O4.S1, O4.S2, O4.M1,
   O5.S1, O5.S3, O5.M1, O5.M4, O5.L1]
"""
AREAS = (("OS01", "Morand", 0, 0), ("OS02", "Belwe", 1, 1), ("OS03", "Tasso", 2, 1), ("OS04", "Lower Ouve", 1, 0))
SEEN = Phrase("signal.report.two")
NASTY = "=HYPERLINK(\"x\") <script>alert('note')</script>"


@dataclass(frozen=True)
class Stored:
    id: str
    as_of: date
    known: datetime
    created: datetime
    created_by: str = "planner"
    code: str = "0.1.0"
    framework_hash: str = "sha256:0"
    evidence_hash: str = "sha256:0"
    level: int = 3
    purpose: str = ""
    set_back: bool = False
    counts: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class News:
    id: int
    at: datetime
    text: str
    confirmed: bool = False
    withdrawn: str = ""


@dataclass(frozen=True)
class Meeting:
    """A page that was kept for a meeting."""

    pk: str
    assessment: str
    title: str
    by: str
    at: datetime
    seen: dict[str, Any]


@dataclass(frozen=True)
class Row:
    date: date
    until: date
    area_name: str
    what: str
    values: dict[str, float]
    grade: str
    source: str
    dataset: str
    dataset_name: str
    line: int
    item: str


@dataclass(frozen=True)
class EvidencePage:
    rows: list[Row]
    total: int


def phrase(low: float, high: float) -> Phrase:
    against = Phrase("against.previous", {"months": 12})
    values = {"label": "O2.M2/attacks-on-civilians", "against": against, "events": 372.0, "before": 360.0}
    return Phrase("trend.either", {**values, "low": low, "high": high})


def chart() -> Chart:
    chance = random.Random(7)
    first, count = date(2022, 7, 1), 48
    months = tuple(date(first.year + (6 + m) // 12, (6 + m) % 12 + 1, 1).isoformat() for m in range(count))
    values: list[float | None] = [float(chance.randint(20, 44)) for _ in months]
    values[14:17] = [None, None, None]
    return Chart(
        "attacks-on-civilians", "events a month", months, tuple(values), baseline=(24, 36), window=(35, 47),
        baseline_level=30.0, window_level=31.0, window_band=(25.2, 39.3), needed=24.0, incomplete_from=47,
    )  # fmt: skip


def way(probability: float | None) -> Step:
    """The tree of the decision: a condition that sets P, and a veto that is not known."""
    p, open_ = probability, (0.0, 1.0) if probability is None else (probability, probability)
    part = Step(phrase(0.1, 0.2), "part", p, *open_, open_[0], False, p is not None, False, 0)
    veto = Step(phrase(0.1, 0.4), "veto", None, 0.0, 1.0, 0.0, True, False, False, 1)
    return Step(Phrase("path.all"), "part", p, *open_, open_[0] / 2, True, p is not None, False, None, (part, veto))


def finding(id: str, status: str, kinds: list[dict[str, str]]) -> Finding:
    chance = random.Random(id)
    probability = {"met": 0.97, "progressing": 0.8, "no clear change": 0.45, "not met": 0.02, "reversed": 0.04}.get(
        status
    )
    flags = {"met": ("at risk",), "reversed": ("at risk",), "not met": ("overdue",), "progressing": ("on track",)}
    own = flags.get(status, ()) if chance.random() < 0.4 else ()
    grid = [date(2023, 7, 31) + timedelta(days=30.44 * m) for m in range(36)]
    history = tuple(
        (day.isoformat(), None if 5 < i < 9 else min(0.99, 0.1 + i / 40), status) for i, day in enumerate(grid)
    )
    areas = tuple(
        AreaFinding(code, name, STATUSES[i + 1], 0.1 + i / 5) for i, (code, name, _x, _y) in enumerate(AREAS[:3])
    )
    has_chart = id == "O2.M2"
    return Finding(
        benchmark=id, status=status, reason="missing" if status == "insufficient evidence" else None,
        probability=probability, lower=probability and probability / 2, flags=(*own, "threshold unconfirmed"),
        sentence=(phrase(0.16, 0.31),), rule=phrase(0.1, 0.2), numbers={},
        parts=(Part("part", "attacks-on-civilians", "falls", probability, True, None, False, {}, phrase(0.16, 0.31)),
               Part("veto", "attacks-on-civilians", "rises", None, False, "thin", True, {}, phrase(0.1, 0.4))),
        weakest=phrase(0.2, 0.3), would_change=(phrase(0.2, 0.25),), flips_at=None,
        data_points=389 if status != "insufficient evidence" else 0, restricted=has_chart,
        path=way(probability), flips=(Phrase("flip.none"),),
        areas=areas if has_chart else (), history=history, charts=(chart(),) if has_chart else (),
        collect=tuple(kinds),
    )  # fmt: skip


@cache
def _statuses() -> dict[str, str]:
    framework, chance, weights = load(), random.Random(1), (14, 10, 8, 10, 2, 12, 6, 3)
    return {id: chance.choices(STATUSES, weights)[0] for id in framework.benchmarks} | {"O2.M2": "not met"}


@cache
def _findings() -> tuple[Finding, ...]:
    collect = {id: [item.model_dump() for item in each.collect] for id, each in load().benchmarks.items()}
    return tuple(finding(id, status, collect[id]) for id, status in _statuses().items())


class InventedQueries:
    """Stands in for `primacy.assessment.queries`."""

    NEED_TO_KNOW, DISTRICT = 1, 2

    def __init__(self, *, empty: bool = False) -> None:
        self.statuses, self.all = dict(_statuses()), list(_findings())
        self.stored = (
            []
            if empty
            else [self._stored("3f9c01d2ab44", date(2026, 6, 30)), self._stored("77aa01d2ab45", date(2026, 5, 31))]
        )

        self.given: list[tuple[View, bool]] = []
        self.news: list[News] = []
        self.meeting_kept: Meeting | None = None

    def keep_meeting(self, mission: Mission) -> Meeting:
        """The newest assessment as it stands, kept for a meeting an hour after it was stored."""
        shown = self.stored[0]
        changes = tuple(self.changes(viewer=None, assessment_id=shown.id))
        seen = Seen(mission, changes, frozenset(), frozenset(), self.stored[-1].as_of.isoformat(), False)
        at = shown.created + timedelta(hours=1)
        self.meeting_kept = Meeting("a1b2c3d4e5f6", shown.id, "Leadership team, 6 July", "planner", at, seen.as_dict())
        return self.meeting_kept

    def tell_news(self, at: datetime, text: str, *, confirmed: bool = False, id: int = 1) -> None:
        self.news.append(News(id, at + timedelta(hours=2), text, confirmed))

    def _stored(self, id: str, as_of: date) -> Stored:
        moment = datetime(as_of.year, as_of.month, as_of.day, 9, tzinfo=UTC) + timedelta(days=4)
        counts = {status: list(self.statuses.values()).count(status) for status in STATUSES}
        return Stored(id, as_of, moment, moment, counts=counts)

    def assessments(self, *, viewer: Any) -> list[Stored]:
        return list(self.stored)

    def latest(self, *, viewer: Any, as_of: date | None = None) -> Stored | None:
        return self.stored[0] if self.stored else None

    def findings(self, *, viewer: Any, assessment_id: str, seen: Any = None) -> list[Finding]:
        return list(self.all)

    def finding(self, *, viewer: Any, assessment_id: str, benchmark_id: str) -> Finding:
        found = [each for each in self.all if each.benchmark == benchmark_id]
        if not found:
            raise LookupError(benchmark_id)
        return found[0]

    def learnt_here(self, *, viewer: Any, assessment_id: str) -> bool:
        return False

    def people(self, *, viewer: Any, assessment_id: str, benchmark_id: str) -> Consequences:
        """Of one benchmark all is known that can be: killed by sex and age, injured, and what groups answered."""
        harms = (
            Harm("deaths", 412.0, 390.0, 440.0, (("age=0-17", 60.0), ("sex=f", 128.0), ("sex=m", 271.0))),
            Harm("civilian_deaths", 300.0), Harm("injured", 1.0),
        )  # fmt: skip
        answers = (Answer("survey/x", "share", "sex=f", 0.5, 0.45, 0.55, 600.0, self.stored[0].as_of),)
        start, end = date(2025, 6, 30), date(2026, 6, 30)
        return Consequences(start, end, harms, 2, answers) if benchmark_id == "O2.M2" else Consequences(start, end)

    def watches(self, *, viewer: Any, assessment_id: str) -> list[Watch]:
        chance, framework = random.Random(2), load()
        states = ("seen", "possible", "not seen", "unknown")
        drawn = {
            each.id: [SignalFinding(s.id, chance.choice(states), None, SEEN) for s in each.signals]
            for each in framework.watched
        }
        return [Watch(id, min((s.state for s in all_), key=states.index), tuple(all_)) for id, all_ in drawn.items()]

    def asking(self, *, viewer: Any, assessment_id: str) -> Asking:
        return Asking()

    def views(self, *, viewer: Any, assessment_id: str, benchmark_id: str) -> list[tuple[View, bool]]:
        return list(self.given)

    def share(self, *, viewer: Any) -> Share:
        return Share(len(self.given), None)

    def framework_of(self, *, viewer: Any, assessment_id: str) -> Any:
        return load()

    def before_it(self, shown: Stored) -> Stored | None:
        return next((each for each in self.stored if each.created < shown.created), None)

    def meetings(self, *, viewer: Any) -> list[Any]:
        return [] if self.meeting_kept is None else [self.meeting_kept]

    def meeting(self, *, viewer: Any, meeting_id: str) -> Any:
        if self.meeting_kept is None or meeting_id != self.meeting_kept.pk:
            raise LookupError(meeting_id)
        return self.meeting_kept

    def flashes(self, *, viewer: Any, **_when: Any) -> list[News]:
        return list(self.news)

    def changes(self, *, viewer: Any, assessment_id: str) -> list[Change]:
        if assessment_id != self.stored[0].id:
            return []
        causes = ("new evidence", "the passing of time", "a changed rule", "a revised figure")
        moved = [id for id, status in self.statuses.items() if status in ("met", "reversed", "progressing")][::4]
        return [
            Change(id, "no clear change", self.statuses[id], causes[i % 4], phrase(0.1, 0.3))
            for i, id in enumerate(moved)
        ]

    def evidence_rows(
        self, *, viewer: Any, assessment_id: str, benchmark_id: str, page: int, language: str = "en"
    ) -> EvidencePage:
        day, total = date(2026, 6, 28), 120
        shown = range((page - 1) * 50, min(page * 50, total))
        rows = [
            Row(day, day, AREAS[i % 4][1], NASTY if i == 0 else "Attack on a district office",
                {"events": 1.0, "deaths": float(i)},
                "B2", "monitors", "3f9c01d2ab44", "Events of June", i + 2, f"e{i}")
            for i in shown
        ]  # fmt: skip
        return EvidencePage(rows, total)

    def all_evidence_rows(
        self, *, viewer: Any, assessment_id: str, benchmark_id: str, language: str = "en"
    ) -> Iterator[Row]:
        asked = {"viewer": viewer, "assessment_id": assessment_id, "benchmark_id": benchmark_id}
        return iter([row for page in (1, 2, 3) for row in self.evidence_rows(**asked, page=page).rows])


@pytest.fixture
def instance_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of an invented mission without evidence."""
    folder = tmp_path / "instance"
    folder.mkdir()
    (folder / "mission.yaml").write_text(MISSION, encoding="utf-8")
    monkeypatch.setenv("PRIMACY_DATA", str(folder))
    return folder


@pytest.fixture
def country(instance_folder: Path, monkeypatch: pytest.MonkeyPatch) -> InventedQueries:
    """The invented mission with two stored assessments."""
    invented = InventedQueries()
    for module in (
        "pages",
        "pages.front",
        "pages.meetings",
        "pages.stored",
        "pages.compare",
        "pages.benchmark",
        "pages.output",
    ):
        monkeypatch.setattr(f"primacy.assessment.{module}.queries", invented)
    outlines = [(code, name, box(x, y, x + 1, y + 1)) for code, name, x, y in AREAS]
    monkeypatch.setattr("primacy.assessment.pages.benchmark.outlines", lambda *_: outlines)
    return invented


TWO_MONTHS = {
    "country": "XX",
    "mandate": {"resolution": "1 (2020)", "start": "2020-01-01"},
    "horizons": {term: ["2020-01-01", "2030-01-01"] for term in ("short", "medium", "long")},
    "baselines": [{"name": "before", "from": "2021-01-01", "to": "2021-12-31", "signed": ["a", "b"], "because": "c"}],
    "core": ["O2.M2"],
}


@dataclass(frozen=True)
class Two:
    """Two assessments of two benchmarks, a month apart, with the causes of what changed; `inputs` of both."""

    folder: Path
    before: str
    after: str
    inputs: Any


@pytest.fixture(scope="session")
def two_packages(model: Any, tmp_path_factory: pytest.TempPathFactory) -> Two:
    """Computed once for all tests that compare, sign, verify or hand out."""
    import json

    from primacy.assessment.assessing import assess
    from primacy.assessment.inputs import Inputs
    from primacy.assessment.over_time.comparison import compared
    from primacy.assessment.packages import package
    from primacy.assessment.tests import building
    from primacy.framework import Instance

    told = {"span": "2018-01-01 to 2026-06-30", "targets": ["*"], "actors": ["*"], "groups": ["*"]}
    calm = [
        "2018-01..2023-12 events=24,27,21 area=XX01 target=civilians category=violence/one-sided",
        "2018-01..2023-12 events=6,8,7 area=XX02 target=institutions category=violence/damage",
        "2024-01..2026-05 events=7,6,8 area=XX01 target=civilians category=violence/one-sided",
        "2024-01..2026-06 events=1,2,2 area=XX02 target=institutions category=violence/damage",
        "2026-06..2026-06 events=240 area=XX01 target=civilians category=violence/one-sided",
    ]
    evidence = [
        {"kind": "incident", "data": "events", "covers": told, "monthly": calm},
        {"kind": "incident", "data": "reports", "source_type": "monitor", "covers": told, "monthly": calm},
    ]
    instance = Instance(tmp_path_factory.mktemp("two"))
    instance.mission_file.write_text(json.dumps(TWO_MONTHS), encoding="utf-8")
    inputs = Inputs(
        load().only(["O2.M2", "O2.L1"]),
        building.mission(**TWO_MONTHS),
        building.store(evidence),
        building.country(),
        model,
    )
    ids = []
    for day in (date(2026, 5, 31), date(2026, 6, 30)):
        found = assess(inputs, as_of=day, known=datetime(2026, 7, 1, tzinfo=UTC))
        package.write(instance.assessments / f"{found.id}.zip", inputs, found)
        ids.append(found.id)
    compared(*(instance.assessments / f"{id}.zip" for id in ids), instance)
    return Two(instance.folder, *ids, inputs)


@pytest.fixture
def two(two_packages: Two, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, db: Any) -> Two:
    """The same in the index of a folder of its own."""
    import shutil
    from dataclasses import replace

    from django.utils import timezone

    from primacy.assessment.models import StoredAssessment

    folder = tmp_path / "two"
    shutil.copytree(two_packages.folder, folder)
    monkeypatch.setenv("PRIMACY_DATA", str(folder))
    month = timezone.localdate().replace(day=1)
    days = [(month - timedelta(days=1)).replace(day=1) - timedelta(days=1), month - timedelta(days=1)]
    for place, id in enumerate((two_packages.before, two_packages.after)):
        StoredAssessment.objects.create(
            id=id, as_of=days[place], known=timezone.now(), created=timezone.now() - timedelta(days=1 - place),
            created_by="planner", code="0", framework_hash="", evidence_hash="", level=3, counts={"met": 1},
        )  # fmt: skip
    return replace(two_packages, folder=folder)


@pytest.fixture
def people(db: Any) -> dict[str, Any]:
    """One person for each role of the table of rights."""
    from primacy.access.models import User
    from primacy.access.rights import table

    return {role: User.objects.create(username=f"a-{role}", role=role) for role in table().roles}


@pytest.fixture(scope="session")
def one_dataset(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Any]:
    """A store with one data set of one row, and what it is: made once, to be copied."""
    import pyarrow as pa

    from primacy.evidence.store.datasets import Coverage, DatasetVersion
    from primacy.evidence.store.store import Store

    day, moment = date(2026, 6, 28), datetime(2026, 7, 1, tzinfo=UTC)
    row = {"kind": "incident", "item": "e1", "date": day, "until": day, "area": "OST", "level": 0, "measure": "events",
           "value": 1.0, "source": "monitors", "line": 2}  # fmt: skip
    covers = Coverage(kind="incident", areas=("OST",), start=date(2026, 6, 1), end=date(2026, 6, 30), complete=True)
    version = DatasetVersion(
        name="Events of <b>June</b>", lineage="events", format="csv", known=moment, imported=moment,
        coverage=(covers,), file="june.csv", imported_by="planner",
    )  # fmt: skip
    folder = tmp_path_factory.mktemp("one-dataset") / "evidence"
    stored, _new = Store(folder).add([pa.RecordBatch.from_pylist([row])], version)
    return folder, stored


@pytest.fixture
def dataset(instance_folder: Path, one_dataset: tuple[Path, Any]) -> Any:
    """One data set of one row in the store of the invented mission."""
    folder, stored = one_dataset
    shutil.copytree(folder, instance_folder / "evidence")
    return stored
