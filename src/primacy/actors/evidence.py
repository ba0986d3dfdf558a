"""What contacts tell the evidence: that they took place, with whom, who asked, and whether it was a sitting."""

from dataclasses import dataclass

from primacy.records.telling import Told

OWN = "mission"  # the mission was there itself: all its contacts have one origin


@dataclass(frozen=True)
class ContactFacts:
    counterpart: str
    asked_by_counterpart: bool = False
    sitting: str = ""


def contact_points(contact: ContactFacts) -> list[Told]:
    """One contact, one more where the counterpart asked for it, and one session where it was a sitting."""
    own = {"target": contact.counterpart, "source": OWN, "origin": OWN, "unit": "events"}
    points = [Told("contact", "events", 1.0, **own)]
    if contact.asked_by_counterpart:
        points.append(Told("contact", "initiated_by_counterpart", 1.0, **own))
    if contact.sitting:
        points.append(Told("session", "events", 1.0, category=contact.sitting, **own))
    return points
