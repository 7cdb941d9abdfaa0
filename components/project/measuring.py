"""Measuring the ladder on this machine: what stands there is trained once more, and its numbers drawn beside."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from components import measuring
from components.language import _
from components.measuring import MEASURED, Panel, Words
from core.project.measuring import LIVE
from core.project.recorded import Rung, recorded
from core.project.shared import measurement_of

NAME = "pj"


def measured_here(here: Mapping[str, Any]) -> dict[str, Rung]:
    """Return what this machine measured of the models of a ladder, if that is wanted and there."""
    kept = measurement_of(here["task"], here["size"]).kept
    if kept is None or measuring.source(NAME) != MEASURED:
        return {}
    return {rung.model: rung for rung in kept.ladder(here["task"], here["size"])}


def measure_here(here: Mapping[str, Any]) -> None:
    """Say where the numbers come from, and show the button that measures this machine, or how far that is."""
    kept = measurement_of(here["task"], here["size"]).kept
    is_mine = kept is not None and measuring.source(NAME) == MEASURED
    found = (kept if kept is not None and is_mine else recorded()).origins[here["task"]]
    st.caption(measuring.origin(found.date, found.machine, found.versions, found.busy, is_recorded=not is_mine))
    if here["size"] > LIVE:
        return
    words = Words(
        measure=_("Train these five here (about half a minute)"),
        mine=_("Show this machine’s numbers"),
        recorded=_("Back to the recorded numbers alone"),
        stopped=_("Stopped: the numbers are the recorded ones."),
        never=_("This server has not measured this ladder yet: the numbers are recorded ones."),
    )
    Panel(NAME, measurement_of(here["task"], here["size"]), words).show()
