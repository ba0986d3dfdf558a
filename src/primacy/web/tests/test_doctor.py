"""The doctor finds what is wrong with a set-up, says where and what to do, and changes nothing."""

import json
import os
import re
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.db import DatabaseError, connection
from django.utils import timezone, translation

from primacy.access.models import User
from primacy.access.services import create_first_administrator, record
from primacy.framework.instance import Instance
from primacy.jobs.models import Job
from primacy.register import members
from primacy.web import doctor
from primacy.web.doctor import background, backup, clock, database, disk, door, files, people, trail

pytestmark = pytest.mark.django_db


@pytest.fixture
def instance(tmp_path, monkeypatch) -> Instance:
    """One where nothing is wrong."""
    tmp_path.chmod(0o700)
    for name in files.NAMED:
        monkeypatch.delenv(name, raising=False)
    here = Instance(tmp_path)
    here.keys.write_text("secret")
    here.keys.chmod(0o600)
    (tmp_path / backup.MARK).touch()
    for name in ("ana", "bo"):
        create_first_administrator(name, "correct-horse-battery", again=True)
    return here


@pytest.fixture(autouse=True)
def _closed_site(monkeypatch):
    """On this machine alone: the tests add a name of their own."""
    monkeypatch.setattr(door, "settings", SimpleNamespace(ALLOWED_HOSTS=list(door.LOCAL), DEBUG=False))


def grave(module, instance) -> list[str]:
    return [each.what for each in module.check(instance) if each.grave]


MODULES = members(doctor, names=("check", "NEEDS_DATABASE", "QUICK"))
SOUND = [name for name in MODULES if name != "evidence"]  # which has tests of its own in its room


@pytest.mark.parametrize("name", SOUND)
def test_nothing_grave_is_found_where_nothing_is_wrong(instance, name):
    allowed = (
        ["fsync is off"] if connection.vendor == "postgresql" else []
    )  # as the throwaway server of the tests has it
    assert [each for each in grave(MODULES[name], instance) if not any(word in each for word in allowed)] == []


def _readable_key(instance, monkeypatch):
    instance.keys.chmod(0o644)


def _address_for_all(instance, monkeypatch):
    instance.database_address.write_text("postgresql:///x")
    instance.database_address.chmod(0o604)


def _open_folder(instance, monkeypatch):
    instance.folder.chmod(0o705)


def _lost_key(instance, monkeypatch):
    monkeypatch.setenv("PRIMACY_KEYS_FILE", str(instance.folder / "gone"))


def _full_disk(instance, monkeypatch):
    monkeypatch.setattr(disk.shutil, "disk_usage", lambda _path: SimpleNamespace(free=1_000_000))


def _clock_set_back(instance, monkeypatch):
    record("ana", "signed in")
    before = timezone.now() - timedelta(days=1)
    monkeypatch.setattr(clock.timezone, "now", lambda: before)


def _nobody_works(instance, monkeypatch):
    job = Job.objects.create(kind="import", by=User.objects.first())
    Job.objects.filter(pk=job.pk).update(touched=timezone.now() - timedelta(minutes=10))


def _nobody_administers(instance, monkeypatch):
    User.objects.all().update(role="reader")


def _old_backup(instance, monkeypatch):
    old = (timezone.now() - timedelta(days=9)).timestamp()
    os.utime(instance.folder / backup.MARK, (old, old))


def _broken_trail(instance, monkeypatch):
    record("ana", "signed in")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE access_auditentry SET actor = 'eve'")


def _open_site(instance, monkeypatch):
    monkeypatch.setattr(
        door, "settings", SimpleNamespace(ALLOWED_HOSTS=["*"], DEBUG=True, **dict.fromkeys(door.ON_HTTPS))
    )


def _unreachable(instance, monkeypatch):
    def refuse():
        raise DatabaseError("connection refused\npassword: hidden")

    monkeypatch.setattr(connection, "ensure_connection", refuse)


def _tables_behind(instance, monkeypatch):
    monkeypatch.setattr(database, "_lacking", lambda: ["records 0002_more"])


WRONG = [
    # what is wrong                      how                   who finds it   what is said
    ("a key that others read",           _readable_key,        files,         "others on this machine can read a key"),
    ("an address that others read",      _address_for_all,     files,         "others on this machine can read a key"),
    ("a folder open to all",             _open_folder,         files,         "everybody on this machine can look"),
    ("a key that is not there",          _lost_key,            files,         "is not there"),
    ("a full disk",                      _full_disk,           disk,          "1 MB left"),
    ("a clock that was set back",        _clock_set_back,      clock,         "behind the last entry"),
    ("a queue that nobody works on",     _nobody_works,        background,    "1 job waits and no worker runs"),
    ("nobody administers",               _nobody_administers,  people,        "nobody can administer"),
    ("an old backup",                    _old_backup,          backup,        "the last backup is of"),
    ("a trail that was edited",          _broken_trail,        trail,         "the audit trail is broken"),
    ("errors for programmers",           _open_site,           door,          "inside of the program"),
    ("a site that answers to any name",  _open_site,           door,          "every name"),
    ("sessions without HTTPS",           _open_site,           door,          "without HTTPS"),
    ("a database that does not answer",  _unreachable,         database,      "cannot be read: connection refused"),
    ("tables of an older program",       _tables_behind,       database,      "records 0002_more"),
]  # fmt: skip


@pytest.mark.parametrize(("shows", "how", "module", "said"), WRONG, ids=[each[0] for each in WRONG])
def test_what_is_wrong_is_found_with_its_place_and_remedy(instance, monkeypatch, shows, how, module, said):
    how(instance, monkeypatch)
    found = [each for each in module.check(instance) if each.grave and said in each.what]
    assert found, grave(module, instance)
    assert all(each.where and each.remedy and "hidden" not in each.what for each in found)


def test_where_the_database_does_not_answer_nothing_else_asks_it(instance, monkeypatch):
    _unreachable(instance, monkeypatch)
    _full_disk(instance, monkeypatch)
    monkeypatch.setattr(people, "who_can_sign_in", lambda: pytest.fail("the database was asked"))
    said = json.dumps([each.what for each in doctor.examine(instance, quick=True)])
    assert "cannot be read" in said
    assert "1 MB left" in said


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_whoever_reads_another_language_is_told_in_it(instance, monkeypatch, language):
    for how in (_readable_key, _full_disk, _nobody_works, _old_backup):
        how(instance, monkeypatch)
    english = {each.what for each in doctor.examine(instance, quick=True)}
    with translation.override(language):
        other = {each.what for each in doctor.examine(instance, quick=True)}
    assert len(other) == len(english)
    assert not {each for each in english & other if not re.fullmatch(r"\W*", each)}
