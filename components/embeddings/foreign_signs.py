"""What is said of typed signs that are not in an alphabet."""

from __future__ import annotations

from string import punctuation

import streamlit as st

from components.language import _


def say_foreign(signs: str, size: int) -> None:
    """Say which signs an alphabet of so many characters does not have; nothing if there are none."""
    if signs:
        shown = "\u00a0".join(_as_typed(sign) for sign in signs)
        words = _("Not among the {size} characters, ignored: {signs}", size=str(size), signs=shown)
        st.caption(f":material/info: {words}")


def _as_typed(sign: str) -> str:
    """Return a sign that Markdown shows as it is, and a space that is seen."""
    return f"\\{sign}" if sign in punctuation else "␣" if sign.isspace() else sign
