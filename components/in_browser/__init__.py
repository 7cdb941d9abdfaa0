"""Pictures that answer under the finger: components that compute in the browser, without a server round trip."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from components import language
from core.once import once

if TYPE_CHECKING:
    from streamlit.components.v2.types import ComponentRenderer

COMPONENTS = Path(__file__).parents[1]
BASE = "in_browser/base"


@once(64)
def component(name: str) -> ComponentRenderer:
    """Register `components/<name>.js` and `.css` as a component; return what mounts it.

    `base.js` is put before every script: it holds what all components share.
    """
    script, style = (_read(name, kind) for kind in ("js", "css"))
    return st.components.v2.component(
        f"curseurs_{name.replace('/', '_')}", html="<div class='root'></div>", css=style, js=_read(BASE, "js") + script
    )


def surroundings() -> dict[str, object]:
    """Return what every component needs to know of the page: its language, and whether it is projected."""
    from components.projection import is_projected

    return {"lang": language.current(), "projection": is_projected()}


def nothing() -> None:
    """React to nothing: the page runs again by itself, or only shows."""


def _read(name: str, kind: str) -> str:
    return (COMPONENTS / f"{name}.{kind}").read_text(encoding="utf-8")
