"""Parquet files from outside, opened so that a broken one is said once."""

import pyarrow as pa
import pyarrow.parquet as pq

from primacy.framework.saying import said
from primacy.places.errors import BadInput, shortened
from primacy.places.files.files import Source

AGAIN = said("places/do.again")


def parquet_file(source: Source) -> pq.ParquetFile:
    """The file, of which only the footer is read. Raises BadInput for one that is cut off, broken, or none."""
    try:
        file = pq.ParquetFile(pa.BufferReader(source.bytes()) if source.packed else source.path)
        file.schema_arrow.names  # noqa: B018 - names that are no text fail only now
    except (pa.ArrowException, OSError, ValueError) as error:
        raise BadInput(said("places/no-parquet", error=shortened(error)), source.label, AGAIN) from error
    return file
