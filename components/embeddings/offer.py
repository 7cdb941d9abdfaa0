"""The offer to train a network that is not there yet: always in sight, and it leads the eye to the picture."""

from __future__ import annotations

import streamlit as st

from components.in_browser import component, surroundings
from components.language import _
from components.projection import is_projected
from components.run_controls import start_button
from core.training.settings import Settings

START = "emb-start"
_NARROW = "(min-width: 641px) and (max-width: 1500px)"
# A bar whose words begin where those of the page do; what has the keyboard never stands behind it.
_STYLE = """<style>
[data-testid=stBottomBlockContainer] {{ padding-block: 0.6rem; border-top: 1px solid #8886; }}
[data-testid=stMain] {{ scroll-padding-block: 6rem 7rem; }}
@media {where} {{
[data-testid=stBottomBlockContainer] {{ padding-inline: 2rem; }}
}}
</style>"""


def offer(settings: Settings) -> None:
    """Offer to train, at the foot of the window: in sight of who moves a slider and of who opens a link."""
    st.html(_STYLE.format(where="all" if is_projected() else _NARROW))
    with st.bottom, st.container(key="emb-offer", horizontal=True, vertical_alignment="center"):
        st.markdown(_("This network is not trained yet."), width="content")
        start_button(settings, label=_("Train this network"), key=START)
    component("embeddings/in_sight")(key="emb-offered", data=surroundings() | {"taken": False})


def lead_to_picture() -> None:
    """Where the offer was taken just now, perhaps far below: scroll up to where the run is seen."""
    if st.session_state.get(START):
        component("embeddings/in_sight")(key="emb-taken", data=surroundings() | {"taken": True})
