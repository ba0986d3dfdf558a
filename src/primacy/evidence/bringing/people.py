"""Population tables as data points of kind `population`."""

from datetime import date
from types import ModuleType

import numpy as np
import pyarrow as pa

from primacy.evidence.bringing.formats import Reading
from primacy.evidence.bringing.locating import Locator
from primacy.evidence.store.datasets import Coverage
from primacy.framework.saying import said
from primacy.places.areas import Areas
from primacy.places.editions_told import editions
from primacy.places.importers.population import People, Population


def population_points(found: Population, areas: Areas, sheet: ModuleType) -> Reading:
    """One row for each figure; the value holds for the whole reference year."""
    locator = Locator(areas)
    top = locator.country_code(found.country)
    years = [each.year for each in found.figures]
    reading = Reading(
        lineage=f"{found.series}/{found.country}/{max(each.level for each in found.figures)}", producer=sheet.PRODUCER,
        source_type="register", licence=sheet.LICENCE, citation=sheet.CITATION, known=None,
        batches=iter((_table(found.figures, top),)), locator=locator,
        official_for=("population",) if found.series == "cod-ps" else (),
        faults=found.faults, countries={found.country},
        not_filled=found.empty_lines, notes=list(found.notes),
    )  # fmt: skip
    reading.coverage = [
        Coverage(
            kind="population", categories=None, groups=("*",), areas=(top,), start=date(min(years), 1, 1),
            end=date(max(years), 12, 31), complete=False,
        )
    ]  # fmt: skip
    codes = {each.code for each in found.figures if each.code}
    unknown = sorted(code for code in codes if areas.current(code) is None) if len(areas) else []
    locator.found.by_code = sum(1 for each in found.figures if each.code)
    locator.found.country_only = sum(1 for each in found.figures if not each.code)
    foreign = [code for code in unknown if areas.looks_like_code(code)]
    if foreign:
        told = {"count": len(foreign), "example": foreign[0], "editions": editions(areas.days)}
        reading.notes.append(said("evidence/codes-like", **told))
    if other := [code for code in unknown if code not in foreign]:
        reading.notes.append(said("evidence/codes-unknown", count=len(other), example=other[0]))
    return reading


def _table(figures: tuple[People, ...], top: str) -> pa.Table:
    codes = [each.code or top for each in figures]
    return pa.table(
        {
            "kind": ["population"] * len(figures),
            "item": codes,
            "date": [date(each.year, 1, 1) for each in figures],
            "until": [date(each.year, 12, 31) for each in figures],
            "area": codes,
            "level": np.array([each.level for each in figures], dtype=np.int8),
            "group": [each.group for each in figures],
            "measure": ["persons"] * len(figures),
            "unit": ["persons"] * len(figures),
            "value": [each.persons for each in figures],
            "grade": ["B1"] * len(figures),
            "source": [each.source for each in figures],
            "origin": ["cod-ps"] * len(figures),
            "line": [each.line for each in figures],
        }
    )
