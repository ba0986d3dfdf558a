"""One at a time: what must be read and then written as if nobody else were there."""

import zlib

from django.db import connection, transaction

OURS = 0x5072  # of the two numbers that PostgreSQL takes as the name of a lock: those of Primacy


def alone(deed: str) -> None:
    """From here to the end of the transaction nobody else does `deed`; whoever comes meanwhile waits here.

    On PostgreSQL this is an advisory lock, which ends with the transaction however it ends. On SQLite a transaction
    has the whole database for itself from its start (`web/database.py`).
    That of the trail is the last lock that anything takes: two that wait for each other would both fail.
    Raises   TransactionManagementError outside a transaction, where it would protect nothing.
    """
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError(f"{deed}: nothing is held outside a transaction")
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [OURS, zlib.crc32(deed.encode()) - 2**31])
