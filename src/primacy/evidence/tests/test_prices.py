"""Food prices: WFP's table with and without its row of tags, and plain tables of others."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from primacy.evidence.bringing.formats import Reading, Task
from primacy.evidence.bringing.importing import import_files
from primacy.evidence.errors import BadInput
from primacy.evidence.importers import prices
from primacy.evidence.store.store import Store
from primacy.framework.instance import Instance
from primacy.places.areas import Areas
from primacy.places.files.files import Source

TODAY = date(2026, 1, 1)
Write = Callable[[str, str], Path]
PRICE: dict[str, Any] = {
    "date": "2024-05-15", "admin1": "West Province", "admin2": "District 1", "market": "Ford", "latitude": 0.5, "longitude": 0.5,
    "category": "cereals and tubers", "commodity": "Maize (white)", "unit": "KG", "priceflag": "actual", "pricetype": "Retail",
    "currency": "XXD", "price": 250.5, "usdprice": 0.41,
}  # fmt: skip
TAGS = "#date,#adm1+name,#adm2+name,#loc+market+name,#geo+lat,#geo+lon,#item+type,#item+name,#item+unit,#item+price+flag,#item+price+type,#currency,#value,#value+usd"


def table(*lines: dict[str, Any], usual: dict[str, Any] = PRICE, tags: str = "") -> str:
    rows = [",".join(f'"{each}"' for each in (usual | line).values()) for line in lines]
    return "\n".join([",".join(usual), *([tags] if tags else []), *rows]) + "\n"


def read(path: Path, *, areas: Areas | None = None, country: str = "XX") -> tuple[list[dict[str, Any]], Reading]:
    reading = prices.read(Source(path), Task(areas or Areas(), country, TODAY))
    tables = list(reading.batches)
    return (pa.concat_tables(tables).to_pylist() if tables else []), reading


@pytest.mark.parametrize("tags", ["", TAGS], ids=["without tags", "with tags"])
def test_a_price_of_the_world_food_programme(write: Write, areas: Areas, tags: str) -> None:
    (row,), reading = read(write("food.csv", table({}, tags=tags)), areas=areas)
    told = {
        name: row[name]
        for name in ("kind", "item", "measure", "unit", "value", "category", "area", "level", "date", "until")
    }
    assert told == {
        "kind": "price", "item": "west-province/ford/maize-white/kg/retail", "measure": "price", "unit": "XXD", "value": 250.5,
        "category": "price/food/cereals-and-tubers", "area": "XX11", "level": 2, "date": date(2024, 5, 15),
        "until": date(2024, 5, 31),
    }  # fmt: skip
    assert (reading.lineage, reading.producer, reading.coverage[0].complete) == (
        "wfp-prices/XX",
        "World Food Programme",
        False,
    )


FIELDS = [
    ("wholesale is another item", {"pricetype": "Wholesale"}, "item", "west-province/ford/maize-white/kg/wholesale"),
    ("a bag is another item", {"unit": "90 KG"}, "item", "west-province/ford/maize-white/90-kg/retail"),
    ("a day that is no month", {"date": "2024-05-07"}, "until", date(2024, 5, 7)),
    ("a market without a point, by its district", {"latitude": "", "longitude": ""}, "area", "XX11"),
    ("the average of all", {"market": "National Average", "admin1": "", "admin2": "", "latitude": "", "longitude": ""}, "area", "XX"),
    ("nothing says where", {"admin1": "", "admin2": "", "latitude": "", "longitude": ""}, "area", "XX"),
]  # fmt: skip


@pytest.mark.parametrize(("shows", "line", "column", "value"), FIELDS, ids=[case[0] for case in FIELDS])
def test_what_a_column_becomes(
    write: Write, areas: Areas, shows: str, line: dict[str, Any], column: str, value: Any
) -> None:
    rows, reading = read(write("food.csv", table(line)), areas=areas)
    assert not reading.faults.count, reading.faults.first
    assert [row[column] for row in rows] == [value]


PLAIN = [
    ("other names", "Month,Region,Market name,Product,Price\n2024-05,West Province,Ford,Maize,250\n"),
    ("year and month", "mp_year,mp_month,adm1_name,mkt_name,cm_name,mp_price\n2024,5,West Province,Ford,Maize,250\n"),
    ("a French spreadsheet", "Date;Region;Market;Commodity;Price\n2024-05-01;West Province;Ford;Maize;250,0\n"),
]


@pytest.mark.parametrize(("shows", "text"), PLAIN, ids=[case[0] for case in PLAIN])
def test_a_plain_table(write: Write, areas: Areas, shows: str, text: str) -> None:
    source = Source(write("prices of may.csv", text))
    assert prices.sniff(source, source.head())
    (row,), reading = read(source.path, areas=areas)
    assert (row["date"], row["until"], row["value"], row["area"]) == (date(2024, 5, 1), date(2024, 5, 31), 250, "XX1")
    assert (row["item"], reading.lineage) == ("west-province/ford/maize", "prices/NAME")


WRONG = [
    ("no date", {"date": ""}, "date is empty"),
    ("a day to come", {"date": "2030-01-15"}, "date is not between 1900-01-01 and 2026-01-01: '2030-01-15'"),
    ("nothing is sold", {"commodity": ""}, "commodity is empty"),
    ("free of charge", {"price": 0}, "a price of 0 is no price: '0'"),
    ("below nothing", {"price": -1}, "price is below 0: '-1'"),
    ("words", {"price": "dear"}, "price is no number: 'dear'"),
    ("another price of the same", {"market": "Hill", "price": 9}, f"{prices.OTHERWISE}: '9'"),
]  # fmt: skip


@pytest.mark.parametrize(("shows", "line", "why"), WRONG, ids=[case[0] for case in WRONG])
def test_what_is_wrong_is_a_fault(write: Write, shows: str, line: dict[str, Any], why: str) -> None:
    rows, reading = read(write("food.csv", table({"market": "Hill"}, line)))
    assert len(rows) == 1
    assert (reading.faults.first.line, str(reading.faults.first)) == (3, why)


def test_what_nobody_saw_on_a_market_is_left_out(write: Write) -> None:
    rows, reading = read(
        write("food.csv", table({}, {"priceflag": "forecast", "market": "Hill"}, {"price": "", "market": "Dale"}, {}))
    )
    assert len(rows) == 1
    assert reading.not_filled == 1
    assert "prices that are flagged as forecast or imputed, left out: 1" in map(str, reading.notes)
    assert "lines that repeat an earlier one word for word, counted once: 1" in map(str, reading.notes)
    assert not reading.faults.count


def test_the_country_in_the_name_of_the_file_counts(write: Write) -> None:
    rows, reading = read(write("wfp_food_prices_mli.csv", table({})), country="CAF")
    assert (rows, reading.countries, reading.not_wanted) == ([], {"MLI"}, 1)
    with pytest.raises(BadInput, match="does not say its country"):
        read(write("food.csv", table({})), country="")


def test_a_newer_file_replaces_an_older_one(write: Write, instance: Instance) -> None:
    import_files([write("old.csv", table({}, {"market": "Hill"}))], instance=instance)
    import_files([write("new.csv", table({"price": 300}))], instance=instance)
    store = Store(instance.evidence)
    rows = store.fetch(store.rows(as_of=TODAY, known=datetime(2027, 1, 1, tzinfo=UTC))).to_pylist()
    assert [(row["item"].split("/")[1], row["value"]) for row in rows] == [("ford", 300)]


NOT_MINE = ["kind,item,date,measure,value\n", "date,name,price\n", "market,commodity\n", "id,best,low,high\n"]


@pytest.mark.parametrize("text", NOT_MINE)
def test_other_tables_are_not_mine(write: Write, text: str) -> None:
    source = Source(write("x.csv", text))
    assert not prices.sniff(source, source.head())
