"""An insider tries more than forty ways to learn that a record exists: each is answered, byte for byte, as in a world in
which there is no such record. Both worlds are one database: what is hidden is written, asked for, and rolled back."""

import io
import re
import shutil
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone
from openpyxl import load_workbook
from tests.safety.record_house import DAY, VALUES, WORD

pytestmark = pytest.mark.django_db
CONTACT = "/records/contact/"
API = "/api/v1/records/contact"
SAME = {name: value for name, value in VALUES["contact"].items() if value not in (None, False)} | {"area": "XX0101"}
EXPORT = {"type": "contact", "ending": "csv", "rows": 1, "holds": ""}
TALK = {**SAME, "confidentiality": "1"}
ACTOR = {"name": f"Council of {WORD}", "category": "unions", "permission": "allowed", "confidentiality": "1"}


@dataclass(frozen=True)
class Ask:
    """One question. `content` is a form, `json` the body of a script's; `as_script` asks with a token and no session."""

    method: str
    address: str
    content: Any = None
    headers: Any = None
    as_script: bool = False
    follow: bool = False


def get(address: str, **headers: str) -> Ask:
    return Ask("GET", address, headers=headers)


def post(address: str, follow: bool = False, **content: Any) -> Ask:
    return Ask("POST", address, content, follow=follow)


def script(method: str, address: str, content: Any = None, **headers: str) -> Ask:
    return Ask(method, address, content, headers, as_script=True)


def table(name: str, text: str) -> Callable[[], Any]:
    def made() -> Any:
        file = io.BytesIO(text.encode())
        file.name = name
        return file

    return made


# What is tried -> the questions; {names} are of the hidden record and of what is beside it, {own} and {seen} of records
# that the insider may change and see.
WAYS: dict[str, list[Ask]] = {
    "guesses its address": [get(CONTACT + "{record}/")],
    "guesses the address of each of its pages": [
        get(f"{CONTACT}{{record}}/{door}/") for door in ("change", "history", "who", "timeline", "relations", "relate", "dispose")
    ],
    "asks with other methods": [Ask(method, CONTACT + "{record}/" + door) for method in ("HEAD", "OPTIONS", "PUT", "DELETE", "TRACE") for door in ("", "archive/")],
    "leaves out the slash, writes the id otherwise, takes another type": [
        get("/records/contact/{record}"), get(CONTACT + "{record_upper}/"), get("/records/actor/{record}/"), get("/records/gossip/{record}/"),
        get("/api/v1/records/actor/{record}"), get("/records/{record}/"), get("/{record}/"), get("/records/contact/{digest_name}/"),
    ],
    "asks as a part of a page, as JSON, in another language": [
        get(CONTACT + "{record}/", **{"HX-Request": "true"}), get(CONTACT + "{record}/", Accept="application/json"), get(CONTACT + "{record}/", **{"Accept-Language": "ar"}),
    ],
    "asks whether it changed": [
        get(CONTACT + "{record}/", **{"If-None-Match": "*"}), get(CONTACT + "{record}/", **{"If-Modified-Since": "Wed, 01 Jan 2020 00:00:00 GMT"}),
        script("PATCH", API + "/{record}", {"version": 1, "fields": {}}, **{"If-Match": '"1"'}), get(CONTACT + "{record}/", Range="bytes=0-9"),
    ],
    "reads the list and its count": [get(CONTACT + "?all=1"), get("/records/")],
    "reads how many pages there are": [get(CONTACT + "?all=1&page=2"), get(CONTACT + "?all=1&page=99999"), get(CONTACT + "?all=1&page=last")],
    "orders by what is hidden": [get(CONTACT + f"?sort={each}") for each in ("day", "-day", "subject", "-confidentiality", "note", "author", "changed")],
    "narrows by day and place": [get(CONTACT + f"?first={DAY}&last={DAY}"), get(CONTACT + "?area=XX01"), get(CONTACT + "?first=0001-01-01&last=9999-12-31")],
    "narrows by every field": [get(CONTACT + "?confidentiality=3"), get(CONTACT + "?counterpart=unions&way=meeting"), get(CONTACT + "?group={group}"), get(CONTACT + "?next_on_first=2020-01-01")],
    "narrows by the related actor, by tag, by archived ones": [get(CONTACT + "?actor={actor}"), get(CONTACT + f"?tag={WORD}"), get(CONTACT + "?archived=on"), get(CONTACT + "?own=on")],
    "opens the saved view of somebody else": [get(CONTACT + "?view={view}"), post(CONTACT + "views/{view}/", do="first"), post(CONTACT + "views/{view}/", do="remove")],
    "saves a view of the same name, and one for another component": [
        post(CONTACT + "views/", name=f"{WORD} view", asked=f"text={WORD}", follow=True), post(CONTACT + "views/", name="x", asked="", component="political-affairs"),
    ],
    "searches for a word of it": [get(f"/search/?q={WORD}"), get(f"/search/?q={WORD}&kind=contact"), get(f"{CONTACT}?text={WORD}")],
    "searches with operators": [get(f"/search/?q={each}") for each in (f"%22{WORD}%22", f"{WORD[:4]}*", f"x+OR+{WORD}", f"-{WORD}", f"subject:{WORD}", f"NEAR({WORD})", "*")],
    "searches by how it sounds, in other letters": [get(f"/search/?q={each}") for each in ("zanzybar", "ZANZIBÂR", "sanzibar", "زنجبار", "zanzbar")],
    "waits for suggestions": [get(f"/search/suggest/?q={WORD[:n]}") for n in (2, 4, 7)],
    "writes the same down and waits for the warning of a duplicate": [
        post(CONTACT + "new/", **TALK), post("/records/actor/new/", **ACTOR), script("POST", API, {"fields": {**SAME, "confidentiality": 1}}),
    ],
    "looks for an error of a unique value": [
        post(CONTACT + "import/", file=table("t.csv", f"Own reference,Day,Place,With whom,How,Subject\n{WORD} 1,2026-06-20,XX01,unions,call,new\n"), follow=True),
        post(CONTACT + "{own}/tags/", name=f"{WORD} tag", follow=True),
    ],
    "brings a table with its id and reads what each line would become": [
        post(CONTACT + "import/", file=table("t.csv", "ID,Version,Subject\n{record},1,x\n{own},9,y\n"), follow=True),
        post(CONTACT + "import/", file=table("t.csv", "Day,Place,Actor,How,Subject\n2026-06-20,XX01,{actor},call,new\n"), follow=True),
    ],
    "takes the list along": [get(CONTACT + "export.csv?all=1"), get(CONTACT + f"export.xlsx?text={WORD}"), get(CONTACT + "export.parquet?confidentiality=3"), get(CONTACT + "export.csv?archived=on")],
    "opens the export, the deed and the table of somebody else": [get(CONTACT + "exports/{job}/"), get("/jobs/{job}/"), get("/api/v1/jobs/{job}"), get(CONTACT + "bulk/{bulk}/"), get(CONTACT + "import/{sheet}/"), post(CONTACT + "bulk/{bulk}/undo/")],
    "puts its id among those of a deed on many": [
        post(CONTACT + "bulk/", action=action, id=["{record}", "{own}"], asked="", follow=True) for action in ("archive", "back", "level", "tag", "share")
    ],
    "does a deed on all that fit": [post(CONTACT + "bulk/", action="level", all="1", asked=f"text={WORD}", follow=True), post(CONTACT + "bulk/", action="share", all="1", asked="all=1", follow=True)],
    "asks the list by a script": [script("GET", API), script("GET", f"{API}?text={WORD}"), script("GET", "/api/v1/records")],
    "asks for one by a script": [script("GET", API + "/{record}"), script("GET", API + "/{record}/versions")],
    "changes and archives one by a script": [
        script("PATCH", API + "/{record}", {"version": 1, "fields": {"subject": "x"}}), script("PATCH", API + "/{record}", {"version": 9, "fields": {"nonsense": 1}}),
        script("POST", API + "/{record}/archive", {"version": 1, "because": "x"}), script("DELETE", API + "/{record}"),
    ],
    "goes on behind its id in the pages of a script": [script("GET", f"{API}?after={{record}}&limit=1"), script("GET", f"{API}?limit=1"), script("GET", f"{API}?after={{before}}")],
    "narrows by a script": [script("GET", f"{API}?where={each}") for each in ("confidentiality%3D3", "actor%3D{actor}", "group%3D{group}", "nonsense%3D1")],
    "asks for its file by id and by hash, also at a record of one's own": [
        get(CONTACT + "{record}/attachments/{file}/"), get(CONTACT + "{own}/attachments/{file}/"), get("/attachments/{hash}"), get(CONTACT + "{own}/attachments/{hash}/"), post(CONTACT + "{own}/attachments/{file}/take-off/", because="x"),
    ],
    "attaches the same file and looks whether it was there": [post(CONTACT + "{own}/attachments/", file=table("list.txt", f"{WORD} inside"), looked="on", follow=True), post(CONTACT + "{record}/attachments/", file=table("a.txt", "x"), looked="on")],
    "relates a record of one's own to it": [
        post(CONTACT + "{own}/relate/", kind="follows", to="contact/{record}"), post(CONTACT + "{record}/relate/", kind="follows", to="contact/{own}"),
        get(CONTACT + f"{{own}}/relate/?of=contact&text={WORD}"), get(CONTACT + "{own}/relate/?of=actor&text=council"),
    ],
    "ends its relation": [post(CONTACT + "{record}/relations/{relation}/end/"), post(CONTACT + "{seen}/relations/{relation}/end/"), get(CONTACT + "{seen}/relations/")],
    "chooses the hidden actor in a form": [get(CONTACT + "new/"), post(CONTACT + "new/", **{**TALK, "subject": "own words", "actor": "{actor}"}), get(CONTACT + "{own}/change/")],
    "uses, renames and looks for its tag": [get(CONTACT + "{own}/"), get("/records/tags/"), post("/records/tags/", tag="{tag}", name="found out"), post(CONTACT + "{record}/tags/", name="x")],
    "comments on it and mentions people there": [post("/comments/", about="contact/{record}", text="@author look"), get("/comments/names/?about=contact/{record}&text=@au"), post("/comments/", about="contact/{seen}", text="contact/{record}")],
    "opens its comments": [get("/comments/{comment}/change/"), get("/comments/{comment}/history/"), post("/comments/{comment}/remove/")],
    "opens its task, takes it over, asks for one on it": [get("/tasks/{task}/"), post("/tasks/{task}/move/", version="1", state="doing"), post("/tasks/several/", task="{task}", state="done"), get("/tasks/new/?about=contact/{record}"), post("/tasks/undo/{batch}/")],
    "reads the lists of tasks": [get("/tasks/"), get("/tasks/?which=all&ended=on"), get("/tasks/?which=component")],
    "reads notices, their count in the head, and that of somebody else": [get("/notices/"), get("/"), post("/notices/{notice}/"), get("/notices/wishes/")],
    "reads the calendar of the page and the one for other programs": [get("/calendar/"), get("/calendar/?view=list&day=2026-12-01"), get("/calendar/{secret}.ics"), get("/calendar/elsewhere/")],
    "shares it with oneself": [post(CONTACT + "{record}/who/", name="insider", until="{day}", because="x")],
    "hands a post on and looks what it opens": [get("/rights/"), post("/rights/", post="{post}", to="insider", until="{day}", because="x")],
    "compares and brings back its versions": [get(CONTACT + "{record}/history/?from=1&to=2"), post(CONTACT + "{record}/history/1/restore/", version="1"), post(CONTACT + "{own}/history/7/restore/", version="1")],
    "leaves a draft of it": [post(CONTACT + "draft/", of="{record}", subject="x"), post(CONTACT + "{record}/change/", draft="1", subject="x"), post(CONTACT + "draft/", of="{file}", subject="x")],
    "saves over it": [post(CONTACT + "{record}/change/", version="1", **TALK), post(CONTACT + "{record}/change/", version="999", **TALK)],
    "checks it, publishes it, sends it back": [
        *(post(CONTACT + "{record}/review/", version="1", name=name, because="x") for name in ("check", "publish", "return", "recall", "other")),
        script("POST", API + "/{record}/review", {"version": 1, "step": "check"}), post(CONTACT + "bulk/", action="publish", id=["{record}"], asked="", follow=True),
    ],
    "lists what is not published yet": [get(CONTACT + f"?state={each}") for each in ("written", "mine", "checked", "published", "other")] + [script("GET", f"{API}?state=written")],
    "archives it": [post(CONTACT + "{record}/archive/", version="1", because="x"), post(CONTACT + "{record}/archive/")],
    "reads what waits for its end and decides about it": [get("/records/retention/"), post("/records/retention/{disposal}/", agree="yes"), post(CONTACT + "{record}/dispose/", ground="protection", because="x")],
    "places a hold on it": [post(CONTACT + "{record}/hold/", because="x"), post(CONTACT + "{record}/hold/", lift="1", because="x")],
    "reads the record that points at it, its timeline and what it feeds": [get(CONTACT + "{seen}/"), get(CONTACT + "{seen}/timeline/"), get(CONTACT + "{seen}/history/")],
    "reads who sees what, the people and the trail": [get(CONTACT + "{own}/who/"), get("/people/"), get("/set-up/"), get("/sign-ins/"), get("/sessions/"), get("/tokens/")],
    "reads charts, maps and explanations": [get("/benchmarks/O1.S2/"), get("/benchmarks/O1.S2/map/"), get("/benchmarks/O2.M3/"), get("/places/XX0101/"), get("/places/XX01/"), get("/api/v1/assessments/{assessment}/findings/O1.S2")],
    "explores the evidence": [get("/evidence/points/?kind=contact"), get("/evidence/points/?item={digest_name}"), get("/evidence/points/?area=XX0101"), get("/benchmarks/O1.S2/evidence/"), get("/evidence/points.csv?kind=contact"), get("/api/v1/data-points?kind=contact")],
    "reads data sets and their ids": [get("/evidence/"), get("/evidence/{dataset}/"), get("/evidence/{dataset}/rejected.csv"), get("/api/v1/datasets"), get("/api/v1/datasets/{dataset}")],
    "reads gaps and what is to be collected": [get("/evidence/gaps/"), get("/collect/"), get("/risks/O1.R1/")],
    "reads packages and assessments": [get("/assessments/"), get("/assessments/{assessment}/"), get("/api/v1/assessments"), get("/api/v1/assessments/{assessment}")],
    "looks through jobs and compartments": [get("/jobs/"), get("/compartments/"), get("/search/?q=O1.S2")],
    "comes with the session of nobody, is led there after the sign-in": [get(CONTACT + "{record}/", Cookie="primacy_session=00000000000000000000000000000000"), get("/sign-in/?next=/records/contact/{record}/")],
    "comes from its address": [get(CONTACT + "?all=1", Referer="http://testserver/records/contact/{record}/"), post("/language/", language="fr", next="/records/contact/{record}/")],
}  # fmt: skip


@pytest.fixture
def instance_folder(own_mission: Any) -> Any:
    return own_mission.folder


@pytest.fixture
def insider(house: Any) -> Any:
    """Holds posts in two components that work with contacts, and wrote one; the author works in a third."""
    return house.person("insider", "civil-affairs", "planning")


@pytest.fixture
def there(house: Any, insider: Any, own_mission: Any) -> dict[str, Any]:
    """What both worlds have."""
    from primacy.access.posts import Post
    from primacy.access.services import CALENDAR, create_token
    from primacy.records.services import sending

    author = house.person("author", "political-affairs", "jmac")
    own = house.write(insider, "contact", subject="own talk", area="XX02")
    seen = house.write(author, "contact", subject="open talk", confidentiality=0, area="XX02")
    sending.send_waiting()
    return {
        "day": (timezone.localdate() + timedelta(days=2)).isoformat(), "own": own.pk, "seen": seen.pk, "group": house.group("few", author).pk, "before": uuid.UUID(int=0),
        "post": Post.objects.get(person=author, component="jmac").pk, "assessment": own_mission.assessments[1],
        "secret": create_token(person=insider, name="calendar", days=9, purpose=CALENDAR)[1],
        "token": create_token(person=insider, name="script", days=9)[1],
    }  # fmt: skip


HIDDEN = {
    "for its author's group alone": {"confidentiality": 3},
    "never published": {"confidentiality": 1, "state": "written"},
    "lowered by one person alone": {"confidentiality": 3, "group": None},
}


def hide(house: Any, there: dict[str, Any], why: str) -> dict[str, Any]:
    """A record that the insider may not see, with everything that can stand beside one, and what became of it."""
    from primacy.access.posts import NeedToKnow
    from primacy.evidence.store.store import Store
    from primacy.framework import Instance
    from primacy.jobs.models import Job
    from primacy.records import services
    from primacy.records.models import OwnReference
    from primacy.records.services import attachments, bulk, disposing, holds, importing, relations, sending, tags, views
    from primacy.records.showing import Asked
    from primacy.records.telling import name_of
    from primacy.work.models import Notice
    from primacy.work.queries.subjects import subject
    from primacy.work.services import comments, notices, tasks

    author, type_, here = house.people["author"], house.types["contact"], Instance.here()
    few: dict[str, Any] = ({} if "state" in HIDDEN[why] else {"group": NeedToKnow.objects.get(pk=there["group"])}) | (
        HIDDEN[why]
    )
    actor = house.write(author, "actor", name=f"Council of {WORD}", category="unions", **few)
    record = house.write(author, "contact", actor=actor, area="XX0101", next_on=date(2026, 12, 1), **few)
    named = {"by": author, "type_": type_, "id": record.pk}
    file = attachments.attach(**named, name=f"{WORD} list.txt", data=f"{WORD} inside".encode())
    attachments.read_words(file)
    tags.tag_record(**named, name=f"{WORD} tag")
    relation = relations.relate(**named, kind="follows", to_type=type_, to=there["seen"])
    asked = disposing.ask_disposal(**named, ground="protection", because="danger")
    holds.place_hold(**named, because="inquiry")
    about = subject(viewer=author, reference=f"contact/{record.pk}")
    comment = comments.add_comment(by=author, about=about, text=f"{WORD} said so")
    values = {"action": "ask", "note": WORD, "owner": author, "component": "", "due": date(2026, 6, 30)}
    task = tasks.give_task(by=author, about=about, values=values)
    batch, _count = tasks.move_on(by=author, ids=[task.pk], state="doing")
    notices.tell(people=[author], what="due", about=f"task/{task.pk}")
    OwnReference.objects.create(type="contact", component="political-affairs", reference=f"{WORD} 1", record=record.pk)
    view = views.save_view(by=author, type_=type_, name=f"{WORD} view", asked=f"text={WORD}")
    path = here.folder / "t.csv"
    path.write_text(f"ID,Subject\n{record.pk},x\n")
    sheet = importing.receive(by=author, type_=type_, name="t.csv", path=path)
    if why == "lowered by one person alone":
        for key, each in (("contact", record), ("actor", actor)):
            each.refresh_from_db()
            services.change(
                by=author, type_=house.types[key], id=each.pk, version=each.version,
                values={"confidentiality": 0},
            )  # fmt: skip
    sending.send_waiting()
    of_records = [each.id for each in Store(here.evidence).versions() if each.lineage.endswith("/contact")]
    return {
        "record": record.pk, "record_upper": str(record.pk).upper(), "actor": actor.pk, "file": file.pk, "hash": file.digest,
        "tag": file and tags.Tag.objects.get(name=f"{WORD} tag").pk, "relation": relation.pk, "disposal": asked.pk, "comment": comment.pk,
        "task": task.pk, "batch": batch, "notice": Notice.objects.filter(person=author).latest("at").pk, "view": view.pk, "sheet": sheet.pk,
        "bulk": bulk.look(by=author, type_=type_, action="level", ids=[record.pk], asked=Asked()).pk,
        "job": Job.objects.create(kind="record-export", by=author, state="done", result=EXPORT).pk, "dataset": (of_records or ["none"])[0],
        "digest_name": name_of("contact", str(record.pk)),
    }  # fmt: skip


CHANCE = re.compile(
    r'name="csrfmiddlewaretoken" value="[^"]+"|\d{4}-\d\d-\d\dT[\d:.]+(Z|\+00:00)?|\d\d:\d\d( UTC|(?=<)|(?= بالتوقيت))|\d{8}T\d{6}Z?'
    r'|(?<=views/)\d+|(?<=view=)\d+|(?<=name="(?:off|tag)" value=")\d+|(?<=name="drop" value=")\d+'
)
"""What differs between any two answers: secrets of forms, the time, and numbers that a database draws one after the other."""
ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")


def plain(text: str, known: set[str]) -> str:
    """Without what chance makes; ids that were made by the question are told apart by their order alone."""
    drawn: dict[str, str] = {}
    return ID.sub(
        lambda found: found[0] if found[0] in known else drawn.setdefault(found[0], f"id {len(drawn)}"),
        CHANCE.sub("", text),
    )


def answered(browser: Client, ask: Ask, ids: dict[str, Any]) -> Iterator[tuple[int, dict[str, str], str]]:
    """Status, headers and body; of a question that leads on, of both."""
    fill = lambda text: text.format(**ids) if "{" in text else text  # noqa: E731
    known = {str(each) for each in ids.values()}
    headers = {name: fill(value) for name, value in (ask.headers or {}).items()}
    content = ask.content
    if ask.as_script:
        browser, headers = Client(), headers | {"Authorization": f"Bearer {ids['token']}"}
        sent: dict[str, Any] = {"data": content, "content_type": "application/json"} if content is not None else {}
    elif isinstance(content, dict):
        sent = {"data": {name: _filled(value, ids) for name, value in content.items()}}
    else:
        sent = {}
    response = getattr(browser, ask.method.lower())(fill(ask.address), headers=headers, **sent)
    while True:
        body = b"".join(response.streaming_content) if response.streaming else response.content
        head = {name: plain(value, known) for name, value in response.headers.items() if name != "Content-Length"}
        yield response.status_code, head, plain(_text(body), known)
        if not ask.follow or response.status_code != 302:
            return
        response = browser.get(response.url)


def _filled(value: Any, ids: dict[str, Any]) -> Any:
    if isinstance(value, list):
        return [_filled(each, ids) for each in value]
    if callable(value):
        file = value()
        filled = io.BytesIO(file.getvalue().decode().format(**ids).encode())
        filled.name = file.name
        return filled
    return value.format(**ids) if isinstance(value, str) else value


def _text(body: bytes) -> str:
    if body.startswith(b"PK"):
        return str(list(load_workbook(io.BytesIO(body)).active.iter_rows(values_only=True)))
    if body.startswith(b"PAR1"):
        found = pq.read_table(io.BytesIO(body))
        return f"{found.schema.metadata} {found.to_pylist()}"
    return body.decode("utf-8", "replace")


def told(person: Any, ids: dict[str, Any]) -> dict[str, list[Any]]:
    """Each way with all that was answered; what a way changed is gone before the next one."""
    found: dict[str, list[Any]] = {}
    for way, asks in WAYS.items():
        with transaction.atomic():
            browser = Client()
            browser.force_login(person)
            found[way] = [(ask.address, *one) for ask in asks for one in answered(browser, ask, ids)]
            transaction.set_rollback(True)
    return found


@pytest.fixture
def worlds(
    house: Any, there: dict[str, Any], insider: Any, own_mission: Any, tmp_path: Path
) -> Callable[[Any, str], Any]:
    """(answers with the record, answers without it) for somebody, by why it is hidden."""

    def both(person: Any, why: str) -> tuple[dict[str, list[Any]], dict[str, list[Any]]]:
        kept = tmp_path / "kept"
        shutil.copytree(own_mission.folder, kept)
        with transaction.atomic():
            ids = there | hide(house, there, why)
            first = told(person, ids)
            transaction.set_rollback(True)
        shutil.rmtree(own_mission.folder)
        shutil.copytree(kept, own_mission.folder)
        return first, told(person, ids)

    return both


@pytest.mark.parametrize("why", HIDDEN)
def test_an_insider_tries_more_than_forty_ways_and_learns_nothing(worlds, insider, why) -> None:
    """Left out of the comparison is nothing but secrets of forms, the time, and numbers drawn by the database."""
    assert len(WAYS) >= 40
    with_it, without_it = worlds(insider, why)
    learnt = {
        way: [pair for pair in zip(with_it[way], without_it[way], strict=False) if pair[0] != pair[1]]
        for way in WAYS if with_it[way] != without_it[way]
    }  # fmt: skip
    assert not learnt, "\n\n".join(
        f"{way}: {_difference(*pairs[0])}" if pairs else way for way, pairs in learnt.items()
    )
    assert not [way for way, answers in with_it.items() if _tells(way, answers)]


def _tells(way: str, answers: list[Any]) -> bool:
    """Whether a word of it was told that the question did not hold itself."""
    return any(f"about {WORD}" in text or f"{WORD} said" in text for _address, _status, _head, text in answers)


def _difference(one: Any, two: Any) -> str:
    if one[1] != two[1] or one[2] != two[2]:
        return f"{one[:3]} and {two[:3]}"
    lines = zip(one[3].splitlines(), two[3].splitlines(), strict=False)
    return f"{one[0]}: {[pair for pair in lines if pair[0] != pair[1]][:3]} {len(one[3])} {len(two[3])}"


def test_whoever_may_see_the_record_is_answered_otherwise_on_most_ways(worlds, house, there) -> None:
    """Were the tries no tries, nothing would be shown above."""
    with_it, without_it = worlds(house.people["author"], next(iter(HIDDEN)))
    same = sorted(way for way in WAYS if with_it[way] == without_it[way])
    assert len(WAYS) - len(same) >= 40, same
