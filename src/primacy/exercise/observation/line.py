"""One line that a producer wrote down."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any


@dataclass(frozen=True)
class Line:
    """One data point as a producer wrote it down on the day `known`."""

    producer: str
    known: date
    day: date
    columns: dict[str, str]
    measure: str
    value: float
    grade: str = ""
    extra: dict[str, Any] = field(default_factory=dict)
