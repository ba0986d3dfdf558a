"""A consistent copy of the database while people work on it, and such a copy brought back into an empty one.

SQLite is copied by its own interface for backups, PostgreSQL by `pg_dump`; both show one moment.
"""

import shutil
import sqlite3
import subprocess
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

from primacy.framework.instance import Instance
from primacy.places.errors import BadInput
from primacy.web.database import database

SQLITE, POSTGRESQL = "primacy.sqlite3", "primacy.dump"  # what a copy is called, by which it is known
INSTALLED = "/usr/lib/postgresql"


def copy_name(instance: Instance, environment: Mapping[str, str]) -> str:
    """What a copy of this instance's database is called."""
    return POSTGRESQL if _on_server(database(instance, environment)) else SQLITE


def copy_database(instance: Instance, environment: Mapping[str, str], into: Path) -> None:
    """Raises BadInput where there is no database, or the programs of PostgreSQL are not there or refuse."""
    asked = database(instance, environment)
    if _on_server(asked):
        _run("pg_dump", asked, environment, "--format=custom", "--no-owner", "--no-privileges", f"--file={into}")
        return
    if not instance.database.is_file():
        raise BadInput("there is no database", str(instance.database), "`primacy init` makes one")
    with closing(sqlite3.connect(instance.database, timeout=20)) as here, closing(sqlite3.connect(into)) as copy:
        here.backup(copy)


def bring_back(instance: Instance, environment: Mapping[str, str], copy: Path) -> None:
    """Raises BadInput for a copy that is damaged, of the other kind of database, or where one is there already."""
    asked = database(instance, environment)
    if _on_server(asked):
        _run("pg_restore", asked, environment, "--no-owner", "--no-privileges", "--single-transaction",
             "--exit-on-error", str(copy))  # fmt: skip
        return
    with closing(sqlite3.connect(copy)) as found:
        if found.execute("PRAGMA integrity_check").fetchone() != ("ok",):
            raise BadInput("the copy of the database is damaged", str(copy), "Take another backup")
    copy.replace(instance.database)
    instance.database.chmod(0o600)


def is_empty(instance: Instance, environment: Mapping[str, str]) -> bool:
    """Whether there is nothing yet where a copy would be brought to."""
    asked = database(instance, environment)
    if not _on_server(asked):
        return not instance.database.exists()
    import psycopg

    with psycopg.connect(_conninfo(asked), password=asked["PASSWORD"] or None) as server:
        found = server.execute("SELECT count(*) FROM pg_tables WHERE schemaname = current_schema()").fetchone()
    return found == (0,)


def _on_server(asked: Mapping[str, Any]) -> bool:
    return str(asked["ENGINE"]).endswith("postgresql")


def _run(name: str, asked: Mapping[str, Any], environment: Mapping[str, str], *words: str) -> None:
    """The password travels in the environment of the program, never on its command line."""
    secret = {"PGPASSWORD": asked["PASSWORD"]} if asked["PASSWORD"] else {}
    command = [_program(name), f"--dbname={_conninfo(asked)}", *words]
    surroundings = {**environment, **secret}
    done = subprocess.run(command, env=surroundings, capture_output=True, text=True)  # noqa: S603 - no shell, no words of users
    if done.returncode:
        said = (done.stderr.strip().splitlines() or ["it said nothing"])[0]
        raise BadInput(f"{name} refused: {said}", name, "Install the client of PostgreSQL in the version of the server")


def _program(name: str) -> str:
    """The newest one, because an older client refuses a newer server."""
    versions = sorted(Path(INSTALLED).glob(f"*/bin/{name}"), key=lambda each: float(each.parts[-3]))
    found = str(versions[-1]) if versions else shutil.which(name)
    if found is None:
        raise BadInput(f"{name} is not on this machine", name, "Install the client of PostgreSQL (postgresql-client)")
    return found


def _conninfo(asked: Mapping[str, Any]) -> str:
    from psycopg.conninfo import make_conninfo

    named = {"dbname": asked["NAME"], "user": asked["USER"], "host": asked["HOST"], "port": asked["PORT"]}
    return make_conninfo(**{key: value for key, value in {**named, **asked["OPTIONS"]}.items() if value})
