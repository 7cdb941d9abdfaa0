"""Which two texts a voter compares next, unknowing who wrote them, and what a vote on them says."""

from __future__ import annotations

import random
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import combinations

from core.arena.writers import PROMPTS, Group, Writer
from core.ballots import Ballot, Count, Seen

SIGNS = ("a", "b", "tie", "bad")
"""What a voter can say: the left one, the right one, neither is better, both are bad."""
DRAWS = 2
"""Texts that a writer has of one prompt: few, so that those whom a class reads are written once."""


@dataclass(frozen=True)
class Pairing:
    """Two writers, side by side.

    Attributes:
        left: the id of one.
        right: the id of another of its group.
        prompt: what both were given.
        draw: which of their texts.
    """

    left: str
    right: str
    prompt: str
    draw: int

    def ballot(self, room: str, voter: str, texts: tuple[str, str], sign: str) -> Ballot:
        """Return a vote on this pair.

        Args:
            room: the code of a class.
            voter: the number of a browser.
            texts: the left one and the right one.
            sign: one of `SIGNS`.

        Raises:
            ValueError: no vote looks so.
        """
        outcome = {"tie": "tie", "bad": "bad"}.get(sign, "")
        if sign in SIGNS[:2]:
            chosen = self.left if sign == "a" else self.right
            outcome = "first" if chosen == min(self.left, self.right) else "second"
        (first, first_text), (second, second_text) = sorted(zip((self.left, self.right), texts, strict=True))
        return Ballot(room, voter, self.prompt, first, second, first_text, second_text, self.left, outcome)


def pairing(
    group: Group,
    here: Sequence[Writer],
    voter: str,
    counts: Collection[Count],
    seen: Collection[Seen],
    prompt: str = "",
) -> Pairing:
    """Return the next pair of a voter: one of those with the fewest votes, on a prompt that is new to them if any is.

    Equal arguments give the same pair; another voter, or the same after a vote, gets another one by chance.

    Args:
        group: of the writers.
        here: its writers that can write, at least two.
        voter: the number of a browser.
        counts: the votes of the room.
        seen: what the voter has voted on.
        prompt: of the voter's own; one of `PROMPTS` without it.
    """
    chance = random.Random(f"{group} {voter} {len(seen)} {prompt}")
    votes = dict.fromkeys(combinations(sorted(writer.id for writer in here), 2), 0)
    for first, second, _outcome, number in counts:
        if (first, second) in votes:
            votes[first, second] += number
    prompts = (prompt,) if prompt else PROMPTS[group]
    unseen = [(pair, asked) for pair in votes for asked in prompts if Seen(*pair, asked) not in seen]
    open_pairs = unseen or [(pair, asked) for pair in votes for asked in prompts]
    fewest = min(votes[pair] for pair, _asked in open_pairs)
    pair, asked = chance.choice([one for one in open_pairs if votes[one[0]] == fewest])
    left, right = chance.sample(pair, 2)
    return Pairing(left, right, asked, chance.randint(1, DRAWS))
