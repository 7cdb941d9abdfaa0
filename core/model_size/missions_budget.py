"""When the mission of the budget is reached: two bets in a row, on a model that was too large and on one too small."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from core.model_size.budgets import Training
from core.model_size.chinchilla import EPOCH

NEAR = 1.3
"""How many times the best size, or its inverse, a bet may be: about a place in thirteen of the ruler, whose width is a
thousandfold. Twice by chance: less than once in a hundred; twice at the same place: less than once in fifty."""


@dataclass(frozen=True)
class Bet:
    """A split of a known training's budget that a student chose without seeing the curve.

    Attributes:
        known: the training whose budget it is.
        parameters: of the student's model.
    """

    known: Training
    parameters: float

    @property
    def tokens(self) -> float:
        """What is left for tokens."""
        return self.known.operations / 6 / self.parameters

    @property
    def loss(self) -> float:
        """What the law expects of it."""
        return EPOCH.loss(self.parameters, self.tokens)

    @property
    def known_loss(self) -> float:
        """What the law expects of the known training."""
        return EPOCH.loss(self.known.parameters, self.known.tokens)

    @property
    def best(self) -> float:
        """The parameters with which the law expects the lowest loss."""
        return EPOCH.optimum(self.known.operations)[0]

    @property
    def is_better(self) -> bool:
        """Whether the law expects less than of the known training."""
        return self.loss < self.known_loss

    @property
    def is_won(self) -> bool:
        """Whether it is better than the known one, and near the best."""
        return self.is_better and 1 / NEAR <= self.parameters / self.best <= NEAR

    @property
    def side(self) -> int:
        """1 if the known model was too large for its budget by the law, −1 too small, 0 if it was near the best."""
        ratio = self.known.parameters / self.best
        return 0 if 1 / NEAR <= ratio <= NEAR else 1 if ratio > 1 else -1


def bets_won(bets: Sequence[Bet]) -> bool:
    """Whether the last two bets were won, one against a model that was too large, one against one too small."""
    last = bets[-2:]
    return all(bet.is_won for bet in last) and {bet.side for bet in last} == {1, -1}
