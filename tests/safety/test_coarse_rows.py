"""Evidence line by line, to somebody who may see details and to somebody who may not."""

from datetime import date

import pytest

from primacy.assessment.packages.behind import KEYS, Behind
from primacy.assessment.queries import behind
from primacy.places.areas import Area, Areas

AREAS = Areas([Area(code, n, code[:-1], {"en": f"Area {code}"}) for n, code in enumerate(["X", "X1", "X11", "X112"])])
ROW = {
    "dataset": "3f9c01d2ab44", "item": "talk-1", "line": 7, "date": date(2024, 5, 15), "until": date(2024, 5, 15),
    "area": "X112", "level": 3, "kind": "incident", "category": "violence", "actor": "somebody", "target": "",
    "grade": "B2", "source": "field office", "note": "said by the only assistant there", "values": {"events": 1.0},
}  # fmt: skip
MONDAY = date(2024, 5, 13)
# what it shows, viewer, confidentiality, area of the row -> area shown, first day
CASES = [
    ("a reader sees open rows as they are", "reader", 0, "X112", "Area X112", date(2024, 5, 15)),
    ("internal rows by district and week", "reader", 1, "X112", "Area X11", MONDAY),
    ("an area of an older edition as the country", "reader", 2, "OLD9", "Area X", MONDAY),
    ("an analyst sees what is there", "analyst", 3, "X112", "Area X112", date(2024, 5, 15)),
]


@pytest.mark.parametrize(("shows", "role", "level", "code", "area", "day"), CASES, ids=[case[0] for case in CASES])
def test_rows_by_viewer(shows, role, level, code, area, day, people, country, monkeypatch):
    row = {**ROW, "confidentiality": level, "area": code}
    assert set(row) >= set(KEYS), "what is read behind a finding is what this row has"
    monkeypatch.setattr(behind, "stored_for", lambda viewer, _id: country.stored[0])
    monkeypatch.setattr(behind, "behind", lambda *_, **__: Behind([row], 1))
    monkeypatch.setattr(behind, "areas_of", lambda _: AREAS)
    page = behind.evidence_rows(viewer=people[role], assessment_id="a", benchmark_id="O2.M2", page=1)
    (seen,) = page.rows
    assert (seen.area_name, seen.date) == (area, day)
    told = " ".join(map(str, (seen.what, seen.source, seen.dataset, seen.item, seen.line)))
    assert ("only assistant" in told) == (day != MONDAY)
    assert ("field office" in told) == (day != MONDAY)
