"""Columns of checked rows as data points: what a table's rows share, then one measure after the other."""

from datetime import date

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from primacy.evidence.bringing.locating import Codes
from primacy.evidence.importers._columns import Column, Floats, table_of
from primacy.evidence.kinds import KINDS
from primacy.framework.saying import said
from primacy.places.files.rows import Rows

Days = NDArray[np.datetime64]


class Points:
    """Data points of one batch. `shared` are columns of the schema that all measures have; `area` is level 0 unless
    `level` is among them.
    """

    def __init__(self, rows: Rows, kind: str, **shared: Column) -> None:
        self.rows, self.kind = rows, kind
        self.shared: dict[str, Column] = {
            "level": np.zeros(len(rows), dtype=np.int8), "line": rows.line, "kind": kind, **shared,
        }  # fmt: skip

    def changed(self, **shared: Column) -> "Points":
        """The same with other columns."""
        return Points(
            self.rows, self.kind, **{key: each for key, each in self.shared.items() if key != "kind"} | shared
        )

    def of(self, measure: str, value: Floats | float, **changed: Column) -> pa.Table:
        """Rows of one measure; a row that is not kept, or has no value, gives none."""
        values = np.broadcast_to(np.asarray(value, dtype=np.float64), len(self.rows))
        columns = self.shared | changed
        columns |= {"measure": measure, "unit": KINDS[self.kind].measures[measure], "value": values}
        return table_of(columns, len(self.rows)).filter(pa.array(self.rows.keep & ~np.isnan(values)))


def years(rows: Rows, name: str, *, earliest: int, latest: date) -> tuple[Days, Days]:
    """(first day, last day) of the year in a column; a row without a possible year is rejected."""
    found = rows.numbers(name, least=earliest, most=latest.year)
    rows.reject(np.isnan(found), said("places/empty", column=name), name)
    rows.reject(
        np.mod(np.where(np.isfinite(found), found, 0), 1) > 0, said("evidence/no-whole-year", column=name), name
    )
    whole = np.nan_to_num(np.where((found >= earliest) & (found <= latest.year), found, earliest), nan=earliest)
    first = (whole.astype(np.int64) - 1970).astype("datetime64[Y]")
    return first.astype("datetime64[D]"), day_before(first + 1)


def day_before(moment: Days) -> Days:
    """The last day before a year or month begins."""
    return np.asarray(moment.astype("datetime64[D]") - np.timedelta64(1, "D"), dtype="datetime64[D]")


def days(values: pa.Array) -> Days:
    """Days as numpy has them; what is missing is no time."""
    return np.asarray(values.to_numpy(zero_copy_only=False).astype("datetime64[D]"))


def day_first(rows: Rows, name: str, *, earliest: date, latest: date) -> Days:
    """A column whose source writes 31/12/2024, day first; anything else in it rejects its row."""
    return _parsed(rows, name, r"^(?P<d>\d{1,2})/(?P<m>\d{1,2})/(?P<y>\d{4})$", earliest, latest)


def month_first(rows: Rows, name: str, *, earliest: date, latest: date) -> Days:
    """A column whose source writes 12/31/2024, month first; anything else in it rejects its row."""
    return _parsed(rows, name, r"^(?P<m>\d{1,2})/(?P<d>\d{1,2})/(?P<y>\d{4})$", earliest, latest)


def _parsed(rows: Rows, name: str, shape: str, earliest: date, latest: date) -> Days:
    text = rows.column(name)
    parts = pc.extract_regex(text, pattern=shape)
    found = np.array([_day(each) for each in parts.to_pylist()], dtype="datetime64[D]")
    rows.reject(np.isnat(found), said("evidence/no-such-day", column=name), name)
    outside = (found < np.datetime64(earliest)) | (found > np.datetime64(latest))
    rows.reject(outside, said("places/not-between", column=name, least=earliest, most=latest), name)
    return found


def _day(parts: dict[str, str] | None) -> date | None:
    try:
        return date(int(parts["y"]), int(parts["m"]), int(parts["d"])) if parts else None
    except ValueError:
        return None


def joined(*parts: Column, by: str = "") -> Codes:
    """Texts put together row by row; a part may be one text for all."""
    count = max(len(each) for each in parts if not isinstance(each, str))
    columns = [[each] * count if isinstance(each, str) else each for each in parts]
    return np.array([by.join(each) for each in zip(*columns, strict=True)], dtype=object)


def looked_up(codes: Codes, names: dict[str, str], otherwise: str = "") -> Codes:
    """What each code stands for."""
    return np.array([names.get(each, otherwise) for each in codes], dtype=object)


def bare(codes: Codes) -> Codes:
    """Numbers used as names, without the `.0` that spreadsheets append."""
    return np.array([each.removesuffix(".0") for each in codes], dtype=object)
