"""The picture of one training: over, as it grows, or not begun yet, when the button that begins it lies on it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal

import streamlit as st

from components.ahead import go_ahead
from components.language import _
from components.run_controls import Said, course_runs, follow, say_end
from core.runs.live import LiveRun
from core.runs.run import Run
from core.training.frames import Frame
from core.training.settings import Settings

Stage = Literal["over", "live", "empty"]


Draw = Callable[[Sequence[Frame], Run | None, Stage], None]
"""Shows what there is of a training; the whole run once it is over."""


def staged(
    settings: Settings, draw: Draw, *, status: str, start: Callable[[], None], said: Said = lambda live: None
) -> Run | None:
    """Show a training as far as it is; return the run once it is over.

    Args:
        settings: of the training.
        draw: shows it.
        status: key of the container that lies on the picture: the button, the progress, how it ended.
        start: shows the button that begins it, or why it cannot be begun.
        said: what comes before the first update, in words.
    """
    runs = course_runs()
    found, live = runs.find(settings), runs.live(settings.run_id)
    if found is None and live is not None and not live.over:

        def grown(growing: LiveRun) -> None:
            draw(growing.frames, None, "live")

        follow(settings, grown, progress_key=status, said=said)
        return None
    if found is None:
        draw(live.frames if live else [], None, "empty")
        go_ahead()
        with st.container(key=status):
            say_end(live)
            start()
        return None
    draw(found.frames, found, "over")
    go_ahead()
    if found.status == "diverged":
        words = _("This run diverged: the loss is no longer a number. Lower the learning rate.")
        with st.container(key=status):
            st.warning(words, icon=":material/bolt:")
    return found
