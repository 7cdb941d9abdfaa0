"""What the glossary says of rankings made of votes, computed."""

from __future__ import annotations

import numpy as np

from core.arena.bradley_terry import fit
from core.arena.elo import play
from core.arena.voters import WON, Votes
from tests.glossary.told import told


def test_elo() -> None:
    """One win against an equal: with this K, so many points."""
    k, gained = told("elo")
    one = Votes(np.array([0], "uint8"), np.array([1], "uint8"), np.array([WON], "uint8"), np.array([0], "int8"))
    ratings = play(one, 2, float(k))[0]
    assert ratings[0] - 1_000 == float(gained)


def test_bradley_terry() -> None:
    """So many wins for so many defeats: the gap that makes them likeliest, without a prior."""
    won, lost, gap = told("bradley-terry")
    found = fit(np.array([[0, float(won)], [float(lost), 0]]), prior=0)
    assert gap.rounds(found[0] - found[1])
