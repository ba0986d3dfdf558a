"""A small network of two hidden layers, fitted by Adam, whose use needs only sums and products in one order.

Fitting may use whatever matrix product is fastest: it happens once, and its numbers are stored. Use does not, since
matrix products sum in an order that differs from machine to machine.
"""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from primacy.assessment.trends.simulation import Floats

Singles = NDArray[np.float32]

DIGITS = 6
LEAK = 0.05
ROWS_AT_ONCE = 1024
ROWS_A_PRODUCT = 64
"""Fitting multiplies so few rows at once that no library spreads one product over threads, which on a busy machine
costs more than it gains."""


@dataclass(frozen=True)
class Network:
    """Centre and scale of the inputs (f,), and for each layer weights (in, out) and biases (out,)."""

    centre: Floats
    scale: Floats
    weights: tuple[Floats, ...]
    biases: tuple[Floats, ...]

    def logits(self, inputs: Floats) -> Floats:
        """Outputs before the logistic, (n, f) -> (n, outputs), the same bits on every machine."""
        outputs = np.empty((inputs.shape[0], self.biases[-1].shape[0]))
        for start in range(0, inputs.shape[0], ROWS_AT_ONCE):
            rows = slice(start, start + ROWS_AT_ONCE)
            outputs[rows] = self._forward(inputs[rows])
        return outputs

    def _forward(self, inputs: Floats) -> Floats:
        layer = np.ascontiguousarray(((inputs - self.centre) / self.scale).T)
        for depth, (weights, bias) in enumerate(zip(self.weights, self.biases, strict=True)):
            total = np.repeat(bias[:, None], layer.shape[1], axis=1)
            for source in range(weights.shape[0]):
                total += weights[source][:, None] * layer[source]
            layer = total if depth == len(self.weights) - 1 else np.maximum(total, LEAK * total)
        return layer.T

    def as_dict(self) -> dict[str, Any]:
        return {
            "centre": self.centre.tolist(),
            "scale": self.scale.tolist(),
            "weights": [weights.tolist() for weights in self.weights],
            "biases": [bias.tolist() for bias in self.biases],
        }

    @classmethod
    def from_dict(cls, numbers: dict[str, Any]) -> "Network":
        return cls(
            np.array(numbers["centre"], dtype=np.float64),
            np.array(numbers["scale"], dtype=np.float64),
            tuple(np.array(weights, dtype=np.float64) for weights in numbers["weights"]),
            tuple(np.array(bias, dtype=np.float64) for bias in numbers["biases"]),
        )


def six_digits(values: Floats) -> Floats:
    """Each number as its six significant digits read back: what is stored is what is used."""
    flat = [float(f"{value:.{DIGITS - 1}e}") for value in values.ravel().tolist()]
    return np.array(flat, dtype=np.float64).reshape(values.shape)


def fit(
    random: np.random.Generator,
    inputs: Floats | Singles,
    labels: Singles,
    *,
    hidden: int = 48,
    passes: int = 20,
    batch: int = 1024,
    rate: float = 0.004,
    progress: Callable[[float], None] | None = None,
) -> Network:
    """The network whose logistic outputs give the probability of each label.

    Shapes   inputs (n, f), labels (n, outputs) of 0 and 1; n at least ROWS_A_PRODUCT
    Source   Kingma & Ba (2015), Adam; the step falls to zero along half a cosine (Loshchilov & Hutter 2017).
    """
    centre = six_digits(inputs.mean(axis=0, dtype=np.float64))
    spread = [column.std(dtype=np.float64) for column in inputs.T]  # one by one: a copy in double precision is large
    scale = six_digits(np.maximum(np.array(spread), 1e-3))
    standard = ((inputs - centre) / scale).astype(np.float32)
    sizes = [inputs.shape[1], hidden, hidden, labels.shape[1]]
    weights = [(random.standard_normal((a, b)) * np.sqrt(2.0 / a)).astype(np.float32) for a, b in pairwise(sizes)]
    weights[-1] *= 0.1
    parameters = weights + [np.zeros(size, dtype=np.float32) for size in sizes[1:]]
    moments = [(np.zeros_like(p), np.zeros_like(p)) for p in parameters]
    batch = max(batch // ROWS_A_PRODUCT, 1) * ROWS_A_PRODUCT
    batches = inputs.shape[0] // batch
    steps = passes * batches
    step = 0
    for done in range(passes):
        order = random.permutation(inputs.shape[0])
        for number in range(batches):
            rows = order[number * batch : (number + 1) * batch]
            step += 1
            stacks = [part[rows].reshape(-1, ROWS_A_PRODUCT, part.shape[1]) for part in (standard, labels)]
            slopes = _slopes(stacks[0], stacks[1], parameters)
            warm = min(step / (0.05 * steps), 1.0)
            _adam(parameters, slopes, moments, step, rate * warm * 0.5 * (1.0 + np.cos(np.pi * step / steps)))
        if progress is not None:
            progress((done + 1) / passes)
    final = [six_digits(parameter.astype(np.float64)) for parameter in parameters]
    return Network(centre, scale, tuple(final[:3]), tuple(final[3:]))


def _slopes(inputs: Singles, labels: Singles, parameters: list[Singles]) -> list[Singles]:
    """Gradient of the mean log loss for each parameter; inputs and labels are stacks (stack, row, column)."""
    weights, biases = parameters[:3], parameters[3:]
    layers = [inputs]
    for depth in range(3):
        total = layers[-1] @ weights[depth] + biases[depth]
        layers.append(total if depth == 2 else np.maximum(total, np.float32(LEAK) * total))
    chances = 1.0 / (1.0 + np.exp(-np.clip(layers[3], -30.0, 30.0)))
    error: Singles = ((chances - labels) / np.float32(inputs.shape[0] * inputs.shape[1])).astype(np.float32)
    weight_slopes: list[Singles] = []
    bias_slopes: list[Singles] = []
    for depth in (2, 1, 0):
        weight_slopes.insert(0, (layers[depth].transpose(0, 2, 1) @ error).sum(axis=0))
        bias_slopes.insert(0, error.sum(axis=(0, 1)))
        if depth:
            error = (error @ weights[depth].T) * np.where(layers[depth] > 0, np.float32(1.0), np.float32(LEAK))
    return weight_slopes + bias_slopes


def _adam(
    parameters: list[Singles],
    slopes: list[Singles],
    moments: list[tuple[Singles, Singles]],
    step: int,
    rate: float,
) -> None:
    """One step of Adam, in place."""
    first, second = 1.0 - 0.9**step, 1.0 - 0.999**step
    for parameter, slope, (mean, square) in zip(parameters, slopes, moments, strict=True):
        mean += np.float32(0.1) * (slope - mean)
        square += np.float32(0.001) * (slope * slope - square)
        parameter -= np.float32(rate / first) * mean / (np.sqrt(square / np.float32(second)) + np.float32(1e-8))
