"""Pictures that answer under the finger: components that compute in the browser, without a server round trip."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from components import language

if TYPE_CHECKING:
    from streamlit.components.v2.types import ComponentRenderer

FOLDER = Path(__file__).parent


@lru_cache(maxsize=32)
def component(name: str) -> ComponentRenderer:
    """Register `<name>.js` and `<name>.css` of this folder as a component; return what mounts it.

    `common.js` is put before every script: it holds what all components share.
    """
    read = {kind: (FOLDER / f"{name}.{kind}").read_text(encoding="utf-8") for kind in ("js", "css")}
    common = (FOLDER / "common.js").read_text(encoding="utf-8")
    return st.components.v2.component(
        f"curseurs_{name}", html="<div class='root'></div>", css=read["css"], js=common + read["js"]
    )


def surroundings() -> dict[str, object]:
    """Return what every component needs to know of the page: its language, and whether it is projected."""
    from components.projection import is_projected

    return {"lang": language.current(), "projection": is_projected()}
