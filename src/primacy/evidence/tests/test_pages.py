"""The pages of data sets: which source is official, since when and who said so, and the others beside it."""

import re
import string
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import shapely
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from primacy.access.models import AuditEntry, User
from primacy.evidence.bringing.importing import import_files
from primacy.evidence.shown.on_pages import INSTEAD, on_page
from primacy.evidence.store.datasets import Mark
from primacy.evidence.store.store import Store
from primacy.framework.instance import Instance
from primacy.framework.languages import codes, fault
from primacy.framework.saying import said
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
    (tmp_path / "exercise.yaml").write_text("seed: 1\n", encoding="utf-8")
    client.force_login(User.objects.create(username="ana", role="analyst", language="en"))
    assert says in client.get("/evidence/").content.decode()
    assert says in client.get(f"/evidence/{version.id}/").content.decode()


def test_in_an_exercise_played_past_the_clock_pages_show_what_became_known_in_it(
    client: Client, bring: Callable[[str, str], str], tmp_path: Path
) -> None:
    """A team plays a year in a morning: what it reads goes by its day, and not by that of the clock."""
    later = datetime.now(UTC) + timedelta(days=400)
    text = HEAD + f"incident,q1,{later:%Y-%m-01},{later:%Y-%m-01},CAF,deaths,30,violence/one-sided,0\n"
    box = Area("CAF", 0, "", {"en": "Country"}, (), shapely.box(0, 0, 1, 1))
    keep_boundaries(Instance.here().places, level=0, areas=[box], above=[])
    (tmp_path / "later.csv").write_text(text)
    (summary,) = import_files([tmp_path / "later.csv"], instance=Instance.here(), now=later)
    assert summary.version
    (tmp_path / "mission.yaml").write_text(f"country: CAF\npractice_day: {later:%Y-%m-%d}\n", encoding="utf-8")
    (tmp_path / "exercise.yaml").write_text("seed: 1\n", encoding="utf-8")
    page = _as(client, "analyst").get("/evidence/points/?kind=incident&measure=deaths").content.decode()
    assert "violence/one-sided" in re.sub(r"<option.*?</option>", "", page)
    assert client.get(f"/evidence/{summary.version.id}/").status_code == 200
    assert len(client.get("/api/v1/data-points?kind=incident").json()["points"]) == 1


# ---- what protected rows and lines tell


HEAD = "kind,item,date,until,area,measure,value,category,confidentiality\n"

MIXED = HEAD + (
    "incident,open,2026-05-06,2026-05-06,CF11,deaths,4,violence/one-sided,0\n"
    "incident,internal,2026-05-13,2026-05-13,CF11,deaths,2,violence/one-sided,1\n"
    "incident,secret,2026-09-21,2026-09-21,CF11,deaths,1,violence/one-sided,3\n"
    "incident,held,2026-06-02,2026-06-02,Safehouse Wembu,deaths,4 hostages,violence/one-sided,3\n"
)
SEEN = [
    # role,          rows, items, first day,    last day,     whether rejected lines are told
    ("analyst",      3,    3,     "2026-05-06", "2026-09-21", True),
    ("reader",       2,    2,     "2026-05-04", "2026-05-17", False),
    ("duty-officer", 2,    2,     "2026-05-04", "2026-05-17", False),
]  # fmt: skip


@pytest.mark.parametrize(("role", "rows", "items", "first", "last", "told"), SEEN, ids=[case[0] for case in SEEN])
def test_a_data_set_is_counted_without_the_rows_that_are_left_out_and_tells_no_rejected_line_of_them(
    client: Client,
    bring: Callable[[str, str], str],
    role: str,
    rows: int,
    items: int,
    first: str,
    last: str,
    told: bool,
) -> None:
    box = shapely.box(0, 0, 1, 1)
    areas = [Area("CF11", 1, "CAF", {"en": "Bangui"}, (), box), Area("CAF", 0, "", {"en": "Country"}, (), box)]
    keep_boundaries(Instance.here().places, level=1, areas=areas[:1], above=areas[1:])
    lineage = bring("mixed", MIXED)
    (dataset,) = [each.id for each in Store(Instance.here().evidence).versions() if each.lineage == lineage]
    _as(client, role)
    page, api = client.get(f"/evidence/{dataset}/").content.decode(), client.get(f"/api/v1/datasets/{dataset}").json()
    assert (api["rows"], api["items"], api["start"], api["end"]) == (rows, items, first, last)
    assert (api["rejected"] == 1) == ("Wembu" in page) == ("4 hostages" in page) == told
    assert re.search(rf"Data points</dt><dd>{rows}</dd>", page)
    assert ("21 September 2026" in page) == told
    assert max(each["end"] for each in api["coverage"]) == ("2026-09-30" if told else "2026-05-31")


@pytest.mark.parametrize(("role", "told"), [("analyst", True), ("reader", False)])
def test_a_number_is_followed_to_the_line_of_its_source(
    client: Client, bring: Callable[[str, str], str], role: str, told: bool
) -> None:
    """Who sees details finds what the line became, beside the data set it stands in; nobody else learns anything."""
    box = shapely.box(0, 0, 1, 1)
    areas = [Area("CF11", 1, "CAF", {"en": "Bangui"}, (), box), Area("CAF", 0, "", {"en": "Country"}, (), box)]
    keep_boundaries(Instance.here().places, level=1, areas=areas[:1], above=areas[1:])
    bring("mixed", MIXED)
    (dataset,) = [each.id for each in Store(Instance.here().evidence).versions()]
    client.force_login(User.objects.create(username="ana", role="analyst", language="en"))
    found = client.get("/evidence/points/?kind=incident").content.decode()
    assert f"/evidence/{dataset}/?line=4#line" in found
    page = _as(client, role).get(f"/evidence/{dataset}/?line=4").content.decode()
    assert ("Line 4 of the source" in page) == ("deaths 1" in page) == told
    assert AuditEntry.objects.filter(deed="looked at evidence", detail__line=4).exists() is told
    assert ("No data point came of this line" in client.get(f"/evidence/{dataset}/?line=77").content.decode()) is told
    assert "of the source" not in client.get(f"/evidence/{dataset}/?line=x").content.decode()


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


def test_the_column_of_entry_is_chosen_on_the_page_of_a_held_file(client: Client, datasets: object) -> None:
    _as(client, "analyst")
    text = "Date,Told,Killed\n2026-05-01,2026-05-20,1\n2026-05-02,2026-05-21,2\n"
    brought = SimpleUploadedFile("log.csv", text.encode(), content_type="text/csv")
    address = client.post("/evidence/load/", {"file": brought}).headers["location"]
    client.post(address, {"do": "draft", "kind": "incident"})
    assert '<option value="Told">' in client.get(address).content.decode()
    client.post(address, {"do": "entered", "column": "Told"})
    page = client.get(address).content.decode()
    assert '<option value="Told" selected>' in page
    assert "entered: {column: &quot;Told&quot;, forms: [year-month-day]}" in page
    client.post(address, {"do": "entered", "column": "no such"})
    assert "entered:" not in client.get(address).content.decode()


CATEGORY = [("fr", "fait\u00a0: violence › attaques contre des civils"), ("ar", "حادث: العنف › هجمات على مدنيين")]


@pytest.mark.parametrize(("language", "words"), CATEGORY)
def test_a_topic_is_told_in_words_and_the_identifier_is_at_hand(
    client: Client, datasets: tuple[str, str], language: str, words: str
) -> None:
    client.force_login(User.objects.create(username="ana", role="analyst", language=language))
    for address in (f"/evidence/{datasets[0]}/", "/evidence/"):
        page = client.get(address, headers={"accept-language": language}).content.decode()
        assert f'<bdi title="incident/violence/one-sided">{words}</bdi>' in page, address
    page = client.get(f"/evidence/{datasets[1]}/", headers={"accept-language": language}).content.decode()
    assert f'<option value="incident/violence/one-sided">{words}</option>' in page
    page = client.get("/evidence/points/?kind=incident&by=category", headers={"accept-language": language}).content
    told = words.partition(":")[2].strip()
    assert f'<bdi title="violence/one-sided">{told}</bdi>' in page.decode()
    assert f'<option value="violence/one-sided">{told}</option>' in page.decode()


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


# ---- the explorer


QUARTERS = (
    "# coverage: incident; CAF; 2025-01-01 to 2025-12-31; complete\n" + HEAD
    + "incident,q1,2025-01-01,2025-03-31,CAF,deaths,30,violence/one-sided,0\n"
    + "incident,q2,2025-04-01,2025-06-30,CAF,deaths,12,violence/one-sided,0\n"
    + "incident,m5,2025-05-03,2025-05-03,CAF,deaths,2,violence/one-sided,0\n"
)  # fmt: skip
ASKED = "/evidence/points/?kind=incident&measure=deaths&since=2025-01-01&until=2025-07-31"


@pytest.fixture
def bring(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str, str], str]:
    """bring(name, text) -> the lineage of a CSV in an instance of its own."""
    (tmp_path / "mission.yaml").write_text("country: CAF\n", encoding="utf-8")
    monkeypatch.setenv("PRIMACY_DATA", str(tmp_path))

    def brought(name: str, text: str) -> str:
        path = tmp_path / f"{name}.csv"
        path.write_text(text)
        version = import_files([path], instance=Instance.here())[0].version
        assert version
        return version.lineage

    return brought


def test_an_address_of_a_further_page_that_was_cut_off_begins_at_the_first_line(
    client: Client, bring: Callable[[str, str], str]
) -> None:
    bring("quarters", QUARTERS)
    page = _as(client, "analyst").get(f"{ASKED}&from=2025-01").content.decode()
    assert "The address was not whole, so the list begins with its first line." in page
    assert "violence/one-sided" in re.sub(r"<option.*?</option>", "", page)
    assert client.get(f"{ASKED}&from=2025-01", headers={"hx-request": "true"}).status_code == 404


def test_months_within_a_longer_period_are_not_zero(client: Client, bring: Callable[[str, str], str]) -> None:
    box = shapely.box(0, 0, 1, 1)
    areas = [Area("CF11", 1, "CAF", {"en": "Bangui"}, (), box), Area("CAF", 0, "", {"en": "Country"}, (), box)]
    keep_boundaries(Instance.here().places, level=1, areas=areas[:1], above=areas[1:])
    bring("quarters", QUARTERS)
    page = _as(client, "analyst").get(ASKED).content.decode()
    cells = re.findall(r'<tr><th scope="row">(\w+) 2025</th><td class="number">(.*?)</td></tr>', page)
    told = {month: " ".join(re.sub("<.*?>", "", cell).split()) for month, cell in cells}
    assert told == {
        "Jan": "30 (of a period until Mar 2025)", "Feb": "in a longer period", "Mar": "in a longer period",
        "Apr": "12 (of a period until Jun 2025)", "May": "2", "Jun": "in a longer period", "Jul": "0",
    }  # fmt: skip
    assert "stands in its first month" in page
    assert "Hatched months are not covered" not in page
    assert 'class="ramp-3"' in page.split('class="legend"')[1], "the shades of the map have a key"


LOG = HEAD + "".join(f"incident,{{}}-{day},2025-05-{day:02},,CAF,deaths,1,violence/one-sided,{{}}\n" for day in (3, 4))


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "cannot be told apart for you"), ("fr", "ne peuvent pas être distinguées pour vous"), ("ar", "لا يمكن تمييزها لك")],
)  # fmt: skip
def test_only_sources_that_somebody_can_tell_apart_are_to_choose(
    client: Client, bring: Callable[[str, str], str], language: str, said: str
) -> None:
    hidden = bring("hidden-log", LOG.format("h", 1, "h", 1))
    bring("open-log", LOG.format("o", 0, "o", 0))
    seen = {}
    for role in ("reader", "analyst"):
        client.force_login(User.objects.create(username=role, role=role, language=language))
        seen[role] = client.get("/evidence/points/", headers={"accept-language": language}).content.decode()
    assert [f'value="{hidden}"' in seen[role] for role in seen] == [False, True]
    assert all("open-log" in page for page in seen.values())
    assert said in seen["reader"]
    assert said not in seen["analyst"]
    client.force_login(User.objects.get(username="reader"))
    asked = client.get(f"{ASKED}&source={hidden}", headers={"accept-language": language}).content.decode()
    assert "4 " in asked.split("<h2>")[1].split("</h2>")[0], "a link with a source that nobody may see apart finds all"


# ---- a file that is no table, and what pages say of one that is


def _held(client: Client, name: str, content: bytes) -> str:
    brought = SimpleUploadedFile(name, content)
    return client.get(client.post("/evidence/load/", {"file": brought}).headers["location"]).content.decode()


PROGRAM = b"MZ\x90\x00\x03\x00\x00\x00,\x04,\x00\nThis program,cannot be run\nin,DOS\n" * 20


@pytest.mark.parametrize(
    ("shows", "name", "content", "offered"),
    [
        ("a program", "x.exe", PROGRAM, False), ("a program by another name", "x.csv", PROGRAM, False),
        ("a picture", "x.png", b"\x89PNG\r\n\x1a\n,a\nb,c\n", False),
        ("a table", "x.csv", b"Day,Thing,Dead\n2024-05-01,a,1\n2024-05-02,b,2\n", True),
    ],
)  # fmt: skip
def test_a_draft_is_offered_for_tables_alone(
    client: Client, datasets: object, shows: str, name: str, content: bytes, offered: bool
) -> None:
    page = _held(_as(client, "analyst"), name, content)
    assert ('value="draft"' in page) is offered


def test_pages_tell_of_pages_and_not_of_commands(client: Client, datasets: object) -> None:
    page = _held(_as(client, "analyst"), "x.csv", b"Day,Thing,Dead\n2024-05-01,a,1\n2024-05-02,b,2\n")
    assert "a draft of one can be made on this page" in page
    assert "primacy import" not in page


@pytest.mark.parametrize("language", codes())
def test_what_pages_say_instead_has_no_command_and_no_blank_of_its_own(language: str) -> None:
    for key, instead in INSTEAD.items():
        assert "`" not in fault(language, instead), instead
        blanks = [
            {name for _, name, _, _ in string.Formatter().parse(fault(language, each)) if name}
            for each in (key, instead)
        ]
        assert blanks[1] <= blanks[0], key


def test_what_is_said_inside_something_said_is_changed_too() -> None:
    inner = said("evidence/do.map")
    outer = on_page(said("evidence/in-cause", what=inner, remedy="as it is"))
    assert outer == said("evidence/in-cause", what=said("evidence/page.draft"), remedy="as it is")
    assert on_page("a name") == "a name"
