"""The country as files that the importers read: districts in the form of a COD-AB, people in that of a COD-PS."""

import csv
import json
from collections.abc import Iterator
from pathlib import Path

from primacy.exercise.country.geography import Country, District, Names
from primacy.exercise.country.land import numbers

SOURCE = "Projection of the statistics office (invented)"
OFFICE = "Statistics office (invented)"
LICENCE = "invented, free to use"  # as of every file of an exercise
CITATION = "Invented for practice: no such country exists"
HEADER = (
    "ISO3", "ADM1_PCODE", "ADM2_PCODE", "Gender", "Age_range", "Age_min", "Age_max", "Population", "Reference_year",
    "Source",
)  # fmt: skip
Line = tuple[str, str, str, str, str, str, str, int]


def write_boundaries(country: Country, folder: Path) -> Path:
    """One GeoJSON file of districts; the importer makes provinces and country from it."""
    path = folder / f"{country.code.lower()}_admin2.geojson"
    features = [_feature(country, district) for district in country.districts]
    content = json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False)
    path.write_text(content, "utf-8")
    return path


def _feature(country: Country, district: District) -> dict[str, object]:
    ring = [*district.polygon, district.polygon[0]]
    province = next(each for each in country.provinces if each.code == district.province)
    properties: dict[str, str | float] = {"iso3": country.code, "lang": "en", "lang1": "fr", "lang2": "ar"}
    levels: list[tuple[str, Names]] = [
        (country.code, country.names), (province.code, province.names), (district.code, district.names),
    ]  # fmt: skip
    for level, (code, names) in enumerate(levels):
        properties |= {
            f"adm{level}_pcode": code, f"adm{level}_name": names["en"], f"adm{level}_name1": names["fr"],
            f"adm{level}_name2": names["ar"],
        }  # fmt: skip
    properties |= {"center_lon": district.centre[0], "center_lat": district.centre[1]}
    return {
        "type": "Feature", "properties": properties,
        "geometry": {"type": "Polygon", "coordinates": [[list(point) for point in ring]]},
    }  # fmt: skip


def write_population(country: Country, folder: Path, year: int) -> Path:
    """People of a year by area, and of districts by sex and age."""
    path = folder / f"{country.code.lower()}_population.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(HEADER)
        writer.writerows((*line, year, SOURCE) for line in _lines(country))
    return path


def _lines(country: Country) -> Iterator[Line]:
    everybody = ("all", "all", "", "")
    yield (country.code, "", "", *everybody, country.people)
    for province in country.provinces:
        people = sum(each.people for each in country.districts if each.province == province.code)
        yield (country.code, province.code, "", *everybody, people)
    for district in country.districts:
        yield (country.code, district.province, district.code, *everybody, district.people)
        for sex, least, most, people in _by_sex_and_age(district.people):
            name = f"{least}-{most}" if most else f"{least}+"
            yield (country.code, district.province, district.code, sex, name, least, most, people)


def _by_sex_and_age(people: int) -> Iterator[tuple[str, str, str, int]]:
    """Each sex and age, so that all of them add up to the people."""
    shares = [(sex, age, each * part) for sex, each in numbers()["sexes"].items() for age, part in _ages().items()]
    before, share = 0, 0.0
    for sex, (least, most), part in shares:
        share = round(share + part, 9)
        until = round(people * share)
        yield sex, least, most, until - before
        before = until


def _ages() -> dict[tuple[str, str], float]:
    return {(str(each[0]), str(each[1] or "")): each[2] for each in numbers()["ages"]}
