"""Population tables: totals, groups, and what is not there."""

import csv
import gzip
from collections import Counter
from pathlib import Path

import pytest

from primacy.places.errors import BadInput
from primacy.places.files.files import Source, sources
from primacy.places.importers import population
from primacy.places.living import Group, Living

HEADER = "ISO3,ADM1_PCODE,ADM2_PCODE,Gender,Age_range,Population,Reference_year,Source\n"
TAGS = "#country+code,#adm1+code,#adm2+code,#gender,#age+range,#population,#date+year,#meta+source\n"


def _read(tmp_path: Path, lines: str, country: str = "") -> population.Population:
    (tmp_path / "p.csv").write_text(HEADER + lines)
    source = Source(tmp_path / "p.csv")
    assert population.sniff(source, source.head())
    return population.read(source, country=country)


def test_totals_and_groups_at_the_finest_code_of_the_line(tmp_path: Path) -> None:
    lines = TAGS + "XX,XX1,,all,all,100,2015,Census\nXX,XX1,XX11,f,0-4,7,2015,Census\nXX,,,all,all,500,2015,\n"
    found = _read(tmp_path, lines)
    told = [(each.code, each.level, each.persons, each.group) for each in found.figures]
    assert told == [("XX1", 1, 100.0, ""), ("XX11", 2, 7.0, "age=0-4;sex=f"), ("", 0, 500.0, "")]
    assert found.country == "XX"
    assert found.figures[0].line == 3


def test_an_empty_figure_is_left_out_and_not_zero(tmp_path: Path) -> None:
    found = _read(tmp_path, "XX,XX1,,all,all,,2015,\nXX,XX2,,all,all,5,2015,\n")
    assert [each.code for each in found.figures] == ["XX2"]
    assert found.empty_lines == 1


def test_fewer_than_nobody_is_rejected(tmp_path: Path) -> None:
    found = _read(tmp_path, "XX,XX1,,all,all,-5,2015,\nXX,XX2,,all,all,5,2015,\n")
    assert str(found.faults.first).startswith("Population is below 0")


REFUSED = [
    ("two countries and none chosen", "XX,XX1,,all,all,5,2015,\nYY,YY1,,all,all,5,2015,\n", "", "holds 2 countries"),
    ("not the country asked for", "XX,XX1,,all,all,5,2015,\n", "CAF", "holds nothing on Central African Republic"),
    ("no figure", "XX,XX1,,all,all,many,2015,\n", "XX", "Population is no number"),
]


@pytest.mark.parametrize(("shows", "lines", "country", "message"), REFUSED, ids=[case[0] for case in REFUSED])
def test_what_cannot_be_used_is_refused(tmp_path: Path, shows: str, lines: str, country: str, message: str) -> None:
    with pytest.raises(BadInput) as caught:
        _read(tmp_path, lines, country)
    assert message in str(caught.value)


@pytest.mark.reference_data
def test_the_census_of_the_central_african_republic(reference_data: Path) -> None:
    path = reference_data / "pcodes_population" / "cod_population_admin1_CAF_COD.csv.gz"
    found = population.read(next(sources(path)), country="CAF")
    assert len(found.figures) == 17
    assert sum(each.persons for each in found.figures) == 4_953_014


@pytest.mark.reference_data
def test_women_and_children_of_the_democratic_republic_of_the_congo(reference_data: Path) -> None:
    path = reference_data / "pcodes_population" / "cod_population_admin2_CAF_COD.csv.gz"
    found = population.read(next(sources(path)), country="COD")
    counted: Counter[str] = Counter()
    with gzip.open(path, "rt", encoding="utf-8") as stream:
        for row in csv.DictReader(stream):
            if row["ISO3"] == "COD" and row["Population"]:
                counted[f"{row['Gender']} {row['Age_range']}"] += int(float(row["Population"]))
    living = Living((each.code, each.group, each.year, each.persons) for each in found.figures)
    codes = {each.code for each in found.figures}
    for group, written in (("sex=f", "f all"), ("age=0-4", "all 0-4"), ("age=5-19;sex=m", "m 5-19"), ("", "all all")):
        told = [living.persons(code, Group.of(group)) for code in codes]
        assert sum(each or 0.0 for each in told) == counted[written], group
    one = living.persons(next(iter(codes)), Group.of("age=0-19"))
    assert one is not None, "put together from 0-4 and 5-19"
    assert living.persons(next(iter(codes)), Group.of("age=15-29")) is None
