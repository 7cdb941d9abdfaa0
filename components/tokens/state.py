"""Where the picture of the page of tokens stands: its text and tokenizer, checked; presets move them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

from components import controls, shown
from components.in_browser import told
from components.language import _, current
from core.tokens.texts import OPENING, PARAGRAPH, PRESETS
from core.tokens.tokenizers import LONGEST, TOKENIZERS, clean

COMPONENT = "tok-picture"
IN_LINK = 1_000
"""Characters of a text that a link holds at most."""
_LONG = "tok: a text too long for a link"


def names() -> dict[str, tuple[Any, Callable[[str], Any]]]:
    """Return each value's default, and how its text in the address is read; None refuses it."""
    return {
        "text": (PARAGRAPH, lambda text: clean(text)[:IN_LINK]),
        "tokenizer": (OPENING, lambda text: text if text in TOKENIZERS else None),
        "ids": (False, controls.boolean),
    }


def state() -> dict[str, Any]:
    """Return every value, as the address and the session say."""
    found = {name: controls.in_url(f"tok_{name}", *limits) for name, limits in names().items()}
    long: tuple[str, str] | None = st.session_state.get(_LONG)
    if long is not None and long[0] == found["text"]:  # else another text was opened since
        found["text"] = long[1]
    return found


def is_in_link(text: str) -> bool:
    """Whether a text is short enough to be in the page's link."""
    return len(text) <= IN_LINK


def moved() -> None:
    """Take over what the hand left, checked like any other input."""
    take(st.session_state[COMPONENT].get("state"))


def take(given: object) -> None:
    """Take over values that a browser sent; what cannot be is left as it was."""
    if not isinstance(given, Mapping):
        return
    if isinstance(text := given.get("text"), str):
        _take_text(clean(text[: 2 * LONGEST]))
    told.take(given, {name: names()[name] for name in ("tokenizer", "ids")}, "tok_")


def _take_text(text: str) -> None:
    """Keep a text: in the address, or where it is too long for that, in the session, beside its beginning."""
    st.session_state["tok_text"] = text[:IN_LINK]
    st.session_state[_LONG] = None if is_in_link(text) else (text[:IN_LINK], text)


def values(moved: Mapping[str, Any]) -> dict[str, Any]:
    """Return every value by its name in the address: as given, the others at their defaults."""
    return {f"tok_{name}": moved.get(name, default) for name, (default, _parse) in names().items()}


def presets_here() -> dict[str, dict[str, Any]]:
    """Return where the presets stand in the page's language."""
    return {name: dict(texts[current()]) for name, texts in PRESETS.items()}


def set_from_outside(moved: Mapping[str, Any]) -> None:
    """Move the picture, as a preset or the question does. Call it in a callback."""
    st.session_state[_LONG] = None
    controls.set_values(values(moved))


def hidden() -> list[str]:
    """Return which controls of the picture a teacher's link leaves out."""
    labels = {
        "tok_text": _("Your text"),
        "tok_tokenizer": _("Tokenizer"),
        "tok_ids": _("As the model gets it"),
    }
    return shown.left_out(labels)
