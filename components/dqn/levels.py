"""The numbers of the page: what an agent has lived through at each age, and what it is worth."""

from __future__ import annotations

import streamlit as st

from components.language import _, number, percent
from core.dqn.kept import ages
from core.dqn.settings import DqnSettings
from core.runs.run import Run


def numbers(settings: DqnSettings, run: Run | None) -> None:
    """Show the ages of an agent as a table.

    Args:
        settings: of its training.
        run: the training, once it is over.
    """
    if run is None:
        st.info(_("Train this agent first: its numbers come with it."), icon=":material/hourglass_empty:")
        return
    wanted = set(ages(settings.steps))
    rows = [frame.metrics for frame in run.measured if int(frame.metrics["moves"]) in wanted]
    st.table(
        {
            _("moves"): [number(int(row["moves"])) for row in rows],
            _("in the memory"): [number(min(int(row["moves"]), settings.memory)) for row in rows],
            _("crashes so far"): [number(int(row["crashes"])) for row in rows],
            _("random moves (ε)"): [percent(row["epsilon"], 0) for row in rows],
            _("reward"): [_written(row["reward"]) for row in rows],
            _("deliveries"): [_written(row["delivered"]) for row in rows],
            _("crashes"): [_written(row["crashed"]) for row in rows],
        }
    )
    st.caption(_("Reward, deliveries and crashes: for 100 moves without random ones."))


def _written(value: float) -> str:
    return number(round(value, 1))
