"""The tables brought to the version of the program, by one process at a time."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

OURS = (0x5072, 1)  # the name of the lock; those of `access/alone.py` are hashes


def bring_up_to_date() -> None:
    """Migrate, but only where the tables are behind: the check is fast, migrating is not.

    Of several sites that start at once on one server of PostgreSQL, one migrates and the others wait for it.
    """
    with _one_at_a_time():
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            call_command("migrate", verbosity=0)
    connection.close()


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    if connection.vendor != "postgresql":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s, %s)", OURS)  # ends with the connection, however that ends
    yield
