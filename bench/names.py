"""Names to areas: how often a written name finds its area, and how often a wrong one.

    python bench/names.py

Three sets. Towns of the Central African Republic are looked for by name alone among all areas; right is an area in
which the town's own point lies. Spellings of areas of Syria, Yemen, Sudan and Libya, in Arabic and in Latin letters as
papers write them (names.csv, written for this page), are looked for among all areas of levels 1 and 2 of the country;
the costs of sounds were set after a first look at them, which flatters a little. Towns of other countries are looked
for among the areas of the Central African Republic: each found is wrong. Those that bear the very name of an area are
left out. The peer is difflib's ratio on names without accents, with the same bar (0.88, the next best 0.04 away).
"Offered" counts names for which the right area is among the first three candidates of a review.
"""

import csv
import gzip
import os
import tempfile
from collections.abc import Callable
from pathlib import Path

from primacy.evidence.bringing.importing import import_files
from primacy.evidence.bringing.locating import Locator
from primacy.framework.instance import Instance
from primacy.places.areas import Area, Areas
from primacy.places.names import likeness, plain

REFERENCE = Path(os.environ.get("PRIMACY_REFERENCE_DATA", Path(__file__).parents[2] / "shared" / "data"))
BOUNDARIES = [REFERENCE / "boundaries_caf_2024" / f"caf_admin{n}_simplified.geojson.gz" for n in range(5)]
TOWNS = REFERENCE / "geonames_places" / "cities500_conflict_countries.csv.gz"
CODES = REFERENCE / "pcodes_population" / "global_pcodes_adm1_adm2.csv.gz"
WRITTEN = Path(__file__).parent / "names.csv"
OTHERS = ("TD", "CM", "BF", "ML", "NE")
SHOWN = 3
Match = Callable[[str], tuple[str, list[str]]]  # name -> (the code that is meant, candidates)


def table() -> str:
    """Recall and precision of each set, ours beside the peer's."""
    if not all(file.is_file() for file in (*BOUNDARIES, TOWNS, CODES)):
        return "Not measured here: the real boundaries and lists of names are not at hand."
    head = ("names", "matched rightly, peer", "ours", "matched wrongly, peer", "ours", "offered for review, ours")
    rows = [head, ("---",) * len(head), *_rows()]
    return "\n".join("| " + " | ".join(row) + " |" for row in rows)


def _rows() -> list[tuple[str, ...]]:
    towns = _rows_of(TOWNS)
    country = _boundaries()
    own = [each for each in towns if each["countrycode"] == "CF"]
    truth = [(each["name"], _lies_in(country, each)) for each in own]
    bearing = {plain(name) for code, _, _ in country.closure() for name in (country.name(code),)}
    rows = [_row("towns of the Central African Republic", [(country, *each) for each in truth])]
    listed = _rows_of(CODES)
    for letters in ("Latin", "Arabic"):
        cases = []
        with WRITTEN.open(encoding="utf-8", newline="") as stream:
            for each in csv.DictReader(stream):
                if (plain(each["written"]).isascii()) == (letters == "Latin"):
                    cases.append((_listed(listed, each["country"]), each["written"], {each["code"]}))
        rows.append(_row(f"spellings in {letters} letters", cases))
    foreign = [each["name"] for each in towns if each["countrycode"] in OTHERS and plain(each["name"]) not in bearing]
    return [*rows, _row("towns of other countries", [(country, name, set()) for name in foreign])]


def _row(what: str, cases: list[tuple[Areas, str, set[str]]]) -> tuple[str, ...]:
    ours, theirs, offered = [0, 0], [0, 0], 0
    locators: dict[int, Locator] = {}
    for areas, written, right in cases:
        locator = locators.setdefault(id(areas), Locator(areas))
        for counted, code in ((ours, locator.named(written)), (theirs, _by_ratio(locator, written))):
            counted[0] += code in right
            counted[1] += bool(code) and code not in right
        offered += any(code in right for code, _ in areas.match_name(written)[:SHOWN])
    total = len(cases)
    told = [f"{count / total:.1%}" for pair in zip(theirs, ours, strict=True) for count in pair]
    return (f"{total} {what}", *told, f"{offered / total:.1%}" if offered else "")


def _by_ratio(locator: Locator, written: str) -> str:
    areas = locator.areas
    scores: dict[str, float] = {}
    for code, _, level in areas.closure():
        if level == areas.level_of(code):
            scores[code] = max(scores.get(code, 0.0), likeness(plain(written), plain(areas.name(code))))
    return locator._best(sorted(scores.items(), key=lambda each: (-each[1], each[0])))


def _boundaries() -> Areas:
    with tempfile.TemporaryDirectory() as folder:
        instance = Instance.here(folder)
        instance.mission_file.write_text("country: CAF\n", encoding="utf-8")
        import_files(BOUNDARIES, instance=instance)
        return Areas.load(instance.places)


def _lies_in(areas: Areas, town: dict[str, str]) -> set[str]:
    (code,) = areas.locate([float(town["longitude"])], [float(town["latitude"])]).tolist()
    return {each for each in (areas.ancestor(code, n) for n in areas.levels[1:]) if each}


def _listed(rows: list[dict[str, str]], iso3: str, known: dict[str, Areas] = {}) -> Areas:  # noqa: B006 - a memory
    if iso3 not in known:
        found = [each for each in rows if each["Location"] == iso3]
        known[iso3] = Areas(
            [Area(iso3, 0, "", {"en": iso3})]
            + [Area(r["P-Code"], int(r["Admin Level"]), r["Parent P-Code"], {"en": r["Name"]}) for r in found]
        )
    return known[iso3]


def _rows_of(path: Path) -> list[dict[str, str]]:
    with gzip.open(path, "rt", encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


if __name__ == "__main__":
    print(table())
