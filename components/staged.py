"""The picture of one training: over, as it grows, or not begun yet, when the button that begins it lies on it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from typing import Any, Literal, TypeVar

import streamlit as st

from components.ahead import go_ahead
from components.language import _
from components.run_controls import Said, course_runs, follow, say_end, say_settings_error
from core.runs.live import LiveRun
from core.runs.run import Run
from core.training.frames import Frame
from core.training.settings import Settings, SettingsError

S = TypeVar("S", bound=Settings)
Stage = Literal["over", "live", "empty"]


Draw = Callable[[Sequence[Frame], Run | None, Stage], None]
"""Shows what there is of a training; the whole run once it is over."""


def chosen_and_shown(
    place: AbstractContextManager[Any],
    below: AbstractContextManager[Any],
    *,
    known: Callable[[], S | None],
    choose: Callable[[], S],
    show: Callable[[S], Run | None],
) -> tuple[S, Run | None] | None:
    """Have settings chosen, and their training shown before the controls: it is what the student waits for.

    Args:
        place: of the picture.
        below: place of the controls.
        known: returns what the controls will stand on, if that is known before they are drawn.
        choose: draws the controls.
        show: shows the picture of a training; returns the run once it is over.

    Returns:
        the settings and their run; None if they cannot be, which is said.
    """
    try:
        early = known()
        if early is not None:
            with place:
                run = show(early)
        with below:
            settings = choose()
    except SettingsError as error:
        say_settings_error(error)
        return None
    if early is None:
        with place:
            run = show(settings)
    elif early != settings:
        st.rerun()
    return settings, run


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
