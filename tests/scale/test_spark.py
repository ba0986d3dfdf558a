"""The same expressions on Spark: the same rows, the same sums, the same findings as on DuckDB."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from primacy.assessment.assessing import _by_row, _wanted
from primacy.assessment.indicators.cells import Coded
from primacy.assessment.indicators.combinations import selectors_in
from primacy.assessment.indicators.selection import Selected, counted, select
from primacy.evidence.bringing.importing import import_files
from primacy.evidence.store.columns import NAMES
from primacy.evidence.store.engines import DuckDB, Spark
from primacy.evidence.store.store import Store
from primacy.framework import Mission, load
from primacy.framework.instance import Instance

pytestmark = [pytest.mark.spark, pytest.mark.reference_data]
MOMENTS = [
    ("now", date(2023, 12, 31), datetime(2024, 1, 1, tzinfo=UTC)),
    ("in the middle of a month, before the newest release", date(2021, 5, 17), datetime(2023, 11, 1, tzinfo=UTC)),
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, reference_data: Path) -> Path:
    """The real events of the Central African Republic, two releases of them."""
    instance = Instance.here(tmp_path_factory.mktemp("spark"))
    instance.mission_file.write_text("country: CAF\n", encoding="utf-8")
    files = ["boundaries_caf_2024/caf_admin1_simplified.geojson.gz", "ged_car_23_1", "ged_other"]
    for each in files:
        import_files([reference_data / each], instance=instance)
    return instance.evidence


@pytest.fixture(scope="module")
def spark() -> Iterator[Spark]:
    """In a session for few rows: each step is made in two parts, not in two hundred, and the code of the virtual machine,
    which runs for moments, is translated once and not ever better."""
    from pyspark.sql import SparkSession

    few = {
        "spark.sql.shuffle.partitions": "2", "spark.default.parallelism": "2", "spark.ui.enabled": "false",
        "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC",
    }  # fmt: skip
    SparkSession.builder.master("local[2]").config(map=few).getOrCreate()
    engine = Spark()
    yield engine
    engine.stop()


def rows(store: Store, as_of: date, known: datetime) -> list[tuple[Any, ...]]:
    table = store.fetch(store.rows(as_of=as_of, known=known).select(*NAMES))
    return sorted(map(tuple, (row.values() for row in table.to_pylist())), key=repr)


def plain(selected: Selected) -> dict[str, Any]:
    """Everything that was selected, as lists."""

    def listed(column: Any) -> Any:
        values = column.mapped(str, object) if isinstance(column, Coded) else column
        return np.nan_to_num(values, nan=-1.0).tolist() if values.dtype.kind == "f" else values.tolist()

    return {
        repr(selector): {name: listed(column) for name, column in columns.items()}
        for part in (selected.monthly, selected.detail)
        for selector, columns in part.items()
    }


@pytest.mark.parametrize(("shows", "as_of", "known"), MOMENTS, ids=[each[0] for each in MOMENTS])
def test_rows_and_what_the_rules_read_are_identical(
    folder: Path, spark: Spark, shows: str, as_of: date, known: datetime
) -> None:
    here, there = Store(folder, engine=DuckDB()), Store(folder, engine=spark)
    assert rows(here, as_of, known) == rows(there, as_of, known)
    framework = load()
    wanted, mission = _wanted(framework, set(_by_row(framework.measured))), Mission(country="CAF")
    found = [
        plain(select(store, selectors_in(wanted), mission.names, as_of=as_of, known=known)) for store in (here, there)
    ]
    assert found[0] == found[1]
    assert found[0]
    items = [counted(store, store.rows(as_of=as_of, known=known), wanted, mission.names) for store in (here, there)]
    assert items[0] == items[1]
