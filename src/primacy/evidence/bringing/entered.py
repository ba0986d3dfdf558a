"""Data points that nobody imports: somebody entered them on the site, or a program plays somebody who did.

No command and no form leads here with a table: what is kept is what the deed before it allowed.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import pyarrow as pa

from primacy.evidence.store.content import told_by
from primacy.evidence.store.datasets import DatasetVersion
from primacy.evidence.store.spooling import complete
from primacy.evidence.store.store import Store
from primacy.framework.grammar import SourceType

OF_RECORDS = "site/records"  # lineages of what records tell: one version each time that somebody saves one


def keep_entered(
    store: Store, rows: Sequence[Mapping[str, Any]], *, name: str, lineage: str, by: str, at: datetime,
    known: datetime | None = None, source_type: SourceType = "expert",
) -> DatasetVersion:  # fmt: skip
    """Store data points as a version of their own that replaces nothing and claims no coverage: what was not entered
    stays unknown. `known`: from when on they count, where that is another moment than their entering."""
    batch = pa.RecordBatch.from_pylist([dict(row) for row in rows])
    of_records = lineage.startswith(f"{OF_RECORDS}/")
    version = DatasetVersion(
        name=name, lineage=lineage, format="site", source_type=source_type, known=known or at, imported=at,
        imported_by=by, by_record=True, told=told_by(complete(pa.Table.from_batches([batch]))) if of_records else "",
    )  # fmt: skip
    kept, _new = store.add([batch], version)
    return kept
