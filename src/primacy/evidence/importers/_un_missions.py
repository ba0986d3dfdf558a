"""Tables of the UN hub that name a mission: who died in it, and which uniformed people countries gave to it.

A mission that worked in one country is in that country; what a table says of one that worked in several cannot be
placed, and is left out.
"""

from collections.abc import Iterator
from datetime import date

import numpy as np
import pyarrow as pa

from primacy.evidence.bringing.formats import Task
from primacy.evidence.bringing.missions import host, in_several
from primacy.evidence.importers import _points
from primacy.evidence.importers._points import Points, joined, looked_up
from primacy.evidence.importers._published import Names, Part, Shape
from primacy.framework.saying import Said, said
from primacy.places.files.rows import Rows

EARLIEST = date(1946, 1, 1)
MOST = 100_000.0
CAUSES = {
    "Malicious Act": "malicious-act", "Accident": "accident", "Illness": "illness", "Self-Inflicted": "self-inflicted",
    "To Be Determined": "to-be-determined", "Unknown": "unknown", "": "unknown",
}  # fmt: skip
PEOPLE = {
    "Military": "military", "Military Observer": "military-observers", "Police": "police", "Local": "national-staff",
    "International Civilian": "international-staff", "Other": "others", "": "",
}  # fmt: skip
SEXES = {"M": "sex=m", "F": "sex=f", "": ""}


def by_mission(rows: Rows, task: Task) -> list[Names]:
    """The one country of each row's mission."""
    return [(code,) if code else () for code in map(host, rows.column("mission_acronym").to_pylist())]


def not_placed(rows: Rows, task: Task) -> Said | None:
    missions = in_several(rows.column("mission_acronym").unique().to_pylist(), task.country)
    return said("evidence/un.in-several", names=list(missions)) if missions else None


def fatalities(part: Part) -> Iterator[pa.Table]:
    """One row for each person who died, without nationality: by cause, what they were, and sex where it is given."""
    rows = part.rows
    day = _points.days(rows.dates("incident_date", earliest=EARLIEST, latest=part.task.today))
    rows.reject(np.isnat(day), said("places/empty", column="incident_date"), "incident_date")
    number = part.text("casualty_id")
    rows.reject(number == "", said("places/empty", column="casualty_id"), "casualty_id")
    dead = part.text("type_of_casualty") == "Fatality"
    rows.reject(~dead, said("places/none-of", column="type_of_casualty", names=("Fatality",)), "type_of_casualty")
    cause, who, sex = part.text("type_of_incident"), part.text("casualty_personnel_type"), part.text("gender")
    for column, value, known in (
        ("type_of_incident", cause, CAUSES), ("casualty_personnel_type", who, PEOPLE), ("gender", sex, SEXES),
    ):  # fmt: skip
        rows.reject(
            ~np.isin(value, list(known)),
            said("places/none-of", column=column, names=tuple(filter(None, known))),
            column,
        )
    points = Points(
        rows, "casualty", item=joined("un/casualty/", number), date=day, until=day, area=part.area,
        target=looked_up(who, PEOPLE), category=joined("casualty/", looked_up(cause, CAUSES)),
        group=looked_up(sex, SEXES), source="United Nations", origin="un",
    )  # fmt: skip
    yield points.of("deaths", 1.0)


def contributions(part: Part) -> Iterator[pa.Table]:
    """Women and men whom a country had in a mission on a day of report, by what they were."""
    rows = part.rows
    day = _points.days(rows.dates("last_reporting_date", earliest=EARLIEST, latest=part.task.today))
    rows.reject(np.isnat(day), said("places/empty", column="last_reporting_date"), "last_reporting_date")
    mission, giver, kind = (part.text(name) for name in ("mission_acronym", "contributing_country", "personnel_type"))
    rows.reject(giver == "", said("places/empty", column="contributing_country"), "contributing_country")
    people = {group: rows.numbers(name, least=0.0, most=MOST) for group, name in
              (("sex=f", "female_personnel"), ("sex=m", "male_personnel"))}  # fmt: skip
    slug = np.array([each.lower().replace(" ", "-") for each in kind], dtype=object)
    for group, value in people.items():
        points = Points(
            rows, "deployment", item=joined(mission, giver, slug, group, by="/"), date=day, until=day, area=part.area,
            actor=giver, category=joined("deployment/contribution/", slug), group=group, source="United Nations",
            origin="un",
        )  # fmt: skip
        yield points.of("troops", value)


def last_update(name: str, version: str) -> date | None:
    """The day of the newest update that a row names."""
    try:
        return date.fromisoformat(version[:10]) if version else None
    except ValueError:
        return None


SHAPES = (
    Shape(
        what=said("evidence/what.un-fatalities"),
        needed=("casualty_id", "incident_date", "mission_acronym", "type_of_casualty", "casualty_personnel_type",
                "type_of_incident"),
        lineage="un/fatalities", covers={"casualty": None}, period=("incident_date",), countries=by_mission,
        points=fatalities, released=last_update, version="last_update", remark=not_placed,
    ),
    Shape(
        what=said("evidence/what.un-contributions"),
        needed=("contribution_id", "mission_acronym", "contributing_country", "personnel_type", "female_personnel",
                "male_personnel", "last_reporting_date"),
        lineage="un/contributions", covers={"deployment": ("deployment/contribution",)},
        period=("last_reporting_date",), countries=by_mission, points=contributions, remark=not_placed,
    ),
)  # fmt: skip
