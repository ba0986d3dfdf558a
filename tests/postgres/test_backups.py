"""A backup where records are on a server of PostgreSQL: one moment of it, back into an empty database, and no other."""

from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace

import psycopg
import pytest
from tests.postgres.server import server

from primacy.framework.instance import Instance
from primacy.places.errors import BadInput
from primacy.web import database_copy
from primacy.web.backing_up import back_up
from primacy.web.restoring import restore

pytestmark = pytest.mark.postgres
PHRASE = "an old lamp, a red door, three weeks of rain"
NOW = datetime(2026, 6, 30, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def addresses():
    """Of a database with something in it, and of an empty one."""
    with server() as address:
        with psycopg.connect(address, autocommit=True) as database:
            database.execute("CREATE DATABASE other")
            database.execute("CREATE TABLE said (id serial PRIMARY KEY, words text UNIQUE)")
            database.execute("INSERT INTO said (words) VALUES ('on the server')")
        yield address, address.replace("/primacy?", "/other?")


def instance_at(folder: Path, address: str) -> Instance:
    folder.mkdir()
    here = Instance(folder)
    here.database_address.write_text(address)
    here.database_address.chmod(0o600)
    return here


def rows(address: str) -> list[tuple[object, ...]]:
    with psycopg.connect(address) as database:
        return database.execute("SELECT words FROM said ORDER BY id").fetchall()


def test_it_comes_back_into_an_empty_database_and_into_no_other(addresses, tmp_path):
    full, empty = addresses
    here, there = instance_at(tmp_path / "here", full), instance_at(tmp_path / "there", empty)
    here.mission_file.write_text("country: XX\n")
    file = tmp_path / "one.backup"
    with psycopg.connect(full) as writer:
        writer.execute("INSERT INTO said (words) VALUES ('half')")  # while somebody is in the middle of saving
        contents = back_up(here, {}, file, PHRASE, NOW)
        writer.rollback()
    assert "folder/database.url" not in contents.files
    assert b"on the server" not in file.read_bytes()
    restore(file, PHRASE, there, {})
    assert rows(empty) == [("on the server",)]
    assert there.mission_file.is_file()
    with pytest.raises(BadInput, match="tables already"):
        restore(file, PHRASE, instance_at(tmp_path / "third", empty), {})
    with pytest.raises(BadInput, match=r"holds primacy\.dump"):
        restore(file, PHRASE, Instance(tmp_path / "sqlite"), {})


def test_without_pg_dump_it_says_what_to_install(addresses, tmp_path, monkeypatch):
    monkeypatch.setattr(database_copy, "INSTALLED", str(tmp_path))
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(BadInput, match="Install the client of PostgreSQL"):
        back_up(instance_at(tmp_path / "here", addresses[0]), {}, tmp_path / "x", PHRASE, NOW)
    assert not list(tmp_path.glob("x*"))


def test_the_password_stands_on_no_command_line(tmp_path, monkeypatch):
    seen = {}

    def run(command, *, env, **_named):
        seen.update(command=command, env=env)
        return SimpleNamespace(returncode=0)

    monkeypatch.setattr(database_copy, "subprocess", SimpleNamespace(run=run))
    monkeypatch.setattr(database_copy, "_program", lambda name: name)
    here = instance_at(
        tmp_path / "here", "postgresql://primacy:open%20sesame@db.example:5433/mission?sslmode=verify-full"
    )
    database_copy.copy_database(here, {}, tmp_path / "copy")
    assert "sesame" not in " ".join(seen["command"])
    assert seen["env"]["PGPASSWORD"] == "open sesame"
    assert "sslmode=verify-full" in " ".join(seen["command"])
