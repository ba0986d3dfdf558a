"""Where geocoded projects are: for each the narrowest area that holds all of its places."""

from collections import Counter

import numpy as np

from primacy.evidence.bringing.locating import Locator
from primacy.framework.saying import Said, said
from primacy.places.countries import iso3_of
from primacy.places.files.files import Source
from primacy.places.files.tables import TextTable

LEVELS = {"1": 2, "2": 2, "3": 2, "4": 1}  # by precision_code; all others are the country


class AidPlaces:
    def __init__(self, locator: Locator) -> None:
        self._locator = locator
        self._codes: dict[str, list[str]] = {}  # project -> areas of its places
        self._counts: Counter[str] = Counter()
        self._countries: set[str] = set()
        self._wrong = 0

    def read(self, source: Source) -> None:
        """Add the places of a file. A line whose place cannot be read stands for the country, and is counted."""
        for rows in TextTable(source).batches():
            ids = rows.column("project_id").to_pylist()
            codes = rows.column("precision_code").to_pylist()
            lon, lat = rows.numbers("longitude"), rows.numbers("latitude")
            read = rows.keep & (np.abs(lon) <= 180) & (np.abs(lat) <= 90)
            level = np.array([LEVELS.get(each.removesuffix(".0"), 0) for each in codes], dtype=np.int64)
            self._wrong += int((~read & (level > 0)).sum())
            level[~read] = 0
            paths = [each.split("|") for each in rows.column("gazetteer_adm_code").to_pylist()]
            countries = np.array([iso3_of(path[2]) if len(path) > 2 else "" for path in paths], dtype=object)
            self._countries |= set(countries) - {""}
            names = [(2, np.array(rows.column("place_name").to_pylist(), dtype=object))]
            area, _ = self._locator.place(countries, np.nan_to_num(lon), np.nan_to_num(lat), level, names)
            for item, code in zip(ids, area.tolist(), strict=True):
                self._codes.setdefault(item, []).append(code)
                self._counts[item] += 1

    def of(self, project: str, country: str) -> tuple[str, int, int]:
        """(area, level, number of places) of a project; the country where nothing says more."""
        top = self._locator.country_code(country)
        codes = self._codes.get(project)
        if not codes:
            return top, 0, 0
        area = self._locator.holding(codes, top)
        return area, self._locator.areas.level_of(area) or 0, self._counts[project]

    @property
    def only_country(self) -> str:
        """The country of all places, where they lie in one."""
        return next(iter(self._countries)) if len(self._countries) == 1 else ""

    @property
    def notes(self) -> list[Said]:
        return [said("evidence/places-unread", count=self._wrong)] if self._wrong else []
