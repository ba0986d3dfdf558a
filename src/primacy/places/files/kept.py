"""Tables that we keep as Parquet files: replaced in one step, and known to be what was written when they are read."""

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from primacy.framework.saying import said
from primacy.places.errors import BadInput, shortened
from primacy.places.files.replacing import replace


def keep_table(table: pa.Table, path: Path) -> None:
    """Replace the file in one step, with a checksum for every page of it."""
    replace(path, lambda fresh: pq.write_table(table, fresh, compression="zstd", write_page_checksum=True))


def kept_table(path: Path, schema: pa.Schema) -> pa.Table:
    """The table of a file. Raises BadInput where the file is no longer what was written.

    Columns that an older file lacks are missing; there are no others.
    """
    try:
        table = pq.ParquetFile(path, page_checksum_verification=True).read()
        table = table.cast(pa.schema([schema.field(name) for name in table.column_names]))
        table.validate(full=True)
    except (pa.ArrowException, OSError, ValueError, KeyError) as error:
        raise BadInput(
            said("places/kept-damaged", error=shortened(error)), str(path),
            said("places/do.restore-places"),
        ) from error  # fmt: skip
    return table
