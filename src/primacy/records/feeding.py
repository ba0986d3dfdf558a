"""Which benchmarks and risks read a data point: from the framework, without computing anything."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from primacy.framework import Framework
from primacy.framework.filters import Expand, matches
from primacy.framework.grammar import Indicator

READ = ("category", "actor", "target", "group", "area", "item", "source")


@dataclass(frozen=True)
class Fed:
    """An entry of the framework that reads data points of a record, and the names of its indicators that do."""

    entry: str
    indicators: tuple[str, ...]


def fed(framework: Framework, rows: Iterable[Mapping[str, Any]], expand: Expand) -> list[Fed]:
    """The benchmarks, risks and trade-offs that read any of the rows, in the framework's order."""
    shown = list(rows)
    found = []
    for id, entry in framework.entries.items():
        indicators = getattr(entry, "indicators", {})
        names = tuple(name for name, each in indicators.items() if any(reads(each, row, expand) for row in shown))
        if names:
            found.append(Fed(id, names))
    return found


def reads(indicator: Indicator, row: Mapping[str, Any], expand: Expand) -> bool:
    """Whether a data point passes the kind, measure and filters of an indicator."""
    if indicator.kind != row["kind"] or (indicator.measure is not None and indicator.measure != row["measure"]):
        return False
    if indicator.measure is None and row["measure"] not in (indicator.pass_ or {"events": ""}):
        return False
    where = {name: wanted for name, wanted in indicator.where.items() if name in READ}
    if any(not matches(str(row.get(name) or ""), wanted, name, expand) for name, wanted in where.items()):
        return False
    if indicator.register_ is not None and indicator.by in ("target", "actor"):
        return str(row.get(indicator.by) or "") in expand(indicator.register_)
    return not any(
        matches(str(row.get(name) or ""), wanted, name, expand) for name, wanted in indicator.except_.items()
    )
