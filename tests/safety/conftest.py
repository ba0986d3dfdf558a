"""A small mission with real packages and a real store, for the tests of the programming interface."""

import json
import shutil
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from shapely.geometry import box
from tests.safety.record_house import as_, house  # noqa: F401 - fixtures of the tests of records
from tests.safety.sealed_house import sealed  # noqa: F401 - fixture of the tests of compartments

CORE = "O2.M2"
ASSESSED = (date(2026, 5, 31), date(2026, 6, 30))
MISSION = {
    "country": "XX", "name": "Mission in Ostara", "mandate": {"resolution": "1 (2020)", "start": "2020-01-01"},
    "horizons": {term: ["2020-01-01", "2030-01-01"] for term in ("short", "medium", "long")},
    "baselines": [{"name": "before", "from": "2021-01-01", "to": "2021-12-31", "signed": ["a", "b"], "because": "c"}],
    "core": [CORE],
}  # fmt: skip
TOLD = {"span": "2018-01-01 to 2026-06-30", "targets": ["*"], "actors": ["*"], "groups": ["*"]}
FALL = [
    "2018-01..2023-12 events=24,27,21 area=XX01 target=civilians category=violence/one-sided",
    "2018-01..2023-12 events=6,8,7 area=XX02 target=institutions category=violence/damage",
    "2024-01..2026-06 events=7,6,8 area=XX01 target=civilians category=violence/one-sided",
    "2024-01..2026-06 events=1,2,2 area=XX02 target=institutions category=violence/damage",
]
SECRETS = [  # the only assistant in Upper Morand wrote this down on a Wednesday
    "2026-05-13 talk-1 events=1 area=XX0101 category=violence/one-sided actor=militia source=assistant note=whisper"
    " confidentiality=2",
    "2026-05-20 talk-2 events=1 area=XX0102 category=violence/one-sided source=assistant confidentiality=1",
]
EVIDENCE = [
    {"kind": "incident", "data": "events", "covers": TOLD, "monthly": FALL, "official_for": ["incident"]},
    {"kind": "incident", "data": "reports", "source_type": "monitor", "covers": TOLD, "monthly": FALL},
    {"kind": "incident", "data": "talks", "source_type": "expert", "points": SECRETS},
]


@dataclass(frozen=True)
class Mission:
    """The folder of the mission with its assessments, older first, and one token for each role."""

    folder: Path
    assessments: tuple[str, ...]
    tokens: dict[str, str]

    def headers(self, role: str) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.tokens[role]}"} if role in self.tokens else {}


@pytest.fixture(scope="session")
def made_mission(model: Any, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, tuple[str, ...]]:
    """The folder of an instance, made once: evidence, places, two assessments."""
    from primacy.assessment.assessing import assess
    from primacy.assessment.inputs import Inputs
    from primacy.assessment.packages import package
    from primacy.assessment.tests import building
    from primacy.framework import load

    folder = tmp_path_factory.mktemp("mission") / "instance"
    (folder / "assessments").mkdir(parents=True)
    (folder / "mission.yaml").write_text(json.dumps(MISSION), encoding="utf-8")
    _keep_places(folder / "places")
    store = building.store(EVIDENCE)
    _keep_evidence(folder / "evidence", store)
    inputs = Inputs(load(), building.mission(**MISSION), store, building.country(), model)
    known = datetime(2026, 7, 1, tzinfo=UTC)
    found = [assess(inputs, as_of=day, known=known) for day in ASSESSED]
    for each in found:
        package.write(folder / "assessments" / f"{each.id}.zip", inputs, each)
    return folder, tuple(each.id for each in found)


def _keep_places(folder: Path) -> None:
    from primacy.places.areas import Area
    from primacy.places.folder import keep_boundaries

    names = ("Morand", "Belwe", "Tasso", "Ouve")
    provinces = [
        Area(f"XX0{n}", 1, "XX", {"en": name}, geometry=box(n, 0, n + 1, 1)) for n, name in enumerate(names, 1)
    ]
    districts = [
        Area("XX0101", 2, "XX01", {"en": "Upper Morand"}, geometry=box(1, 0.5, 2, 1)),
        Area("XX0102", 2, "XX01", {"en": "Lower Morand"}, geometry=box(1, 0, 2, 0.5)),
    ]
    villages = [Area("XX010101", 3, "XX0101", {"en": "Ouvral"}, geometry=box(1, 0.5, 1.5, 1))]
    country = Area("XX", 0, "", {"en": "Ostara"})
    keep_boundaries(folder, level=1, areas=provinces, above=[country])
    keep_boundaries(folder, level=2, areas=districts, above=[])
    keep_boundaries(folder, level=3, areas=villages, above=[])


def _keep_evidence(folder: Path, made: Any) -> None:
    from primacy.evidence.store.store import Store

    rows = made.fetch(made.ever_told(known=datetime(2030, 1, 1, tzinfo=UTC)))
    for version in made.versions():
        mine = [row for row in rows.to_pylist() if row["dataset"] == version.id]
        batch = __import__("pyarrow").RecordBatch.from_pylist(
            [{**row, "dataset": ""} for row in mine], schema=rows.schema
        )
        Store(folder).add([batch], version.model_copy(update={"id": "", "parts": (), "cube": None}))


@pytest.fixture
def mission(made_mission: Any, people: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> Mission:
    """The mission for tests that change nothing in its folder, its assessments in the index, and nobody's pace limited."""
    from django.utils import timezone

    from primacy.access.services import create_token
    from primacy.assessment.models import StoredAssessment
    from primacy.ui.throttling import PerPerson

    folder, assessments = made_mission
    monkeypatch.setenv("PRIMACY_DATA", str(folder))
    monkeypatch.setattr(PerPerson, "allow_request", lambda *_: True)
    for place, (id, day) in enumerate(zip(assessments, ASSESSED, strict=True)):
        StoredAssessment.objects.create(
            id=id, as_of=day, known=datetime(2026, 7, 1, tzinfo=UTC), created_by="planner", code="0.1.0", level=3,
            created=timezone.now() - timedelta(days=2 - place), framework_hash="sha256:0", evidence_hash="sha256:0",
            counts={"progressing": 3},
        )  # fmt: skip
    tokens = {role: create_token(person=each, name="test", days=7)[1] for role, each in people.items()}
    return Mission(folder, assessments, tokens)


@pytest.fixture
def own_mission(mission: Mission, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Mission:
    """A copy of it that a test may change."""
    shutil.copytree(mission.folder, tmp_path / "instance")
    monkeypatch.setenv("PRIMACY_DATA", str(tmp_path / "instance"))
    return replace(mission, folder=tmp_path / "instance")
