"""What the notebook keeps of the page: what an agent came to, how long its training took, and its curve."""

from __future__ import annotations

import math

from components.dqn.settings import control_names
from components.language import _
from components.notebook.keep import keep
from core.notebook.experiment import Figure, thinned
from core.runs.run import Run


def keep_agent(stem: str, run: Run) -> None:
    """Have the notebook keep a training that is over.

    Args:
        stem: of the page.
        run: the training.
    """
    last, is_whole = run.measured[-1].metrics, run.status != "diverged"
    figures = {
        "reward": Figure(_("Reward for 100 moves"), last["reward"] if is_whole else math.nan),
        "delivered": Figure(_("Deliveries for 100 moves"), last["delivered"] if is_whole else math.nan),
        "seconds": Figure(_("Training time"), run.frames[-1].seconds, "s"),
    }
    moves = [frame.metrics["moves"] for frame in run.measured]
    rewards = [frame.metrics["reward"] for frame in run.measured]
    curve = thinned(_("Reward for 100 moves"), moves, rewards, _("moves learned from"), _("reward for 100 moves"))
    news = "" if run.recorded else run.run_id
    keep(stem, control_names(), figures, curves={"reward": curve}, seed="dqn_seed", news=news)
