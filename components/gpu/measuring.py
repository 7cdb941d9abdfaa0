"""Measuring this machine's steps, on the page: whose lines are drawn, and where they come from."""

from __future__ import annotations

import streamlit as st

from components import measuring
from components.language import _, date_in_words
from components.measuring import MEASURED, Panel, Words
from core.gpu import shared
from core.gpu.recorded import Measured, card, here

NAME = "gpu"


def source() -> str:
    """Return whose lines the student wants: those recorded, or this machine's."""
    return measuring.source(NAME)


def use(name: str) -> None:
    """Want other lines from now on. Call it in a callback."""
    measuring.use(NAME, name)


def processor() -> Measured:
    """Return the lines to draw: this machine's if they are wanted and there, else those recorded."""
    kept = shared.default().kept
    return kept if kept is not None and source() == MEASURED else here()


def say_origins(shown: Measured, chosen: str) -> None:
    """Say where the lines come from: the processor's, and the card's."""
    said = measuring.origin(shown.date, shown.machine, shown.versions, shown.busy, is_recorded=shown is here())
    if chosen in shown.cards:
        st.caption(f"{said} · {shown.cards[chosen]}")
        return
    found = card(chosen)
    about = label_of_card(found)
    st.caption(f"{said}\n\n:material/inventory_2: {about}")


def label_of_card(found: Measured) -> str:
    """Return the honest label of a recorded card."""
    told = _("Recorded on {date} ({machine})", date=date_in_words(found.date), machine=found.machine)
    return f"{told} · " + _("driver {driver}", driver=found.driver) + f" · {found.versions}"


def measure_here() -> None:
    """Show the button that measures this machine, or how far that is."""
    words = Words(
        measure=_("Measure this machine (about 30 s)"),
        mine=_("Show this machine’s lines"),
        recorded=_("Back to the recorded lines"),
        stopped=_("Stopped: the lines are those of before."),
        never=_("This server has not been measured yet: the lines are recorded ones."),
    )
    Panel(NAME, shared.default(), words).show()
