"""Can the database be read, is it at the version of the program, and does it keep what it is given?"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext as _

from primacy.evidence.doctor import Ailment
from primacy.framework.instance import Instance

NEEDS_DATABASE = True
QUICK = True
OLDEST = 14_00_00  # of the servers that Django 5.2 speaks with
TRUSTED = ("verify-full", "verify-ca")


def check(instance: Instance) -> Iterator[Ailment]:
    """One that cannot be reached, lacks tables, or travels in the open."""
    where = place(instance)
    if connection.vendor == "sqlite" and _missing(connection.settings_dict["NAME"]):
        yield Ailment(_("there is no database yet"), where, _("`primacy init` makes it"))
        return
    try:
        connection.ensure_connection()
        lacking = _lacking()
    except DatabaseError as error:
        said = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
        remedy = _("Start the server, and look at the address, the user and the password in PRIMACY_DATABASE_URL")
        yield Ailment(_("the database cannot be read: %(said)s") % {"said": said}, where, remedy)
        return
    if lacking:
        what = _("the tables are older than the program: %(names)s") % {"names": ", ".join(lacking)}
        yield Ailment(what, where, _("`primacy init` brings them up to date; take a backup before"))
    yield from _sqlite(where) if connection.vendor == "sqlite" else _postgresql(where)


def place(instance: Instance) -> str:
    """Where the database is, without a password."""
    if connection.vendor == "sqlite":
        return str(connection.settings_dict["NAME"])
    known = connection.settings_dict
    return f"{known['NAME']} @ {known['HOST'] or 'localhost'}"


def _missing(name: Any) -> bool:
    return not str(name).startswith("file:") and not Path(name).is_file()


def _lacking() -> list[str]:
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{step.app_label} {step.name}" for step, _backwards in plan][:5]


def _sqlite(where: str) -> Iterator[Ailment]:
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA quick_check(1)")
        said = str(cursor.fetchone()[0])
    if said != "ok":
        yield Ailment(_("the database is damaged: %(said)s") % {"said": said}, where, _("Restore it from a backup"))


def _postgresql(where: str) -> Iterator[Ailment]:
    known, options = connection.settings_dict, connection.settings_dict["OPTIONS"]
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('server_version_num')::int, current_setting('server_encoding')")
        version, encoding = cursor.fetchone()
        cursor.execute("SELECT current_setting('fsync'), rolsuper FROM pg_roles WHERE rolname = current_user")
        fsync, almighty = cursor.fetchone()
    if version < OLDEST:
        yield Ailment(_("the server of PostgreSQL is too old"), where, _("Version 14 or newer is needed"))
    if encoding != "UTF8":
        remedy = _("Make a database with the encoding UTF8 and move the content there")
        yield Ailment(
            _("the database does not keep every script: its encoding is %(name)s") % {"name": encoding}, where, remedy
        )
    if fsync != "on":
        yield Ailment(
            _("the server loses what was saved when its machine fails (fsync is off)"), where,
            _("Set fsync = on in postgresql.conf"),
        )  # fmt: skip
    if almighty:
        yield Ailment(
            _("Primacy signs in to the server as a superuser"), where,
            _("Give it a user of its own that owns its database and nothing else"), grave=False,
        )  # fmt: skip
    if _far(known["HOST"]) and options.get("sslmode") not in TRUSTED:
        yield Ailment(
            _("records travel to the database without proof of who receives them"), where,
            _("Add ?sslmode=verify-full&sslrootcert=FILE to the address"),
        )  # fmt: skip


def _far(host: str) -> bool:
    return bool(host) and not host.startswith("/") and host not in ("localhost", "127.0.0.1", "::1")
