"""Today's evidence as if every data point had become known so many days after its day.

For replays of years in which nothing was recorded as it came. It is hindsight: releases of today have been revised, and
what was never reported in time is told here as if it had been.
"""

from datetime import UTC, datetime, timedelta

import pyarrow as pa
import pyarrow.compute as pc

from primacy.evidence.store.columns import SCHEMA
from primacy.evidence.store.datasets import DatasetVersion
from primacy.evidence.store.store import Store

EVER = datetime(1900, 1, 1, tzinfo=UTC)


def lagged(rows: pa.Table, versions: list[DatasetVersion], days: int) -> Store:
    """A store of `rows` (those that count today), each known `days` after its date, and not before its period ended.

    What `versions` cover is known as far as their rows are: their silence says nothing of later days.
    """
    until = pc.cast(rows["until"], pa.timestamp("us", tz="UTC"))
    told = pc.add(pc.cast(rows["date"], pa.timestamp("us", tz="UTC")), pa.scalar(timedelta(days=days)))
    known = pc.cast(pc.if_else(pc.greater(until, told), until, told), SCHEMA.field("known").type)
    rows = rows.set_column(SCHEMA.get_field_index("known"), SCHEMA.field("known"), known)
    return Store.in_memory(rows, [_told_after(each, place, days) for place, each in enumerate(versions)])


def _told_after(version: DatasetVersion, place: int, days: int) -> DatasetVersion:
    """Known from ever, in the order of before; what it covers grows with the days."""
    known = EVER + timedelta(seconds=place)
    marks = tuple(mark.model_copy(update={"at": known}) for mark in version.marks)
    told = {"known": known, "told_after": days, "marks": marks, "withdrawn": None, "parts": (), "cube": None}
    return version.model_copy(update=told)
