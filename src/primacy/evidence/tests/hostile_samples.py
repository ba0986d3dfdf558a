"""A small valid file of every format, invented, to be damaged in all the ways of `hostile_damage.py`.

A new importer gets its sample here: a test fails until it has one.
"""

import io
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import shapely

from primacy.evidence.tests import test_acled, test_aid, test_geo_pko, test_iati, test_pa_x, test_prices, test_survey
from primacy.evidence.tests import test_ucdp_yearly as yearly
from primacy.evidence.tests import test_un_tables as un
from primacy.evidence.tests.ged_files import ged
from primacy.evidence.tests.published_files import table
from primacy.evidence.tests.test_excel import OTHER, TAGGED, TEMPLATE
from primacy.evidence.tests.test_shipped_mappings import EXAMPLES

CAR = "CAF"


@dataclass(frozen=True)
class Sample:
    """One file that is read without a fault.

    form      what it is made of, which decides how it can be damaged: csv, json, xml, parquet, xlsx
    format    the importer that knows it
    country   asked for; empty: the mission's, which is the invented XX
    beside    files that lie beside it, by name
    mapping   the text of a mapping that is given with it
    """

    name: str
    form: str
    content: bytes
    format: str
    country: str = ""
    beside: dict[str, bytes] = field(default_factory=dict)
    mapping: str = ""

    @property
    def label(self) -> str:
        return f"{self.format} {self.name}"


def district(number: int) -> dict[str, Any]:
    """A district of one degree: XX has two provinces with two each."""
    west, province = number - 1, (number + 1) // 2
    ring = [[west, 0], [west + 1, 0], [west + 1, 1], [west, 1], [west, 0]]
    properties = {
        "adm2_name": f"District {number}", "adm2_pcode": f"XX{province}{number}", "adm2_ref": f"D{number}",
        "adm1_name": ("West Province", "Est-Mambéré")[province - 1], "adm1_pcode": f"XX{province}",
        "adm0_name": "Examplia", "adm0_pcode": "XX", "lang": "en",
    }  # fmt: skip
    geometry = {"type": "Polygon", "coordinates": [ring]}
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def districts() -> bytes:
    features = [district(number) for number in (1, 2, 3, 4)]
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


def parquet(columns: pa.Table | dict[str, Sequence[Any]]) -> bytes:
    target = io.BytesIO()
    pq.write_table(columns if isinstance(columns, pa.Table) else pa.table(columns), target)
    return target.getvalue()


def _geoparquet() -> bytes:
    features = [district(number) for number in (1, 2, 3, 4)]
    shapes = [shapely.to_wkb(shapely.from_geojson(json.dumps(each["geometry"]))) for each in features]
    names = list(features[0]["properties"])
    columns = {name: [each["properties"][name] for each in features] for name in names} | {"geometry": shapes}
    return parquet(pa.table(columns).replace_schema_metadata({"geo": json.dumps({"primary_column": "geometry"})}))


def workbook(*rows: Sequence[Any], name: str = "Data", merge: Sequence[str] = ()) -> bytes:
    import openpyxl

    book = openpyxl.Workbook()
    book.active.title = name
    for row in rows:
        book.active.append(list(row))
    for cells in merge:
        book.active.merge_cells(cells)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


TOWNS = (
    "geonameid,name,latitude,longitude,countrycode,alternatenames\n"
    '1,Boma,0.5,0.5,XX,"Bouma,بوما"\n2,Nduku,0.5,1.5,XX,\n3,Koro,0.5,2.5,XX,Old Koro\n'
)
PEOPLE = (
    "ISO3,ADM1_PCODE,ADM2_PCODE,Gender,Age_range,Population,Reference_year,Source\n"
    "#country+code,#adm1+code,#adm2+code,#gender,#age+range,#population,#date+year,#meta+source\n"
    "XX,XX1,,all,all,100,2015,Census\nXX,XX1,XX11,f,0-4,7,2015,Census\nXX,XX2,,all,all,50.5,2015,Préfecture\n"
)
POINTS = (
    "# producer: Civil Affairs\n# coverage: contact; XX; 2024-05-01 to 2024-05-31; complete\n"
    "kind,item,date,until,area,longitude,latitude,actor,group,measure,unit,value,low,high,grade,source,confidentiality,note\n"
    "contact,c1,2024-05-01,,XX11,,,group-x,,events,,1,,,B2,Office,1,\n"
    "contact,c2,2024-05-02,2024-05-03,,0.5,0.5,,,events,,1,,,,,,\n"
    "survey,q1,2024-05-01,,XX,,,,sex=f,share,,45 %,0.4,0.5,C3,Office,,Mambéré\n"
    "law,l1,2024-05-01,,XX,,,,,stage,,adopted,,,,,,\n"
)
TAGGED_TABLE = (
    "Where,Name,When,Women,Kind\n#adm1+code,#adm2+name,#date,#affected+f,#affected+killed\n"
    "XX1,District 1,2024-05-01,30,1\nXX2,District 3,2024-05,12,0\nXX2,,2024,7,\n"
)
RECORDS = (
    "Ref;Date;Province;District;Code;Lat;Lon;Type;Killed;Women;Who;Rev\n"
    "A1;13/02/2024;West Province;District 1;XX11;0,5;0,5;Attack;2;1;group-x;1\n"
    "A2;14/02/2024;;;XX12;;;Raid;n/a;;group-y;1\nA3;15/02/2024;;;XX2;;;Attack;1.234;0;;2\n"
)
MAPPING = """\
mapping: log
kind: incident
producer: Joint Operations Centre
item: Ref
record: {id: Ref, revision: Rev}
date: {column: Date, forms: day-month-year}
place: {code: Code, latitude: Lat, longitude: Lon}
actor: {column: Who}
category: {column: Type, values: {Attack: violence/one-sided, Raid: violence}, other: keep}
missing: [n/a, "-"]
measures:
  - {measure: events, always: 1}
  - {measure: deaths, column: Killed}
coverage: [{kind: incident, areas: [XX], from: 2024-02-01, to: 2024-02-29, complete: false}]
"""
JSON_ROWS = json.dumps(
    {
        "data": [
            {"Ref": f"A{n}", "Date": "13/02/2024", "Code": "XX11", "Lat": 0.5, "Lon": 0.5, "Type": "Attack", "Killed": n,
             "Who": "x", "Rev": 1, "more": {"deep": [1, "a", None]}} for n in (1, 2, 3)
        ]
    }
).encode()  # fmt: skip
DRAWS = {
    "month_id": [457, 457, 458, 458],
    "country_id": [70, 70, 70, 214],
    "draw": [0, 1, 0, 1],
    "outcome": [3, 5, 0, 9],
}
ACTUALS = {
    "month_id": [457, 458],
    "country_id": [70, 70],
    "ged_sb": [7.0, None],
    "ged_ns": [1.0, 0.0],
    "ged_os": [2.0, 1.0],
}
RETURN = test_iati.POINT.format(lon="0.5")
SECTORS = '<sector vocabulary="1" code="15220" percentage="60"/><sector vocabulary="1" code="12220" percentage="40"/>'


def _csv(name: str, format: str, text: str, **more: Any) -> Sample:
    return Sample(name, "csv", text.encode(), format, **more)


def _boundaries() -> list[Sample]:
    return [
        Sample("xx_admin2.geojson", "json", districts(), "boundaries"),
        Sample("xx_admin2.parquet", "parquet", _geoparquet(), "boundaries"),
    ]


def _aid() -> list[Sample]:
    projects = test_aid.table(test_aid.PROJECT, {}, {"project_id": "P2", "start_actual_isodate": ""}).encode()
    places = test_aid.table(test_aid.PLACE, {}, {"project_location_id": "P1_2", "latitude": 0.6}).encode()
    transfers = test_aid.table(test_aid.TRANSFER, {}, {"transaction_id": "T2", "transaction_value_code": "C"}).encode()
    level_1a = test_aid.table(test_aid.PROJECT | test_aid.PLACE, {}, {"project_location_id": "P1_2"}).encode()
    return [
        Sample("A_projects.csv", "csv", projects, "aid", beside={"A_locations.csv": places}),
        Sample("A_transactions.csv", "csv", transfers, "aid", beside={"A_projects.csv": projects, "A_locations.csv": places}),
        Sample("A_locations.csv", "csv", places, "aid", beside={"A_projects.csv": projects}),
        Sample("A_level_1a.csv", "csv", level_1a, "aid"),
    ]  # fmt: skip


def _pa_x() -> list[Sample]:
    shapes = {
        "pax": test_pa_x.AGREEMENT,
        "local": test_pa_x.LOCAL,
        "signatories": test_pa_x.SIGNATORY,
        "actors": test_pa_x.ACTOR,
    }
    wanted = {"local": ""}
    return [_csv(f"{name}.csv", "pa-x", table(row, row, row | {"AgtId": "11"} if "AgtId" in row else row), country=wanted.get(name, CAR))
            for name, row in shapes.items()]  # fmt: skip


def _yearly() -> list[Sample]:
    shapes = {
        "totals": yearly.YEAR, "conflicts": yearly.CONFLICT, "dyads": yearly.DYAD, "terminations": yearly.EPISODE,
        "agreements": yearly.AGREEMENT, "actors": yearly.ACTOR, "issues": yearly.ISSUE,
    }  # fmt: skip
    return [_csv(f"{name}.csv", "ucdp-yearly", table(row, row, row), country=CAR) for name, row in shapes.items()]


def _un() -> list[Sample]:
    shapes = {"deaths": un.DEATH, "vetoes": un.VETO, "hub": un.VETO_OF_THE_HUB, "given": un.GIVEN}
    wanted = {"vetoes": "LBN", "hub": "MLI"}
    return [
        _csv(f"{name}.csv", "un-tables", table(row, row), country=wanted.get(name, CAR)) for name, row in shapes.items()
    ]


def _geo_pko() -> list[Sample]:
    pko = test_geo_pko
    shapes = {"map": pko.MAP, "year": pko.YEAR, "types": pko.TYPES, "givers": pko.GIVERS}
    wanted = {"map": CAR, "year": CAR}  # the others only have points, which lie in the invented country
    return [
        _csv(f"{name}.csv", "geo-pko", table(row, row, row), country=wanted.get(name, ""))
        for name, row in shapes.items()
    ]


def _excel() -> list[Sample]:
    incidents = [
        ["Log"],
        ["When", "Where", "Killed by", "Share"],
        [date(2024, 5, 1), "XX11", 2, 0.5],
        [date(2024, 5, 2), "XX12", 1, 0.1],
    ]
    mapping = "mapping: deaths\nkind: incident\ndate: When\nplace: {code: Where}\nmeasures: [{measure: deaths, column: Killed by}]\n"
    return [
        Sample("template.xlsx", "xlsx", workbook(*TEMPLATE, ["contact", "c2", date(2024, 5, 2), "XX1", "events", 1]), "csv"),
        Sample("tagged.xlsx", "xlsx", workbook(*TAGGED), "hxl"),
        Sample("named.xlsx", "xlsx", workbook(*TEMPLATE), "excel"),
        Sample("mapped.xlsx", "xlsx", workbook(*incidents), "mapping", mapping=mapping),
        Sample("other.xlsx", "xlsx", workbook(*OTHER), "mapping", mapping=mapping.replace("place: {code: Where}\n", "")),
    ]  # fmt: skip


def _mapped() -> list[Sample]:
    given = [
        _csv("log.csv", "mapping", RECORDS, mapping=MAPPING),
        Sample("log.json", "json", JSON_ROWS, "mapping", mapping=MAPPING),
    ]
    return given + [_csv(f"{name}.csv", "mapping", text) for name, (text, *_) in EXAMPLES.items()]


def _survey() -> list[Sample]:
    estimates = test_survey.TABLE + "Safe at day,0.5,0.02,60,2024-05-01,XX11,sex=m,survey/safe-walking-alone\n"
    design = {"answers.design.yaml": test_survey.DESIGN.encode()}
    return [
        Sample("answers.csv", "csv", test_survey.EVEN.encode(), "survey", beside=design),
        _csv("safe.csv", "survey", estimates),
    ]


MADE: dict[str, Callable[[], list[Sample]]] = {
    "boundaries": _boundaries,
    "population": lambda: [_csv("people.csv", "population", PEOPLE)],
    "settlements": lambda: [_csv("towns.csv", "settlements", TOWNS)],
    "acled": lambda: [
        _csv("acled.csv", "acled", test_acled.export({}, test_acled.VAC, test_acled.BLAST, test_acled.CROWD)),
        _csv("older.csv", "acled", test_acled.export({}, {}, columns=test_acled.OLDER)),
    ],
    "aid": _aid,
    "csv": lambda: [_csv("points.csv", "csv", POINTS)],
    "geo-pko": _geo_pko,
    "iati": lambda: [
        Sample("aid.xml", "xml", test_iati.file(
            test_iati.activity(test_iati.HERE + RETURN + SECTORS + test_iati.PAID), test_iati.activity(id="ORG-2")).encode(), "iati"),
    ],
    "pa-x": _pa_x,
    "prices": lambda: [
        _csv("food.csv", "prices", test_prices.table({}, {"pricetype": "Wholesale"}, {"date": "2024-06-15"}, tags=test_prices.TAGS)),
    ],
    "survey": _survey,
    "ucdp-candidate": lambda: [_csv("GEDEvent_v23_0_10.csv", "ucdp-candidate", ged(*[{"date_start": "2023-10-05", "date_end": "2023-10-06"}] * 3))],
    "ucdp-ged": lambda: [_csv("ged231.csv", "ucdp-ged", ged({"side_a": "Séléka"}, {"longitude": "2.5"}, {"where_prec": "5"}))],
    "ucdp-yearly": _yearly,
    "un-tables": _un,
    "views": lambda: [
        Sample("model.parquet", "parquet", parquet(DRAWS), "views", country=CAR),
        Sample("actuals.parquet", "parquet", parquet(ACTUALS), "views", country=CAR),
    ],
    "excel": _excel,
    "hxl": lambda: [
        _csv("tagged.csv", "hxl", TAGGED_TABLE),
        Sample("tagged.json", "json", json.dumps([line.split(",") for line in TAGGED_TABLE.splitlines()]).encode(), "hxl"),
    ],
    "mapping": _mapped,
}  # fmt: skip


@cache
def samples(format: str) -> tuple[Sample, ...]:
    return tuple(MADE[format]())
