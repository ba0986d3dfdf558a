"""Locking down: within seconds nothing opens, nobody is signed in, every address says the same; headquarters reopens."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import click
import pytest
from click.testing import CliRunner
from tests.safety.sealed_house import CANARY, HEADQUARTERS, PASSPHRASE, now

from primacy.access.models import AuditEntry, Token
from primacy.access.services import create_token
from primacy.cli import primacy
from primacy.compartments import custody, key_file, lock_down, openings, services
from primacy.compartments.places import other_keys
from primacy.compartments.sealing import Unreadable
from primacy.framework import Instance

pytestmark = pytest.mark.django_db
ADDRESSES = ("/", "/sign-in/", "/compartments/", "/api/v1/assessments", "/static/ui/page.css", "/no-such-page/")


@pytest.fixture
def locked(sealed, client):
    """A compartment that was open in a browser when the instance was locked down from the page."""
    instance = Instance.here()
    instance.keys.write_text("the key of sessions")
    instance.signing_key.write_text("the key that signs")
    box = sealed.make()
    leader = sealed.users["amina"]
    leader.role = "leader"
    leader.set_password("a-long-password-1")
    leader.save()
    create_token(person=sealed.users["bakary"], name="table", days=7)
    sealed.enter(client, box, "amina")
    assert client.post("/lock-down/", {"password": "wrong"}).status_code == 200
    assert not instance.lock.exists()
    client.post("/lock-down/", {"password": "a-long-password-1"})
    assert instance.lock.exists()
    return box


def test_every_address_says_the_same_and_nothing_of_what_this_is(locked, client) -> None:
    told = {client.get(address).content for address in ADDRESSES} | {client.post("/sign-in/", {}).content}
    assert len(told) == 1
    assert {client.get(address).status_code for address in ADDRESSES} == {503}
    assert b"Primacy" not in told.pop()


def test_no_passphrase_opens_anything_and_what_was_open_is_closed(sealed, locked, client) -> None:
    with pytest.raises(Unreadable):
        sealed.opened(locked, "amina")
    assert openings.get(client.cookies["primacy_opening"].value.encode()) is None
    seals = [each.seals for each in key_file.read(sealed.place.keys).boxes[locked].values()]
    assert [set(each.values()) for each in seals] == [{""}]
    assert not any(file.exists() for file in other_keys(Instance.here(), os.environ).values())


def test_everybody_is_signed_out_and_every_token_withdrawn(locked, client) -> None:
    from primacy.access.sign_ins import Session

    assert not Session.objects.exists()
    assert not Token.objects.filter(withdrawn=None).exists()
    assert AuditEntry.objects.filter(deed="locked down").count() == 1


def test_headquarters_reopens_and_everybody_has_their_passphrase_still(sealed, locked, client) -> None:
    instance = Instance.here()
    request = lock_down.ask(sealed.place, instance.lock)
    assert CANARY.encode() not in request
    marks = {mark for _box, _person, mark in lock_down.named(request)}
    assert marks == {sealed.marks["amina"], sealed.marks["bakary"]}
    with pytest.raises(Unreadable):
        lock_down.answer(request, b"1" * 32)  # another headquarters
    answer = lock_down.answer(request, sealed.private)
    lock_down.apply(sealed.place, instance.lock, other_keys(instance, os.environ), answer)
    assert sealed.inside(sealed.opened(locked, "bakary")).content.title == f"{CANARY} title"
    assert instance.keys.read_text() == "the key of sessions"
    assert instance.signing_key.read_text() == "the key that signs"
    assert client.get("/sign-in/").status_code == 200


def test_an_answer_opens_one_lock_down_and_not_the_next(sealed, locked) -> None:
    instance, others = Instance.here(), other_keys(Instance.here(), os.environ)
    answer = lock_down.answer(lock_down.ask(sealed.place, instance.lock), sealed.private)
    lock_down.apply(sealed.place, instance.lock, others, answer)
    lock_down.lock(sealed.place, instance.lock, others, now=now())
    with pytest.raises(Unreadable):
        lock_down.apply(sealed.place, instance.lock, others, answer)
    assert instance.lock.exists()


def test_it_locks_with_the_keys_taken_out_and_without_a_headquarters(sealed) -> None:
    instance = Instance.here()
    sealed.place.keys.rename(sealed.folder.parent / "in a pocket")
    (sealed.place.boxes / lock_down.PUBLIC).unlink()
    services.lock_down_now(by="somebody at the terminal")
    assert instance.lock.exists()
    assert not lock_down.read_lock(instance.lock).sealed


def test_the_commands_lead_from_the_key_of_headquarters_to_a_reopened_instance(sealed, tmp_path, monkeypatch) -> None:
    from primacy.compartments import queries

    sealed.place.keys.unlink()
    secret = tmp_path / "passphrase"
    secret.write_text(HEADQUARTERS + "\n")
    key, request, answer = (str(tmp_path / name) for name in ("hq.key", "request", "answer"))

    def run(*words: str) -> str:
        done = CliRunner().invoke(primacy, ["--data", str(sealed.folder), *words])
        assert done.exit_code == 0, done.output
        return done.output

    run("compartments", "recovery-key", key, "--passphrase-file", str(secret))
    run("compartments", "set-up", "--recovery", f"{key}.pub")
    monkeypatch.setattr("primacy.cli.Context.audit", lambda *_args, **_named: None)  # the database here is in memory
    box = sealed.make()
    run("lock-down")
    run("reopen", "ask", request)
    assert sealed.marks["amina"] in run(
        "reopen", "answer", request, "--recovery-key", key, "--out", answer, "--passphrase-file", str(secret)
    )
    assert Path(answer).stat().st_mode & 0o077 == 0
    run("reopen", "apply", answer)
    opened = custody.open_box(
        queries.place(), box, sealed.users["amina"].pk, "amina", PASSPHRASE.format(name="amina")
    )  # fmt: skip
    assert custody.look_inside(queries.place(), opened).content.title == f"{CANARY} title"


def every_command(group: click.Group = primacy, *before: str) -> Iterator[tuple[str, ...]]:
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        yield from every_command(command, *before, name) if isinstance(command, click.Group) else [(*before, name)]


SAYS_SO = (("compartments", "status"),)
OPENS = (("reopen", "ask"), ("reopen", "answer"), ("reopen", "apply"), ("compartments", "recovery-key"), ("lock-down",))
CHECKS = (("audit", "verify"), ("doctor",))


@pytest.mark.parametrize("words", list(every_command()), ids=" ".join)
def test_no_command_tells_anything_but_those_that_reopen_it_or_check_whether_it_is_whole(
    instance_folder, words
) -> None:
    Instance.here().lock.write_text('{"at": "2026-06-03T00:00:00Z"}')
    done = CliRunner().invoke(
        primacy, ["--data", str(Instance.here().folder), *words, *(["--help"] if words in OPENS else [])]
    )
    if words in SAYS_SO:
        assert (done.exit_code, done.output) == (1, "locked down: True\nwhole: False\n")
    elif words not in (*OPENS, *CHECKS):
        assert (done.exit_code, done.stdout) == (2, "")
        assert "This instance is locked down" in done.stderr
    else:
        assert "This instance is locked down" not in done.output


def test_a_worker_does_nothing_more(instance_folder, monkeypatch) -> None:
    from primacy.jobs.services import worker

    quiet = SimpleNamespace(running=True, configure_signals=lambda: None)
    monkeypatch.setattr(worker, "_queue_worker", lambda _name: quiet)
    monkeypatch.setattr(worker, "claimed", lambda _name: pytest.fail("it looked for a job"))
    Instance.here().lock.write_text("{}")
    assert worker.work("w", until_empty=True) == 0


SITE = """
import os, sys, time
os.environ["DJANGO_SETTINGS_MODULE"] = "primacy.web.settings"
import django
django.setup()
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
settings.MIGRATION_MODULES = {{each.label: None for each in apps.get_app_configs()}}  # the tables as they are, at once
call_command("migrate", run_syncdb=True, verbosity=0)
from datetime import date
from django.test import Client
from primacy.access.models import User
from primacy.access.posts import Post
from primacy.compartments import custody, lock_down, openings, sealing, services
from primacy.compartments.kinds import table
from primacy.compartments.queries import place
sealing.COST = sealing.Cost(memory=64, iterations=1, lanes=1)
_private, public = sealing.new_pair()
custody.set_up(place().keys, public)
lock_down.set_up_public(place(), public)
people = [User.objects.create(username=name, role="reader") for name in ("amina", "bakary")]
Post.objects.create(person=people[0], component="head-of-mission", since=date(2020, 1, 1))
for each in people:
    services.make_key(by=each, passphrase="{passphrase}")
box = services.make_compartment(by=people[0], title="{canary} title", class_="talks", members=people[1:])
client = Client(SERVER_NAME="localhost")
client.force_login(people[0])
opened = client.post(f"/compartments/{{box}}/open/", {{"why": "review", "words": "{canary} words", "passphrase": "{passphrase}"}})
assert opened.status_code == 302, opened.content
for kind in ("good-offices", "stance", "host-consent"):
    of = table().kinds[kind]
    typed = {{name: "{canary} " + name for name in of.fields}} | {{"day": "2026-06-03", "position": "1", "consent": "given"}}
    answered = client.post(f"/compartments/{{box}}/new/{{kind}}/", typed | {{"people": "{canary} person"}})
    assert answered.status_code == 302, answered.content
assert b"{canary} person" in client.get(f"/compartments/{{box}}/").content
print("open", flush=True)
while openings.get(client.cookies["primacy_opening"].value.encode()):
    time.sleep(0.05)
print("closed", flush=True)
time.sleep(60)
"""


def test_a_machine_seized_while_a_compartment_is_open_has_nothing_of_it_on_its_disk(tmp_path) -> None:
    """A site in a process of its own, with the database in a file; it is killed while a compartment is open, so that the
    journal of the database and whatever was temporary stay as they are."""
    folder, temporary = tmp_path / "laptop" / "instance", tmp_path / "laptop" / "temporary"
    folder.mkdir(parents=True)
    temporary.mkdir()
    (folder / "mission.yaml").write_text(
        "country: OST\nmandate: {resolution: '1 (2020)', start: 2020-01-01}\n"
        "horizons: {short: [2020-01-01, 2030-01-01], medium: [2020-01-01, 2030-01-01], long: [2020-01-01, 2030-01-01]}\n"
    )
    environment = {name: each for name, each in os.environ.items() if not name.startswith("PRIMACY_")}
    environment |= {"PRIMACY_DATA": str(folder), "TMPDIR": str(temporary), "HOME": str(temporary)}
    script = SITE.format(canary=CANARY, passphrase=PASSPHRASE.format(name="amina"))
    with (tmp_path / "laptop" / "log").open("wb") as log:
        site = subprocess.Popen(
            [sys.executable, "-c", script], cwd=temporary, env=environment, stdout=subprocess.PIPE, stderr=log
        )  # fmt: skip
        try:
            assert site.stdout is not None
            assert site.stdout.readline() == b"open\n", (tmp_path / "laptop" / "log").read_text()
            seized = [each for each in (tmp_path / "laptop").rglob("*") if each.is_file()]
            assert {each.suffix for each in seized} >= {".sqlite3", ".sealed", ".keys"}
            assert any(each.name.endswith("-wal") for each in seized)
            for each in seized:
                content = str(each).encode() + each.read_bytes()
                assert CANARY.encode() not in content, each
                assert PASSPHRASE.format(name="amina").encode() not in content, each
            begun = time.monotonic()
            (folder / "locked-down").write_text('{"at": "2026-06-03T00:00:00Z"}')  # the first thing that locking does
            assert site.stdout.readline() == b"closed\n"
            assert time.monotonic() - begun < 10
        finally:
            site.send_signal(signal.SIGKILL)
            site.wait()


def test_closing_comes_first_and_waits_for_nothing_that_only_later_steps_need(tmp_path) -> None:
    """What the command reads, in the order in which it does: the framework and Django after the site is closed, and what
    only pages need not at all."""
    (tmp_path / "mission.yaml").touch()
    environment = {name: each for name, each in os.environ.items() if not name.startswith("PRIMACY_")}
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "primacy", "--data", str(tmp_path), "lock-down"],
        env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert "Locked down" in done.stdout
    read = [line.rpartition("|")[2].strip() for line in done.stderr.splitlines() if line.startswith("import time:")]
    closed = read.index("primacy.compartments.places")  # the last that is read before
    assert not {"django", "numpy", "primacy.framework.in_force"} & set(read[:closed])
    assert not {"allauth", "ninja", "primacy.compartments.services"} & set(read)
