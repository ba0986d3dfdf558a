"""Places nobody has heard from."""

from datetime import UTC, date, datetime

import pyarrow as pa
import pytest

from primacy.assessment.indicators.unheard import unheard
from primacy.evidence.store.columns import NAMES, SCHEMA
from primacy.evidence.store.datasets import DatasetVersion
from primacy.evidence.store.store import Store
from primacy.framework import Instance, Mission
from primacy.places.areas import Area, Areas

PLACES = Areas([Area("XX", 0, "", {"en": "Examplia"}), Area("XX1", 1, "XX", {"en": "West"}),
                Area("XX2", 1, "XX", {"en": "East"})])  # fmt: skip
DAY, MOMENT = date(2024, 6, 30), datetime(2024, 7, 1, tzinfo=UTC)
WEST, EAST = {"area": "XX1", "level": 1}, {"area": "XX2", "level": 1}
COUNTRY = {"area": "XX", "level": 0}
CASES = [
    ("nothing is told by place at all", [COUNTRY], []),
    ("one place told of an event", [WEST], ["XX2"]),
    ("both did, in other ways", [WEST, EAST | {"kind": "law", "measure": "stage"}], []),
    ("one did, too long ago", [WEST, EAST | {"date": date(2024, 3, 31)}], ["XX2"]),
    ("one did, in the first of the three months", [WEST, EAST | {"date": date(2024, 4, 1)}], []),
    ("one did, in confidence", [WEST, EAST | {"confidentiality": 2}], ["XX2"]),
]


@pytest.mark.parametrize(("rows", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_a_place_of_which_no_evidence_tells(tmp_path, monkeypatch, rows, expected):
    instance = Instance(tmp_path)
    monkeypatch.setattr("primacy.evidence.lacking.gaps_at_hand.areas_of", lambda _folder: PLACES)
    usual = {"kind": "incident", "item": "1", "date": date(2024, 6, 2), "group": "", "measure": "events", "value": 1.0,
             "confidentiality": 0, "source": "a"}  # fmt: skip
    told = [dict.fromkeys(NAMES) | usual | row for row in rows]
    covers = [{"kind": "incident", "areas": ["XX"], "start": "2024-01-01", "end": "2024-12-31", "complete": True}]
    about = {"name": "x", "lineage": "l", "format": "csv", "known": MOMENT, "imported": MOMENT, "coverage": covers}
    Store(instance.evidence).add([pa.RecordBatch.from_pylist(told, SCHEMA)], DatasetVersion.model_validate(about))
    mission = Mission.model_validate({"country": "XXX", "report_level": 1})
    assert unheard(instance, mission, as_of=DAY, known=MOMENT, level=1) == expected
