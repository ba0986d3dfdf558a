"""What drives a thing at its place: weighted means of the variables of the world, month by month."""

from collections.abc import Mapping, Sequence

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
        self._zeros: Floats = np.zeros((1, history.months))
        self._known: dict[tuple[str, str], Floats] = {}

    def index(self, by: Mapping[str, float], place: str) -> Floats:
        """(M,): the weighted mean of what `by` names, at an area (P-code), in a stratum, or in the country ("")."""
        found: Floats = self.indices(by, [place])[0]
        return found

    def indices(self, by: Mapping[str, float], places: Sequence[str]) -> Floats:
        """(n, M): the same at several places."""
        whole = sum(by.values())
        found: Floats = sum(((weight / whole) * self._turned(name, places) for name, weight in by.items()), self._zeros)
        return np.broadcast_to(found.round(DIGITS), (len(places), found.shape[1]))

    def _turned(self, name: str, places: Sequence[str]) -> Floats:
        return 1.0 - self._series(name[1:], places) if name.startswith("-") else self._series(name, places)

    def _series(self, name: str, places: Sequence[str]) -> Floats:
        """(n, M), or (1, M) of what is the same everywhere."""
        if name in self._history.national:
            return self._history.national[name][None]
        if name in TASKS:
            return self._history.effect[name][None]
        local = self._history.local[name]
        if all(place in self._places for place in places):
            districts: Floats = local[[self._places[place] for place in places]]
            return districts
        return np.stack([self._mean(name, place) for place in places])

    def _mean(self, name: str, place: str) -> Floats:
        key = (name, place)
        if key not in self._known:
            local = self._history.local[name]
            self._known[key] = local[self._places[place]] if place in self._places else self._weights[place] @ local
        return self._known[key]
