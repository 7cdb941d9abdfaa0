"""When the missions of the GPU page are reached."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from core.gpu.recorded import Line, Measured
from core.gpu.times import ratio, wins_from
from core.gpu.work import STOPS

BETS = 2
"""Networks in a row for which the smallest winning batch is guessed with the card hidden."""
LARGE = 1_024
"""Examples in a batch with which a card is to lose."""
CLEARLY = 0.95
"""How fast it may be at most, beside the processor: nearer to each other, two measurements are a tie."""


@dataclass(frozen=True)
class Bet:
    """Where a student said, before seeing it, that the card begins to win.

    Attributes:
        width: of the network.
        batch: that was said.
        truth: the batch from which on the card wins; None where it never does.
    """

    width: int
    batch: int
    truth: int | None

    @property
    def is_right(self) -> bool:
        """Whether it is the batch itself, or its neighbour on the slider: as near as two measurements agree."""
        return self.truth is not None and abs(math.log2(self.batch / self.truth)) <= 1


def bet(measured: Measured, card: Line, width: int, batch: int, *, transfer: bool) -> Bet:
    """Hold a guess against the truth."""
    return Bet(width, batch, wins_from(measured, card, width, transfer=transfer))


def bets_won(bets: Sequence[Bet]) -> bool:
    """Whether the last bets were right, each on another network, and none on one where the card always wins."""
    last = bets[-BETS:]
    networks = {each.width for each in last}
    return len(networks) == BETS and all(each.is_right and each.truth != STOPS[0] for each in last)


def loses_with_many(measured: Measured, card: Line, width: int, batch: int, *, transfer: bool) -> bool:
    """Whether the card clearly loses though the batch is large."""
    faster = ratio(measured, card, width, batch, transfer=transfer)
    return batch >= LARGE and faster is not None and faster <= CLEARLY
