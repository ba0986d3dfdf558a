"""What contacts tell the evidence: that they took place, with whom, who asked, whether they were a sitting, and whose
focal point was reached."""

from dataclasses import dataclass
from typing import Any

from primacy.actors.focal_points import KIND, partner
from primacy.records.telling import Told

OWN = "mission"  # the mission was there itself: all its contacts have one origin


@dataclass(frozen=True)
class ContactFacts:
    counterpart: str
    asked_by_counterpart: bool = False
    sitting: str = ""
    focal_point: str = ""


def contact_points(contact: ContactFacts) -> list[Told]:
    """One contact, one more where the counterpart asked for it, one session where it was a sitting, and that the focal
    point of an institution answered: under the name, category and place that the map of partners gives it."""
    own: dict[str, Any] = {"target": contact.counterpart, "source": OWN, "origin": OWN, "unit": "events"}
    points = [Told("contact", "events", 1.0, **own)]
    if contact.asked_by_counterpart:
        points.append(Told("contact", "initiated_by_counterpart", 1.0, **own))
    if contact.sitting:
        points.append(Told("session", "events", 1.0, category=contact.sitting, **own))
    if reached := partner(contact.focal_point):
        points.append(
            Told(
                KIND, "verified", 1.0, unit="items", category=reached.category, source=OWN, origin=OWN,
                item=reached.item, area=reached.area, level=reached.level,
            )
        )  # fmt: skip
    return points
