"""When the mission of the budget is reached: two bets in a row, each on a hollow that was not seen before."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from core.model_size.budgets import Training, of_budget
from core.model_size.chinchilla import EPOCH

NEAR = 1.3
"""How many times the best size, or its inverse, a bet may be: about a place in thirteen of the ruler, whose width is a
thousandfold. Twice by chance: less than once in a hundred; twice at the same place: less than once in fifty."""


@dataclass(frozen=True)
class Bet:
    """A split of a budget that a student chose while its curve was hidden.

    Attributes:
        operations: the budget.
        parameters: of the student's model.
        is_blind: whether nothing had shown the student where the hollow is; another bet is for practice.
    """

    operations: float
    parameters: float
    is_blind: bool

    @property
    def loss(self) -> float:
        """What the law expects of it."""
        return EPOCH.loss(self.parameters, self.operations / 6 / self.parameters)

    @property
    def best(self) -> tuple[float, float]:
        """The parameters with which the law expects the lowest loss, and that loss."""
        parameters, tokens = EPOCH.optimum(self.operations)
        return parameters, EPOCH.loss(parameters, tokens)

    @property
    def is_won(self) -> bool:
        """Whether it is near the best: then it is better, too, than every known training that can be beaten."""
        return near(self.parameters, self.best[0])

    @property
    def rival(self) -> Training | None:
        """The known training that spent this budget; None if none did, or if its split is itself near the best."""
        known = of_budget(self.operations)
        return None if known is None or near(known.parameters, self.best[0]) else known


def near(one: float, other: float) -> bool:
    """Whether a size is near enough to another for a bet to be won."""
    return 1 / NEAR <= one / other <= NEAR


def is_answered(operations: float, seen: Iterable[float]) -> bool:
    """Whether a student has been shown where the hollow of a budget is: a bet on it is for practice.

    Its own curve shows it; so does that of a budget so near that its hollow would win here too. Not so from one known
    training to another: to go from Chinchilla's budget to Llama's is the thought that is asked for. A known training
    that stands in the hollow itself is on the chart, and so is the answer.

    Args:
        operations: the budget.
        seen: budgets whose curves were shown.
    """
    known, best = of_budget(operations), EPOCH.optimum(operations)[0]
    if known and near(known.parameters, best):
        return True
    for spent in seen:
        other = of_budget(spent)
        is_another = known is not None and other is not None and other != known
        if not is_another and near(EPOCH.optimum(spent)[0], best):
            return True
    return False


def bets_won(bets: Sequence[Bet]) -> bool:
    """Whether the last two bets that count were won: on two budgets, since the first shows the hollow of its own."""
    last = [bet for bet in bets if bet.is_blind][-2:]
    return len(last) == 2 and all(bet.is_won for bet in last)
