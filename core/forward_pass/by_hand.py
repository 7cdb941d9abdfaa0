"""A neuron to compute by hand: small numbers, one answer, and the mistakes that people make on the way."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

INPUTS = 4
_WEIGHTS = (-3, -2, -1, 0, 1, 2, 3)
_VALUES = (-2, -1, 1, 2, 3)


@dataclass(frozen=True)
class Exercise:
    """One neuron with ReLU: a = max(0, w · x + b), all whole numbers.

    Attributes:
        x: the inputs (4,).
        w: the weights (4,).
        b: the bias, never zero.
    """

    x: tuple[int, ...]
    w: tuple[int, ...]
    b: int

    @property
    def sum(self) -> int:
        """The sum w · x + b, before the activation."""
        return sum(weight * value for weight, value in zip(self.w, self.x, strict=True)) + self.b

    @property
    def answer(self) -> int:
        """What the neuron gives."""
        return max(0, self.sum)

    def mistake(self, given: float) -> str:
        """Return what went wrong: "relu" forgotten, "bias" forgotten, "signs" lost, weights "added", or "other"."""
        products = [weight * value for weight, value in zip(self.w, self.x, strict=True)]
        ways = {
            "relu": self.sum,
            "bias": max(0, self.sum - self.b),
            "signs": sum(map(abs, products)) + abs(self.b),
            "added": max(0, sum(self.w) + sum(self.x) + self.b),
        }
        return next((way for way, value in ways.items() if value == given != self.answer), "other")


def exercise(seed: int) -> Exercise:
    """Return the exercise of a seed; two in three have a positive sum, so that ReLU matters and does not always."""
    draw = Random(f"by hand {seed}")
    while True:
        x = tuple(draw.choice(_VALUES) for _ in range(INPUTS))
        w = tuple(draw.choice(_WEIGHTS) for _ in range(INPUTS))
        found = Exercise(x, w, draw.choice([-3, -2, -1, 1, 2, 3]))
        if (found.sum > 0) == (seed % 3 != 0) and found.sum != 0 and sum(map(bool, w)) >= 3:
            return found
