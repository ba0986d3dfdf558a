"""Whole stories about evidence: a newcomer's file with a wrong date, and a number traced to the line of a file."""

import json
from datetime import UTC, date, datetime

import pyarrow as pa
import pytest
from axe_playwright_python.sync_playwright import Axe

from primacy.evidence.store.datasets import DatasetVersion
from primacy.evidence.store.store import Store

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PHONE = 360
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
LINES = [
    "kind,date,area,item,measure,value,category,actor,target",
    "incident,2026-05-02,OST,e1,events,1,violence/one-sided,band,civilians",
    "incident,2026-13-05,OST,e2,events,1,violence/one-sided,band,civilians",
    "incident,2026-06-09,OST,e3,events,1,violence/one-sided,band,civilians",
]


def faults(page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [f"{each['id']}: {node['html'][:160]}" for each in found for node in each["nodes"]]


def work() -> None:
    """What the worker does for the job that was queued last."""
    from django_tasks_db.models import DBTaskResult

    queued = DBTaskResult.objects.order_by("-enqueued_at").first()
    queued.task.func(**queued.args_kwargs["kwargs"])


def test_a_newcomer_imports_a_file_with_a_wrong_date_and_ends_with_a_finding(
    visit, instance_folder, tmp_path, monkeypatch, model
) -> None:
    """Without JavaScript, from the empty list of data sets to a computed finding."""
    from primacy.assessment import queries

    for module in ("pages", "pages.front", "pages.meetings", "pages.stored", "pages.compare"):
        monkeypatch.setattr(f"primacy.assessment.{module}.queries", queries)  # what is computed, and nothing invented
    (instance_folder / "calibration").mkdir()
    (instance_folder / "calibration" / "trend.json").write_text(json.dumps(model.as_dict()))
    file = tmp_path / "attacks.csv"
    file.write_text("\n".join(LINES) + "\n")
    page = visit("analyst", script=False).open("/evidence/")
    page.click("text=Import a file")
    page.set_input_files("[name=file]", file)
    page.click("text=Look at it")
    assert "2 data points can be imported, 1 line has a problem" in page.inner_text("h1")
    page.fill("#problems input[name='cell.3.1']", "2026-05-13")
    page.click("text=Correct these cells")
    assert "3 data points can be imported" in page.inner_text("h1")
    page.click("#import button[value=import]")
    work()
    page.reload()
    page.click("text=Show the result")
    assert "3 data points were imported" in page.inner_text("h1")
    page.click("text=Assess now")
    work()
    page.reload()
    page.click("text=Show the result")
    assert page.locator("[data-status]").count() > 0
    page.goto(page.url.split("/?")[0] + "/benchmarks/O2.M2/")
    assert "insufficient evidence" in page.inner_text(".verdict").lower()


@pytest.fixture
def attacks(instance_folder) -> DatasetVersion:
    """Thirty attacks in two months, from one file."""
    moment = datetime(2026, 7, 1, tzinfo=UTC)
    rows = [
        {"kind": "incident", "item": f"e{n}", "date": date(2026, 5 + n % 2, 1 + n % 28), "area": "OST", "level": 0,
         "measure": "events", "value": 1.0, "category": "violence/one-sided", "source": "monitors", "line": n + 2,
         "confidentiality": n % 2}
        for n in range(30)
    ]  # fmt: skip
    version = DatasetVersion(
        name="Attacks", lineage="csv/Attacks", format="csv", known=moment, imported=moment, file="attacks.csv"
    )
    stored, _new = Store(instance_folder / "evidence").add([pa.RecordBatch.from_pylist(rows)], version)
    return stored


def test_an_analyst_traces_a_number_to_the_line_of_a_file(visit, attacks) -> None:
    """From the sum, by month, page by page, to the line; and the same rows as a file."""
    seen = visit("analyst")
    page = seen.open("/evidence/points/")
    page.select_option("[name=kind]", "incident")
    page.wait_for_selector("[name=measure] option[value=events]", state="attached")
    page.select_option("[name=measure]", "events")
    page.wait_for_selector("text=Events: 30, in 30 data points")
    page.click("#found details summary >> nth=0")
    assert "15" in page.inner_text("#found details[open]")
    page.click("a[rel=next]")
    page.wait_for_selector("text=From the newest")
    assert page.locator("#lines tbody tr").count() == 5
    assert "Attacks, line" in page.inner_text("#lines tbody tr >> nth=0")
    page.click("#lines tbody tr >> nth=0 >> a")
    assert page.inner_text("h1") == "Attacks"
    assert "attacks.csv" in page.inner_text("main")
    page.go_back()
    with page.expect_download() as download:
        page.click("text=Download as CSV")
    text = download.value.path().read_text()
    assert text.startswith("# Archives of the United Nations are inviolable.")
    assert len(text.splitlines()) == 32
    assert seen.complaints == []


@pytest.mark.parametrize("path", ["/evidence/points/?kind=incident&measure=events", "/places/", "/places/review/"])
def test_the_pages_of_evidence_and_places_fit_a_phone_in_arabic(visit, attacks, path) -> None:
    page = visit(language="ar", width=PHONE, dark=True).open(path)
    assert faults(page) == []
    assert page.evaluate(SIDEWAYS) <= 0


def test_a_reader_sees_the_same_attacks_by_week_and_without_a_way_to_take_them_out(visit, attacks) -> None:
    page = visit("reader").open("/evidence/points/?kind=incident&measure=events")
    assert "Events: 30" in page.inner_text("#found")
    assert "Download" not in page.inner_text("main")
    assert page.locator("[name=level]").count() == 0
