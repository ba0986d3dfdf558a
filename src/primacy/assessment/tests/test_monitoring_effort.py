"""What changed effort may have done to the counts, and that the doubt about it is as large as it should be."""

import numpy as np
import pytest

from primacy.assessment.indicators.imputing import averaged
from primacy.assessment.indicators.monitoring_effort import Effort, exposures, looked_in
from primacy.assessment.trends.calibration import draw_histories
from primacy.assessment.trends.simulation import Floats
from primacy.assessment.trends.trend import Windows, posterior

NAN = float("nan")
ENDS = np.array([24])
LOOKED = [
    # what it shows                              before, in the window,  has a say, changed, unknown
    ("effort that stayed leaves the counts",     100.0, 110.0,           False, False, False),
    ("a sixth more has a say",                   100.0, 117.0,           True,  False, False),
    ("a sixth less has a say",                   100.0, 83.0,            True,  False, False),
    ("nobody looked before",                     0.0,   50.0,            True,  False, False),
    ("recorded for the window alone",            NAN,   100.0,           False, True,  False),
    ("recorded for the months before alone",     100.0, NAN,             False, True,  False),
    ("never recorded",                           NAN,   NAN,             False, False, True),
]  # fmt: skip


@pytest.mark.parametrize(("shows", "before", "now", "say", "changed", "unknown"), LOOKED, ids=[c[0] for c in LOOKED])
def test_what_effort_means_for_a_comparison(shows, before, now, say, changed, unknown):
    found: Effort = looked_in(np.array([before] * 12 + [now] * 12), ENDS, 12, None)
    assert (found.as_rate[0], found.changed[0], found.unknown[0]) == (say, changed, unknown)


def test_where_nobody_looked_nothing_is_known_whatever_effort_does():
    for exposure in exposures(np.array([0.0, NAN, 4.0])):
        assert not exposure[0] > 0
        assert np.isnan(exposure[1])
        assert exposure[2] > 0


def _error(said: Floats, true: Floats) -> float:
    tenths = np.minimum((said * 10).astype(int), 9)
    return sum(abs(float(said[tenths == t].sum() - true[tenths == t].sum())) for t in range(10)) / said.size


def test_where_it_is_unknown_how_much_effort_finds_the_mean_is_better_borne_out_than_either_extreme(model):
    """Half of the histories were looked at three times as hard in the window, half a third as hard; it found all, some
    or nothing more."""
    random = np.random.default_rng(8)
    said: dict[str, list[Floats]] = {"counts": [], "rates": [], "mean": []}
    fell = []
    for number in range(120):
        drawn = draw_histories(random, 20)
        layout = drawn.layout
        times = np.ones(layout.months)
        times[layout.window_start :] = 3.0 if number % 2 else 1.0 / 3.0
        found = times[None, :] ** random.uniform(0.0, 1.0, (20, 1))
        counts = np.round(drawn.counts * found)
        windows = Windows(np.array([layout.months]), layout.window, (layout.baseline_start, layout.baseline_end))
        effort = np.broadcast_to(times, counts.shape)
        judged = {"counts": [effort * 0 + 1.0], "rates": [effort], "mean": list(exposures(effort))}
        for name, each in judged.items():
            said[name].append(averaged([posterior(model, counts, windows, e) for e in each]).at_most(0.8)[:, 0])
        fell.append(drawn.log_ratio <= np.log(0.8))
    true = np.concatenate(fell)
    errors = {name: _error(np.concatenate(each), true) for name, each in said.items()}
    assert errors["mean"] < 0.6 * min(errors["counts"], errors["rates"]), errors
    sure = np.concatenate(said["mean"]) > 0.9
    assert true[sure].mean() >= 0.93
