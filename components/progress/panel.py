"""The panel "Your progress": the browser takes it away as a file, brings it back, forgets it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st

from components import progress
from components.in_browser import component, surroundings
from components.language import _

_KEY = "progress-panel"


def panel(forget: Callable[[], None]) -> None:
    """Show the panel; the session forgets, by `forget`, and learns with the browser."""
    labels = {
        "stays": _("It stays in this browser: nobody else sees it, and the server does not keep it."),
        "fleeting": _("This browser keeps nothing: export your progress before you close the tab."),
        "export": _("Export"),
        "import": _("Import"),
        "forget": _("Forget"),
        "sure": _("Forget everything, the lab notebook and the canvas too, without a way back?"),
        "yes": _("Yes, forget"),
        "no": _("No, keep it"),
        "nothing": _("There is nothing to export yet."),
        "imported": _("The progress of the file has been added."),
        "large": _("This file is too large to come from here: nothing has changed."),
        "wrong": _("This file holds no progress of this course: nothing has changed."),
        "forgotten": _("Everything is forgotten."),
    }
    with st.container(border=True, key="your-progress"):
        st.subheader(_("Your progress"), anchor=False)
        component("progress/panel")(
            key=_KEY,
            data=surroundings() | {"labels": labels},
            on_imported_change=lambda: progress.take_in(_said("imported")),
            on_forgotten_change=lambda: forget() if _said("forgotten") else None,
        )


def _said(event: str) -> Any:
    return st.session_state[_KEY].get(event)
