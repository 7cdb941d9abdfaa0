"""What the notebook keeps of the ladder: the best baseline and the best network among the rows that are shown."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from components.language import _
from components.notebook.keep import keep
from core.notebook.experiment import Figure
from core.project.baselines import BASELINES, NETWORKS
from core.project.recorded import Rung, recorded

BY = ("pj_task", "pj_size", "pj_rows")
"""What decides a row of the notebook: the task, the training set, and how many rows stand there."""


def keep_ladder(stem: str, here: Mapping[str, Any]) -> None:
    """Have the notebook keep where the ladder stands, with what its shown rows reached.

    Args:
        stem: of the page.
        here: where the ladder stands.
    """
    shown = recorded().ladder(here["task"], here["size"])[: here["rows"]]
    figures = _best(shown, BASELINES, "baseline", _("Best baseline"))
    figures |= _best(shown, NETWORKS, "network", _("Best network"))
    figures["seconds"] = Figure(_("Training time"), sum(rung.learned for rung in shown), "s")
    keep(stem, BY, figures)


def _best(shown: list[Rung], models: tuple[str, ...], name: str, label: str) -> dict[str, Figure]:
    reached = [rung.accuracy for rung in shown if rung.model in models]
    return {name: Figure(label, 100 * max(reached), "%")} if reached else {}
