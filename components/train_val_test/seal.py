"""The sealed test set: opened by an explicit act, and every opening of the session is counted."""

from __future__ import annotations

import streamlit as st

from components.language import _
from components.lesson import PageLesson
from core.runs.run import Run

_OPENED = "runs whose test set was opened"


def is_opened(run_id: str) -> bool:
    """Whether the student opened the test set for this run."""
    return run_id in _opened()


def seal(run: Run | None, lesson: PageLesson) -> None:
    """Show the seal of the test set, or how many times it was broken in this session and why that matters.

    Args:
        run: whose test set it is; without one the seal cannot be broken.
        lesson: holds the words.
    """
    if run is not None and is_opened(run.run_id):
        count = len(_opened())
        words = lesson.body("text-opened-once" if count == 1 else "text-opened-again", count=str(count))
        st.info(words, icon=":material/lock_open:")
    else:
        st.button(
            _("Open the test set"),
            icon=":material/lock:",
            key="open-test",
            on_click=_open,
            args=(run.run_id if run is not None else "",),
            disabled=run is None,
            help=lesson.body("text-sealed"),
        )


def _open(run_id: str) -> None:
    _opened()[run_id] = None


def _opened() -> dict[str, None]:
    """Return the ids in the order they were opened."""
    found: dict[str, None] = st.session_state.setdefault(_OPENED, {})
    return found
