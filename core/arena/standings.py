"""What the votes of a class say of its writers: Bradley–Terry ratings, bootstrap intervals, and who stands apart.

A class casts few votes, and drawing five equal ones again and again gives five equal ones: the interval would be a
point. So each pair that was voted on begins with a vote for either side (as Agresti and Coull 1998 do with a share):
it takes five votes without dissent, as a sign test says, until two writers are told apart.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

import numpy as np

from core.arena import bradley_terry
from core.arena.voters import LENGTHS, LOST, TIED, WON
from core.ballots import Count
from core.once import once

ROUNDS, SEED = 400, 1
SAME_LENGTH = LENGTHS // 2
EITHER_SIDE = np.eye(3, dtype=np.int64)[[LOST, WON]].sum(0)
_OUTCOMES = {"first": WON, "second": LOST, "tie": TIED, "bad": TIED}
"""As in Chatbot Arena, two bad answers are a tie."""


@dataclass(frozen=True)
class Standing:
    """Where a writer stands.

    Attributes:
        writer: its id.
        points: its rating; the mean of all is 1,000.
        low: the lower end of its 95 % interval.
        high: the upper end.
        votes: in which it took part.
    """

    writer: str
    points: float
    low: float
    high: float
    votes: int


@dataclass(frozen=True)
class Board:
    """The standings of a group, the best first.

    Attributes:
        rows: its writers that were voted on.
        votes: on two of them.
        bad: of these, those that found both bad.
        apart: pairs of which the votes tell who is better: in 95 % of the rounds the same one is.
    """

    rows: tuple[Standing, ...]
    votes: int
    bad: int
    apart: frozenset[tuple[str, str]]

    @property
    def together(self) -> list[tuple[str, str]]:
        """Neighbours on the board that are not told apart, the better placed first."""
        names = [row.writer for row in self.rows]
        return [pair for pair in pairwise(names) if pair not in self.apart]

    @property
    def leads(self) -> bool:
        """Whether the first is told apart from all others."""
        names = [row.writer for row in self.rows]
        return bool(names) and all((names[0], other) in self.apart for other in names[1:])

    @property
    def pairs(self) -> int:
        """How many pairs of writers there are."""
        return len(self.rows) * (len(self.rows) - 1) // 2


def board(counts: Collection[Count], writers: Collection[str]) -> Board:
    """Return the standings of those of some writers that votes name.

    Args:
        counts: of a room, all groups.
        writers: the ids of a group.
    """
    of_group = [count for count in counts if {count.first, count.second} <= set(writers)]
    return _board(tuple(sorted(of_group)))


@once(64)
def _board(counts: Sequence[Count]) -> Board:
    names = sorted({name for count in counts for name in (count.first, count.second)})
    if not names:
        return Board((), 0, 0, frozenset())
    place = {pair: index for index, pair in enumerate(combinations(names, 2))}
    kinds = np.zeros((len(place), LENGTHS, 3), dtype=np.int64)
    for count in counts:
        kinds[place[count.first, count.second], SAME_LENGTH, _OUTCOMES[count.outcome]] += count.votes
    kinds[kinds.sum((1, 2)) > 0, SAME_LENGTH] += EITHER_SIDE
    points = bradley_terry.fit(bradley_terry.wins_of(kinds))
    rounds = bradley_terry.bootstrap(kinds, ROUNDS, SEED).points
    ends = bradley_terry.intervals(rounds)
    votes = {name: sum(count.votes for count in counts if name in count[:2]) for name in names}
    rows = [
        Standing(name, float(at), float(low), float(high), votes[name])
        for name, at, (low, high) in zip(names, points, ends, strict=True)
    ]
    needed = bradley_terry.CONFIDENCE * ROUNDS
    apart = {
        (names[better], names[worse])
        for better in range(len(names))
        for worse in range(len(names))
        if (rounds[:, better] > rounds[:, worse]).sum() >= needed
    }
    total = sum(count.votes for count in counts)
    bad = sum(count.votes for count in counts if count.outcome == "bad")
    return Board(tuple(sorted(rows, key=lambda row: (-row.points, row.writer))), total, bad, frozenset(apart))
