"""What drives a thing at its place: weighted means of the variables of the world, month by month."""

from collections.abc import Mapping

import numpy as np

from primacy.exercise.truth import Floats
from primacy.exercise.world.simulating import History
from primacy.exercise.world.state import DIGITS, TASKS


class Drivers:
    """Means over places are weighted by people. Everything lies between 0 and 1."""

    def __init__(self, history: History) -> None:
        self._history = history
        districts = history.country.districts
        people = history.setting.people
        self._places = {each.code: place for place, each in enumerate(districts)}
        self._weights: dict[str, Floats] = {"": people / people.sum()}
        for number, province in enumerate(history.country.provinces):
            inside = np.array([each == number for each in history.setting.province]) * people
            self._weights[province.code] = self._weights[province.names["en"]] = inside / inside.sum()
        self._weights[history.country.code] = self._weights[""]
        self._zeros: Floats = np.zeros(history.months)
        self._known: dict[tuple[str, str], Floats] = {}

    def index(self, by: Mapping[str, float], place: str) -> Floats:
        """(M,): the weighted mean of what `by` names, at an area (P-code), in a stratum, or in the country ("")."""
        whole = sum(by.values())
        found: Floats = sum(((weight / whole) * self._turned(name, place) for name, weight in by.items()), self._zeros)
        rounded: Floats = found.round(DIGITS)
        return rounded

    def _turned(self, name: str, place: str) -> Floats:
        return 1.0 - self._series(name[1:], place) if name.startswith("-") else self._series(name, place)

    def _series(self, name: str, place: str) -> Floats:
        key = (name, place)
        if key not in self._known:
            self._known[key] = self._read(name, place)
        return self._known[key]

    def _read(self, name: str, place: str) -> Floats:
        if name in self._history.national:
            return self._history.national[name]
        if name in TASKS:
            return self._history.effect[name]
        local = self._history.local[name]
        series: Floats = local[self._places[place]] if place in self._places else self._weights[place] @ local
        return series
