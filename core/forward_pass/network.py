"""A small network computed forward: four inputs, three neurons, perhaps a second layer of two.

The page draws it in the browser, where `components/forward_pass/picture.js` does the same computation; a test
compares both with torch. Everywhere, a = W @ x: one row of W per neuron, one column of x per example.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
INPUTS, NEURONS, FINAL, EXAMPLES = 4, 3, 2, 3
LIMIT = 3.0
"""Every input, weight and bias lies between -3 and 3, in steps of 0.1."""
STEPS = ("neuron", "neurons", "bias", "activation", "batch", "second", "collapse")
ACTIVATIONS = ("identity", "relu", "tanh", "sigmoid", "softmax")
LENGTHS = {"x": INPUTS * EXAMPLES, "w": NEURONS * INPUTS, "b": NEURONS, "v": FINAL * NEURONS}
"""How many numbers each list holds: x example by example, w and v row by row."""
Numbers = tuple[float, ...]


@dataclass(frozen=True, kw_only=True)
class Network:
    """Where the student stands, and every number of the picture.

    Attributes:
        step: one of `STEPS`.
        activation: of the hidden neurons, from the step "activation" on.
        between: the activation between the two layers in the step "collapse".
        output: the chosen output: 0 to 2 are the neurons, 3 and 4 the second layer's.
        example: the chosen column of the batch.
        x: three examples of four inputs, one after the other.
        w: W₁ (3, 4) row by row.
        b: the biases (3,).
        v: W₂ (2, 3) row by row.
    """

    step: str = "neurons"
    activation: str = "relu"
    between: str = "identity"
    output: int = 0
    example: int = 0
    x: Numbers = (1.0, 2.0, -1.0, 0.5, -0.5, 1.0, 2.0, 1.5, 2.0, -1.0, 0.0, 1.0)
    w: Numbers = (0.5, -1.0, 0.8, 1.2, 1.0, 0.5, -0.6, 0.4, -0.7, 0.9, 0.3, -1.1)
    b: Numbers = (0.5, -0.4, 0.2)
    v: Numbers = (1.0, -0.5, 0.8, -1.2, 0.6, 0.4)

    @property
    def neurons(self) -> int:
        """How many neurons the step shows."""
        return 1 if self.step == "neuron" else NEURONS

    @property
    def has_bias(self) -> bool:
        """Whether the step adds biases."""
        return STEPS.index(self.step) >= STEPS.index("bias")

    @property
    def function(self) -> str:
        """The activation that the step applies."""
        if self.step == "collapse":
            return self.between
        return self.activation if STEPS.index(self.step) >= STEPS.index("activation") else "identity"

    @property
    def inputs(self) -> Array:
        """The inputs (4, examples): one column, or three in the step "batch"."""
        columns = EXAMPLES if self.step == "batch" else 1
        return np.array(self.x).reshape(EXAMPLES, INPUTS).T[:, :columns]

    @property
    def weights(self) -> Array:
        """The weights W₁ (neurons, 4)."""
        return np.array(self.w).reshape(NEURONS, INPUTS)[: self.neurons]

    @property
    def biases(self) -> Array:
        """The biases (neurons, 1), zero before the step "bias"."""
        return np.array(self.b)[: self.neurons, None] * self.has_bias

    @property
    def final_weights(self) -> Array:
        """The weights W₂ (2, 3) of the second layer."""
        return np.array(self.v).reshape(FINAL, NEURONS)


def forward(network: Network) -> dict[str, Array]:
    """Return what the picture shows: z and a (neurons, examples); with a second layer, y too (2, 1).

    In the step "collapse", also the two layers made one: m = W₂W₁ (2, 4), c = W₂b (2, 1) and u = m @ x + c (2, 1).
    """
    x, w, v = network.inputs, network.weights, network.final_weights
    z = w @ x + network.biases
    found = {"z": z, "a": activate(network.function, z)}
    if network.step in {"second", "collapse"}:
        found["y"] = v @ found["a"]
    if network.step == "collapse":
        found["m"], found["c"] = v @ w, v @ network.biases
        found["u"] = found["m"] @ x + found["c"]
    return found


def activate(name: str, z: Array) -> Array:
    """Apply an activation to z (neurons, examples); softmax shares 1 among the neurons of each example."""
    match name:
        case "relu":
            return np.maximum(z, 0)
        case "tanh":
            return np.tanh(z)
        case "sigmoid":
            return 1 / (1 + np.exp(-z))
        case "softmax":
            powers = np.exp(z - z.max(axis=0))  # the largest is subtracted first so that nothing overflows
            return cast(Array, powers / powers.sum(axis=0))
    return z.copy()


def read_numbers(name: str, text: str) -> str | None:
    """Return a list from the address in its canonical form ("0.5,-1"), or None if it is not `LENGTHS[name]` numbers.

    Numbers out of range, not-a-number and infinity are refused; the rest is rounded to steps of 0.1.
    """
    parts = text.split(",")
    if len(parts) != LENGTHS[name] or len(text) > 500:
        return None
    try:
        values = [float(part) for part in parts]
    except ValueError:
        return None
    if not all(math.isfinite(value) and abs(value) <= LIMIT for value in values):
        return None
    return write_numbers(values)


def write_numbers(values: Sequence[float]) -> str:
    """Write a list as the address holds it: short, one decimal at most, no negative zero."""
    return ",".join(f"{round(value, 1) + 0.0:g}" for value in values)


def to_numbers(text: str) -> Numbers:
    """Read a canonical list."""
    return tuple(float(part) for part in text.split(","))
