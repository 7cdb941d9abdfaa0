"""Trainings over several seeds, drawn in the browser: each seed faint, the mean with the interval of the mean."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from components.in_browser import component, surroundings
from components.language import _
from core.dqn.recorded import Curve
from core.verdict import summarise

LOW, HIGH = -6, 16
"""Ends of the axis, for 100 moves; before their first moves agents get less."""
MOST_SIDES = 4
"""That have a colour and a dash of their own."""


@dataclass(frozen=True)
class Side:
    """One of the trainings that are compared: its name, and the curve of each seed."""

    name: str
    curves: Sequence[Curve]


def seeds_chart(sides: Sequence[Side], *, best: float | None) -> None:
    """Show the reward for 100 moves against the moves learned from.

    Args:
        sides: what is compared, at most four.
        best: the optimum, where it is known.
    """
    names = ", ".join(side.name for side in sides)
    data = surroundings() | {
        "sides": [drawn(side) for side in sides[:MOST_SIDES]],
        "best": best,
        "low": LOW,
        "high": HIGH,
        "labels": {
            "alt": _("Reward for 100 moves against the moves learned from, over seeds: {names}.", names=names),
            "reward": _("reward for 100 moves"),
            "moves": _("moves learned from"),
            "after": _("after {moves} moves", moves="%n"),
            "optimum": _("optimum"),
            "none": _("not trained yet"),
        },
    }
    component("dqn/seeds_chart")(key="dqn-seeds-chart", data=data)


def drawn(side: Side) -> dict[str, Any]:
    """Return a side as the browser draws it: every seed, their mean, and half the interval of the mean."""
    moves = side.curves[0].moves if side.curves else []
    summaries = [summarise([curve.reward[at] for curve in side.curves]) for at in range(len(moves))]
    return {
        "name": side.name,
        "moves": list(moves),
        "seeds": [[round(value, 3) for value in curve.reward] for curve in side.curves],
        "mean": [round(summary.mean, 3) for summary in summaries],
        "interval": [round(each.interval, 3) if math.isfinite(each.interval) else 0.0 for each in summaries],
    }
