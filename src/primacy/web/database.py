"""Where records are kept: SQLite in the instance folder, or the PostgreSQL server that an address names."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import unquote, urlsplit

from primacy.framework.instance import Instance


def database(instance: Instance, environment: Mapping[str, str]) -> dict[str, Any]:
    """Django's description of the database.

    Raises   ValueError if PRIMACY_DATABASE_URL is not the address of a PostgreSQL database.
    """
    address = environment.get("PRIMACY_DATABASE_URL", "")
    return _postgresql(address) if address else _sqlite(instance)


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


def _postgresql(address: str) -> dict[str, Any]:
    parts = urlsplit(address)
    name = unquote(parts.path.lstrip("/"))
    if parts.scheme not in ("postgresql", "postgres") or not name:
        raise ValueError("PRIMACY_DATABASE_URL must read postgresql://user:password@host:port/name")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
    }
