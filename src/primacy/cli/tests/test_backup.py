"""A backup holds everything but keys, opens with its passphrase alone, and comes back as it was."""

import json
import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import pytest

from primacy.compartments.pieces import PIECE, Sealing, Unsealing
from primacy.compartments.sealing import Unreadable
from primacy.framework.instance import Instance
from primacy.places.errors import BadInput
from primacy.web import backing_up, restoring
from primacy.web.doctor import backup as doctor

PHRASE = "an old lamp, a red door, three weeks of rain"
NOW = datetime(2026, 6, 30, 12, tzinfo=UTC)
KEYS = ("secret.key", "signing.key", "sign-in.yaml", "mail.secret")
HELD = {
    "mission.yaml": b"country: XX\n",
    "evidence/manifest.json": b"{}",
    "evidence/rows/a.parquet": bytes(range(256)) * 20_000,  # several pieces
    "attachments/3f/3f9c": b"what a village said",
    "compartments/b1.sealed": b"PRIMACY1 sealed",
    "framework/O2.M2.yaml": b"",
}
MAIL = "{host: mail.example, sender: a@example.org, domains: [example.org], site: 'https://a.example', password_file: mail.secret}"


@pytest.fixture
def instance(tmp_path: Path) -> Instance:
    here = Instance(tmp_path / "here")
    for name, content in HELD.items():
        (here.folder / name).parent.mkdir(parents=True, exist_ok=True)
        (here.folder / name).write_bytes(content)
    here.mail_file.write_text(MAIL)
    for name in KEYS:
        (here.folder / name).write_text("a key that opens")
    with sqlite3.connect(here.database) as database:
        database.execute("PRAGMA journal_mode=WAL")
        database.execute("CREATE TABLE said (words TEXT)")
        database.execute("INSERT INTO said VALUES ('in the database')")
    return here


@pytest.fixture
def file(instance: Instance, tmp_path: Path) -> Path:
    made = tmp_path / "one.backup"
    backing_up.back_up(instance, {}, made, PHRASE, NOW)
    return made


def test_everything_comes_back_as_it_was_but_keys(instance, file, tmp_path):
    there = Instance(tmp_path / "there")
    contents = restoring.restore(file, PHRASE, there, {})
    assert {name: (there.folder / name).read_bytes() for name in HELD} == HELD
    assert [name for name in KEYS if (there.folder / name).exists()] == []
    assert sqlite3.connect(there.database).execute("SELECT words FROM said").fetchall() == [("in the database",)]
    assert contents.made == NOW
    assert not list(tmp_path.glob("there.*"))


def test_what_was_written_after_the_moment_of_the_backup_is_not_in_it(instance, file, tmp_path):
    with sqlite3.connect(instance.database) as database:
        database.execute("INSERT INTO said VALUES ('later')")
    there = Instance(tmp_path / "there")
    restoring.restore(file, PHRASE, there, {})
    assert sqlite3.connect(there.database).execute("SELECT count(*) FROM said").fetchone() == (1,)


def test_what_is_written_while_it_is_copied_is_in_it_whole_or_not_at_all(instance, tmp_path):
    """A transaction that is open holds nothing up, and is not in the backup."""
    writer = sqlite3.connect(instance.database)
    writer.execute("BEGIN IMMEDIATE")
    writer.execute("INSERT INTO said VALUES ('half')")
    backing_up.back_up(instance, {}, tmp_path / "x.backup", PHRASE, NOW)
    writer.commit()
    there = Instance(tmp_path / "there")
    restoring.restore(tmp_path / "x.backup", PHRASE, there, {})
    assert sqlite3.connect(there.database).execute("SELECT count(*) FROM said").fetchone() == (1,)


def test_no_word_of_it_stands_in_the_file_nor_is_left_beside_it(instance, file):
    written = file.read_bytes()
    for said in (*HELD.values(), b"in the database", b"mission.yaml", b"attachments", b"a key that opens"):
        assert len(said) < 8 or said[:200] not in written
    assert file.stat().st_mode & 0o077 == 0
    assert not list(instance.folder.glob(".backup-*"))
    assert not file.with_name(file.name + ".part").exists()


def test_files_of_the_restored_are_for_their_owner_alone(file, tmp_path):
    there = Instance(tmp_path / "there")
    restoring.restore(file, PHRASE, there, {})
    assert [each for each in (there.folder, *there.folder.rglob("*")) if each.stat().st_mode & 0o077] == []


@pytest.mark.parametrize("where", [0, 20, 400, PIECE + 900, -1])
def test_a_changed_byte_is_found_and_nothing_is_restored(file, tmp_path, where):
    changed = bytearray(file.read_bytes())
    changed[where] ^= 1
    file.write_bytes(changed)
    with pytest.raises(BadInput):
        restoring.restore(file, PHRASE, Instance(tmp_path / "there"), {})
    assert not (tmp_path / "there").exists()


@pytest.mark.parametrize("size", [0, 7, 100, 2 * PIECE, -1])
def test_a_file_that_was_cut_off_is_found(file, tmp_path, size):
    file.write_bytes(file.read_bytes()[:size])
    with pytest.raises(BadInput):
        backing_up.read_backup(file, PHRASE)


def test_another_passphrase_opens_nothing_and_spaces_do_not_count(file):
    with pytest.raises(BadInput, match="passphrase"):
        backing_up.read_backup(file, PHRASE + "!")
    assert backing_up.read_backup(file, f"  {PHRASE.replace(' ', '  ')}").files


def test_pieces_that_change_places_are_found(tmp_path):
    import io

    sealed = io.BytesIO()
    with Sealing(sealed, PHRASE) as sealing:
        sealing.write(b"a" * (3 * PIECE))
    whole = sealed.getvalue()
    length = 1 + 4 + 28 + PIECE
    begin = len(whole) - 3 * length
    swapped = (
        whole[:begin]
        + whole[begin + length : begin + 2 * length]
        + whole[begin : begin + length]
        + whole[begin + 2 * length :]
    )
    reading = Unsealing(io.BytesIO(swapped), PHRASE)
    with pytest.raises(Unreadable):
        reading.read(1)


TAKEN = {
    "a file there already": lambda instance, tmp_path: (tmp_path / "one.backup").touch() or tmp_path / "one.backup",
    "in the instance folder": lambda instance, tmp_path: instance.folder / "one.backup",
    "a folder that is not there": lambda instance, tmp_path: tmp_path / "none" / "one.backup",
}


@pytest.mark.parametrize("case", TAKEN)
def test_a_backup_is_refused(instance, tmp_path, case):
    with pytest.raises(BadInput):
        backing_up.place_for(TAKEN[case](instance, tmp_path), instance, NOW)


def test_a_folder_gets_a_file_named_by_its_moment(instance, tmp_path):
    assert backing_up.place_for(tmp_path, instance, NOW).name == "primacy-2026-06-30-120000.backup"


def test_a_short_passphrase_and_a_link_are_refused_and_leave_nothing(instance, tmp_path):
    with pytest.raises(BadInput, match="short"):
        backing_up.back_up(instance, {}, tmp_path / "x", "six letters", NOW)
    (instance.folder / "pictures").symlink_to(tmp_path)
    with pytest.raises(BadInput, match="link"):
        backing_up.back_up(instance, {}, tmp_path / "x", PHRASE, NOW)
    assert not list(tmp_path.glob("x*"))
    assert not (instance.folder / doctor.MARK).exists()


def test_nothing_is_written_over_but_keys_may_wait_in_the_folder(instance, file, tmp_path):
    with pytest.raises(BadInput, match="written over"):
        restoring.restore(file, PHRASE, instance, {})
    assert instance.mission_file.read_bytes() == HELD["mission.yaml"]
    there = Instance(tmp_path / "there")
    there.folder.mkdir()
    there.keys.write_text("the copy of the key")
    restoring.restore(file, PHRASE, there, {})
    assert there.keys.read_text() == "the copy of the key"
    assert restoring.missing_keys(there, {}) == [there.signing_key]


def test_the_doctor_knows_the_last_backup(instance, file):
    assert list(doctor.check(instance)) == []


def test_a_backup_of_the_other_kind_of_database_is_refused_with_what_to_do(instance, file, tmp_path, monkeypatch):
    monkeypatch.setattr(restoring, "copy_name", lambda *_each: "primacy.dump")
    monkeypatch.setattr(restoring, "is_empty", lambda *_each: True)
    with pytest.raises(BadInput, match=r"primacy\.dump"):
        restoring.restore(file, PHRASE, Instance(tmp_path / "there"), {})
    assert not (tmp_path / "there").exists()


def test_the_commands_do_it_and_the_trail_tells_of_both(run, tmp_path, monkeypatch):
    """In processes of their own: a command begins with the instance that it is told."""
    import os
    import subprocess
    import sys

    phrase = tmp_path / "phrase"
    phrase.write_text(PHRASE)
    surroundings = {key: value for key, value in os.environ.items() if not key.startswith(("PRIMACY", "DJANGO"))}

    def primacy(*words: object) -> str:
        command = [sys.executable, "-m", "primacy", *map(str, words)]
        done = subprocess.run(command, env=surroundings, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        return done.stdout

    here, there = tmp_path / "a", tmp_path / "b"
    primacy("init", "--country", "XX", "--simulations", "2000", "--data", here)
    made = json.loads(primacy("backup", tmp_path, "--passphrase-file", phrase, "--data", here, "--json"))
    assert "every checksum right" in primacy("restore", made["file"], "--check", "--passphrase-file", phrase)
    assert "Missing" in primacy("restore", made["file"], "--passphrase-file", phrase, "--data", there)
    deeds = [row[0] for row in sqlite3.connect(there / "primacy.sqlite3").execute("SELECT deed FROM access_auditentry")]
    assert deeds == ["made a backup", "restored a backup"]
    assert json.loads(primacy("audit", "verify", "--data", there, "--json"))["sound"]
