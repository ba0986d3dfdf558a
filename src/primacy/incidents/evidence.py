"""What field reports tell the evidence: an event with its grade, and how many people it cost."""

from dataclasses import dataclass
from typing import Any

from primacy.records.telling import Told

VIOLATION = "violation/"


@dataclass(frozen=True)
class ReportFacts:
    category: str
    actor: str
    target: str = ""
    killed: int | None = None
    civilians_killed: int | None = None
    injured: int | None = None
    abducted: int | None = None
    displaced: int | None = None
    reliability: str = "F"
    credibility: str = "6"
    source_type: str = ""
    origin: str = ""


def report_points(report: ReportFacts) -> list[Told]:
    """One event and a row for each number that is known; what is not known is not told as none.

    Reports of one origin are not independent; without a label each type of source is one origin.
    """
    told: dict[str, Any] = {
        "category": report.category, "actor": report.actor, "target": report.target,
        "grade": report.reliability + report.credibility, "source": report.source_type,
        "origin": report.origin or report.source_type,
    }  # fmt: skip
    if report.category.startswith(VIOLATION):
        return [Told("violation", "events", 1.0, unit="events", **told)]
    numbers = {
        "deaths": report.killed, "civilian_deaths": report.civilians_killed, "injured": report.injured,
        "abducted": report.abducted, "displaced": report.displaced,
    }  # fmt: skip
    people = [Told("incident", name, float(n), unit="persons", **told) for name, n in numbers.items() if n is not None]
    return [Told("incident", "events", 1.0, unit="events", **told), *people]
