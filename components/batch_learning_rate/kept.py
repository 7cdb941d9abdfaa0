"""What the notebook keeps of the descent: when it arrives, and how low it ends."""

from __future__ import annotations

import math

from components.batch_learning_rate.bowl import bowl_state
from components.language import _
from components.notebook.keep import keep
from core.batch_learning_rate.bowl import BowlSettings, descend, make_problem
from core.batch_learning_rate.missions import arrival
from core.notebook.experiment import Figure
from core.once import once

_VIEWS = ("blr_bowl_shown", "blr_bowl_arrows")


def keep_descent(stem: str, descent: BowlSettings) -> None:
    """Keep after how many updates the descent is at the bottom to stay, and the loss that it ends at."""
    arrived, loss = _reached(descent)
    figures = {
        "arrived": Figure(_("Updates to the bottom"), arrived),
        "loss": Figure(_("Loss at the end"), loss),
    }
    keep(stem, [name for name in bowl_state({}) if name not in _VIEWS], figures, seed="blr_bowl_seed")


@once(256)  # the browser draws it under the finger; here it is asked for when the finger rests
def _reached(descent: BowlSettings) -> tuple[float, float]:
    path, arrived = descend(descent), arrival(descent)
    loss = math.nan if path.diverged else float(make_problem(descent.problem).loss(path.points[-1:])[0])
    return math.nan if arrived is None else arrived, loss
