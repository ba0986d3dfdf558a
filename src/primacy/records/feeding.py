"""Which benchmarks and risks read a data point: from the framework, without computing anything."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from primacy.framework import Framework
from primacy.framework.grammar import Indicator

READ = ("category", "actor", "target", "group", "area", "item", "source")


@dataclass(frozen=True)
class Fed:
    """An entry of the framework that reads data points of a record, and the names of its indicators that do."""

    entry: str
    indicators: tuple[str, ...]


def fed(framework: Framework, rows: Iterable[Mapping[str, Any]], expand: Callable[[str], list[str]]) -> list[Fed]:
    """The benchmarks, risks and trade-offs that read any of the rows, in the framework's order.

    expand   from `mission.NAME` to the names that the mission file lists there
    """
    shown = list(rows)
    found = []
    for id, entry in framework.entries.items():
        indicators = getattr(entry, "indicators", {})
        names = tuple(name for name, each in indicators.items() if any(reads(each, row, expand) for row in shown))
        if names:
            found.append(Fed(id, names))
    return found


def reads(indicator: Indicator, row: Mapping[str, Any], expand: Callable[[str], list[str]]) -> bool:
    """Whether a data point passes the kind, measure and filters of an indicator."""
    if indicator.kind != row["kind"] or (indicator.measure is not None and indicator.measure != row["measure"]):
        return False
    if indicator.measure is None and row["measure"] not in (indicator.pass_ or {"events": ""}):
        return False
    where = {name: wanted for name, wanted in indicator.where.items() if name in READ}
    if any(not _passes(str(row.get(name) or ""), wanted, name, expand) for name, wanted in where.items()):
        return False
    if indicator.register_ is not None and indicator.by in ("target", "actor"):
        return str(row.get(indicator.by) or "") in expand(indicator.register_)
    return not any(
        _passes(str(row.get(name) or ""), wanted, name, expand) for name, wanted in indicator.except_.items()
    )


def _passes(value: str, wanted: Any, column: str, expand: Callable[[str], list[str]]) -> bool:
    if isinstance(wanted, dict):
        return not _passes(value, wanted["not"], column, expand)
    if isinstance(wanted, list):
        return any(_passes(value, each, column, expand) for each in wanted)
    if isinstance(wanted, str) and wanted.startswith("mission."):
        return any(_passes(value, each, column, expand) for each in expand(wanted))
    if column == "category":
        return value == wanted or value.startswith(f"{wanted}/")
    return value == str(wanted)
