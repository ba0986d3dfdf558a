"""Calibration: repeatable, plain numbers, progress told."""

import json

import numpy as np
import pytest

from primacy.assessment.trends.calibration import calibrate, thresholds
from primacy.assessment.trends.trend import TrendModel


def test_the_same_seed_gives_the_same_numbers_and_another_seed_others():
    first, again, other = (calibrate(seed, 1500).as_dict() for seed in (3, 3, 4))
    assert first == again
    assert first["networks"] != other["networks"]


def test_it_survives_being_written_as_json_with_six_digits():
    model = calibrate(1, 1500)
    text = json.dumps(model.as_dict())
    assert TrendModel.from_dict(json.loads(text)).as_dict() == model.as_dict()
    numbers = json.loads(text)["networks"][0]["weights"][0][0]
    assert all(float(f"{number:.6g}") == number for number in numbers)


def test_progress_rises_to_one():
    told: list[float] = []
    calibrate(1, 1500, told.append)
    assert told == sorted(told)
    assert told[-1] == pytest.approx(1.0)


def test_thresholds_rise_and_lie_as_far_up_as_down():
    places = thresholds()
    assert (np.diff(places) > 0).all()
    np.testing.assert_allclose(places, -places[::-1])
    assert np.isclose(places, np.log(0.8), atol=1e-5).any()


def test_too_few_simulations_are_refused():
    with pytest.raises(ValueError, match="at least"):
        calibrate(1, 10)
