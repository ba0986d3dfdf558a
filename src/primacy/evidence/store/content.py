"""Ids of dataset versions: the same rows and coverage give the same id on every machine."""

import hashlib
import json
from collections.abc import Sequence
from datetime import datetime

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from primacy.evidence.store.columns import SCHEMA
from primacy.evidence.store.datasets import Coverage

# The id is part of `dataset`; when a release became known is said by the version, and may be corrected.
LEFT_OUT = {"dataset", "known"}


class Content:
    """A running hash of rows, column by column, so that it does not matter how they were cut into batches."""

    def __init__(self) -> None:
        names = [field.name for field in SCHEMA if field.name not in LEFT_OUT]
        self._digests = {name: (hashlib.sha256(), hashlib.sha256()) for name in names}

    def update(self, rows: pa.Table) -> None:
        for name, (values, shape) in self._digests.items():
            for chunk in rows.column(name).chunks:
                if pa.types.is_string(chunk.type):
                    ends = _ends(chunk)
                    shape.update(np.diff(ends).astype("<i4", copy=False).data)
                    values.update(_text_bytes(chunk, ends))
                else:
                    shape.update(chunk.is_valid().to_numpy(zero_copy_only=False).view(np.uint8))
                    values.update(_number_bytes(chunk))

    def hexdigest(self) -> str:
        whole = hashlib.sha256()
        for name, digests in self._digests.items():
            whole.update(name.encode())
            for digest in digests:
                whole.update(digest.digest())
        return whole.hexdigest()


def _ends(chunk: pa.Array) -> NDArray[np.int32]:
    """Where the texts of a column, of which none is missing, begin and end."""
    if not len(chunk):
        return np.zeros(1, dtype=np.int32)
    return np.frombuffer(chunk.buffers()[1], dtype=np.int32)[chunk.offset : chunk.offset + len(chunk) + 1]


def _text_bytes(chunk: pa.Array, ends: NDArray[np.int32]) -> memoryview:
    """The letters of a column of texts, one after the other."""
    content = chunk.buffers()[2]
    return memoryview(content[int(ends[0]) : int(ends[-1])] if content is not None else b"")


def _number_bytes(chunk: pa.Array) -> memoryview:
    if pa.types.is_date32(chunk.type):
        chunk = chunk.view(pa.int32())
    numbers = pc.fill_null(chunk, pa.scalar(0, chunk.type)).to_numpy(zero_copy_only=False)
    return np.ascontiguousarray(numbers.astype(numbers.dtype.newbyteorder("<"), copy=False)).data


def version_id(content: Content, coverage: Sequence[Coverage], *, again: datetime | None = None) -> str:
    """Twelve hexadecimal digits of content and coverage; `again` tells a return after a withdrawal apart."""
    said = json.dumps([each.model_dump(mode="json") for each in coverage], sort_keys=True)
    text = "\n".join([content.hexdigest(), said, again.isoformat() if again else ""])
    return hashlib.sha256(text.encode()).hexdigest()[:12]


TOLD = tuple(field.name for field in SCHEMA if field.name not in ("dataset", "line"))
NUMBERED = {"date": pa.int32(), "until": pa.int32(), "known": pa.int64()}


def told_by(rows: pa.Table) -> str:
    """What rows tell, as a number of 64 hexadecimal digits: the sum of the digests of single rows, whole as stored.

    Sums of parts add up to the sum of all, in any order (`told_together`): so savings of records tell the same before
    and after they are put together in one data set.
    Source   Bellare & Micciancio 1997, incremental hashing: the sum of digests in a group, AdHash
    """
    columns = [rows.column(name) for name in TOLD]
    plain = [
        (each.cast(NUMBERED[name]) if name in NUMBERED else each).to_pylist()
        for name, each in zip(TOLD, columns, strict=True)
    ]
    digests = (hashlib.sha256(repr(row).encode()).digest() for row in zip(*plain, strict=True))
    return f"{sum(int.from_bytes(each, 'big') for each in digests) % MODULUS:064x}"


MODULUS = 2**256


def told_together(sums: Sequence[str]) -> str:
    return f"{sum(int(each, 16) for each in sums) % MODULUS:064x}"


def evidence_hash(ids: Sequence[str]) -> str:
    return "sha256:" + hashlib.sha256("\n".join(sorted(ids)).encode()).hexdigest()
