"""The picture of a trend: the series with its two windows, what the rule asks for, and where the level changed."""

from typing import Any

import numpy as np

from primacy.assessment.changepoints import changepoints
from primacy.assessment.comparing import Compared
from primacy.assessment.finding import Chart
from primacy.assessment.grid import Bools
from primacy.assessment.verdict import Call
from primacy.evidence.numbered_days import first_day

CHART_MONTHS = 108


def _left_out(call: Call, compared: Compared) -> Bools:
    """Months of which something is known that no window reads: they are drawn as incomplete."""
    months: Bools = np.zeros(len(compared.counts), dtype=np.bool_)
    partly = call.reading.still_reported(area=call.area)
    if partly is not None:
        months[partly.left_out_from :] = True
    return months


def chart_of(call: Call, compared: Compared, numbers: dict[str, Any]) -> Chart:
    """The last nine years of the series, or as many as reach back to the baseline."""
    window, baseline = compared.window(), compared.baseline()
    months = len(compared.counts)
    start = max(0, min(months - CHART_MONTHS, baseline[0] - 6))
    counts = np.where(_left_out(call, compared), call.reading.monthly(area=call.area), compared.counts)
    values = tuple(None if np.isnan(v) else float(v) for v in counts[start:])
    per_month = numbers["baseline_events"] / numbers["baseline_months"] if numbers["baseline_months"] else float("nan")
    shown = not np.isnan(per_month)
    level = numbers["events"] / numbers["months"]
    effort = compared.effort
    return Chart(
        indicator=call.label,
        unit=call.reading.indicator.unit or "",
        months=tuple(first_day(call.reading.round.first_month + m).isoformat() for m in range(start, months)),
        values=values,
        baseline=(baseline[0] - start, baseline[1] - start) if shown and baseline[0] >= start else None,
        window=(window[0] - start, window[1] - start),
        baseline_level=per_month if shown else None,
        window_level=None if np.isnan(level) else level,
        window_band=(per_month * numbers["low"], per_month * numbers["high"])
        if shown and not np.isnan(numbers["low"])
        else None,
        needed=per_month * numbers["threshold"] if shown else None,
        incomplete_from=window[1] - start if window[1] < months else None,
        effort=None if effort is None else tuple(None if np.isnan(v) else float(v) for v in effort[start:]),
        changes=tuple(changepoints(compared.rates()[start : window[1]])),
    )
