"""What a student waits for goes ahead of the rest of the page."""

from __future__ import annotations

import time

from streamlit.runtime.scriptrunner import get_script_run_ctx

from core import turns

AHEAD = 0.06
"""Seconds between a picture and what is drawn after it: enough for the browser to begin with the picture alone."""
AHEAD_OF_PAGE = 0.3
"""The same where a whole page runs: its picture may be another one, whose script the browser reads before it draws.

With half of it the words' picture came in 0.2 s on one occasion and in 0.5 s on the next.
"""


def go_ahead(*, whole: bool = False) -> None:
    """Let what was drawn so far arrive before the rest, when a student has moved something.

    A browser draws together what arrives together. Call it after the picture that the student waits for.

    Args:
        whole: also when the whole page runs, not a fragment of it alone.
    """
    context = get_script_run_ctx()
    if context is None or not (whole or context.fragment_ids_this_run):
        return
    turns.give_back()  # nobody waits for who sleeps
    time.sleep(AHEAD if context.fragment_ids_this_run else AHEAD_OF_PAGE)
