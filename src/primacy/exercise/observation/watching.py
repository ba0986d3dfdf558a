"""What all who look have at hand: the world, who they are, the days, their sheets, and how well they see a place."""

import numpy as np
from numpy.typing import NDArray

from primacy.evidence.store.numbered_days import day_number
from primacy.exercise.ledger.drivers import Drivers
from primacy.exercise.ledger.made import Made
from primacy.exercise.observation.producers import producers
from primacy.exercise.observation.sheets import Batch, Sheets, Words
from primacy.exercise.truth import Floats
from primacy.exercise.world.simulating import History


class Watch:
    """Days are numbers of days since the beginning of 1970, by month."""

    def __init__(self, history: History) -> None:
        self.history, self.drivers, self.told = history, Drivers(history), producers()
        self.first_days = np.array([day_number(history.first_day(month)) for month in range(history.months)])
        self.last_days = np.array([day_number(history.last_day(month)) for month in range(history.months)])
        self.sheets = Sheets()

    def take(self) -> Batch:
        """What was written since it was taken before."""
        written, self.sheets = self.sheets.tables(), Sheets()
        return written

    def shares(self, name: str, made: Made, best: float) -> Floats:
        """(n, months): what share of what there is of each row a producer notices, which notices `best` at most."""
        by = self.told[name].by
        if not by:
            return np.full((len(made), self.history.months), best)
        places = [made.place(row) for row in range(len(made))]
        return np.round(best * np.minimum(1.0, 1.25 * self.drivers.indices(by, places)), 9)


def words_of(made: Made, row: int, source: str, grade: str) -> Words:
    """What all lines of a thing say, in the order of `sheets.WORDS`."""
    told = made.columns
    return (
        made.kind, told["area"][row], told["actor"][row], told["target"][row],
        told["category"][row], told["stratum"][row], told["group"][row], grade, source, str(made.confidential),
    )  # fmt: skip


def waiting(mean: float, drawn: Floats) -> NDArray[np.int64]:
    """Whole days of exponential waiting times, from uniform numbers."""
    return np.floor((-mean * np.log1p(-drawn)).round(9)).astype(np.int64)


def bell(one: Floats, other: Floats) -> Floats:
    """Standard normal numbers from two uniform ones each (Box & Muller 1958)."""
    found: Floats = (np.sqrt(-2.0 * np.log1p(-one)) * np.cos(2.0 * np.pi * other)).round(9)
    return found
