"""What a table of data points covers: what it declares, else the months in which it has lines, partially."""

from datetime import date

import pyarrow as pa
import pyarrow.compute as pc

from primacy.evidence.bringing.locating import Locator
from primacy.evidence.store.datasets import Coverage
from primacy.evidence.store.numbered_days import last_day, month_index
from primacy.framework.saying import Said, said
from primacy.places.files.faults import Fault, Faults


class Periods:
    """From when to when each kind has lines, where, and whether they tell targets, actors and groups apart."""

    def __init__(self) -> None:
        self._periods: dict[str, tuple[date, date]] = {}
        self._named: dict[str, dict[str, bool]] = {}
        self._areas: set[str] = set()

    def note(self, points: pa.Table) -> None:
        """Remember what a batch of data points has."""
        self._areas |= set(pc.unique(points.column("area")).to_pylist()) - {""}
        for kind in pc.unique(points.column("kind")).to_pylist():
            of_kind = points.filter(pc.equal(points.column("kind"), kind))
            first, last = pc.min(of_kind.column("date")).as_py(), pc.max(of_kind.column("date")).as_py()
            before = self._periods.get(kind, (first, last))
            self._periods[kind] = min(first, before[0]), max(last, before[1])
            told = self._named.setdefault(kind, {"target": False, "actor": False, "group": False})
            for column in told:
                told[column] |= pc.any(pc.not_equal(of_kind.column(column), "")).as_py() or False

    def partial(self, top: str) -> list[Coverage]:
        """Partial coverage of each kind for its months, in the country `top`, or in the areas that were met."""
        where = (top,) if top else tuple(sorted(self._areas)) or ("",)
        return [self._months(kind, *period, where) for kind, period in sorted(self._periods.items())]

    def _months(self, kind: str, first: date, last: date, areas: tuple[str, ...]) -> Coverage:
        told = {f"{column}s": ("*",) if there else None for column, there in self._named[kind].items()}
        end = last_day(month_index(last))
        return Coverage(kind=kind, areas=areas, start=first.replace(day=1), end=end, complete=False, **told)


def resolved(line: int, coverage: Coverage, locator: Locator, faults: Faults) -> Coverage | Fault:
    """Coverage with P-codes instead of names; an area below the country with everything inside it."""
    codes: set[str] = set()
    unknown: Fault | None = None
    for written in coverage.areas:
        code = locator.coverage_code(written)
        if code is None:
            unknown = Fault(line, _unknown(written, locator), "coverage", written)
            faults.add(unknown)
            continue
        codes |= {code} if not locator.areas.level_of(code) else {code, *locator.areas.descendants(code)}
    return unknown or coverage.model_copy(update={"areas": tuple(sorted(codes))})


def _unknown(written: str, locator: Locator) -> Said:
    """Why a text of a declaration is no area."""
    if locator.areas.looks_like_code(written):
        return locator.refusal(written, "coverage")
    return said("evidence/coverage-area", column="coverage")
