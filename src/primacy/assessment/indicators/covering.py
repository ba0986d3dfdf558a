"""Where silence means zero: the months and areas that complete data sets cover for what an indicator reads."""

from collections.abc import Sequence
from datetime import date

import numpy as np

from primacy.assessment.indicators.selectors import Selector
from primacy.assessment.rules.grid import Bools
from primacy.evidence.kinds import LISTING
from primacy.evidence.lacking.whole_months import covering, whole_months
from primacy.evidence.store.datasets import Coverage, DatasetVersion
from primacy.evidence.store.official import official
from primacy.framework.filters import Expand, matches
from primacy.places.areas import Areas

TOLD_APART = {"target": "targets", "actor": "actors", "group": "groups"}


def covers(coverage: Coverage, selector: Selector, expand: Expand) -> bool:
    """Whether a coverage speaks of all that the selector asks for.

    A filter on a column that the data set does not tell apart is not covered: a source that never says whether a
    school was attacked cannot show that none was.
    """
    if coverage.kind != selector.kind or not coverage.complete:
        return False
    filters = dict(selector.where)
    if coverage.categories is not None and not _inside(filters.get("category"), coverage.categories, expand):
        return False
    return all(
        _told_apart(coverage, column, given, expand)
        for given in (dict(selector.where), dict(selector.except_))
        for column in TOLD_APART
        if column in given
    )


def _told_apart(coverage: Coverage, column: str, given: dict[str, object], expand: Expand) -> bool:
    """Whether the data set tells apart all that a filter names in a column. Parties that it tells apart as those who
    act, it tells apart on the other side of their fights as well."""
    named, wanted = getattr(coverage, TOLD_APART[column]), _values(given[column], expand)
    if named is None:
        return False
    if column == "target" and "actor" in given and wanted <= _values(given["actor"], expand):
        return _told_apart(coverage, "actor", given, expand)
    return "*" in named or wanted <= set(named)


def _inside(wanted: object, categories: Sequence[str], expand: Expand) -> bool:
    values = _values(wanted, expand) if wanted is not None else set()
    return bool(values) and all(
        any(matches(value, each, "category", expand) for each in categories) for value in values
    )


def _values(wanted: object, expand: Expand) -> set[str]:
    if isinstance(wanted, dict):
        return {"*"}
    if isinstance(wanted, list):
        return {value for each in wanted for value in _values(each, expand)}
    text = str(wanted)
    return set(expand(text)) if text.startswith("mission.") else {text}


def covered_months(
    versions: Sequence[DatasetVersion], selector: Selector, areas: Areas, area: str | None, months: int, first: int,
    expand: Expand, country: str,
) -> Bools:  # fmt: skip
    """Which months are covered for one area, or for the whole country when `area` is None. Shape (months,).

    `country` is its ISO code, by which data sets name it where no boundaries are known.
    """
    codes = [area] if area else areas.level(1)
    covered = np.zeros((1 + len(codes), months), dtype=bool)
    for version in versions:
        for each in version.coverage:
            if covers(each, selector, expand):
                covered |= covering(each, areas, codes, first, first + months - 1, country)
    whole: Bools = covered[0] | (covered[1:].all(axis=0) if codes else False)
    return whole


def owners(
    versions: Sequence[DatasetVersion], selector: Selector, areas: Areas, area: str | None, months: int, first: int,
    expand: Expand, country: str,
) -> list[str]:  # fmt: skip
    """For each month the one lineage whose rows are counted there, "" where no complete data set covers it.

    Two complete sources report the same events, so their rows are never added: the official source on the topic is
    read, else the one that covers most months; the other corroborates. Releases of one lineage replace one another
    before anything is read.
    """
    releases: dict[str, list[DatasetVersion]] = {}
    for version in versions:
        releases.setdefault(version.lineage, []).append(version)
    masks = {
        lineage: covered_months(each, selector, areas, area, months, first, expand, country)
        for lineage, each in releases.items()
    }
    official = official_lineage(versions, selector, expand)
    preferred = sorted(releases, key=lambda lineage: (lineage != official, -int(masks[lineage].sum()), lineage))
    chosen = [""] * months
    for lineage in reversed(preferred):
        for month in np.flatnonzero(masks[lineage]):
            chosen[month] = lineage
    return chosen


def tells_whole_month(version: DatasetVersion, kind: str, last: date) -> bool:
    """Whether a data set can tell all of a kind in the month that ends on the day `last`: it has lines so late, what it
    says that it is complete of goes so far, and it did not become known before the month was over."""
    first, known = last.replace(day=1), (version.known_last or version.known).date()
    complete = [each.end for each in version.coverage if each.kind == kind and each.complete]
    reaches = version.end is None or version.end >= first
    return reaches and (not complete or max(complete) >= last) and not first <= known < last


def official_lineage(versions: Sequence[DatasetVersion], selector: Selector, expand: Expand) -> str:
    """The lineage that is the official source on what a selector asks for; empty where none is."""
    wanted = dict(selector.where).get("category")
    return official(versions, selector.kind, sorted(_values(wanted, expand)) if wanted is not None else ())


def told_by(official: str, nature: str, lineages: Sequence[str], keys: Sequence[tuple[str, str]]) -> Bools:
    """Which rows of states or estimates are read where one source is official. Shape (rows,).

    Of estimates only its own, once it has any; of states what it says of an item, and of all others what anybody says.
    `keys` are (item, measure). Lists of what ought to exist are read from whoever keeps them.
    """
    mine = np.array([each == official for each in lineages], dtype=bool)
    if not official or not mine.any() or nature not in ("state", "estimate"):
        return np.ones(len(mine), dtype=bool)
    told = {key for key, own in zip(keys, mine, strict=True) if own and key[1] not in LISTING}
    measures = {measure for _, measure in told}
    others = [
        measure not in measures if nature == "estimate" else (item, measure) not in told for item, measure in keys
    ]
    read: Bools = mine | np.array(others, dtype=bool)
    return read


def sources(
    versions: Sequence[DatasetVersion], selector: Selector, months: int, first: int, expand: Expand
) -> dict[tuple[str, str], Bools]:
    """For each type of source and series of data sets of it, the months in which the series covers the selector."""
    found: dict[tuple[str, str], Bools] = {}
    for version in versions:
        for each in version.coverage:
            if covers(each, selector, expand):
                present = found.setdefault((version.source_type, version.lineage), np.zeros(months, dtype=bool))
                start, stop = whole_months(each)
                present[max(0, start - first) : max(0, min(months, stop - first))] = True
    return found
