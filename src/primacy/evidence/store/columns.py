"""One row of evidence, a data point: measure M of item I at place A and time D had value V, says S, known at K."""

import pyarrow as pa

SCHEMA = pa.schema(
    [
        ("kind", pa.string()),
        ("item", pa.string()),
        ("date", pa.date32()),
        ("until", pa.date32()),
        ("known", pa.timestamp("us", tz="UTC")),
        ("area", pa.string()),
        ("level", pa.int8()),
        ("actor", pa.string()),
        ("target", pa.string()),
        ("category", pa.string()),
        ("wave", pa.string()),
        ("stratum", pa.string()),
        ("group", pa.string()),
        ("measure", pa.string()),
        ("unit", pa.string()),
        ("value", pa.float64()),
        ("low", pa.float64()),
        ("high", pa.float64()),
        ("se", pa.float64()),
        ("n", pa.float64()),
        ("grade", pa.string()),
        ("source", pa.string()),
        ("origin", pa.string()),
        ("dataset", pa.string()),
        ("record", pa.string()),
        ("revision", pa.int32()),
        ("confidentiality", pa.int8()),
        ("line", pa.int64()),
        ("note", pa.string()),
    ]
)
NAMES: tuple[str, ...] = tuple(SCHEMA.names)
TEXT: tuple[str, ...] = tuple(field.name for field in SCHEMA if pa.types.is_string(field.type))
