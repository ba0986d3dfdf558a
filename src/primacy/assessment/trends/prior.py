"""What monthly histories are taken to be like before any is looked at: the strengths of their habits, as numbers.

The shipped strengths are those of ordinary years. Series of first-level areas over decades of peace and war (UCDP GED:
Central African Republic, Bangladesh, Myanmar) swing and wander more; docs/benchmarks.md says how much. `primacy
calibrate` learns the strengths from a mission's own history (`prior_learning.py`).
"""

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True)
class Prior:
    """Strengths of the habits; each history draws its own around them (`simulation.py`)."""

    size: float = 5.66
    """Middle of the sizes of the negative binomial, which run a factor of seven up and down: small is clustered."""
    memory: float = 0.85
    """Greatest correlation of the short-lived disturbance from one month to the next; they run from none to this."""
    disturbance: float = 1.2
    """Greatest standard deviation of that disturbance on the log scale; most histories have much less."""
    wandering: float = 1.0
    """How far levels drift, jump, and go and come back: a factor on the steps of the shipped prior."""
    silent: float = 0.0
    """Greatest share of months of which nothing was recorded though something happened."""

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_dict(cls, numbers: dict[str, Any]) -> "Prior":
        return cls(**{name: float(number) for name, number in numbers.items()})


SHIPPED = Prior()
