"""Whole stories about records, which run on both databases: a contact that is written once, a report whose source is
protected, and two people in one record."""

import json
from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

pytestmark = [pytest.mark.browser, pytest.mark.both_databases, pytest.mark.django_db(transaction=True)]
SOURCE = "a trader on the road to the market"
FED = ("O1.S1", "O1.S2", "O2.M3")
"""Benchmarks that read a contact with a sitting of a dialogue at which a focal point of the map of partners was reached; the
risks stand beside them."""
RISK = "O1.R1"


@pytest.fixture
def posted(people):
    """Somebody in a component, who then visits under the name of it."""
    from primacy.access.models import User
    from primacy.access.posts import Post

    def put(name: str, component: str, role: str = "reader", *, heads: bool = False) -> str:
        people[name] = User.objects.create(username=name, role=role)
        Post.objects.create(person=people[name], component=component, heads=heads, since=date(2020, 1, 1))
        return name

    return put


@pytest.fixture
def publish(visits, posted):
    """Two others of the component find what waits for them, check it and publish it."""

    def done(type_: str, component: str) -> None:
        for name, heads, button in (("colleague", False, "I checked it"), ("head", True, "Publish it")):
            visit = visits(posted(f"{name} of {component}", component, heads=heads))
            page = visit.open("/records/")
            page.click("#waiting a")
            assert f"/records/{type_}/?state=mine" in page.url
            page.click("main table tbody a")
            page.click(f"#way button:has-text('{button}')")
            assert page.locator(f"#way button:has-text('{button}')").count() == 0
            assert visit.complaints == []

    return done


@pytest.fixture
def assessed(instance_folder, model):
    """A finding on every benchmark as of today, from what the store holds now: id -> (its data points, its parts)."""
    from primacy.assessment.assessing import assess
    from primacy.assessment.inputs import open_inputs
    from primacy.framework import Instance

    (instance_folder / "calibration").mkdir()
    (instance_folder / "calibration" / "trend.json").write_text(json.dumps(model.as_dict()))

    def now() -> dict[str, object]:
        found = assess(
            open_inputs(Instance(instance_folder)), as_of=timezone.localdate(), known=datetime.now(UTC)
        )  # fmt: skip
        return {each.benchmark: (each.data_points, each.parts) for each in found.findings}

    return now


def day(ago: int) -> str:
    return (timezone.localdate() - timedelta(days=ago)).isoformat()


@pytest.fixture
def mapped(instance_folder) -> None:
    """The map of partners holds one institution."""
    import pyarrow as pa

    from primacy.evidence.store.datasets import Coverage, DatasetVersion
    from primacy.evidence.store.store import Store

    first, today, now = date(2026, 1, 1), timezone.localdate(), datetime.now(UTC)
    row = {"kind": "focal-point", "item": "prefecture", "date": first, "until": first, "area": "OST", "level": 0, "value": 1.0,
           "measure": "expected", "unit": "items", "category": "focal-point/partner-map/government", "source": "typed", "line": 2}  # fmt: skip
    covers = Coverage(kind="focal-point", areas=("OST",), start=first, end=today, complete=False)
    version = DatasetVersion(
        name="Map of partners", lineage="map", format="csv", known=now, imported=now, coverage=(covers,), file="map.csv",
        imported_by="planner",
    )  # fmt: skip
    Store(instance_folder / "evidence").add([pa.RecordBatch.from_pylist([row])], version)


def test_a_contact_written_once_changes_three_benchmarks(visits, posted, publish, assessed, mapped) -> None:
    before = assessed()
    seen = visits(posted("polly", "political-affairs", role="analyst"))
    page = seen.open("/records/contact/new/")
    page.fill("[name=day]", day(ago=2))
    page.select_option("[name=area]", index=1)
    page.select_option("[name=counterpart]", "government")
    page.select_option("[name=sitting]", "session/dialogue")
    page.select_option("[name=focal_point]", label="prefecture, OST")
    page.fill("[name=subject]", "The calendar of the talks")
    page.click("form#record button:not([name])")
    fed = page.inner_text("main")
    assert all(entry in fed for entry in (*FED, RISK))
    assert assessed() == before, "nobody has checked it"
    publish("contact", "political-affairs")
    after = assessed()
    assert {id for id, now in after.items() if now != before[id]} == set(FED)
    grown = {id: after[id][0] - before[id][0] for id in FED}
    assert grown == {"O1.S1": 0, "O1.S2": 1, "O2.M3": 1}  # the institution of O1.S1 was counted already, by the map
    assert seen.complaints == []


def test_a_report_with_a_protected_source_is_useful_to_an_analyst_who_never_sees_the_source(
    visits, posted, publish, assessed
) -> None:
    before = assessed()
    writing = visits(posted("mireille", "civil-affairs"))
    page = writing.open("/records/field-report/new/")
    page.fill("[name=day]", day(ago=9))
    page.select_option("[name=area]", index=1)
    page.select_option("[name=category]", "violence/one-sided")
    chosen = {
        "actor": "unknown",
        "target": "civilians",
        "source_type": "community",
        "reliability": "B",
        "credibility": "2",
        "confidentiality": "2",
    }
    for name, value in chosen.items():
        page.select_option(f"[name={name}]", value)
    page.fill("[name=civilians_killed]", "2")
    page.fill("[name=killed]", "2")
    page.fill("[name=summary]", "Two people were killed at the market")
    page.fill("[name=account]", f"Told by {SOURCE}.")
    page.check("[name=source_protected]")
    page.click("form#record button:not([name])")
    assert page.locator("main .errorlist").all_inner_texts() == []
    assert SOURCE in page.inner_text("main dl")

    reading = visits(posted("ana", "political-affairs", role="analyst"))
    assert reading.open("/records/field-report/").locator("main table tbody a").count() == 0
    publish("field-report", "civil-affairs")
    page = reading.open("/records/field-report/")
    page.click("main table tbody a")
    shown = page.inner_text("main")
    assert "week of" in shown
    assert "2" in shown
    for hidden in (SOURCE, "at the market", "mireille", writing.page.inner_text("main h1")):
        assert hidden not in page.content()
    assert page.request.get(page.url.rstrip("/") + "/history/").status == 404
    assert assessed()["O2.M2"][0] > before["O2.M2"][0]  # it counts, coarse as it is
    found = reading.open("/evidence/points/?kind=incident").inner_text("main")
    assert "incident" in found.lower()
    assert SOURCE not in reading.page.content()
    assert reading.complaints == []


def test_two_people_edit_one_record_and_nothing_of_either_is_lost(visits, posted, instance_folder) -> None:
    first, second = visits(posted("polly", "political-affairs")), visits(posted("pat", "political-affairs"))
    page = first.open("/records/actor/new/")
    page.fill("[name=name]", "Union of the north")
    page.select_option("[name=category]", "unions")
    page.click("form#record button:not([name])")
    address = page.url.removeprefix(first.home)
    for each in (first, second):
        each.open(f"{address}change/")
        each.page.fill("[name=about]", f"Written by {'the first' if each is first else 'the second'}")
    first.page.click("form#record button:not([name])")
    second.page.click("form#record button:not([name])")
    both = second.page.inner_text("[role=alert]")
    assert "Written by the first" in both
    assert "Written by the second" in both
    assert second.page.input_value("[name=about]") == "Written by the second"
    second.page.fill("[name=about]", "Written by the first\nWritten by the second")
    second.page.click("form#record button:not([name])")
    page = first.open(address)
    assert "Written by the first" in page.inner_text("main")
    assert "Written by the second" in page.inner_text("main")
    page.click("text=History")
    assert "Written by the first" in page.inner_text("main")
