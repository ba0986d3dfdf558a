"""Names: spelt by one table in three languages, never twice, and belonging to nobody."""

import csv
import gzip
import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from primacy.exercise.country import naming
from primacy.exercise.country.country import country, districts_at
from primacy.exercise.country.land import numbers
from primacy.exercise.game import LARGEST
from primacy.exercise.luck import luck
from primacy.places.names import plain
from primacy.places.sounds import Sounding

WORDS = [
    # what it shows                                  word         English      French         Arabic
    ("two letters for one sound",                    "tashumere", "Tashumere", "Tachoumeré",  "تاشوميري"),
    ("u is ou in French",                            "lomuresh",  "Lomuresh",  "Lomourech",   "لوموريش"),
    ("a word that begins with a vowel",              "oruwarosh", "Oruwarosh", "Orouwaroch",  "أوروواروش"),
    ("s between vowels is ss in French",             "dasurenta", "Dasurenta", "Dassourenta", "داسورينتا"),
    ("g before e, at the beginning",                 "gelmorath", "Gelmorath", "Guelmorath",  "غيلموراث"),
]  # fmt: skip


@pytest.mark.parametrize(("shows", "word", "english", "french", "arabic"), WORDS, ids=[each[0] for each in WORDS])
def test_a_word_is_spelt_in_three_languages(shows: str, word: str, english: str, french: str, arabic: str) -> None:
    assert naming.spelt(word) == {"en": english, "fr": french, "ar": arabic}


def test_a_sound_that_has_no_spelling_is_refused() -> None:
    with pytest.raises(ValueError, match="qatar"):
        naming.spelt("qatar")


def test_the_three_spellings_of_every_word_sound_alike() -> None:
    """By the table of sounds that the matching of real names uses, which is another than the one that spells here."""
    sample = [naming.spelt(word) for word in naming.words()[::97] + naming.longer_words()[::997]]
    arabic = Sounding([each["ar"] for each in sample], arabic=True)
    french = Sounding([each["fr"] for each in sample], arabic=False)
    for place, each in enumerate(sample):
        for others in (arabic, french):
            alike = others.likeness(each["en"])
            assert alike[place] > 0.75, each
            assert alike.argmax() == place, each


def test_words_are_distinct_in_every_language() -> None:
    words = [*naming.words(), *naming.longer_words()]
    for language in naming.LANGUAGES:
        assert len({naming.spelt(word)[language] for word in words}) == len(words)


def test_no_name_is_given_twice_until_all_are_used() -> None:
    own, others = naming.place_names(40, luck(1))
    names = [each["en"] for each in (*own, *others)]
    words = len(naming.words()) + len(naming.longer_words())
    assert len(own) == 40
    assert len(set(names)) == len(names) == words * len(naming.told()["forms"]) + 1


def test_the_largest_country_has_names_for_all_its_places() -> None:
    districts = districts_at(LARGEST)
    own, others = naming.place_names(districts, luck(1))
    assert len({each["ar"] for each in own}) == districts
    assert sum(1 for _ in others) >= districts * (numbers()["settlements"][1] - 1)


def test_longer_words_come_when_the_others_are_used_up() -> None:
    districts = len(naming.words()) + 1
    assert naming.place_names(districts - 100, luck(1))[0] == naming.place_names(districts, luck(1))[0][:-100]


def test_more_districts_than_words_are_refused() -> None:
    with pytest.raises(ValueError, match="names for"):
        naming.place_names(len(naming.words()) + len(naming.longer_words()) + 2, luck(1))


# ---- nobody's


@cache
def invented() -> frozenset[str]:
    """Every name that any seed and scale can give, in three languages, as plain text."""
    here = country()
    fixed = [each.names for each in (here, *here.provinces, *here.neighbours, *here.organisations)]
    told = naming.told()
    braced = re.findall(r"\{(\w+)\}", json.dumps(told["organisations"]))
    fixed += [naming.spelt(word) for word in (told["capital"], *braced)]
    words, forms = [*naming.words(), *naming.longer_words()], range(len(told["forms"]))
    return frozenset(
        plain(name)
        for names in (*fixed, *(naming.formed(word, form) for word in words for form in forms))
        for name in names.values()
    )


REAL = [
    # folder                file                                  columns that hold names
    ("ged_car_23_1",        "GED_v23_1_country482_CAF",           "conflict_name dyad_name side_a side_b where_coordinates adm_1 adm_2 country region"),
    ("ged_other",           "GEDEvent_v23_0_10_candidate",        "conflict_name dyad_name side_a side_b where_coordinates where_description adm_1 adm_2 country"),
    ("ged_other",           "ged191_BGD_MMR",                     "conflict_name dyad_name side_a side_b where_coordinates adm_1 adm_2 country"),
    ("ged_other",           "ged231_random_1000_49cols",          "conflict_name dyad_name side_a side_b where_coordinates adm_1 adm_2 country"),
    ("ucdp_yearly",         "ucdp-actor-221",                     "NameData NameOrig NameOrigFull NameOrigFullEng NewName NewNameFullEng NamePrev Org Location GroupName"),
    ("ucdp_yearly",         "UcdpPrioConflict_v24_1",             "location side_a side_b territory_name"),
    ("ucdp_yearly",         "ucdp-dyadic-191",                    "location side_a side_b"),
    ("pax",                 "paax_v0.2_actors",                   "actor_name abbreviation actor_country ucdp_name acled_name acled_other"),
    ("pax",                 "paax_v0.2_signatories",              "actor_name abbreviation actor_country ucdp_name acled_name acled_other"),
    ("pax",                 "pax_v9_agreements",                  "Con PPName Agt"),
    ("pax",                 "pax_local_v8_1",                     "Con LocaleName LocaleNat"),
    ("geonames_places",     "cities500_conflict_countries",       "name"),
    ("pcodes_population",   "global_pcodes_adm1_adm2",            "Name"),
    ("pcodes_population",   "cod_population_admin3_CAF_COD",      "ADM1_NAME ADM2_NAME ADM3_NAME"),
    ("geo_pko",             "geopko_v2_3_location_year",          "mission country location"),
    ("aid_geocoded",        "SierraLeoneAIMS_locations",          "place_name gazetteer_adm_name"),
    ("aid_geocoded",        "FTS_CentralAfricanRepublic_locations", "place_name gazetteer_adm_name"),
]  # fmt: skip


@pytest.mark.reference_data
@pytest.mark.parametrize(("folder", "file", "columns"), REAL, ids=[each[1] for each in REAL])
def test_no_name_is_one_of_real_places_and_actors(reference_data: Path, folder: str, file: str, columns: str) -> None:
    with gzip.open(reference_data / folder / f"{file}.csv.gz", "rt", encoding="utf-8", errors="replace") as stream:
        real = {part for row in csv.DictReader(stream) for name in columns.split() for part in parts(row[name] or "")}
    assert len(real) > 100
    assert real & invented() == frozenset()


@pytest.mark.reference_data
@pytest.mark.parametrize("level", [1, 2, 3, 4])
def test_no_name_is_one_of_real_boundaries(reference_data: Path, level: int) -> None:
    path = reference_data / "boundaries_caf_2024" / f"caf_admin{level}_simplified.geojson.gz"
    features = json.loads(gzip.decompress(path.read_bytes()))["features"]
    real = {
        part
        for each in features
        for value in each["properties"].values()
        if isinstance(value, str)
        for part in parts(value)
    }
    assert len(real) > 10
    assert real & invented() == frozenset()


def parts(text: str) -> Iterator[str]:
    """A name as it stands, and what stands between its commas, brackets and dashes."""
    yield plain(text)
    for part in re.split(r"[,;:/()]| - ", text):
        if plain(part):
            yield plain(part)
