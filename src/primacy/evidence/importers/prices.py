"""Food prices by market: the CSV of the World Food Programme on HDX, and other plain tables of prices.

Data sheet
    Producer     World Food Programme (WFP), from national statistics, FAO and its own field offices; of other tables
                 whoever made them
    Licence      WFP on HDX: CC BY-IGO; of other tables unknown
    Obtain       data.humdata.org, "Food Prices" of a country: wfp_food_prices_XXX.csv
    Columns      date, admin1, admin2, market, latitude, longitude, category, commodity, unit, priceflag, pricetype,
                 currency, price; a row of HXL tags is skipped. Other names of columns are in prices.yaml; market,
                 commodity, price and a date (or year and month) are needed
    Rows         price, in the currency of the line, of the unit of the line (a kilogram, a bag)
    Item         market/commodity/unit/type of price: prices of two units or of retail and wholesale are never mixed
    Dates        a day of the 1st or 15th, or a month without day, holds for its month: until its end
    Category     price/food/GROUP
    Place        the market's point, else its district or province by name; "National Average" is the country
    Country      the column, else the end of the file's name, else the country asked for
    Coverage     partial: markets that were visited
    Lineage      wfp-prices/COUNTRY; other tables prices/NAME
    Repeated     a line twice word for word counts once; two prices of one item and day are a fault
    Not used     usdprice: converted by others at rates that are not told. Prices that are flagged as forecasts or
                 imputed are left out and counted
"""

import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from primacy.evidence.bringing.formats import Reading, Task
from primacy.evidence.bringing.locating import Codes, Locator
from primacy.evidence.errors import BadInput, listed
from primacy.evidence.importers._columns import measured, nulls, path_part, same
from primacy.evidence.importers._repeated import Repeated
from primacy.evidence.store.datasets import Coverage
from primacy.evidence.store.numbered_days import last_day, month_index
from primacy.framework.saying import Said, said
from primacy.framework.yaml_files import read_yaml
from primacy.places.countries import countries, iso3_of
from primacy.places.files.files import Source
from primacy.places.files.headers import by_its_columns, header
from primacy.places.files.rows import Rows
from primacy.places.files.tables import TextTable

FORMAT = "prices"
ABOUT = "food prices by market: WFP on HDX, and other tables with market, commodity, price and date, CSV"
WFP = {"date", "admin1", "admin2", "market", "category", "commodity", "unit", "pricetype", "currency", "price"}
OTHERWISE = said("evidence/price-otherwise")
IN_NAME = re.compile(r"(?:^|[_-])([a-z]{3})(?=\.|$)", re.IGNORECASE)
FIRST_DAY = date(1900, 1, 1)
MOST = 1e12
LONGEST_CURRENCY = 40
WHOLE_MONTH = (1, 15)  # days by which monthly prices are dated


@cache
def _words() -> dict[str, Any]:
    return read_yaml((Path(__file__).parent / "prices.yaml").read_bytes())  # type: ignore[no-any-return]


def columns_of(names: tuple[str, ...]) -> dict[str, str]:
    """What is held -> the column of a file that holds it."""
    written = {re.sub(r"[\s_]+", " ", name.strip().lower()): name for name in reversed(names)}
    found: dict[str, str] = {}
    for held, known in _words()["columns"].items():
        column = next((written[name] for name in known if name in written), None)
        if column is not None and column not in found.values():
            found[held] = column
    return found


def _lacks(found: dict[str, str]) -> list[str]:
    lacking = [each for each in _words()["needed"] if each not in found]
    return lacking + ([] if "date" in found or {"year", "month of year"} <= set(found) else ["date"])


def sniff(source: Source, head: bytes) -> Said | None:
    try:
        names = header(head, source.label).columns
    except BadInput:
        return None
    found = columns_of(names)
    if _lacks(found):
        return None
    return by_its_columns([found[each] for each in ("market", "commodity", "price")], said("evidence/what.prices"))


def read(source: Source, task: Task) -> Reading:
    table = TextTable(source)
    found = columns_of(table.columns)
    if lacking := _lacks(found):
        raise BadInput(
            said("evidence/prices.no-table", names=listed(lacking)), source.label,
            said("evidence/do.price-columns"),
        )  # fmt: skip
    table.need((), "a table of prices")
    wfp = set(table.columns) >= WFP
    reading = Reading(
        lineage="prices/NAME", producer="World Food Programme" if wfp else "", source_type="monitor",
        licence="CC BY-IGO" if wfp else "", citation="WFP, Global Food Prices, data.humdata.org" if wfp else "",
        known=None, batches=iter(()), locator=Locator(task.areas), faults=table.faults,
        share=lambda: table.stream.guarded.share,
    )  # fmt: skip
    reading.batches = _batches(table, found, task, reading, wfp=wfp)
    return reading


def _batches(table: TextTable, found: dict[str, str], task: Task, reading: Reading, *, wfp: bool) -> Iterator[pa.Table]:
    of_file = _in_name(table.source.name) or task.country
    repeated, not_observed = Repeated(), 0
    first, last = date.max, date.min
    areas: set[str] = set()
    for rows in table.batches():
        ours = _Prices(rows, found)
        where = ours.countries(of_file or reading.locator.country)
        reading.countries |= set(where) - {""}
        if task.country:
            others = where != task.country
            reading.not_wanted += int(others.sum())
            rows.leave_out(others)
        not_observed += ours.leave_out_not_observed()
        reading.not_filled += ours.leave_out_empty()
        points = ours.points(where, task, reading.locator, repeated, wfp=wfp)
        if points.num_rows:
            first = min(first, pc.min(points["date"]).as_py())
            last = max(last, pc.max(points["until"]).as_py())
            areas |= {reading.locator.country_code(each) for each in set(where[rows.keep])}
            yield points
    if "" in areas:
        raise BadInput(said("evidence/no-country"), table.source.label, said("places/do.name-country"))
    reading.notes += table.notes + repeated.notes
    if not_observed:
        reading.notes.append(said("evidence/prices.not-observed", count=not_observed))
    if wfp and len(areas) == 1:
        reading.lineage = f"wfp-prices/{next(iter(areas))}"
    if areas:
        reading.coverage = [
            Coverage(
                kind="price",
                categories=("price/food",),
                areas=tuple(sorted(areas)),
                start=first,
                end=last,
                complete=False,
            )
        ]


def _in_name(name: str) -> str:
    """The country that a file's name ends in: wfp_food_prices_caf.csv."""
    code = IN_NAME.search(name)
    return code[1].upper() if code and code[1].upper() in countries() else ""


class _Prices:
    """A batch of prices under the names of prices.yaml."""

    def __init__(self, rows: Rows, found: dict[str, str]) -> None:
        self.rows, self.found = rows, found

    def text(self, held: str) -> list[str]:
        """A column by what it holds; all empty where the file has none."""
        return self.rows.column(self.found.get(held, "")).to_pylist()  # type: ignore[no-any-return]

    def countries(self, otherwise: str) -> Codes:
        named = [iso3_of(each) if each else otherwise for each in self.text("country")]
        return np.array(named, dtype=object)

    def leave_out_not_observed(self) -> int:
        words = _words()["not_observed"]
        made = np.array([any(word in each.lower() for word in words) for each in self.text("flag")], dtype=np.bool_)
        count = int((made & self.rows.keep).sum())
        self.rows.leave_out(made)
        return count

    def leave_out_empty(self) -> int:
        empty = np.array([not each for each in self.text("price")], dtype=np.bool_)
        count = int((empty & self.rows.keep).sum())
        self.rows.leave_out(empty)
        return count

    def points(self, where: Codes, task: Task, locator: Locator, repeated: Repeated, *, wfp: bool) -> pa.Table:
        rows = self.rows
        start, until = self._days(task)
        price = rows.numbers(self.found["price"], least=0.0, most=MOST, large=True)
        rows.reject(price == 0, said("evidence/price-zero"), self.found["price"])
        self._refuse_strange_currencies()
        items = self._items()
        keys = [f"{item} {day}" if item else "" for item, day in zip(items, start.to_pylist(), strict=True)]
        repeated.sort_out(rows, keys, self.found["price"], OTHERWISE)
        keep = rows.keep
        area, level = self._placed(where, keep, locator)
        kept, count = pa.array(keep), int(keep.sum())
        groups = [path_part(each) for each in self.text("category")]
        shared = {
            "kind": same("price", count), "item": pa.array(items, pa.string()).filter(kept), "date": start.filter(kept),
            "until": until.filter(kept), "area": pa.array(area, pa.string()), "level": pa.array(level, pa.int8()),
            "category": pa.array([f"price/food/{each}" if each else "price/food" for each in groups]).filter(kept),
            "source": same("WFP" if wfp else "", count), "origin": same("wfp-prices" if wfp else "", count),
            "line": pa.array(rows.line[keep], pa.int64()),
        }  # fmt: skip
        currencies = pa.array(self.text("currency"), pa.string()).filter(kept)
        return measured(shared, "price", currencies, price[keep])

    def _refuse_strange_currencies(self) -> None:
        strange = [len(each) > LONGEST_CURRENCY for each in self.text("currency")]
        self.rows.reject(
            np.array(strange, dtype=np.bool_),
            said("evidence/no-currency", column=self.found.get("currency", "")),
            self.found.get("currency", ""),
        )

    def _items(self) -> list[str]:
        """market/commodity/unit/type, faults where one of the first two is empty."""
        known = _words()["types"]
        parts = {held: [path_part(each) for each in self.text(held)] for held in ("market", "commodity", "unit")}
        for held in ("market", "commodity"):
            empty = np.array([not each for each in parts[held]], dtype=np.bool_)
            self.rows.reject(empty, said("places/empty", column=held), self.found[held])
        types = [known.get(each.lower(), path_part(each)) for each in self.text("type")]
        provinces = [path_part(each) for each in self.text("admin1")]
        markets = ["/".join(filter(None, pair)) for pair in zip(provinces, parts["market"], strict=True)]
        told = zip(markets, parts["commodity"], parts["unit"], types, strict=True)
        return ["/".join(filter(None, each)) for each in told]

    def _days(self, task: Task) -> tuple[pa.Array, pa.Array]:
        """First and last day of each price. A month written 2024-05 is the whole month."""
        rows = self.rows
        if "date" in self.found:
            column = self.found["date"]
            months = [re.fullmatch(r"\d{4}-\d{2}", each) is not None for each in self.text("date")]
            rows.text[column] = pa.array(
                [f"{each}-01" if month else each for each, month in zip(self.text("date"), months, strict=True)]
            )
        else:
            column = "date"
            pairs = zip(self.text("year"), self.text("month of year"), strict=True)
            rows.text[column] = pa.array([_first_of(*pair) for pair in pairs], pa.string())
        start = rows.dates(column, earliest=FIRST_DAY, latest=task.today)
        rows.reject(nulls(start), said("places/empty", column=column), column)
        ends = [None if day is None else _end(day) for day in start.to_pylist()]
        return start, pa.array(ends, pa.date32())

    def _placed(self, where: Codes, keep: np.ndarray[Any, Any], locator: Locator) -> tuple[Codes, np.ndarray[Any, Any]]:
        """(area, level): markets by their point, else by the names of their district or province."""
        columns = [self.found.get(each, "") for each in ("longitude", "latitude")]
        lon, lat = (self.rows.numbers(each) if each else np.full(len(self.rows), np.nan) for each in columns)
        keep &= self.rows.keep
        whole = np.array([each.lower() in _words()["whole_country"] for each in self.text("market")], dtype=np.bool_)
        names = [(n, np.array(self.text(f"admin{n}"), dtype=object)[keep]) for n in (2, 1)]
        told = np.isfinite(lon) & np.isfinite(lat) | np.array(
            [bool(a or b) for a, b in zip(self.text("admin1"), self.text("admin2"), strict=True)]
        )
        level = np.where(whole | ~told, 0, 2)[keep].astype(np.int64)
        return locator.place(
            where[keep], np.nan_to_num(lon[keep], nan=999), np.nan_to_num(lat[keep], nan=999), level, names
        )


def _first_of(year: str, month: str) -> str:
    """The first day of a month of a year, both in figures; anything else as it is written, to be told."""
    plain = month.removesuffix(".0")
    if not year and not month:
        return ""
    return f"{year.removesuffix('.0')}-{int(plain):02}-01" if plain.isdecimal() else f"{year} {month}"


def _end(day: date) -> date:
    return last_day(month_index(day)) if day.day in WHOLE_MONTH else day
