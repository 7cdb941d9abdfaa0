"""Where the picture of the law stands: its values in the address, checked; what this session saw and guessed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import streamlit as st

from components import controls, shown
from components.in_browser import told
from components.language import _, number
from components.notebook.keep import predicted
from core.model_size.measured_law import FIRST, LAST, STORIES, WIDTHS
from core.model_size.missions_law import Guess, guessed, with_guess

COMPONENT = "ms-law-picture"
VIEWS = ("axis", "embeddings", "size")
"""Values that only say how the law is looked at."""
_GUESSES = "model size: guesses of the next size"
_SEEN = "model size: sizes of the measured law that were shown"


def names() -> dict[str, tuple[Any, Callable[[str], Any]]]:
    """Return each value's default, and how its text in the address is read; None refuses it."""

    def word(*options: str) -> Callable[[str], str | None]:
        return lambda text: text if text in options else None

    def number(options: Sequence[int]) -> Callable[[str], int | None]:
        return lambda text: int(text) if int(text) in options else None

    return {
        "mode": ("predict", word("predict", "all")),
        "axis": ("parameters", word("parameters", "tokens", "operations")),
        "embeddings": (False, controls.boolean),
        "budget": (STORIES[2], number(STORIES)),
        "size": (WIDTHS[4], number(WIDTHS)),
        "known": (FIRST, number(range(FIRST, LAST + 1))),
    }


def state() -> dict[str, Any]:
    """Return every value, as the address and the session say."""
    return {name: controls.in_url(f"ms_law_{name}", *limits) for name, limits in names().items()}


def moved() -> None:
    """Take over what the hand left, checked like any other input."""
    take(st.session_state[COMPONENT].get("state"))


def take(given: object) -> None:
    """Take over values that a browser sent; what cannot be is left as it was."""
    told.take(given, names(), "ms_law_")


def guesses() -> list[Guess]:
    """Return what this session has guessed, oldest first, a new guess that the picture told among it.

    It counts only where nothing had been shown: by an earlier run of the page, nor in the browser when it was said.
    """
    known: list[Guess] = st.session_state.get(_GUESSES, [])
    if (news := told.news(COMPONENT, "guess")) and (new := heard(news)):
        before = max(sizes_seen(), told.count(news.get("seen")) or 0)
        before_it = len(known)
        st.session_state[_GUESSES] = known = with_guess(known, new, before)
        if len(known) > before_it:
            _note(new)
    return known


def _note(guess: Guess) -> None:
    """Have the notebook keep a guess with the law that it was made from."""
    question = _(
        "Excess of the model of {parameters} parameters, {stories} stories?",
        parameters=number(guess.point.inside), stories=number(guess.stories),
    )  # fmt: skip
    said = _("{excess} nats a token", excess=number(float(f"{guess.excess:.2g}")))
    predicted("model_size", question, said, right=guess.is_near, part="law")


def sizes_seen() -> int:
    """Return how many sizes, the smallest first, this session has been shown with every budget."""
    found: int = st.session_state.get(_SEEN, FIRST)
    return found


def look(here: Mapping[str, Any]) -> int:
    """Note what the picture shows now, and what it says that it has shown since it was last heard; return the sizes.

    Hear the new guess first: it was said before what came with it was shown.

    Args:
        here: where the picture stands.
    """
    shown_now = len(WIDTHS) if here["mode"] == "all" else here["known"]
    between = told.count(told.told(COMPONENT, "state").get("seen")) or 0
    st.session_state[_SEEN] = seen = max(sizes_seen(), shown_now, min(between, len(WIDTHS)))
    return seen


def heard(given: Mapping[str, Any]) -> Guess | None:
    """Return the guess that a browser told, checked like any other input; None for nonsense."""
    return guessed(given.get("stories"), given.get("width"), given.get("excess"))


def hidden() -> list[str]:
    """Return which controls of the picture a teacher's link leaves out."""
    labels = {
        "ms_law_mode": _("Predict, or see everything"),
        "ms_law_axis": _("Along the axis"),
        "ms_law_embeddings": _("Count the embeddings in N"),
        "ms_law_budget": _("Data"),
        "ms_law_size": _("Size"),
        "ms_law_known": _("Sizes already known"),
    }
    return shown.left_out(labels)
