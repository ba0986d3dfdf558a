"""The pages of data sets: which source is official, since when and who said so, and the others beside it."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import shapely
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from primacy.access.models import AuditEntry, User
from primacy.evidence.bringing.importing import import_files
from primacy.evidence.store.datasets import Mark
from primacy.evidence.store.store import Store
from primacy.framework.instance import Instance
from primacy.places.areas import Area
from primacy.places.decisions import waiting
from primacy.places.folder import keep_boundaries

pytestmark = pytest.mark.django_db
TABLE = "kind,item,date,measure,value,category\nincident,{item},2026-05-01,deaths,4,violence/one-sided\n"


@pytest.fixture
def datasets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[str, str]:
    """Ids of an official data set and of another on the same kind."""
    (tmp_path / "mission.yaml").write_text("country: CAF\n", encoding="utf-8")
    monkeypatch.setenv("PRIMACY_DATA", str(tmp_path))
    ids = []
    for name in ("Human rights", "Press"):
        path = tmp_path / f"{name}.csv"
        path.write_text(TABLE.format(item=name))
        ids.append(import_files([path], instance=Instance.here())[0].version.id)
    mark = Mark(topic="incident/violence/one-sided", at=datetime(2026, 6, 1, tzinfo=UTC), by="ana <b>")
    Store(Instance.here().evidence).mark_official(ids[0], mark)
    return ids[0], ids[1]


@pytest.mark.parametrize(
    ("language", "official", "comparison"),
    [("en", "Official source for", "For comparison"), ("fr", "Source officielle pour", "À titre de comparaison"), ("ar", "المصدر الرسمي بشأن", "للمقارنة")],
)  # fmt: skip
def test_the_official_source_is_shown_with_its_day_and_the_others(
    client: Client, datasets: tuple[str, str], language: str, official: str, comparison: str
) -> None:
    client.force_login(User.objects.create(username="ana", role="analyst", language=language))
    pages = [
        client.get(f"/evidence/{each}/", headers={"accept-language": language}).content.decode() for each in datasets
    ]
    assert official in pages[0]
    assert "violence/one-sided" in pages[0]
    assert "ana &lt;b&gt;" in pages[0]
    assert comparison in pages[0]
    assert "Press" in pages[0]
    assert official in pages[1]  # beside the other one
    assert "Human rights" in pages[1]
    assert official in client.get("/evidence/", headers={"accept-language": language}).content.decode()


def test_a_data_set_whose_rows_were_erased_says_so(client: Client, datasets: tuple[str, str]) -> None:
    store, at = Store(Instance.here().evidence), datetime.now(UTC)
    store.withdraw(datasets[1], at=at, because="a copy")
    store.erase([datasets[1]], at=at, because="kept for five years")
    client.force_login(User.objects.create(username="ana", role="analyst", language="en"))
    page = client.get(f"/evidence/{datasets[1]}/").content.decode()
    assert "Its data points were erased on" in page
    assert "kept for five years" in page
    assert "<dd>0</dd>" in page


@pytest.mark.parametrize(("told", "says"), [(20, "11 days old"), (31, "0 days old")])
def test_in_an_exercise_the_age_of_a_data_set_counts_to_the_day_of_practice(
    client: Client, datasets: tuple[str, str], tmp_path: Path, told: int, says: str
) -> None:
    path = tmp_path / "Radio.csv"
    path.write_text(TABLE.format(item="radio").replace("2026", "2025"))
    known = datetime(2025, 10, told, tzinfo=UTC) + timedelta(days=told // 31 * 8)  # reports of a month come after it
    version = import_files([path], instance=Instance.here(), now=known)[0].version
    assert version is not None
    (tmp_path / "mission.yaml").write_text("country: CAF\npractice_day: 2025-10-31\n", encoding="utf-8")
    client.force_login(User.objects.create(username="ana", role="analyst", language="en"))
    assert says in client.get("/evidence/").content.decode()
    assert says in client.get(f"/evidence/{version.id}/").content.decode()


# ---- naming a source official, and taking that back


def _as(client: Client, role: str) -> Client:
    client.force_login(User.objects.create(username=f"{role}-1", role=role, language="en"))
    return client


def _topics(dataset: str) -> tuple[str, ...]:
    return Store(Instance.here().evidence).version(dataset).official_topics


def test_an_analyst_names_a_source_official_with_a_reason_and_it_takes_the_place_of_the_other(
    client: Client, datasets: tuple[str, str]
) -> None:
    topic, (human_rights, press) = "incident/violence/one-sided", datasets
    _as(client, "analyst")
    page = client.get(f"/evidence/{press}/").content.decode()
    assert '<option value="incident/violence">' in page
    asked = {"topic": topic, "because": "it has <both> sides"}
    page = client.post(f"/evidence/{press}/official/", asked, follow=True).content.decode()
    assert "This is the official source from now on." in page
    assert "it has &lt;both&gt; sides" in page
    assert (_topics(press), _topics(human_rights)) == ((topic,), ())
    entry = AuditEntry.objects.get(deed="named a data set official")
    assert (entry.actor, entry.subject) == ("analyst-1", press)
    page = client.post(
        f"/evidence/{press}/official/", {"topic": topic, "because": "an error", "end": "1"}, follow=True
    ).content.decode()
    assert "It is no longer the official source from now on." in page
    assert "an error" in page
    assert _topics(press) == ()
    assert AuditEntry.objects.filter(deed="ended a data set's being official").exists()


NOT_NAMED = [
    ("without a reason", {"topic": "incident/violence/one-sided", "because": " "}),
    ("of what it does not tell", {"topic": "incident/protest", "because": "x"}),
    ("of no topic", {"topic": "../x", "because": "x"}),
    ("taken back without a reason", {"topic": "incident/violence/one-sided", "end": "1"}),
    ("taken back where it is not official", {"topic": "incident", "because": "x", "end": "1"}),
]


@pytest.mark.parametrize(("shows", "asked"), NOT_NAMED, ids=[case[0] for case in NOT_NAMED])
def test_what_is_no_naming_changes_nothing(
    client: Client, datasets: tuple[str, str], shows: str, asked: dict[str, str]
) -> None:
    _as(client, "analyst")
    before = [_topics(each) for each in datasets]
    assert client.post(f"/evidence/{datasets[1]}/official/", asked, follow=True).status_code == 200
    assert [_topics(each) for each in datasets] == before
    assert not AuditEntry.objects.filter(deed__contains="official").exists()


@pytest.mark.parametrize(("role", "status"), [("reader", 403), ("leader", 403), ("duty-officer", 403)])
def test_who_may_not_name_a_source_sees_no_form_and_is_refused(
    client: Client, datasets: tuple[str, str], role: str, status: int
) -> None:
    _as(client, role)
    assert "/official/" not in client.get(f"/evidence/{datasets[0]}/").content.decode()
    asked = {"topic": "incident", "because": "x"}
    assert client.post(f"/evidence/{datasets[1]}/official/", asked).status_code == status
    assert _topics(datasets[1]) == ()


def test_a_mark_without_a_reason_is_kept_as_before_there_were_reasons() -> None:
    mark = Mark(topic="incident", at=datetime(2026, 6, 1, tzinfo=UTC), by="ana")
    assert "because" not in mark.model_dump(mode="json")
    assert Mark.model_validate(mark.model_copy(update={"because": "x"}).model_dump()).because == "x"


def test_names_that_a_held_file_leaves_open_are_put_on_the_list_to_decide_on(client: Client, datasets: object) -> None:
    """Also where so many lines are refused that the file cannot be imported, which is when it matters most."""
    instance = Instance.here()
    box = shapely.box(0, 0, 1, 1)
    areas = [Area("CF11", 1, "CF", {"en": "Bangui"}, (), box), Area("CF", 0, "", {"en": "Country"}, (), box)]
    keep_boundaries(instance.places, level=1, areas=areas[:1], above=areas[1:])
    _as(client, "analyst")
    text = "kind,item,date,area,measure,value\n" + "".join(
        f"contact,c{n},2026-05-01,{area},events,1\n" for n, area in enumerate(["Atlantis", "Utopia", "CF99"])
    )
    brought = SimpleUploadedFile("contacts.csv", text.encode(), content_type="text/csv")
    address = client.post("/evidence/load/", {"file": brought}).headers["location"]
    page = client.get(address).content.decode()
    assert "2 names mean no area for sure" in page
    assert "looks like a P-code of this country, but of another edition than those here" in page
    assert client.post(address, {"do": "names"}).headers["location"] == "/places/review/"
    assert [each.written for each in waiting(instance.places)] == ["Atlantis", "Utopia"]
    assert "Atlantis" in client.get("/places/review/").content.decode()
