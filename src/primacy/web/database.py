"""Where records are kept: SQLite in the instance folder, or the PostgreSQL server that an address names.

The address stands in PRIMACY_DATABASE_URL, else in the file `database.url` of the instance folder, which is for its
owner alone because it may hold a password. It has the form of libpq:

    postgresql://user:password@host:port/name?sslmode=verify-full&sslrootcert=/etc/primacy/ca.pem
    postgresql:///name?host=/run/postgresql        through a socket of this machine
"""

from collections.abc import Mapping
from importlib.util import find_spec
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from primacy.framework.instance import Instance
from primacy.places.errors import BadInput

VARIABLE = "PRIMACY_DATABASE_URL"
FORM = "Write it as postgresql://user:password@host:port/name"
DRIVER = "psycopg"
SCHEMES = ("postgresql", "postgres")


def database(instance: Instance, environment: Mapping[str, str]) -> dict[str, Any]:
    """Django's description of the database.

    Raises   BadInput, which never quotes the address, if it is not that of a PostgreSQL database, if others may read
             the file it stands in, or if the driver is not installed.
    """
    address, where = _address(instance, environment)
    return _postgresql(address, where) if address else _sqlite(instance)


def _address(instance: Instance, environment: Mapping[str, str]) -> tuple[str, str]:
    """The address and where it stands; empty where there is none."""
    if named := environment.get(VARIABLE, "").strip():
        return named, VARIABLE
    file = instance.database_address
    if not file.is_file():
        return "", ""
    if file.stat().st_mode & 0o077:
        raise BadInput("others on this machine can read the address of the database", str(file), f"chmod 600 {file}")
    return file.read_text("utf-8").strip(), str(file)


def _sqlite(instance: Instance) -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": instance.database,
        "OPTIONS": {
            # A transaction takes the write lock at its start: two that read first and then write would deadlock.
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            # What is deleted is overwritten: a disposal of a record must leave nothing in the file.
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA secure_delete=ON;",
        },
    }


def _postgresql(address: str, where: str) -> dict[str, Any]:
    try:
        parts = urlsplit(address)
        port = str(parts.port or "")
    except ValueError as error:
        raise BadInput("this is no address of a database", where, FORM) from error
    name = unquote(parts.path.lstrip("/"))
    if parts.scheme not in SCHEMES or not name:
        raise BadInput("this is no address of a PostgreSQL database", where, FORM)
    if find_spec(DRIVER) is None:
        raise BadInput("the driver of PostgreSQL is not installed", where, "`make install-postgres` installs it")
    options = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", "") or unquote(parts.hostname or ""),
        "PORT": options.pop("port", "") or port,
        "OPTIONS": {"connect_timeout": 10, "application_name": "primacy", **options},
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,  # a server that was restarted costs nobody a page
    }
