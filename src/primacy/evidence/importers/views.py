"""VIEWS: forecasts of deaths by country and month, as the prediction challenge publishes them, and what came; Parquet.

Data sheet
    Producer     VIEWS, Uppsala University and Peace Research Institute Oslo
    Licence      files of the challenge: none stated in the mirrors; forecasts of VIEWS CC BY-NC 4.0. What came is from
                 UCDP GED (CC BY 4.0)
    Obtain       the public repositories of the challenge (draws, actuals, features), viewsforecasting.org
    Tables       told apart by their columns:
                 - draws of a model (month_id, country_id, draw, outcome): kind forecast, measure deaths: the mean of
                   the draws, low and high the 5th and 95th in a hundred, se their spread, n how many; the file's name
                   is the wave, so that each model is a series
                 - actuals (ged_sb) and features (also ged_ns, ged_os): kind violence-total, measure deaths of a month
    Never read   by a rule: a forecast is not evidence of what happened. Confidentiality 1: it is for those who can act
    Months       month_id 1 is January 1980
    Country      the project's own numbers (`views_countries.yaml`), as in the features of 2018 and 2019
    Coverage     partial
    Lineage      views/draws/NAME for each file, views/actuals for what came
    Known        the time of import; the challenge's files name no day
    Doubts       actuals are sums as the project made them for that release of GED, with rounding in the 15th digit
    Not used     all other features: they are made from other sources, among them ACLED, whose terms forbid it. The
                 table of scores judges models over all countries and holds nothing of one
"""

from collections.abc import Iterator

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from primacy.evidence.bringing.formats import Reading, Task
from primacy.evidence.bringing.locating import Locator
from primacy.evidence.errors import BadInput, NothingToImport, listed, shortened
from primacy.evidence.importers import _views_months as months
from primacy.evidence.importers._columns import table_of
from primacy.evidence.kinds import KINDS
from primacy.evidence.store.datasets import Coverage
from primacy.framework.saying import Said, said
from primacy.places.files.files import Source
from primacy.places.files.headers import by_its_columns, known_by
from primacy.places.files.parquet import parquet_file

FORMAT = "views"
ABOUT = "VIEWS prediction challenge: draws of a forecast by country and month, actuals, features; Parquet"
KEYS = ("month_id", "country_id")
DRAWS = (*KEYS, "draw", "outcome")
ACTUAL = (*KEYS, "ged_sb")
SCORES = ("Month ID", "Date", "Model", "CRPS", "MIS")
OBSERVED = {"ged_sb": "violence/state-based", "ged_ns": "violence/non-state", "ged_os": "violence/one-sided"}
LICENCE = "none stated for the challenge's files; VIEWS CC BY-NC 4.0; UCDP GED CC BY 4.0"
CITATION = "Hegre et al. (2025), The 2023/24 VIEWS prediction challenge, Journal of Peace Research; views.pcr.uu.se"
REMEDY = said("places/do.again")
ROWS = 64 * 1024
MOST_ROWS = 500_000_000  # a thousand draws of every cell of the world for three years; a small file may claim more
MOST_DEATHS = 1e7
FOR_THOSE_WHO_ACT = 1
WHAT_SCORES = said("evidence/what.views-scores")


def sniff(source: Source, head: bytes) -> Said | None:
    if scores := known_by(head, source.label, SCORES, WHAT_SCORES):
        return scores
    if not source.start().startswith(b"PAR1"):
        return None
    try:
        columns = set(parquet_file(source).schema_arrow.names)
    except BadInput:
        return None
    if set(DRAWS) <= columns:
        return by_its_columns(DRAWS, said("evidence/what.views-draws"))
    return by_its_columns(ACTUAL, said("evidence/what.views-actuals")) if set(ACTUAL) <= columns else None


def read(source: Source, task: Task) -> Reading:
    if known_by(source.head(), source.label, SCORES, WHAT_SCORES):
        raise NothingToImport(
            said("evidence/views.scores"), source.label,
            said("evidence/do.draws"),
        )  # fmt: skip
    file = parquet_file(source)
    columns = set(file.schema_arrow.names)
    twice = [name for name in (*DRAWS, *OBSERVED) if file.schema_arrow.names.count(name) > 1]
    if twice:
        raise BadInput(said("evidence/columns-twice", names=listed(twice)), source.label, said("places/do.own-names"))
    _refuse_strange(file, source)
    draws = set(DRAWS) <= columns
    if not draws and not set(ACTUAL) <= columns:
        raise BadInput(said("evidence/views.neither"), source.label, said("places/do.check-file"))
    name = source.name.rsplit(".", 1)[0]
    reading = Reading(
        lineage=f"views/draws/{name}" if draws else "views/actuals", producer="VIEWS (Uppsala, PRIO)",
        source_type="producer", licence=LICENCE, citation=CITATION, known=None, batches=iter(()),
        locator=Locator(task.areas),
    )  # fmt: skip
    reading.batches = _sound((_forecast if draws else _observed)(file, task, reading, name), source)
    return reading


def _refuse_strange(file: pq.ParquetFile, source: Source) -> None:
    """Texts and lists in place of numbers, which may be as long as they like, and rows without end."""
    read = (*DRAWS, *OBSERVED)
    for field in file.schema_arrow:
        sound = pa.types.is_integer(field.type) or pa.types.is_floating(field.type) or pa.types.is_null(field.type)
        if field.name in read and not sound:
            raise BadInput(said("evidence/views.no-numbers", type=field.type, column=field.name), source.label, REMEDY)
    if file.metadata.num_rows > MOST_ROWS:
        raise BadInput(said("places/many-rows", most=MOST_ROWS), source.label, said("evidence/do.draws-of-one"))


def _sound(tables: Iterator[pa.Table], source: Source) -> Iterator[pa.Table]:
    """The tables, as far as the file can be read: what is broken inside it is said once."""
    try:
        yield from tables
    except (pa.ArrowException, OSError) as error:
        raise BadInput(said("evidence/views.unreadable", error=shortened(error)), source.label, REMEDY) from error


def _ours(file: pq.ParquetFile, columns: list[str], task: Task, reading: Reading) -> Iterator[pa.Table]:
    """Batches of the rows of the country that is wanted, with its code and the line that a table would have."""
    before = 0
    for batch in file.iter_batches(batch_size=ROWS, columns=columns):
        table = pa.Table.from_batches([batch])
        number = pc.cast(table.column("country_id"), pa.int64())
        code = months.country_codes(number)
        reading.countries |= set(pc.unique(code).to_pylist()) - {""}
        line = pa.array(np.arange(before + 2, before + 2 + len(table), dtype=np.int64))
        before += len(table)
        table = table.append_column("country", code).append_column("line", line)
        wanted = pc.equal(code, task.country) if task.country else pc.not_equal(code, "")
        reading.not_wanted += len(table) - int(pc.sum(wanted).as_py() or 0) if task.country else 0
        yield table.filter(wanted)


def _observed(file: pq.ParquetFile, task: Task, reading: Reading, name: str) -> Iterator[pa.Table]:
    """Deaths of each country and month that UCDP counted, as the file has them."""
    there = [each for each in OBSERVED if each in file.schema_arrow.names]
    seen = months.Seen()
    for table in _ours(file, [*KEYS, *there], task, reading):
        table = months.possible(table, there, reading.faults, task.today, MOST_DEATHS)
        if not len(table):
            continue
        seen.add(table)
        for column in there:
            category = OBSERVED[column]
            yield _points(
                table, reading.locator, "violence-total", pc.cast(table.column(column), pa.float64()),
                item=f"views/month/{category}", category=category, source="UCDP", origin="ucdp",
            )  # fmt: skip
    reading.coverage = _coverage("violence-total", tuple(OBSERVED[each] for each in there), seen, reading)


def _forecast(file: pq.ParquetFile, task: Task, reading: Reading, name: str) -> Iterator[pa.Table]:
    """Each country's month as mean, spread and limits of its draws; the draws are counted as they come, not kept."""
    seen = months.Seen()
    counted = months.Counted()
    for table in _ours(file, [*KEYS, "outcome"], task, reading):
        counted.add(months.possible(table, ["outcome"], reading.faults, task.today, MOST_DEATHS))
    table = counted.summary()
    if len(table):
        seen.add(table)
        yield _points(
            table, reading.locator, "forecast", table.column("mean"), low=table.column("low"),
            high=table.column("high"), se=table.column("spread"), n=table.column("draws"), item="views/state-based",
            category="violence/state-based", wave=name, source="VIEWS", origin="views",
            confidentiality=FOR_THOSE_WHO_ACT,
        )  # fmt: skip
    reading.coverage = _coverage("forecast", ("violence/state-based",), seen, reading)


def _points(table: pa.Table, locator: Locator, kind: str, value: pa.ChunkedArray, **shared: object) -> pa.Table:
    start, until = months.first_and_last(table.column("month_id"))
    area = pa.array([locator.country_code(each) for each in table.column("country").to_pylist()], pa.string())
    columns: dict[str, object] = {
        "kind": kind, "date": start, "until": until, "area": area, "level": 0, "measure": "deaths",
        "unit": KINDS[kind].measures["deaths"], "value": value, "line": table.column("line"), **shared,
    }  # fmt: skip
    locator.found.country_only += len(table)
    rows = table_of(columns, len(table))
    return rows.filter(pc.is_valid(rows.column("value")))


def _coverage(kind: str, categories: tuple[str, ...], seen: months.Seen, reading: Reading) -> list[Coverage]:
    if not seen.countries:
        return []
    areas = tuple(sorted(reading.locator.country_code(each) for each in seen.countries))
    start, end = seen.period()
    return [Coverage(kind=kind, categories=categories, areas=areas, start=start, end=end, complete=False)]
