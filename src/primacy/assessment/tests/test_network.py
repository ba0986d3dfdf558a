"""The network: it learns, its use is the plain sum it says, and its stored numbers are the used ones."""

import numpy as np
import pytest

from primacy.assessment.trends.network import LEAK, Network, fit, six_digits


@pytest.fixture(scope="module")
def network():
    random = np.random.default_rng(1)
    inputs = random.standard_normal((20_000, 3))
    chance = 1.0 / (1.0 + np.exp(-3.0 * inputs[:, 0] * inputs[:, 1]))
    labels = (random.random(20_000) < chance)[:, None].astype(np.float32)
    return fit(random, inputs, labels, hidden=16, passes=12, batch=256)


def test_it_learns_a_probability_that_no_line_could(network):
    inputs = np.random.default_rng(2).standard_normal((4000, 3))
    true = 1.0 / (1.0 + np.exp(-3.0 * inputs[:, 0] * inputs[:, 1]))
    said = 1.0 / (1.0 + np.exp(-network.logits(inputs)[:, 0]))
    assert np.abs(said - true).mean() < 0.05


def test_use_equals_the_matrix_product(network):
    inputs = np.random.default_rng(2).standard_normal((3000, 3))
    layer = (inputs - network.centre) / network.scale
    for depth in range(3):
        layer = layer @ network.weights[depth] + network.biases[depth]
        layer = layer if depth == 2 else np.where(layer > 0, layer, LEAK * layer)
    np.testing.assert_allclose(network.logits(inputs), layer, rtol=1e-9, atol=1e-9)


def test_a_row_gives_the_same_bits_alone_and_among_others(network):
    inputs = np.random.default_rng(2).standard_normal((2500, 3))
    np.testing.assert_array_equal(network.logits(inputs)[1100:1103], network.logits(inputs[1100:1103]))


def test_stored_numbers_are_the_used_ones(network):
    again = Network.from_dict(network.as_dict())
    inputs = np.random.default_rng(3).standard_normal((10, 3))
    np.testing.assert_array_equal(again.logits(inputs), network.logits(inputs))
    for weights in network.weights:
        np.testing.assert_array_equal(six_digits(weights), weights)


ROUNDED = [
    ("a third", 1 / 3, 0.333333),
    ("large", 1234567.0, 1234570.0),
    ("small", -0.00012345678, -0.000123457),
    ("zero", 0.0, 0.0),
]


@pytest.mark.parametrize(("shows", "value", "rounded"), ROUNDED, ids=[c[0] for c in ROUNDED])
def test_six_significant_digits(shows, value, rounded):
    assert six_digits(np.array([value]))[0] == rounded
