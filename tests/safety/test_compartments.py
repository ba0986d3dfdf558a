"""Compartments: opened by name, for a time, with a reason; nothing of them is anywhere else; what is erased is erased in
every copy."""

import json
import shutil
import time
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.urls import get_resolver
from tests.safety.sealed_house import CANARY, PASSPHRASE, now
from tests.safety.test_records import answer

from primacy.access.models import AuditEntry
from primacy.compartments import custody, key_file, openings, services, writing
from primacy.compartments.kinds import table
from primacy.compartments.sealing import Unreadable

pytestmark = pytest.mark.django_db
PAGES = ("", "members/", "score/", "new/stance/")
MISSING = "0" * 32


def files(folder: Path) -> bytes:
    return b"\n".join(
        str(each).encode() + each.read_bytes() for each in sorted(folder.rglob("*")) if each.is_file()
    )  # fmt: skip


def rows() -> str:
    """Every row of every table of the main database."""
    with connection.cursor() as cursor:
        found = []
        for name in connection.introspection.table_names():
            cursor.execute(f'SELECT * FROM "{name}"')
            found += [str(row) for row in cursor.fetchall()]
    return "\n".join(found)


# ---- who may


@pytest.mark.parametrize("page", PAGES)
def test_a_compartment_of_others_answers_as_a_missing_one(sealed, client, people, page) -> None:
    box = sealed.make()
    for person in (sealed.person("chike", "head-of-mission", "political-affairs"), people["administrator"]):
        client.force_login(person)
        there, missing = f"/compartments/{box}/{page}", f"/compartments/{MISSING}/{page}"
        assert answer(client.get(there), there) == answer(client.get(missing), missing)
        assert client.get(there).status_code == 404
        opening = {"why": "review", "passphrase": PASSPHRASE.format(name=person.username)}
        assert client.post(f"/compartments/{box}/open/", opening).status_code == 404


def test_the_list_is_the_same_for_whoever_is_a_member_of_none(sealed, as_) -> None:
    outsider = sealed.person("chike", "head-of-mission")
    before = answer(as_(outsider).get("/compartments/"))
    sealed.make()
    assert answer(as_(outsider).get("/compartments/")) == before


def test_a_member_opens_it_with_the_passphrase_alone_and_everything_says_who_looks(sealed, client) -> None:
    box = sealed.make()
    client.force_login(sealed.users["amina"])
    assert CANARY not in client.get(f"/compartments/{box}/").content.decode()
    assert sealed.enter(client, box, "amina", passphrase="another one").status_code == 422
    assert sealed.enter(client, box, "amina").status_code == 302
    page = client.get(f"/compartments/{box}/")
    assert f"{CANARY} title" in page.content.decode()
    assert f">amina · {now():%Y-%m-%d}" in page.content.decode().split('class="watermark"')[1]
    assert CANARY not in page.content.decode().split("</title>")[0]
    assert 0 < int(page["Refresh"].split(";")[0]) <= 20 * 60
    assert "no-store" in page["Cache-Control"]


def test_after_five_wrong_passphrases_the_right_one_opens_nothing_for_a_while(sealed, client) -> None:
    box = sealed.make()
    for _ in range(5):
        sealed.enter(client, box, "amina", passphrase="another one")
    assert sealed.enter(client, box, "amina").status_code == 422
    assert sealed.enter(client, box, "bakary").status_code == 302


def test_it_closes_by_the_button_by_itself_and_in_no_other_browser_is_it_open(sealed, client, monkeypatch) -> None:
    from django.test import Client

    box = sealed.make()
    address = f"/compartments/{box}/"
    sealed.enter(client, box, "amina")
    elsewhere = Client()
    elsewhere.force_login(sealed.users["amina"])
    assert CANARY not in elsewhere.get(address).content.decode()
    stolen = Client()
    stolen.force_login(sealed.users["bakary"])
    stolen.cookies["primacy_opening"] = client.cookies["primacy_opening"].value
    assert CANARY not in stolen.get(address).content.decode()  # the same secret in another member's session
    assert CANARY in client.get(address).content.decode()
    client.post("/compartments/close/")
    assert CANARY not in client.get(address).content.decode()
    sealed.enter(client, box, "amina")
    later = time.time() + openings.MINUTES * 60 + 1
    monkeypatch.setattr(openings.time, "time", lambda: later)
    assert CANARY not in client.get(address).content.decode()


def test_what_is_typed_when_the_time_has_passed_is_kept_with_the_passphrase(sealed, client) -> None:
    box = sealed.make()
    sealed.enter(client, box, "amina")
    openings.drop_all()
    address, typed = f"/compartments/{box}/new/good-offices/", {"day": "2026-06-03", "heading": "H", "text": "T"}
    asked = client.post(address, typed)
    assert asked.status_code == 422
    assert '<input type="hidden" name="text" value="T">' in asked.content.decode()
    again = {**typed, "why": "record", "words": "", "passphrase": PASSPHRASE.format(name="amina")}
    assert client.post(address, again).status_code == 302
    entries = writing.entries(sealed.inside(sealed.opened(box, "amina")), today=now().date())
    assert [each.fields["text"] for each in entries] == ["T"]


def test_openings_are_in_the_trail_with_a_reason_and_without_a_word_of_the_content(sealed, client) -> None:
    box = sealed.make()
    sealed.enter(client, box, "amina", why="prepare", words=f"{CANARY} meeting")
    client.post(f"/compartments/{box}/new/stance/", {
        "day": "2026-06-03", "issue": CANARY, "position": "1", "conduct": CANARY, "red_line": "", "people": f"{CANARY} man",
    })  # fmt: skip
    told = [(each.actor, each.deed, each.detail) for each in AuditEntry.objects.all()]
    assert ("amina", "opened a compartment", {"why": "prepare"}) in told
    assert ("amina", "wrote in a compartment", {}) in told
    assert box not in rows()
    log = sealed.inside(sealed.opened(box, "bakary")).content.log
    assert any(CANARY in each.words for each in log)


# ---- members


def test_members_are_added_and_taken_out_by_two_people(sealed, client) -> None:
    box = sealed.make()
    chike = sealed.person("chike")
    sealed.enter(client, box, "amina")
    members = f"/compartments/{box}/members/"
    assert client.post(members, {"name": "chike", "mark": "0000-0000-0000-0000"}).status_code == 200  # another key
    assert client.post(members, {"name": "chike", "mark": sealed.marks["chike"]}).status_code == 302
    proposal = sealed.inside(sealed.opened(box, "amina")).content.proposals[0].id
    client.post(f"{members}{proposal}/", {"agree": "1"})
    with pytest.raises(LookupError):
        sealed.opened(box, "chike")  # whoever proposed confirms nothing
    sealed.enter(client, box, "bakary")
    client.post(f"{members}{proposal}/", {"agree": "1"})
    before = sealed.opened(box, "chike")
    client.post(members, {"remove": str(chike.pk)})
    proposal = sealed.inside(sealed.opened(box, "amina")).content.proposals[0].id
    sealed.enter(client, box, "amina")
    client.post(f"{members}{proposal}/", {"agree": "1"})
    with pytest.raises(LookupError):
        sealed.opened(box, "chike")
    with pytest.raises((LookupError, Unreadable)):
        sealed.inside(before)  # and the key that chike had opens nothing that is written from now on
    assert sealed.inside(sealed.opened(box, "amina")).content.title == f"{CANARY} title"
    assert client.get(members).status_code == 200  # whoever confirmed goes on with the new key


def test_a_compartment_is_begun_by_whose_post_may_and_has_two_members(sealed, client) -> None:
    outsider = sealed.person("chike", "planning")
    client.force_login(outsider)
    assert client.get("/compartments/new/").status_code == 404
    head = sealed.person("amina", "head-of-mission")
    client.force_login(head)
    given = {"class_": "talks", "title": "T", "members": "amina"}
    assert client.post("/compartments/new/", given).status_code == 200
    assert list(sealed.place.boxes.glob("*.sealed")) == []
    client.post("/compartments/new/", {**given, "members": "chike"})
    assert len(list(sealed.place.boxes.glob("*.sealed"))) == 1
    with pytest.raises(custody.Refused):
        services.make_compartment(by=outsider, title="T", class_="talks", members=[head])


def test_another_key_for_somebody_who_forgot_the_passphrase_opens_nothing_by_itself(sealed) -> None:
    box = sealed.make()
    services.make_key(by=sealed.users["amina"], passphrase=PASSPHRASE.format(name="amina"))
    with pytest.raises(LookupError):
        sealed.opened(box, "amina")


# ---- words about people


@pytest.mark.parametrize("category", sorted(table().never_labelled))
def test_candidates_journalists_and_civil_society_are_never_labelled(sealed, client, category) -> None:
    box = sealed.make()
    sealed.enter(client, box, "amina")
    label = {
        "day": "2026-06-03", "actor": "A", "category": category, "aims": "total", "conduct": "C", "benign": "B",
        "people": "",
    }  # fmt: skip
    address = f"/compartments/{box}/new/obstruction/"
    assert client.post(address, label).status_code == 200
    assert client.post(address, {**label, "category": "armed-group", "benign": ""}).status_code == 200
    assert sealed.inside(sealed.opened(box, "amina")).content.entries == []
    assert client.post(address, {**label, "category": "armed-group"}).status_code == 302
    shown = client.get(f"/compartments/{box}/").content.decode()
    assert "The benign reading" in shown


def test_a_label_ends_after_180_days_and_is_erased_though_nobody_opens_anything(sealed, tmp_path) -> None:
    box = sealed.make()
    sealed.write(sealed.opened(box, "amina"), "obstruction", "Zed")
    shutil.copytree(sealed.place.boxes, tmp_path / "backup")
    today = now().date()
    assert custody.forget_expired(sealed.place.keys, today + timedelta(days=180)) == 0
    assert custody.forget_expired(sealed.place.keys, today + timedelta(days=181)) == 1
    for folder in (sealed.place.boxes, tmp_path / "backup"):
        inside = custody.look_inside(custody.Place(folder, sealed.place.keys), sealed.opened(box, "amina"))
        [shown] = writing.entries(inside, today=today + timedelta(days=181))
        assert (shown.state, shown.fields) == ("expired", {})
        [shown] = writing.entries(inside, today=today)  # a clock that is put back brings nothing back
        assert shown.fields == {}


# ---- nothing of it anywhere else


@pytest.fixture
def full(sealed, client):
    """Compartments of every class with an entry of every kind, written and looked at in a browser."""
    boxes = {}
    for key, class_ in table().classes.items():
        boxes[key] = sealed.make(key)
        sealed.enter(client, boxes[key], "amina", words=f"{CANARY} words")
        for kind in class_.kinds:
            sealed.write(sealed.opened(boxes[key], "amina"), kind, f"{CANARY} person")
        for entry in sealed.inside(sealed.opened(boxes[key], "amina")).content.entries:
            client.get(f"/compartments/{boxes[key]}/entries/{entry.id}/")
            client.get(f"/compartments/{boxes[key]}/entries/{entry.id}/change/")
        assert CANARY in client.get(f"/compartments/{boxes[key]}/").content.decode()
    return boxes


def test_a_copy_of_the_instance_says_nothing_of_what_stands_in_compartments(sealed, full, tmp_path) -> None:
    seized = files(sealed.folder) + files(tmp_path / "medium")
    assert CANARY.encode() not in seized
    assert PASSPHRASE.format(name="amina").encode() not in seized
    assert CANARY not in rows()
    sizes = {each.stat().st_size for each in sealed.place.boxes.glob("*.sealed")}
    assert len(sizes) == 1  # three compartments with one, two and five entries


def test_no_other_page_of_the_site_says_anything_of_a_compartment(sealed, full, client, people, country) -> None:
    client.force_login(people["administrator"])
    client.raise_request_exception = False
    told = {address: client.get(address, {"q": CANARY}) for address in _addresses()}
    assert len(told) > 25
    for address, response in told.items():
        said = b"".join(response.streaming_content) if response.streaming else response.content
        assert f"{CANARY} ".encode() not in said, address  # a search may repeat what was searched for
        assert not any(box.encode() in said for box in full.values()), address


def _addresses():
    """Every address of the site that holds nothing to fill in, those of scripts too."""

    def walk(patterns, before=""):
        for each in patterns:
            if hasattr(each, "url_patterns"):
                yield from walk(each.url_patterns, before + str(each.pattern))
            elif not each.pattern.converters and "(" not in str(each.pattern):
                yield "/" + before + str(each.pattern)

    yield from walk(get_resolver().url_patterns)


def test_an_error_inside_says_nothing_to_the_reader_nor_to_the_log(sealed, client, monkeypatch, capfd, caplog) -> None:
    box = sealed.make()
    sealed.enter(client, box, "amina")
    client.raise_request_exception = False

    def fail(*_args, **_named):
        raise RuntimeError("it went wrong")

    monkeypatch.setattr(writing, "write_entry", fail)
    typed = {"day": "2026-06-03", "heading": CANARY, "text": CANARY, "people": CANARY}
    response = client.post(f"/compartments/{box}/new/good-offices/", typed)
    assert response.status_code == 500
    said = capfd.readouterr()
    assert CANARY not in response.content.decode() + said.out + said.err + caplog.text


def test_a_judged_score_leaves_without_a_name_and_without_a_way_back(sealed, client) -> None:
    from primacy.evidence.store.store import Store

    box = sealed.make()
    sealed.enter(client, box, "amina")
    given = {"category": "rubric/consent/national", "month": "2026-06-17", "score": "1"}
    assert client.post(f"/compartments/{box}/score/", given).status_code == 302
    store = Store(sealed.folder / "evidence")
    [version] = store.versions()
    [row] = [row for batch in store.content(version.id) for row in batch.to_pylist()]
    assert (row["value"], row["source"], row["origin"]) == (1.0, "judged score", "judged score")
    assert (str(row["date"]), str(row["until"]), row["level"]) == ("2026-06-01", "2026-06-30", 0)
    assert version.imported_by == ""
    told = json.dumps([row, version.model_dump()], default=str)
    assert not any(word in told for word in ("amina", box, CANARY, services.name_in_trail(box)))
    entry = AuditEntry.objects.get(deed="gave a judged score")
    assert (entry.subject, entry.detail) == ("rubric/consent/national", {})


# ---- keys, copies, erasing


def test_a_backup_is_useless_without_the_keys_and_whole_with_them(sealed, tmp_path) -> None:
    box = sealed.make()
    sealed.write(sealed.opened(box, "amina"), "stance", "Zed")
    shutil.copytree(sealed.folder, tmp_path / "backup")
    shutil.rmtree(sealed.place.boxes)
    restored = custody.Place(tmp_path / "backup" / "compartments", sealed.place.keys)
    amina = sealed.users["amina"].pk
    without = custody.Place(restored.boxes, tmp_path / "backup" / "keys")
    with pytest.raises(key_file.NoKeys):
        custody.open_box(without, box, amina, "amina", PASSPHRASE.format(name="amina"))
    other = custody.Place(restored.boxes, tmp_path / "other")
    custody.set_up(other.keys, b"1" * 32)
    custody.enrol(other, amina, PASSPHRASE.format(name="amina"), now=now())
    with pytest.raises(LookupError):
        custody.open_box(other, box, amina, "amina", PASSPHRASE.format(name="amina"))
    opened = custody.open_box(restored, box, amina, "amina", PASSPHRASE.format(name="amina"))
    [shown] = writing.entries(custody.look_inside(restored, opened), today=now().date())
    assert shown.people == ("Zed",)


def test_the_keys_may_not_lie_in_the_instance(sealed, monkeypatch) -> None:
    from primacy.compartments import queries

    monkeypatch.setenv("PRIMACY_KEYS_FILE", str(sealed.folder / "evidence" / "keys"))
    with pytest.raises(key_file.BadPlace):
        queries.place()
    monkeypatch.delenv("PRIMACY_KEYS_FILE")
    assert queries.place().keys.parent == sealed.folder.parent


def test_erasing_a_person_holds_in_every_copy_of_the_data(sealed, client, tmp_path) -> None:
    box = sealed.make()
    opened = sealed.opened(box, "amina")
    alone, both, other = (
        sealed.write(opened, "stance", *names) for names in (("Zed",), ("Ada", "Zed"), ("Ada",))
    )  # fmt: skip
    shutil.copytree(sealed.folder, tmp_path / "backup")
    key = next(person.key for person, name in writing.people(sealed.inside(opened)) if name == "Zed")
    sealed.enter(client, box, "bakary")
    address = f"/compartments/{box}/people/{key}/erase/"
    assert client.post(address, {}).status_code == 200
    assert client.post(address, {"sure": "on"}).status_code == 302
    for folder in (sealed.place.boxes, tmp_path / "backup" / "compartments"):
        inside = custody.look_inside(custody.Place(folder, sealed.place.keys), opened)
        states = {each.id: each.state for each in writing.entries(inside, today=now().date())}
        assert states == {alone: "withdrawn", both: "withdrawn", other: "kept"}
        assert [name for _person, name in writing.people(inside)] == ["Ada"]
    assert "Withdrawn for protection" in client.get(f"/compartments/{box}/").content.decode()
    assert client.get(f"/compartments/{box}/entries/{alone}/").status_code == 200
    assert client.get(address).status_code == 404
    assert client.get(f"/compartments/{box}/entries/{alone}/change/").status_code == 404


def test_another_key_opens_everything_as_before_and_the_old_one_nothing_new(sealed) -> None:
    from click.testing import CliRunner

    from primacy.cli import primacy

    box = sealed.make()
    before = sealed.opened(box, "amina")
    sealed.write(before, "obstruction", "Zed")
    secret = sealed.folder.parent / "passphrase"
    secret.write_text(PASSPHRASE.format(name="amina") + "\n")
    words = ["--data", str(sealed.folder), "compartments", "rotate", "amina", "--passphrase-file", str(secret)]
    done = CliRunner().invoke(primacy, words)
    assert "1 key changed." in done.output, done.output
    with pytest.raises(Unreadable):
        sealed.inside(before)
    for name in ("amina", "bakary"):
        [shown] = writing.entries(sealed.inside(sealed.opened(box, name)), today=now().date())
        assert (shown.state, shown.people) == ("kept", ("Zed",))
    assert set(key_file.read(sealed.place.keys).boxes[box]) == {2}


def test_a_change_of_keys_that_is_cut_off_loses_nothing(sealed, monkeypatch) -> None:
    """Whatever is written last: the file of keys opens the sealed file that is there."""
    from primacy.compartments import boxes

    box = sealed.make()
    opened = sealed.opened(box, "amina")

    def power_cut(*_args):
        raise OSError("no power")

    monkeypatch.setattr(boxes, "store", power_cut)
    with pytest.raises(OSError, match="no power"):
        custody.rotate(sealed.place, opened, now=now())
    monkeypatch.undo()
    monkeypatch.setenv("PRIMACY_DATA", str(sealed.folder))
    assert sealed.inside(sealed.opened(box, "bakary")).content.title == f"{CANARY} title"


def test_whoever_forgot_the_passphrase_is_added_again_by_two_others_with_the_mark_of_the_new_key(sealed) -> None:
    box = sealed.make("talks", "amina", "chike")
    before = services.make_key(by=sealed.users["chike"], passphrase=PASSPHRASE.format(name="chike"))
    ways = {"deed": "add", "person": sealed.users["chike"].pk, "name": "chike", "now": now()}
    with pytest.raises(custody.Refused):
        custody.propose(sealed.place, sealed.opened(box, "amina"), expected=sealed.marks["chike"], **ways)
    proposal = custody.propose(sealed.place, sealed.opened(box, "amina"), expected=before, **ways)
    custody.decide(sealed.place, sealed.opened(box, "bakary"), proposal.id, agreed=True, now=now())
    content = sealed.inside(sealed.opened(box, "chike")).content
    assert sorted(each.name for each in content.members) == ["amina", "bakary", "chike"]


def test_erasing_while_two_keys_are_there_leaves_nothing_under_either(sealed, monkeypatch) -> None:
    from primacy.compartments import boxes

    box = sealed.make()
    opened = sealed.opened(box, "amina")
    sealed.write(opened, "stance", "Zed")
    with monkeypatch.context() as cut:
        cut.setattr(boxes, "store", lambda *_args: (_ for _ in ()).throw(OSError("no power")))
        with pytest.raises(OSError, match="no power"):
            custody.rotate(sealed.place, opened, now=now())
    assert len(key_file.read(sealed.place.keys).boxes[box]) == 2
    [(person, _name)] = writing.people(sealed.inside(opened))
    services.erase_person(by=sealed.users["amina"], opened=opened, key=person.key)
    assert all(not each.keys for each in key_file.read(sealed.place.keys).boxes[box].values())


def test_signing_out_closes_it(sealed, client) -> None:
    box = sealed.make()
    sealed.enter(client, box, "amina")
    secret = client.cookies["primacy_opening"].value
    assert openings.get(secret.encode()) is not None
    client.post("/sign-out/")
    assert openings.get(secret.encode()) is None


def test_whoever_has_a_second_factor_shows_it_again(sealed, client) -> None:
    from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time

    from primacy.access import entering, factors

    box, secret = sealed.make(), factors.new_secret()
    factors.add_codes(person=sealed.users["amina"], secret=secret)
    code = format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))
    assert sealed.enter(client, box, "amina").status_code == 422
    assert sealed.enter(client, box, "amina", code="000000").status_code == 422
    assert sealed.enter(client, box, "amina", code=code).status_code == 302
    client.post("/compartments/close/")
    assert sealed.enter(client, box, "amina", code=code).status_code == 422  # a code opens once
    session = client.session
    session[entering.PROVED] = time.time()
    session.save()
    typed = {"why": "review", "words": "", "passphrase": PASSPHRASE.format(name="amina")}
    assert client.post(f"/compartments/{box}/open/", typed).status_code == 302  # signed in just now
