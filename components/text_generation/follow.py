"""One token of the text followed through the blocks of the model, stage by stage."""

from __future__ import annotations

import streamlit as st

from components import controls
from components.in_browser import component, surroundings, transport_labels
from components.language import _
from components.lesson import PageLesson
from components.text_generation.state import state
from components.text_generation.waiting import answered
from core.language_models.catalogue import MODELS
from core.language_models.writings import Picture
from core.text_generation.follow import follow

COMPONENT = "tg-follow"
LAST = -1
"""Follow the last token of the text, whichever it is."""


def followed(lesson: PageLesson, model: str) -> None:
    """Show the way of the chosen token; a click on another one follows that."""
    st.subheader(lesson.heading("text-follow"), anchor=False)
    lesson.words("text-follow")
    if MODELS[model].turn != "{}":
        lesson.words("text-follow-chat")
    known: Picture | None = state()["picture"]
    chosen = controls.in_url("tg_token", LAST, _read)
    if known is None:
        st.caption(_("The model is loading…"))
        return
    at = chosen if 0 <= chosen < len(known["ids"]) else len(known["ids"]) - 1
    way = answered("follow", follow, model, known["ids"], at)
    if way is None:
        return
    data = surroundings() | way
    data |= {
        "run": f"{model} {len(known['ids'])} {at}",
        "labels": _labels(),
        "transport": transport_labels(_("Stage of the model"), back=_("Stage before"), forward=_("Next stage")),
    }
    component("text_generation/follow")(key=COMPONENT, data=data, on_token_change=_chosen)


def _chosen() -> None:
    token = st.session_state[COMPONENT].get("token")
    if isinstance(token, (int, float)) and 0 <= token < 10_000:
        st.session_state["tg_token"] = int(token)


def _read(told: str) -> int | None:
    return int(told) if told.isdecimal() and len(told) < 5 else None


def _labels() -> dict[str, str]:
    return {
        "embedding": _("Embedding"),
        "block": _("Block %n of %of"),
        "length": _("length %m"),
        "moved": _("moved by %m · cosine to before %c"),
        "lens": _("If the model ended here, it would say:"),
        "heads": _("Attention heads"),
        "head": _("Head %n"),
        "mean": _("All heads"),
        "alone": _("No attention yet: the token stands alone."),
        "text": _("The text; the followed token is framed"),
        "weight": _("looked at: %p; click to follow this token"),
        "later": _("later: not seen; click to follow this token"),
        "start": _("⟨start⟩"),
        "message": _("⟨message⟩"),
        "over": _("⟨end of the message⟩"),
        "end": _("⟨end of the text⟩"),
    }
