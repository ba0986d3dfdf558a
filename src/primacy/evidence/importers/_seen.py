"""Ids that stood on earlier lines of a file: eight bytes for each, so that millions fit into little memory."""

import numpy as np
from numpy.typing import NDArray


class Seen:
    """Remembers ids by their hash. Two different ids of ten million share one with a chance of 3 in a million."""

    def __init__(self) -> None:
        self._known: NDArray[np.int64] = np.empty(0, dtype=np.int64)  # in order
        self._fresh: list[NDArray[np.int64]] = []  # each in order, not yet merged

    def repeated(self, items: list[str]) -> NDArray[np.bool_]:
        """Which of these stood before, on an earlier line of this batch or in an earlier batch; then remember all."""
        hashes = np.fromiter(map(hash, items), dtype=np.int64, count=len(items))
        order = np.argsort(hashes, kind="stable")
        sorted_ = hashes[order]
        twice = np.zeros(len(items), dtype=np.bool_)
        twice[order[1:]] = sorted_[1:] == sorted_[:-1]
        for known in (self._known, *self._fresh):
            twice |= _within(hashes, known)
        self._fresh.append(sorted_)
        if sum(map(len, self._fresh)) > max(len(self._known) // 4, 1_000_000):
            self._known = np.sort(np.concatenate([self._known, *self._fresh]))
            self._fresh = []
        return twice


def _within(hashes: NDArray[np.int64], known: NDArray[np.int64]) -> NDArray[np.bool_]:
    if not len(known):
        return np.zeros(len(hashes), dtype=np.bool_)
    place = np.minimum(np.searchsorted(known, hashes), len(known) - 1)
    found: NDArray[np.bool_] = known[place] == hashes
    return found
