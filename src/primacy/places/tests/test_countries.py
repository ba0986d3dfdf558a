"""Countries and the P-codes that are theirs."""

import csv
import gzip
from pathlib import Path

import pytest

from primacy.framework import load
from primacy.places.countries import by_number, countries, country_name, country_of, iso3_of

CODES = [
    ("alpha-2 in front", "CF711", "CAF"),
    ("alpha-3 alone", "COD", "COD"),
    ("CO is Colombia, COD is not in it", "CO05", "COL"),
    ("alpha-3 in front", "MMR001", "MMR"),
    ("letters after alpha-2", "IQG01", "IRQ"),
    ("a practice country stands for itself", "XX03", "XX"),
    ("also one of three letters", "XDS0101", "XDS"),
    ("and as a whole", "XDS", "XDS"),
    ("small letters", "cf711", "CAF"),
    ("figures alone name no country", "0101", "01"),
]


@pytest.mark.parametrize(("shows", "area", "iso3"), CODES, ids=[case[0] for case in CODES])
def test_country_of(shows: str, area: str, iso3: str) -> None:
    assert country_of(area) == iso3


NAMES = [
    ("CF", "CAF"),
    ("NO", "NOR"),
    ("caf", "CAF"),
    ("Central African Republic", "CAF"),
    ("DR Congo (Zaire)", "COD"),
    ("xx", "XX"),
]


@pytest.mark.parametrize(("written", "iso3"), NAMES, ids=[f"{name} is {iso3}" for name, iso3 in NAMES])
def test_iso3_of(written: str, iso3: str) -> None:
    assert iso3_of(written) == iso3


def test_every_country_has_its_codes_of_two_and_three_letters() -> None:
    assert all(len(iso3) == 3 and len(each.iso2) == 2 for iso3, each in countries().items())


def test_no_two_countries_share_a_code_or_number() -> None:
    listed = list(countries().values())
    assert len({each.iso2 for each in listed}) == len(listed)
    assert len(by_number()) == sum(each.number is not None for each in listed)


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_every_country_has_a_name_in_every_language(language: str) -> None:
    own = load().texts[language]["countries"]
    assert set(own) == set(countries())
    assert len(set(own.values())) == len(own)


def test_a_country_is_called_as_the_language_calls_it() -> None:
    said = [country_name("COD", language) for language in ("en", "fr", "ar")]
    assert said == [
        "Democratic Republic of the Congo",
        "République démocratique du Congo",
        "جمهورية الكونغو الديمقراطية",
    ]
    assert [country_name(code, "xx") for code in ("COD", "CAF", "XXX")] == [said[0], "Central African Republic", "XXX"]


@pytest.mark.reference_data
def test_the_numbers_agree_with_the_names_in_ucdp_files(reference_data: Path) -> None:
    path = reference_data / "ged_other" / "GEDEvent_v23_0_10_candidate.csv.gz"
    with gzip.open(path, "rt", encoding="utf-8") as stream:
        pairs = {(row["country_id"], row["country"]) for row in csv.DictReader(stream)}
    named = {(number, iso3_of(name)) for number, name in pairs if iso3_of(name) in countries()}
    assert len(named) > 40
    assert all(by_number()[int(number)] == iso3 for number, iso3 in named)
