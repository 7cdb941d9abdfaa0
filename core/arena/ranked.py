"""What the laboratory shows, reckoned in Python: the votes of a setting, and what each method makes of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.arena.bradley_terry import Counts, bootstrap, counted, fit, fit_styled, intervals, wins_of
from core.arena.draws import shuffled, uniforms
from core.arena.dropped import influence, wins_without
from core.arena.elo import SHUFFLES, orders, play
from core.arena.lab import strengths, verbosity
from core.arena.voters import Votes, simulate, stuffed

Floats = NDArray[np.float64]
ORDERS = 20
"""Other orders of the same votes that Elo plays, at most."""
MOST_GAMES = 400_000
"""Games that it plays for them: fewer orders of many votes."""
ROUNDS = 100
"""Rounds of the bootstrap."""
LOST = 20_000
"""The stream of random numbers that says which votes are lost by chance."""


@dataclass(frozen=True)
class Ranked:
    """A setting of the laboratory, ranked.

    Attributes:
        points: by Bradley and Terry, the mean at that of the truth, (models,).
        step: points that a step of length is worth, 0 where it is not taken into account.
        elo: in the chosen order, (models,).
        others: in the other orders, (orders, models).
    """

    points: Floats
    step: float
    elo: Floats
    others: Floats

    @property
    def places(self) -> list[int]:
        """Each model's place by Bradley and Terry, 1 the best."""
        return places(self.points)

    @property
    def in_place(self) -> int:
        """How many models stand in their true place."""
        return sum(place == at + 1 for at, place in enumerate(self.places))

    @property
    def leaders(self) -> int:
        """How many different models Elo puts first, over the chosen order and the others."""
        return len({int(each.argmax()) for each in (self.elo, *self.others)})

    @property
    def spread(self) -> float:
        """Points between the highest and the lowest rating of a model over all orders, on average."""
        return float(np.ptp(np.vstack([self.elo[None], self.others]), axis=0).mean())

    @property
    def lead(self) -> float:
        """Points between the first and the second, by Bradley and Terry."""
        second, first = np.sort(self.points)[-2:]
        return float(first - second)

    @property
    def stretch(self) -> float:
        """The gaps found against the true ones: the slope of the line through all models."""
        true = np.array(strengths())
        return float(((true - true.mean()) @ (self.points - self.points.mean())) / ((true - true.mean()) ** 2).sum())


def places(points: Floats) -> list[int]:
    """Return the place of each model, 1 for the one with the most points."""
    return [1 + int((points > each).sum()) for each in points]


def level() -> float:
    """Return the mean of the true points: where every method's mean is put, so that they stand on one scale."""
    return float(np.mean(strengths()))


def cast(here: Mapping[str, Any]) -> Votes:
    """Return the votes of a setting, the robot's behind the honest ones."""
    honest = simulate(
        strengths(), here["votes"], here["seed"],
        ties=here["ties"] / 100, bias=float(here["bias"]), verbosity=verbosity(),
    )  # fmt: skip
    if not here["fakes"]:
        return honest
    target = rival(honest, here["helped"]) if here["against"] == "first" else None
    return stuffed(honest, len(strengths()), here["helped"], target, here["fakes"])


def rival(votes: Votes, helped: int) -> int:
    """Return whom the robot fights when it aims at the first: the best by honest votes that it does not help."""
    points = fit(wins_of(counted(votes, len(strengths()))))
    points[helped] = -np.inf
    return int(points.argmax())


def ranked(here: Mapping[str, Any]) -> Ranked:
    """Return what each method makes of a setting."""
    votes = cast(here)
    models, mean = len(strengths()), level()
    counts = counted(left(votes, here), models)
    points, step = fitted(counts, here)
    others = orders(votes, models, float(here["k"]), min(ORDERS, MOST_GAMES // len(votes)), here["seed"], mean)
    return Ranked(points - points.mean() + mean, step, played(votes, here), others)


def left(votes: Votes, here: Mapping[str, Any]) -> Votes:
    """Return the votes that are left where some are taken away by chance: more of them take the fewer with them."""
    if not here["dropped"] or here["lost"] != "chance":
        return votes
    order = np.argsort(uniforms(here["seed"], LOST, len(votes)), kind="stable")
    return votes.taken(np.sort(order[here["dropped"] :]))


def fitted(counts: Counts, here: Mapping[str, Any]) -> tuple[Floats, float]:
    """Return Bradley and Terry's points, without the worst votes if those are lost, and what a step of length adds."""
    if here["style"]:
        styled = fit_styled(counts)
        return styled.points, float(styled.style)
    if here["dropped"] and here["lost"] == "worst":
        return fit(wins_without(counts, influence(counts), here["dropped"])), 0.0
    return fit(wins_of(counts)), 0.0


def played(votes: Votes, here: Mapping[str, Any]) -> Floats:
    """Return the ratings of Elo after all votes, as they were cast (order 0) or shuffled, (models,)."""
    order = here["order"]
    turn = None if order == 0 else shuffled(len(votes), here["seed"], SHUFFLES + order - 1)
    ratings: Floats = play(votes, len(strengths()), float(here["k"]), level(), turn)[0]
    return ratings


def reach(here: Mapping[str, Any]) -> float:
    """Return half the width of the intervals of 95 %, on average, in points: by the bootstrap."""
    rounds = bootstrap(counted(cast(here), len(strengths())), ROUNDS, seed=1, style=here["style"])
    ends = intervals(rounds.points)
    return float((ends[:, 1] - ends[:, 0]).mean() / 2)
