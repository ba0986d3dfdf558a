"""What is known, covered, too old, thin or missing: by kind of evidence, report area and month.

Events and effort are read from the cube, month by month: a month is known where there are data points or where a
complete data set says that there were none. States and estimates are read from their rows: at the end of each month an
item is fresh, or too old by the shelf life of its kind, or expected and never heard of.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property

import ibis.expr.types as ir
import numpy as np

from primacy.evidence.kinds import ADDED_UP, KINDS
from primacy.evidence.lacking.freshness import freshness
from primacy.evidence.lacking.whole_months import covering
from primacy.evidence.store.datasets import DatasetVersion
from primacy.evidence.store.numbered_days import first_day
from primacy.evidence.store.raster import Bools, Ints, Raster, texts, wholes
from primacy.evidence.store.store import Store
from primacy.framework.grammar import Indicator
from primacy.places.areas import Areas

# From worst to best; see `Gaps.marks`.
MARKS = ("missing", "pending", "stale", "open", "thin", "single", "full")
MISSING, PENDING, STALE, OPEN, THIN, SINGLE, FULL = range(len(MARKS))


@dataclass(frozen=True)
class Gaps:
    """Shapes of all arrays: (kinds, areas, months). The first area is the whole country.

    rows       data points dated in the month
    covered    a complete data set covers the kind, or some of its categories, in that month and place
    sources    of events: data sets' lineages that tell of the month; of states and estimates: origins of what is fresh
    fresh, stale, missing   items of states and estimates at the end of the month: known; too old; expected, never told
    thin       every fresh estimate rests on fewer answers than any indicator asks for
    """

    kinds: tuple[str, ...]
    areas: tuple[str, ...]
    months: tuple[int, ...]
    rows: Ints
    covered: Bools
    sources: Ints
    fresh: Ints
    stale: Ints
    missing: Ints
    thin: Bools
    ended: bool = True  # whether the last month is over

    @cached_property
    def marks(self) -> Ints:
        """One of MARKS for each cell, by its place:

        missing   nobody looked: no data points, and no complete data set either; or nothing but what is expected
        pending   a month that is not over, of events: nobody could tell all of it yet
        stale     everything that was told is older than the shelf life of its kind
        open      events are told, but silence is not zero; or some items are fresh and others are not
        thin      fewer answers than any indicator asks for
        single    one source of a kind of which two are asked for
        full      known
        """
        natures = [KINDS[kind].nature for kind in self.kinds]
        added = np.array([nature in ("event", "effort") for nature in natures])[:, None, None]
        two = np.array([KINDS[kind].corroborate for kind in self.kinds])[:, None, None]
        listed = np.array([nature == "state" for nature in natures])[:, None, None]
        alone = two & (self.sources < 2)
        marks = np.where(alone, SINGLE, FULL)
        marks = np.where(self.thin, THIN, marks)
        unclear = np.where(added, ~self.covered, self.missing + np.where(listed, self.stale, 0) > 0)
        marks = np.where(unclear, OPEN, marks)
        marks = np.where(~added & (self.fresh == 0), np.where(self.stale > 0, STALE, MISSING), marks)
        marks = np.where(added & (self.rows == 0) & ~self.covered, MISSING, marks)
        running = np.arange(marks.shape[2]) == (-1 if self.ended else marks.shape[2] - 1)
        seen: Ints = np.where(added & running & (marks <= OPEN), PENDING, marks)
        return seen

    @cached_property
    def by_area(self) -> Ints:
        """Shape (kinds, areas): of events all months that are over as one, of all others the last month.

        Of months that are known in part only, events are `open`."""
        marks = self.marks
        over = marks if self.ended or len(self.months) == 1 else marks[:, :, :-1]
        worst, best = over.min(axis=2), over.max(axis=2)
        together = np.where((worst == MISSING) & (best > MISSING), OPEN, worst)
        added = np.array([kind in ADDED_UP for kind in self.kinds])[:, None]
        shown: Ints = np.where(added, together, marks[:, :, -1])
        return shown

    @property
    def told(self) -> Bools:
        """Shape (kinds,): whether anything is known of a kind, be it too old or only expected."""
        known = (self.rows > 0) | (self.fresh > 0) | (self.stale > 0) | (self.missing > 0) | self.covered
        return np.asarray(known.any(axis=(1, 2)), dtype=np.bool_)

    @property
    def placed(self) -> Bools:
        """Shape (kinds,): whether anything is known of a kind below the country."""
        if len(self.areas) == 1:
            return np.zeros(len(self.kinds), dtype=bool)
        below = self.rows[:, 1:] + self.fresh[:, 1:] + self.stale[:, 1:] + self.missing[:, 1:]
        return np.asarray(below.any(axis=(1, 2)), dtype=np.bool_)


def enough_by_kind(indicators: Iterable[Indicator]) -> dict[str, int]:
    """By kind the least number of answers that any indicator takes: with fewer, an estimate is thin for everybody."""
    least: dict[str, int] = {}
    for each in indicators:
        if each.kind is not None:
            least[each.kind] = min(least.get(each.kind, 10**9), *each.enough.values(), 10**9)
    return {kind: number for kind, number in least.items() if number < 10**9}


def gaps(
    store: Store, areas: Areas, *, as_of: date, known: datetime, months: int = 24, report_level: int = 1,
    country: str = "", level: int | None = None, enough: Mapping[str, int] | None = None,
) -> Gaps:  # fmt: skip
    """The state of the evidence in the `months` up to the day, of every kind.

    level     data points above this confidentiality are left out; what a data set that holds such rows says by its
              silence is then not taken for zero
    enough    by kind, the number of answers below which an estimate is thin (`enough_by_kind`)
    country   its ISO code, by which data sets name it where no boundaries are known
    """
    raster = Raster(areas, as_of=as_of, months=months, report_level=report_level)
    versions = store.versions(known=known)
    rows = store.rows(as_of=as_of, known=known)
    cells = store.cells(as_of=as_of, known=known, since=first_day(raster.first))
    if level is not None:
        rows, cells = rows.filter(rows.confidentiality <= level), cells.filter(cells.confidentiality <= level)
    told = _events(store, cells, raster, {each.id: each.lineage for each in versions})
    covered = _covered(raster, _open_to(store, versions, known, level), country)
    anywhere = np.logical_or.reduce(list(covered.values()), initial=False) | np.zeros(raster.shape, dtype=bool)
    states = freshness(store, rows, raster, enough or {})
    return Gaps(
        kinds=raster.kinds, areas=raster.areas, months=tuple(range(raster.first, raster.last + 1)),
        rows=states.rows + sum(told.values(), np.zeros(raster.shape, dtype=np.int64)), covered=anywhere,
        sources=states.origins + _sources(raster, told, covered),
        fresh=states.fresh, stale=states.stale, missing=states.missing, thin=states.thin,
        ended=(as_of + timedelta(days=1)).day == 1,
    )  # fmt: skip


def _open_to(
    store: Store, versions: Sequence[DatasetVersion], known: datetime, level: int | None
) -> Sequence[DatasetVersion]:  # fmt: skip
    """Versions all of whose rows may be counted, so that their silence says something."""
    if level is None or not versions:
        return versions
    highest = store.highest_confidentiality(known=known)
    return [each for each in versions if highest.get(each.id, 0) <= level]


def _covered(raster: Raster, versions: Sequence[DatasetVersion], country: str) -> dict[str, Bools]:
    """By lineage the cells that its complete data sets cover."""
    found: dict[str, Bools] = {}
    for version in versions:
        for each in version.coverage:
            if each.complete and each.kind in raster.kinds:
                own = found.setdefault(version.lineage, np.zeros(raster.shape, dtype=bool))
                months = covering(each, raster.tree, raster.areas[1:], raster.first, raster.last, country)
                own[raster.kinds.index(each.kind)] |= months
    return found


def _events(store: Store, cells: ir.Table, raster: Raster, lineage: Mapping[str, str]) -> dict[str, Ints]:
    """By lineage the data points of events and effort in each cell."""
    grouped = cells.group_by("kind", "area", "level", "month", "dataset").agg(rows=cells.rows.sum())
    found = store.columns(grouped)
    kinds, months = raster.kinds_of(found["kind"].tolist()), wholes(found["month"]) - raster.first
    areas, rows = raster.areas_of(kinds, texts(found["area"]), wholes(found["level"])), wholes(found["rows"])
    names = np.array([lineage.get(each, "") for each in texts(found["dataset"])], dtype=object)
    return {
        each: raster.summed(kinds[names == each], areas[names == each], months[names == each], rows[names == each])
        for each in dict.fromkeys(names.tolist())
    }


def _sources(raster: Raster, told: Mapping[str, Ints], covered: Mapping[str, Bools]) -> Ints:
    """Of events and effort how many lineages tell of each cell, be it by their silence."""
    added = np.array([kind in ADDED_UP for kind in raster.kinds])[:, None, None]
    sources = np.zeros(raster.shape, dtype=np.int64)
    nothing = np.zeros(raster.shape, dtype=np.int64)
    for lineage in {**told, **covered}:
        sources += added & ((told.get(lineage, nothing) > 0) | (covered.get(lineage, nothing) > 0))
    return sources
