"""Months judged again with the knowledge of their time, for a page."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import cache
from typing import Any

from primacy.access.models import User
from primacy.access.services import record
from primacy.assessment.inputs import Inputs, open_inputs
from primacy.assessment.over_time import backtest_told, backtesting
from primacy.assessment.over_time.reversals import events_of
from primacy.framework import Instance
from primacy.framework.queries import today


def back_test(
    *, by: User, first: date, last: date, every: str, knowledge: str, only: Sequence[str],
    progress: Callable[[float, str], None],
) -> dict[str, Any]:  # fmt: skip
    """The statuses of each month as `primacy backtest --json` gives them. `progress`: share done, and the day judged.

    Raises BadInput for what makes no sense.
    """
    instance = Instance.here()
    asked = backtesting.days(first, last, every)

    @cache
    def rules(day: date) -> Inputs:
        return open_inputs(instance, on=min(day, today()))

    now = rules(asked[-1])
    backtest_told.check_only(only, now.framework)
    progress(0.01, "")
    store = backtesting.evidence_for(rules, asked, knowledge)
    done: list[date] = []

    def tell(month: backtesting.Month) -> None:
        done.append(month.as_of)
        progress(len(done) / len(asked), month.as_of.isoformat())

    months = backtesting.replay(rules, store, asked, only=only, tell=tell)
    told = backtest_told.Told(months, knowledge, every, events_of((), now.mission))
    record(by, "judged past months again", f"{asked[0]} {asked[-1]}", {"knowledge": knowledge, "every": every})
    return told.as_tree()
