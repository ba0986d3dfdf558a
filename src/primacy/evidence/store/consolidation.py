"""Savings of records put together: many small data sets of one lineage become one, and nobody reads anything else.

Each row of a saving has its own time of knowledge, a saving replaces nothing as a whole and claims no coverage. So at
every moment of the past the rows that count are those of before; only the data set that they are told by is another.
What they tell is summed (`content.told_by`), so that the hash of all evidence stays too.

The last data sets stay as they are until there are many. A larger one is written again only with as many rows of
others: a saving is written again a few times, and not with each of those that follow.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from primacy.evidence.store.columns import NAMES, SCHEMA
from primacy.evidence.store.content import told_by, told_together
from primacy.evidence.store.datasets import DatasetVersion
from primacy.evidence.store.manifest import Listed, Manifest
from primacy.evidence.store.spooling import Spool

if TYPE_CHECKING:
    import ibis

MOST = 32  # savings of one lineage that are left apart


def consolidate(manifest: Manifest, *, most: int | None = None) -> int:
    """Put savings of records together where a lineage has more than so many. Returns how many entries went."""
    from primacy.evidence.store.writing import room_needed, scratch_of

    most = MOST if most is None else most
    if not list(_many(manifest.listed(), most)):
        return 0
    with room_needed(manifest.folder), scratch_of(manifest) as scratch:
        groups = list(_many(manifest.listed(), most))
        made = [(group, _one(manifest.folder, scratch / str(n), group)) for n, group in enumerate(groups)]
        return sum(_put_in(manifest, scratch / str(n), group, fresh) for n, (group, fresh) in enumerate(made))


def _many(listed: Listed, most: int) -> Iterator[list[DatasetVersion]]:
    """Of each lineage with too many savings those that are put together: the smaller ones, and each that is no larger
    than twice all of these."""
    lineages: dict[str, list[DatasetVersion]] = {}
    for each in listed.versions:
        if each.told and each.withdrawn is None and each.erased is None and not each.marks:
            lineages.setdefault(each.lineage, []).append(each)
    for versions in lineages.values():
        if len(versions) > most:
            together: list[DatasetVersion] = []
            for each in sorted(versions, key=lambda each: each.rows):
                if len(together) > 1 and each.rows > 2 * sum(one.rows for one in together):
                    break
                together.append(each)
            if len(together) > 1:
                yield together


def _one(home: Path, scratch: Path, versions: Sequence[DatasetVersion]) -> DatasetVersion:
    """Write the rows of savings as one data set, known since the first of them."""
    from primacy.evidence.store.writing import written

    scratch.mkdir()
    spool = Spool(scratch / "rows.arrow")
    spool.write(_rows(home, versions))
    known = min(each.known for each in versions)
    described = versions[0].model_copy(
        update={
            "known": known, "imported": min(each.imported for each in versions),
            "told": told_together([each.told for each in versions]),
        }
    )  # fmt: skip
    return written(spool, described, scratch)


def _rows(home: Path, versions: Sequence[DatasetVersion]) -> Iterator[pa.RecordBatch]:
    ids = pa.array([each.id for each in versions], pa.string())
    nobody = NAMES.index("dataset")
    for part in dict.fromkeys(part for each in versions for part in each.parts):
        for batch in pq.ParquetFile(home / "rows" / part).iter_batches():
            mine = batch.filter(pc.is_in(batch.column("dataset"), ids))
            empty = pa.repeat(pa.scalar("", pa.string()), mine.num_rows)
            yield mine.set_column(nobody, SCHEMA.field("dataset"), empty)


def _put_in(manifest: Manifest, scratch: Path, together: Sequence[DatasetVersion], fresh: DatasetVersion) -> int:
    """List the one in the place of the many, unless somebody changed one of them meanwhile. Files that are listed no
    more stay for readers, for a while."""
    from primacy.evidence.store.writing import files_of, move_in, sealed

    files = sealed(scratch, files_of(fresh))
    gone = {each.id for each in together}
    with manifest.writing() as listed:
        if any(each not in listed.versions for each in together):
            return 0
        move_in(scratch, manifest.folder, files)
        versions = [*(each for each in listed.versions if each.id not in gone), fresh]
        used = {name for each in versions for name in files_of(each)}
        manifest.replace(versions, {name: one for name, one in {**listed.files, **files}.items() if name in used})
    return len(together) - 1


# ---- read at a moment of the past


def told_until(rows: "ibis.Table", versions: Sequence[DatasetVersion], moment: datetime) -> "ibis.Table":
    """Rows without savings of after a moment, which may be in one data set with those of before."""
    import ibis

    later = [each.id for each in versions if each.told]
    return rows.filter(~rows.dataset.isin(later) | (rows.known <= ibis.literal(moment))) if later else rows


def as_told(version: DatasetVersion, known: datetime, home: Path | None) -> DatasetVersion:
    """Of savings that were put together those known by then: what they told, and when the last of them was known.
    `home`: the folder of the store; none where the versions of a package are as they were known already."""
    if home is None or not version.told or version.known_last is None or version.known_last <= known:
        return version
    files = tuple(home / "rows" / part for part in version.parts)
    told, last, rows = _told_until(files, version.id, known)
    return version.model_copy(update={"told": told, "known_last": last, "rows": rows})


@lru_cache(maxsize=256)
def _told_until(files: tuple[Path, ...], dataset: str, known: datetime) -> tuple[str, datetime | None, int]:
    """A file of rows is never changed, so what was read of it is kept."""
    rows = pa.concat_tables(pq.read_table(path, filters=pc.field("dataset") == dataset) for path in files)
    mine = rows.filter(pc.less_equal(rows.column("known"), pa.scalar(known, SCHEMA.field("known").type)))
    return told_by(mine), pc.max(mine.column("known")).as_py(), mine.num_rows
