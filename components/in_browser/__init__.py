"""Pictures that answer under the finger: components that compute in the browser, without a server round trip."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from components import language
from components.in_browser.modules import join_scripts, join_styles
from components.language import _
from core.once import once

if TYPE_CHECKING:
    from streamlit.components.v2.types import ComponentRenderer

COMPONENTS = Path(__file__).parents[1]


@once(64)
def component(name: str) -> ComponentRenderer:
    """Register `components/<name>.js` and `.css`, with all that they import, as a component; return what mounts it.

    Raises:
        ModuleError: a module is missing, or its imports do not hold.
    """
    script, style = join_scripts(COMPONENTS / f"{name}.js"), join_styles(COMPONENTS / f"{name}.css")
    return st.components.v2.component(
        f"curseurs_{name.replace('/', '_')}", html="<div class='root'></div>", css=style, js=script
    )


def surroundings() -> dict[str, object]:
    """Return what every component needs to know of the page: its language, and whether it is projected."""
    from components.projection import is_projected

    return {"lang": language.current(), "projection": is_projected()}


def transport_labels(slider: str, *, back: str, forward: str) -> dict[str, str]:
    """Return the names of a transport's parts: `transport.js` moves along the moments of a run.

    Args:
        slider: what it moves along.
        back: one moment back.
        forward: one moment forward.
    """
    return {"slider": slider, "back": back, "forward": forward, "play": _("Play"), "pause": _("Pause")}


def nothing() -> None:
    """React to nothing: the page runs again by itself, or only shows."""
