"""Which places count: those of the area that is asked for, and of the indicator's own filter on areas."""

from typing import Any

import numpy as np

from primacy.assessment.indicators.cells import Coded
from primacy.assessment.rules.grid import Bools
from primacy.assessment.rules.round import Round
from primacy.framework.filters import matches
from primacy.framework.grammar import Indicator


def kept(round_: Round, indicator: Indicator, codes: np.ndarray[Any, Any] | Coded, area: str | None) -> Bools:
    """Rows of one area (what is claimed more coarsely never trickles down), and the indicator's own area filter."""
    places = codes if isinstance(codes, Coded) else Coded.of(codes)
    kept: Bools = places.mapped(lambda code: _kept(round_, indicator, code, area), bool)
    return kept


def _kept(round_: Round, indicator: Indicator, code: str, area: str | None) -> bool:
    if area is not None and area not in round_.line(code):
        return False
    return all(
        _passes(round_, code, filters["area"]) is inside
        for filters, inside in ((indicator.where, True), (indicator.except_, False))
        if "area" in filters
    )


def _passes(round_: Round, code: str, wanted: Any) -> bool:
    if isinstance(wanted, dict) and "not" in wanted:
        return not _passes(round_, code, wanted["not"]) and not _may_lie_in(round_, code, wanted["not"])
    return any(matches(str(each), wanted, "area", round_.expand) for each in round_.line(code))


def _may_lie_in(round_: Round, code: str, wanted: Any) -> bool:
    """Whether a place is claimed so coarsely that it may be inside the area that is left out."""
    return not code or any(code != inner and code in round_.line(inner) for inner in _named(round_, wanted))


def _named(round_: Round, wanted: Any) -> list[str]:
    return [each for name in names(wanted) for each in (round_.expand(name) if name.startswith("mission.") else [name])]


def names(wanted: Any) -> list[str]:
    """Every value that a filter names."""
    if isinstance(wanted, dict):
        return [name for each in wanted.values() for name in names(each)]
    if isinstance(wanted, list):
        return [name for each in wanted for name in names(each)]
    return [str(wanted)]
