"""All series that rules compare over time, judged together before the rules ask for them one by one.

What takes time is not the length of a series but how often the trend posterior is asked. So the series whose windows
have one length and one baseline are gathered over all benchmarks, asked once, and remembered for `comparing`.
"""

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

import numpy as np

from primacy.assessment.indicators import imputing
from primacy.assessment.indicators.reading import Reading
from primacy.assessment.rules.grid import Floats, Ints
from primacy.assessment.rules.verbs import verbs
from primacy.assessment.rules.verdict import Call
from primacy.assessment.trends import comparing, trend
from primacy.assessment.trends.trend import TrendModel, TrendPosterior, Windows
from primacy.framework.grammar import Rule

Series = tuple[Call, Floats, Windows]


def judge_together(model: TrendModel, rules: Mapping[str, Rule], readings: Mapping[str, Mapping[str, Reading]]) -> None:
    """Remember the posteriors of the country's series that the rules of benchmarks compare."""
    groups: dict[tuple[int, tuple[int, int] | None], dict[Any, Series]] = {}
    for id, rule in rules.items():
        for leaf in _of_the_country(rule):
            module = verbs().get(leaf.head)
            if module is None or not hasattr(module, "comparisons"):
                continue
            call = Call(leaf.head, leaf.call, readings[id][leaf.call.indicator], readings[id], model)
            for against in module.comparisons(call):
                counts = call.reading.counted()
                if len(imputing.draws(call.reading, counts)) > 1:
                    continue  # judged draw by draw when a rule asks for it
                windows = comparing.windows_of(call, counts, against)
                group = groups.setdefault((windows.length, windows.against), {})
                group[comparing.key_of(call, counts, windows)] = call, counts, windows
    for group in groups.values():
        _remember(model, list(group.values()))


def _of_the_country(rule: Rule) -> Iterator[Rule]:
    """Leaves that are asked of the country: an `each` of actors, groups or items asks of parts of a series."""
    if rule.each is None or rule.each.dimension == "area":
        if rule.is_leaf:
            yield rule
        for child in (*rule.children, *rule.veto):
            yield from _of_the_country(child)


def _remember(model: TrendModel, group: list[Series]) -> None:
    """Ask once for all windows that any of the series needs, and keep of each series its own."""
    _, _, first = group[0]
    ends = np.unique([end for call, _, windows in group for end in windows.ends[-comparing.points_asked(call) :]])
    whole = trend.posterior(
        model, np.array([counts for _, counts, _ in group]), Windows(ends, first.length, first.against)
    )
    for row, (call, counts, windows) in enumerate(group):
        comparing.remembered(call, counts, windows, partial(_picked, whole, row, ends))


def _picked(whole: TrendPosterior, row: int, ends: Ints, asked: Windows) -> TrendPosterior:
    """One series of many, at some of their windows."""
    place = np.ix_(np.array([row]), ends.searchsorted(asked.ends))
    return whole.only(place)
