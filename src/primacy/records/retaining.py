"""How long records are kept, from `retention.yaml` and the mission's own, and what is left of one that goes. Pure."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from primacy.framework.yaml_files import read_yaml
from primacy.records.telling import monday

SHIPPED = Path(__file__).parent / "retention.yaml"
FROM = ("day", "changed", "archived")
DEFAULT = "default"
HANDLING = ("confidentiality", "group", "component")
NO_DAY = date(1900, 1, 1)  # in the row of a record that went, which nobody sees
SHORT = 4  # letters: words below it are found everywhere
COARSE = "coarse"  # in the facts of a version: evidence has the district and the week only


@dataclass(frozen=True)
class Period:
    """A row of `retention.yaml`: its number, how many years, from what day, and who says so.

    shipped   until the mission puts its own in its place
    """

    rule: str
    years: int
    since: str
    source: str
    shipped: bool = False

    def limit(self, today: date) -> date:
        """What counts from this day or an earlier one is due."""
        try:
            return today.replace(year=today.year - self.years)
        except ValueError:  # the 29th of February
            return today.replace(year=today.year - self.years, day=28)


def periods(own: Path) -> Mapping[str, Period]:
    """By type, the mission's own before those that are shipped. Raises ValueError for a file that cannot be right."""
    found = {type_: _period(type_, row, shipped=True) for type_, row in read_yaml(SHIPPED.read_bytes()).items()}
    if own.is_file():
        found |= {type_: _period(type_, row) for type_, row in (read_yaml(own.read_bytes()) or {}).items()}
    return found


def _period(type_: str, row: Any, *, shipped: bool = False) -> Period:
    if not isinstance(row, dict) or set(row) != {"rule", "years", "from", "source"}:
        raise ValueError(f"retention of {type_}: rule, years, from and source, and nothing else")
    if not isinstance(row["years"], int) or not 1 <= row["years"] <= 100 or row["from"] not in FROM:
        raise ValueError(f"retention of {type_}: 1 to 100 years, from {', '.join(FROM)}")
    return Period(str(row["rule"]), row["years"], row["from"], str(row["source"]), shipped)


def tells(text: str, said: Collection[str]) -> bool:
    """Whether a text holds any of the words that went, whatever its case and spaces."""
    plain = " ".join(text.split()).casefold()
    return any(len(each) >= SHORT and " ".join(each.split()).casefold() in plain for each in said)


def left_of_version(facts: Mapping[str, Any], *, told: Mapping[str, Any], coarse: bool, level: int) -> dict[str, Any]:
    """The facts of one version of a record that went: how it was handled, and what evidence still is made of.

    told     fields of which evidence is made -> None where the field stays (it is open, and no free text), else what
             stands in its place
    coarse   evidence stays as a coarse public fact; else there is none any more, at no moment
    """
    left = {name: facts[name] for name in HANDLING if name in facts}
    if not coarse or facts.get("use_forbidden"):
        return {**left, "use_forbidden": True}
    left |= {name: facts[name] if instead is None else instead for name, instead in told.items() if name in facts}
    if "day" in facts:
        week = monday(date.fromisoformat(facts["day"])).isoformat()
        left |= {"day": week, "week": week, "area": facts["district"], "district": facts["district"],
                 "level": min(facts["level"], level)}  # fmt: skip
    return {**left, COARSE: True}
