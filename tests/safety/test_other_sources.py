"""Beside an official source a reader learns what others tell, and nothing of a source that this reader may not know."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pyarrow as pa
import pytest
from tests.safety.conftest import Mission

from primacy.evidence.bringing.entered import OF_RECORDS
from primacy.evidence.store.datasets import DatasetVersion
from primacy.evidence.store.store import Store

pytestmark = pytest.mark.django_db
Told = Callable[[str], tuple[str, ...]]
# who looks, which sources stand on the page; "talks" is one whose rows are more than Unclassified
SEEN = [
    ("reader", ("events", "reports")),
    ("analyst", ("events", "reports", "talks")),
    ("administrator", ("events", "reports", "talks")),
    ("leader", ()),  # owes a view on this benchmark first
]


@pytest.fixture
def told_by_api(client: Any, mission: Mission) -> Told:
    def told(role: str) -> tuple[str, ...]:
        path = "/api/v1/assessments/latest/findings/O2.M2"
        answer = client.get(path, headers=mission.headers(role))
        assert answer.status_code == 200
        found = answer.json()["other_sources"]
        return tuple(each["source"] for each in found[0]["sources"]) if found else ()

    return told


@pytest.mark.parametrize("order", [1, -1])
def test_each_reader_is_told_of_the_sources_that_this_reader_may_know(told_by_api: Told, order: int) -> None:
    for role, sources in SEEN[::order]:  # whoever asked before
        assert told_by_api(role) == sources


@pytest.mark.parametrize(("role", "sources"), SEEN, ids=[role for role, _ in SEEN])
def test_the_page_shows_no_other(client: Any, mission: Mission, people: Any, role: str, sources: Any) -> None:
    client.force_login(people[role])
    page = client.get("/benchmarks/O2.M2/").content.decode()
    shown = re.search(r'<section class="card" id="others">.*?</section>', page, re.DOTALL)
    tables = re.findall(r"<table.*?</table>", shown[0], re.DOTALL) if shown else []
    names = [re.findall(r"<bdi>(.*?)</bdi>", each) for each in tables]
    assert [tuple(each) for each in names[:1]] == ([sources] if sources else [])
    assert ("talks" in page) is ("talks" in sources)


def test_the_explanation_tells_the_same(client: Any, mission: Mission) -> None:
    path = "/api/v1/assessments/latest/explanations/O2.M2"
    lines = {
        role: "\n".join(client.get(path, headers=mission.headers(role)).json()["lines"])
        for role in ("analyst", "reader")
    }
    assert "reports: " in lines["reader"]
    assert ("talks" in lines["reader"], "talks" in lines["analyst"]) == (False, True)


@pytest.mark.parametrize(("role", "told"), [("reader", False), ("analyst", True)])
def test_the_page_of_a_data_set_compares_it_with_those_that_this_reader_may_know(
    client: Any, people: Any, dataset: Any, instance_folder: Any, role: str, told: bool
) -> None:
    store = Store(instance_folder / "evidence")
    row = {"kind": "incident", "item": "r1", "date": date(2026, 6, 3), "area": "OST", "level": 0, "measure": "events"}
    at = datetime(2026, 7, 2, tzinfo=UTC)
    coverage = dataset.coverage[0].model_copy(update={"complete": False})
    version = DatasetVersion(
        name="Records: incident", lineage=f"{OF_RECORDS}/incident", format="site", known=at, imported=at,
        coverage=(coverage,),
    )  # fmt: skip
    store.add([pa.RecordBatch.from_pylist([{**row, "until": row["date"], "value": 1.0}])], version)
    client.force_login(people[role])
    page = client.get(f"/evidence/{dataset.id}/").content.decode()
    assert ("Records: incident" in page) is told
