"""What runs the expressions: DuckDB inside this process, or Spark where one machine is outgrown.

The expressions are the same; an engine only opens files, lends tables and fetches answers.
"""

import os
import sys
from collections.abc import Hashable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache, cached_property, lru_cache
from importlib import import_module
from importlib.util import find_spec
from itertools import count
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
import pyarrow as pa

from primacy.evidence.errors import BadInput, shortened
from primacy.evidence.store.manifest import LOST
from primacy.framework.saying import said

if TYPE_CHECKING:
    import ibis

Arrays = dict[str, np.ndarray[Any, Any]]
Columns = Mapping[str, Sequence[str] | Sequence[int]]
FEW = 20_000  # rows, of which each question takes longer to ask than to answer
MOST_LENT_AGAIN = 2000  # values of a small table that is kept for the next question
MOST_TRANSLATED = 1000  # expressions of which a process remembers what the engine needs


class Engine(Protocol):
    """What the store asks of an engine."""

    def read(self, files: Sequence[Path]) -> "ibis.Table":
        """The rows of Parquet files of one schema."""

    def given(self, rows: pa.Table) -> "ibis.Table":
        """Rows from memory."""

    def view(self, asked: "ibis.Table", *, few: bool = False) -> "ibis.Table":
        """An expression under a name, so that what is asked of it is translated without it. `few`: there are so few
        rows that an engine may keep the answer."""

    def lend(self, columns: Columns) -> "ibis.Table":
        """A small table, to be joined with rows of the store."""

    def fetch(self, asked: "ibis.Table") -> pa.Table:
        """The answer, with the types that the expression says."""

    def batches(self, asked: "ibis.Table", size: int) -> Iterator[pa.RecordBatch]:
        """The answer in parts of so many rows at most."""


class DuckDB:
    """In memory, without extensions and without a lock on any file.

    Tables are named in the order in which they are asked for, and expressions know a table by its name and columns
    alone: what one store asks another has asked before, and is translated once. The engines of a process share one
    database, which is slow to open; what they name is temporary, and each sees its own alone.

    alone   a database of its own, where many rows are written: where it may put parts down is a setting of the whole
    """

    def __init__(self, *, alone: bool = False) -> None:
        self._number, self._alone = count(1), alone
        self._lent: dict[Hashable, ibis.Table] = {}

    @cached_property
    def _connection(self) -> Any:
        return connected(_opened()) if self._alone else connected()

    def _table(self, name: str, *question: Hashable) -> "ibis.Table":
        """What is under a name, for expressions; they hold nothing of this engine, which may go while they stay.
        `question`: what decides its columns; an engine is asked once for the columns of one."""
        columns = _COLUMNS.get(question) if question else None
        if columns is None:
            columns = self._connection.sql(f"SELECT * FROM {name} LIMIT 0").to_arrow_table().schema
            if question and len(_COLUMNS) < MOST_TRANSLATED:
                _COLUMNS[question] = columns
        return _unbound(name, columns)

    def _name(self) -> str:
        return f"table_{next(self._number)}"

    def read(self, files: Sequence[Path]) -> "ibis.Table":
        name, listed = self._name(), ", ".join(map(_quoted, files))
        with _readable():
            self._connection.execute(f"CREATE TEMP VIEW {name} AS SELECT * FROM read_parquet([{listed}])")
            return self._table(name)

    def given(self, rows: pa.Table) -> "ibis.Table":
        name = self._name()
        self._connection.register(name, rows)
        return self._table(name, rows.schema.remove_metadata())

    def view(self, asked: "ibis.Table", *, few: bool = False) -> "ibis.Table":
        name, kept = self._name(), "TABLE" if few else "VIEW"
        with _readable():
            self._connection.execute(f"CREATE TEMP {kept} {name} AS {translated(asked)}")
        return self._table(name, asked.op())

    def lend(self, columns: Columns) -> "ibis.Table":
        """What was lent before is lent again, so that the same question of one store is translated once."""
        few = sum(map(len, columns.values())) <= MOST_LENT_AGAIN
        told = tuple((name, *values) for name, values in columns.items()) if few else None
        if told is not None and told in self._lent:
            return self._lent[told]
        table = self._lend(columns)
        if told is not None:
            self._lent[told] = table
        return table

    def _lend(self, columns: Columns) -> "ibis.Table":
        name = self._name()
        picked = ", ".join(
            f'unnest(${place})::{"INTEGER" if values and isinstance(values[0], int) else "VARCHAR"} AS "{column}"'
            for place, (column, values) in enumerate(columns.items(), start=1)
        )
        self._connection.execute(f"CREATE TEMP TABLE {name} AS SELECT {picked}", [*columns.values()])
        return self._table(name, picked)

    def fetch(self, asked: "ibis.Table") -> pa.Table:
        """Without the pandas that ibis would load for it."""
        with _readable():
            found: pa.Table = self._connection.sql(translated(asked)).to_arrow_table()
        return found.cast(asked.schema().to_pyarrow())

    def batches(self, asked: "ibis.Table", size: int) -> Iterator[pa.RecordBatch]:
        schema = asked.schema().to_pyarrow()
        with _readable():
            for batch in self._connection.sql(translated(asked)).to_arrow_reader(size):
                yield pa.record_batch([batch.column(name).cast(schema.field(name).type) for name in schema.names],
                                      names=schema.names)  # fmt: skip

    def write(self, asked: "ibis.Table", path: Path) -> None:
        """Write the answer as a Parquet file; of many rows, what does not fit into memory is put down beside it."""
        if self._alone:
            self._connection.execute(f"SET temp_directory = {_quoted(f'{path}.parts')}")
        self._connection.execute(f"COPY ({translated(asked)}) TO {_quoted(path)} (FORMAT parquet, COMPRESSION zstd)")


def _opened() -> Any:
    import duckdb

    without = {"autoinstall_known_extensions": "false", "autoload_known_extensions": "false"}
    return duckdb.connect(":memory:", config=without)  # type: ignore[arg-type]


@cache
def _shared(process: int) -> Any:
    """The database of this process: threads of one do not come along where it is forked."""
    return _opened()


def connected(database: Any = None) -> Any:
    """A connection of one's own to a database, or to the one of this process: what is named there must be temporary."""
    connection = (database or _shared(os.getpid())).cursor()
    connection.execute("SET TimeZone = 'UTC'")
    return connection


_COLUMNS: dict[tuple[Hashable, ...], pa.Schema] = {}


@lru_cache(maxsize=MOST_TRANSLATED)
def _unbound(name: str, columns: pa.Schema) -> "ibis.Table":
    """One object for what is the same, which compares at once."""
    import ibis

    return ibis.table(ibis.Schema.from_pyarrow(columns), name=name)


def translated(asked: "ibis.Table") -> str:
    """An expression in the SQL of DuckDB; the same expression is translated once in a process."""
    return _translated(asked.op())


@lru_cache(maxsize=MOST_TRANSLATED)
def _translated(question: Any) -> str:
    compiler = _compiler()
    sql: str = compiler.to_sqlglot(question.to_expr()).sql(dialect=compiler.dialect, copy=False)
    return sql


@cache
def _compiler() -> Any:
    """What translates for DuckDB. The package around it loads what translates for nineteen others only when asked."""
    import ibis.backends.sql

    package = "ibis.backends.sql.compilers"
    if package not in sys.modules:
        spec = find_spec(package)
        assert spec is not None
        sys.modules[package] = ibis.backends.sql.compilers = _WhenAsked(package)
        sys.modules[package].__spec__, sys.modules[package].__path__ = spec, spec.submodule_search_locations or []
    return import_module(f"{package}.duckdb").compiler


class _WhenAsked(ModuleType):
    """A package whose own lines are run when something is asked for that they make."""

    def __getattr__(self, name: str) -> Any:
        if "__all__" not in self.__dict__ and self.__spec__ is not None and self.__spec__.loader is not None:
            self.__spec__.loader.exec_module(self)
            return getattr(self, name)
        raise AttributeError(name)


def _quoted(path: Path | str) -> str:
    return "'" + str(path).replace("'", "''") + "'"


@contextmanager
def _readable() -> Iterator[None]:
    """Say in one sentence that a file of the store cannot be read, as when it goes while somebody reads."""
    import duckdb

    try:
        yield
    except (duckdb.IOException, duckdb.InvalidInputException, duckdb.SerializationException) as error:
        raise BadInput(
            said("evidence/store.unreadable", error=shortened(error, 200)), said("evidence/at.store"), LOST
        ) from error


class Spark:
    """A session of this application: local, or of the cluster that its own configuration names.

    address   where the workers find the folder `evidence`, if elsewhere than this machine: s3a://bucket/evidence
    """

    def __init__(self, address: str | None = None) -> None:
        self._number = count(1)
        self._address = os.environ.get("PRIMACY_SPARK_EVIDENCE", "") if address is None else address

    @cached_property
    def _session(self) -> Any:
        try:
            from pyspark.sql import SparkSession
        except ImportError as error:
            raise BadInput(said("evidence/no-spark"), "", said("evidence/do.install-spark")) from error
        builder = SparkSession.builder.appName("primacy").config("spark.sql.session.timeZone", "UTC")
        return builder.config("spark.sql.execution.arrow.pyspark.enabled", "true").getOrCreate()

    @cached_property
    def _ibis(self) -> Any:
        import ibis

        return ibis.pyspark.connect(self._session)

    def _named(self, frame: Any) -> "ibis.Table":
        name = f"primacy_{next(self._number)}"
        frame.createOrReplaceTempView(name)
        return self._ibis.table(name)

    def read(self, files: Sequence[Path]) -> "ibis.Table":
        return self._named(self._session.read.parquet(*map(self._found, files)))

    def _found(self, file: Path) -> str:
        return f"{self._address.rstrip('/')}/{file.parent.name}/{file.name}" if self._address else str(file)

    def given(self, rows: pa.Table) -> "ibis.Table":
        return self._named(self._session.createDataFrame(rows))

    def view(self, asked: "ibis.Table", *, few: bool = False) -> "ibis.Table":
        return self._named(self._session.sql(self._ibis.compile(asked)))

    def lend(self, columns: Columns) -> "ibis.Table":
        return self.given(pa.table({name: list(values) for name, values in columns.items()}))

    def fetch(self, asked: "ibis.Table") -> pa.Table:
        found: pa.Table = self._session.sql(self._ibis.compile(asked)).toArrow()
        return found.cast(pa.schema([_in_utc(field) for field in asked.schema().to_pyarrow()]))

    def batches(self, asked: "ibis.Table", size: int) -> Iterator[pa.RecordBatch]:
        yield from self.fetch(asked).to_batches(size)

    def stop(self) -> None:
        """End the session of this process."""
        self._session.stop()


def _in_utc(field: pa.Field) -> pa.Field:
    """Spark's times have no zone of their own; all times of the store are in UTC."""
    return field.with_type(pa.timestamp("us", tz="UTC")) if pa.types.is_timestamp(field.type) else field


def as_arrays(answer: pa.Table) -> Arrays:
    """An answer as an array for each column, masked where values are missing; texts as objects."""
    return {name: _as_array(answer.column(name).combine_chunks()) for name in answer.column_names}


def _as_array(column: pa.Array) -> np.ndarray[Any, Any]:
    missing = _numbers(column.is_null()) if column.null_count else None
    plain = _texts(column, missing) if pa.types.is_string(column.type) else _numbers(column)
    return plain if missing is None else np.ma.array(plain, mask=missing)


def _numbers(column: pa.Array) -> np.ndarray[Any, Any]:
    """Numbers, days and times as they lie in memory, anything where one is missing. What pyarrow has for it loads
    pandas, which takes longer than an answer."""
    kind, seen = column.type, None
    if column.null_count:
        column = pa.Array.from_buffers(kind, len(column), [None, *column.buffers()[1:]], 0, column.offset)
    if pa.types.is_boolean(kind):
        column, seen = column.cast(pa.uint8()), "bool"
    elif pa.types.is_date32(kind):
        column, seen = column.view(pa.int32()).cast(pa.int64()), "datetime64[D]"
    elif pa.types.is_timestamp(kind):
        column, seen = column.view(pa.int64()), f"datetime64[{kind.unit}]"
    found: np.ndarray[Any, Any] = np.from_dlpack(column)
    return found.view(seen) if seen else found


def _texts(column: pa.Array, missing: np.ndarray[Any, Any] | None) -> np.ndarray[Any, Any]:
    """Each different text is one object, however often it comes; None where one is missing."""
    coded = column.dictionary_encode()
    different, places = np.array([*coded.dictionary.to_pylist(), None], dtype=object), _numbers(coded.indices)
    found: np.ndarray[Any, Any] = different[places if missing is None else np.where(missing, -1, places)]
    return found


def engine(name: str) -> Engine:
    """`duckdb` or `spark`."""
    if name not in ENGINES:
        raise BadInput(said("evidence/no-engine", name=name), "", said("evidence/do.engines", names=tuple(ENGINES)))
    return ENGINES[name]()


ENGINES: Mapping[str, type[DuckDB] | type[Spark]] = {"duckdb": DuckDB, "spark": Spark}
