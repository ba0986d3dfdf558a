"""Countries, months and draws as VIEWS numbers them."""

from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from primacy.evidence.errors import BadInput
from primacy.framework.saying import Said, said
from primacy.framework.yaml_files import read_yaml
from primacy.places.countries import by_number
from primacy.places.files.faults import Fault, Faults
from primacy.places.files.rows import Mask

BEFORE_FIRST = 119  # months from January 1970 to month 0, December 1979
MOST_COUNTED = 10_000_000  # different outcomes of a country's month: beyond them the file is no file of deaths
LOW, HIGH = 0.05, 0.95
KEYS = ["country", "month_id"]


@cache
def _codes() -> pa.Table:
    """VIEWS number -> ISO alpha-3."""
    listed = read_yaml((Path(__file__).parent / "views_countries.yaml").read_bytes())
    pairs = {number: by_number().get(gw, "") for number, gw in listed.items()}
    return pa.table({"number": pa.array(pairs, pa.int64()), "code": pa.array(pairs.values(), pa.string())})


def country_codes(numbers: pa.ChunkedArray) -> pa.ChunkedArray:
    """The country of each number, empty where it is none."""
    known = _codes()
    place = pc.index_in(numbers, value_set=known.column("number"))
    return pc.fill_null(known.column("code").take(place), "")


def first_and_last(month_id: pa.ChunkedArray) -> tuple[pa.Array, pa.Array]:
    """First and last day of each month."""
    number = month_id.to_numpy().astype(np.int64)
    month = (number + BEFORE_FIRST).astype("datetime64[M]")
    first, after = month.astype("datetime64[D]"), (month + 1).astype("datetime64[D]")
    return pa.array(first, pa.date32()), pa.array(after - np.timedelta64(1, "D"), pa.date32())


def possible(table: pa.Table, names: list[str], faults: Faults, today: date, most: float) -> pa.Table:
    """Rows with a possible month and numbers of deaths; the others are faults. A missing number of deaths is none."""
    month = pc.fill_null(pc.cast(table.column("month_id"), pa.int64()), 0).to_numpy()
    last = (today.year - 1980) * 12 + today.month
    good = _checked(table, (month >= 1) & (month <= last), said("evidence/views.month", column="month_id"),
                    "month_id", faults)  # fmt: skip
    for name in names:
        value = pc.cast(table.column(name), pa.float64()).to_numpy()
        right = np.isnan(value) | ((value >= 0) & (value <= most))
        good &= _checked(table, right | ~good, said("evidence/views.deaths", column=name), name, faults)
    return table if good.all() else table.filter(pa.array(good))


def _checked(table: pa.Table, right: Mask, reason: Said, name: str, faults: Faults) -> Mask:
    wrong = np.flatnonzero(~right)
    told = wrong[: faults.room()]
    lines = table.column("line").to_numpy()[told].tolist()
    values = table.column(name).take(pa.array(told)).to_pylist()
    each = (Fault(line, reason, name, str(value)) for line, value in zip(lines, values, strict=True))
    faults.add_many(each, count=len(wrong), new_lines=len(wrong))
    return np.asarray(right, dtype=np.bool_)


@dataclass
class Seen:
    """Countries and months of the rows that were used."""

    countries: set[str] = field(default_factory=set)
    months: set[int] = field(default_factory=set)

    def add(self, table: pa.Table) -> None:
        self.countries |= set(pc.unique(table.column("country")).to_pylist())
        self.months |= set(pc.unique(table.column("month_id")).to_pylist())

    def period(self) -> tuple[date, date]:
        first, last = first_and_last(pa.chunked_array([[min(self.months), max(self.months)]]))
        return first[0].as_py(), last[1].as_py()


class Counted:
    """How often each outcome of a country's month was drawn: as much memory as there are different outcomes."""

    def __init__(self) -> None:
        self._counts: pa.Table | None = None

    def add(self, draws: pa.Table) -> None:
        draws = draws.filter(pc.is_finite(pc.cast(draws.column("outcome"), pa.float64())))
        if not len(draws):
            return
        keyed = draws.select([*KEYS, "outcome", "line"]).append_column("n", pa.repeat(pa.scalar(1), len(draws)))
        both = pa.concat_tables([self._counts, keyed.cast(self._counts.schema)]) if self._counts else keyed
        grouped = both.group_by([*KEYS, "outcome"]).aggregate([("line", "min"), ("n", "sum")])
        self._counts = grouped.rename_columns([*KEYS, "outcome", "line", "n"])
        if len(self._counts) > MOST_COUNTED:
            raise BadInput(said("evidence/views.many-outcomes"), "", said("evidence/do.check-deaths"))

    def summary(self) -> pa.Table:
        """Mean, spread, limits and number of the draws of each country's month."""
        names = ["country", "month_id", "line", "mean", "spread", "low", "high", "draws"]
        if self._counts is None:
            return pa.table({name: [] for name in names})
        ordered = self._counts.sort_by([("country", "ascending"), ("month_id", "ascending"), ("outcome", "ascending")])
        country, month = ordered.column("country").to_numpy(), ordered.column("month_id").to_numpy()
        value, n = ordered.column("outcome").to_numpy().astype(np.float64), ordered.column("n").to_numpy()
        starts = np.flatnonzero(np.r_[True, (country[1:] != country[:-1]) | (month[1:] != month[:-1])])
        total = np.add.reduceat(n, starts)
        mean = np.add.reduceat(n * value, starts) / total
        which = np.repeat(np.arange(len(starts)), np.diff(np.r_[starts, len(n)]))
        spread = np.sqrt(np.add.reduceat(n * (value - mean[which]) ** 2, starts) / np.maximum(total - 1, 1))
        passed = np.cumsum(n) - np.r_[0, np.cumsum(total)[:-1]][which]
        share = passed / total[which]
        low, high = (value[_first_at_least(share, limit, starts)] for limit in (LOW, HIGH))
        line = np.minimum.reduceat(ordered.column("line").to_numpy(), starts)
        columns = [country[starts], month[starts], line, mean, spread, low, high, total.astype(np.float64)]
        return pa.table(dict(zip(names, columns, strict=True)))


def _first_at_least(share: np.ndarray, limit: float, starts: np.ndarray) -> np.ndarray:
    """The first place of each group at which the share drawn so far reaches the limit."""
    places = np.where(share >= limit, np.arange(len(share)), len(share) - 1)
    return np.minimum.reduceat(places, starts)
