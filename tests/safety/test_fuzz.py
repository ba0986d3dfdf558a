"""Every page, asked what nobody of good will asks: never a fault of ours, never a word of what is hidden, nothing changed
where it is refused.

The addresses come from the URL conf, the fields from what a page reads, good values from its own forms: a new page is
asked without a line here. A run asks each page a little; PRIMACY_FUZZ=200 asks each so many times, as everybody.
"""

import os
import re
import time
import traceback
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from tests.safety import nasty
from tests.safety.record_house import WORD
from tests.safety.sealed_house import CANARY
from tests.safety.test_access import HOLDS, SAMPLES, some_work

pytestmark = pytest.mark.django_db
TIMES = int(os.environ.get("PRIMACY_FUZZ", "1"))
EVERYBODY = ("nobody", "reader", "leader", "analyst", "duty-officer", "administrator", "able", "member")
GROUPS = 4  # so that processes share the work
SECRET = "a" * 32  # of the forms of a browser
OF_ALL = {"csrfmiddlewaretoken", "sign-in", "sign-out", "password", "language", "next"}  # of the head of every page
NOTED = re.compile(r'^\s*(INSERT INTO|UPDATE|DELETE FROM) "?(\w+)"?', re.IGNORECASE)
MAY_BE_WRITTEN = {"access_session", "access_auditentry", "access_lock", "access_user"}
"""Where a refusal may leave a trace: the session, the trail, and the language somebody chose."""
ADDRESSES = {
    "int": (0, 2**31, 2**63, 10**40), "uuid": ("00000000-0000-0000-0000-000000000000",),
    "str": ("\x00", "٣", "%", "a" * 3_000, "..", "O2.M2\n", "\ud800".encode("utf-8", "replace").decode()), "slug": ("-", "a" * 3_000, "contact"),
}  # fmt: skip


@pytest.fixture
def instance_folder(own_mission: Any) -> Any:
    return own_mission.folder


@pytest.fixture
def values(own_mission: Any, house: Any, sealed: Any, people: dict[str, Any]) -> dict[str, list[Any]]:
    """What addresses hold: something of one's own, and of a record that is for nobody who asks."""
    from primacy.access.posts import Post
    from primacy.assessment.models import CodedItem, Flash
    from primacy.evidence.models import OwnMapping
    from primacy.evidence.services import hold_file, save_mapping
    from primacy.evidence.store.store import Store
    from primacy.framework import Instance
    from primacy.jobs.models import Job
    from primacy.records.services import attachments, bulk, disposing, relations, tags, views
    from primacy.records.services import importing as sheets
    from primacy.records.showing import Asked

    here = Instance.here()
    able = people["able"] = house.person("able", "civil-affairs", "political-affairs", "jmac", "human-rights")
    able.role = "administrator"
    able.save()
    others = house.group("others", house.person("author", "political-affairs", "civil-affairs", "jmac"))
    contact = house.types["contact"]

    def with_everything(by: Any, **given: Any) -> dict[str, Any]:
        one, two = (house.write(by, "contact", **{"subject": "A talk", **given}) for _ in range(2))
        named = {"by": by, "type_": contact, "id": one.pk}
        file = attachments.attach(**named, name="list.txt", data=b"words inside")
        tags.tag_record(**named, name="harvest")
        relation = relations.relate(**named, kind="follows", to_type=contact, to=two.pk)
        asked = disposing.ask_disposal(**named, ground="protection", because="danger")
        view = views.save_view(by=by, type_=contact, name="Talks", asked="text=talk")
        made = bulk.look(by=by, type_=contact, action="level", ids=[one.pk], asked=Asked())
        path = here.folder / "t.csv"
        path.write_text(f"ID,Subject\n{one.pk},x\n")
        sheet = sheets.receive(by=by, type_=contact, name="t.csv", path=path)
        path.unlink()
        return {"record_id": one.pk, "attachment_id": file.pk, "relation_id": relation.pk, "disposal_id": asked.pk,
                "view_id": view.pk, "bulk_id": made.pk, "sheet_id": sheet.pk}  # fmt: skip

    own = with_everything(able)
    hidden = with_everything(house.people["author"], group=others, subject=f"hidden {WORD}")
    work = some_work(able)
    job = Job.objects.create(kind="import", by=able)
    item = CodedItem.objects.create(category="rubric/consent/national", item="cabinet", area="XX", day="2026-06-01", confidentiality=1)  # fmt: skip
    held = hold_file(by=able, instance=here, name="a.csv", size=1, chunks=[b"kind,date\nincident,2026-06-01"])
    save_mapping(by=able, name="mine", text="mapping: mine")
    flash = Flash.objects.create(text="The road is open.", by="able", at=timezone.now() - timedelta(hours=1))
    box = sealed.make()
    people["member"] = sealed.users["amina"]
    Post.objects.create(person=people["leader"], component="planning", since=date(2020, 1, 1))
    dataset = next(iter(Store(here.evidence).versions())).id
    known = {"{held}": held.pk, "{mapping}": OwnMapping.objects.get().pk, "{flash}": flash.pk, "{item}": item.pk,
             "{dataset}": dataset, "{person}": people["reader"].pk, "{job}": job.pk, "{token}": 1, "{box}": box, **work}  # fmt: skip
    found = {name: [known[sample]] if sample in known else [sample] for name, sample in SAMPLES.items()}
    found |= {name: [own[name], hidden[name]] for name in own}
    found |= {
        "area_code": ["XX01"],
        "assessment_id": list(own_mission.assessments),
        "record_type": ["contact"],
        "number": [1],
    }
    return {name: [each for each in all_ if "{" not in str(each)] or ["none"] for name, all_ in found.items()}


@pytest.fixture
def browsers(values: Any, people: dict[str, Any], sealed: Any) -> dict[str, Client]:
    """Everybody's browser, signed in a moment ago with all steps; the member's with the compartment open."""
    from primacy.access import entering, sign_ins

    found = {}
    for name in EVERYBODY:
        found[name] = browser = Client(raise_request_exception=False)
        if name == "member":
            sealed.enter(browser, values["box"][0], "amina")
        elif name != "nobody":
            browser.force_login(people[name])
        if name != "nobody":
            session = browser.session
            session[entering.PROVED], session[sign_ins.HOW] = time.time(), entering.PASSKEY
            session.save()
    return found


class Asking:
    """One person's browser, asked over and over; whatever an answer changed is gone before the next question."""

    def __init__(self, name: str, browser: Client, folder: Any) -> None:
        self.name, self.folder, self.faults = name, folder, list[str]()
        self.cookies = {key: each.value for key, each in browser.cookies.items()} | {"csrftoken": SECRET}

    def ask(self, method: str, address: str, content: tuple[str, bytes] = ("", b""), **headers: str) -> Any:
        """As a browser would, with the secret of its forms."""
        browser = Client(raise_request_exception=False, enforce_csrf_checks=True)
        for key, value in self.cookies.items():
            browser.cookies[key] = value
        written: list[str] = []

        def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
            if (found := NOTED.match(sql)) and found[2] not in MAY_BE_WRITTEN:
                written.append(found[2])
            return execute(sql, params, many, context)

        response, said, before = None, b"", self.files()
        with transaction.atomic(), connection.execute_wrapper(note):
            sent = {"content_type": content[0] or "text/html", "headers": {"X-CSRFToken": SECRET, **headers}}
            response = browser.generic(method, address, content[1], **sent)
            said = b"".join(response.streaming_content) if response.streaming else response.content
            transaction.set_rollback(True)
        asked = f"{self.name} {method} {address[:300]} {content!r:.500} {headers!r:.200}"
        self.judge(asked, response, said, written, before)
        for lock in self.folder.glob("lock*"):
            lock.unlink()
        return response

    def files(self) -> set[str]:
        return {str(each) for each in (self.folder / "inbox").rglob("*")}

    def judge(self, asked: str, response: Any, said: bytes, written: list[str], before: set[str]) -> None:
        head = str(response.headers).encode("utf-8", "replace")
        if response.status_code >= 500:
            why = (
                "".join(traceback.format_exception(*response.exc_info)[-4:])
                if getattr(response, "exc_info", None)
                else ""
            )
            self.faults.append(f"{response.status_code}: {asked}\n{why}")
        if b"Traceback (most recent" in said:
            self.faults.append(f"traceback: {asked}")
        hidden = [WORD] if self.name == "member" else [WORD, CANARY]
        if any(word.encode() in said + head for word in hidden):
            self.faults.append(f"a hidden word: {asked}")
        refused = response.status_code >= 400 or b'class="errorlist' in said
        if refused and written:
            self.faults.append(f"written in {sorted(set(written))} though {response.status_code}: {asked}")
        if refused and self.files() != before:
            self.faults.append(f"a file stays though {response.status_code}: {asked}")
        if re.match(r"(?i)\s*([a-z]+:)?[/\\]{2}(?!testserver)", response.get("Location", "")):
            self.faults.append(f"led elsewhere: {asked}")


def addresses(route: str, values: dict[str, list[Any]]) -> Iterator[str]:
    """With what is one's own, with what is of others, and with what is nothing."""
    parts = HOLDS[route]
    for turn in range(max([len(values.get(part, [0])) for part in parts], default=1)):
        yield reverse(route, kwargs={part: values[part][turn % len(values[part])] for part in parts})


def bad_addresses(route: str, values: dict[str, list[Any]]) -> Iterator[str]:
    parts = HOLDS[route]
    for part in parts:
        for kind in ADDRESSES:
            for bad in ADDRESSES[kind]:
                try:
                    yield reverse(route, kwargs={each: values[each][0] for each in parts} | {part: bad})
                except NoReverseMatch:
                    continue


def learn(asking: Asking, address: str) -> tuple[list[str], dict[str, list[str]]]:
    """The names that the page reads, whichever of them it is given, and what its forms offer for them."""
    with nasty.listening() as read:
        page = asking.ask("GET", address)
        good = nasty.offered(page.content.decode("utf-8", "replace")) if not page.streaming else {}
        for _turn in range(1 if TIMES < 9 else 3):  # what it reads once it has found something of the first
            sent = tuple((name, next(iter(good.get(name, ())), "1") or "1") for name in sorted({*read, *good} - OF_ALL))
            asking.ask("GET", f"{address}?{nasty.query(sent)}")
            asking.ask("POST", address, nasty.body(sent))
    return sorted({*read, *good} - OF_ALL), {name: sorted(each) for name, each in good.items()}


def fuzz(asking: Asking, address: str, names: list[str], good: dict[str, list[str]], times: int) -> None:
    @settings(
        max_examples=times,
        phases=[Phase.generate],
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(nasty.questions(names, good), st.sampled_from(nasty.HEADERS), st.booleans())
    def ask(sent: nasty.Given, headers: dict[str, str], plain: bool) -> None:
        coded = ("application/x-www-form-urlencoded", nasty.query(sent).encode())
        asking.ask("POST", address, coded if plain else nasty.body(sent), **headers)
        short = tuple(pair for pair in sent if len(getattr(pair[1], "name", pair[1])) < 9_000)
        asking.ask("GET", f"{address}?{nasty.query(short)}", **headers)

    ask()


@pytest.mark.parametrize("group", range(GROUPS))
def test_no_page_fails_tells_or_changes_anything_whatever_it_is_asked(group, values, browsers, instance_folder) -> None:
    """Whoever may most comes furthest; everybody else takes turns, and a large run asks as all."""
    askers = {name: Asking(name, browser, instance_folder) for name, browser in browsers.items()}
    for turn, route in enumerate(sorted(HOLDS)[group::GROUPS]):
        first = askers["member" if route.startswith("compartments:") else "able"]
        own, *others = addresses(route, values)
        names, good = learn(first, own)
        for name in {first.name, *(EVERYBODY if TIMES > 9 else [EVERYBODY[turn % len(EVERYBODY)]])}:
            for address in (own, *others):
                fuzz(askers[name], address, names, good, TIMES)
        for kind, content in nasty.BROKEN if TIMES > 9 else nasty.BROKEN[turn % len(nasty.BROKEN) :][:1]:
            first.ask("POST", own, (kind, content))
        bad = list(bad_addresses(route, values))
        for place, address in enumerate(bad if TIMES > 9 else bad[turn % 4 :: 4]):
            first.ask("POST" if place % 2 else "GET", address)
    faults = [fault for each in askers.values() for fault in each.faults]
    assert not faults, f"{len(faults)} faults\n" + "\n".join(faults[:40])


def test_what_a_page_reads_is_learnt_from_it(browsers, instance_folder) -> None:
    """Were nothing learnt, the test above would ask nothing."""
    names, good = learn(Asking("able", browsers["able"], instance_folder), reverse("records:new", args=["contact"]))
    assert {"day", "area", "subject", "confidentiality", "another"} <= set(names)
    assert {"0", "3"} <= set(good["confidentiality"])
