"""The little CSS of the frame: projection mode, as a class sees it five metres from the wall, and two mends."""

from __future__ import annotations

import streamlit as st

from components import controls

_STYLE = """<style>
html { font-size: 150%; }
[data-testid=stHeader], [data-testid=stSidebar], [data-testid=stToolbar],
[data-testid=stExpandSidebarButton], [data-testid=stSidebarCollapsedControl] { display: none !important; }
[data-testid=stMainBlockContainer] { padding: 0.1rem 2rem 2rem !important; max-width: none !important; }
[data-testid=stMainBlockContainer] h1 { font-size: 1.6rem; padding: 0; }
</style>"""


# Streamlit writes white on the primary colour, which in the dark theme must be light to be read as text.
_DARK_BUTTONS = (
    "<style>[data-testid=stBaseButton-primary]:not(:disabled) :is(p, span) { color: #0e1117 !important; }</style>"
)


# Streamlit says these in English only: "Press Enter to apply" under each field, and the buttons over a chart.
_ENGLISH = "<style>[data-testid=InputInstructions], [data-testid=stElementToolbar] { display: none; }</style>"


def is_projected() -> bool:
    """Whether the page is shown to a class: the switch says so; before it is drawn, the address or the page before."""
    if "projection" in st.session_state:
        return bool(st.session_state["projection"])
    asked = st.query_params.get("projection")
    return asked.lower() == "true" if asked is not None else bool(controls.kept("projection", False))


def apply() -> None:
    """Enlarge the type and hide everything around the page, if it is projected; hide what is in no language of ours."""
    st.html(_ENGLISH)
    if is_projected():
        st.html(_STYLE)
    if st.context.theme.type == "dark":
        st.html(_DARK_BUTTONS)
