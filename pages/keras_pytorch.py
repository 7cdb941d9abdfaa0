"""Keras and PyTorch: one training written twice, run line by line; what `fit` hides, what happens if a line breaks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import streamlit as st

from components import shown
from components.ahead import go_ahead
from components.code_tab import code_tab
from components.keras_pytorch.both import show_both
from components.keras_pytorch.freedom import show_freedom
from components.keras_pytorch.investigation import IN_A_ROW, Investigation, close, controls_row, investigation
from components.keras_pytorch.picture import COMPONENT, show_picture
from components.keras_pytorch.settings import apply, control_names, known_settings, presets_row, set_place, sliders
from components.language import _
from components.lesson import PageLesson
from components.run_controls import course_runs, follow, say_end, say_origin, say_settings_error, start_button
from components.trainings import keep_run
from core.keras_pytorch.missions import braked
from core.keras_pytorch.presets import PRESETS
from core.keras_pytorch.settings import LoopSettings
from core.keras_pytorch.shown_code import files, sources
from core.runs.live import LiveRun
from core.runs.run import Run
from core.training.settings import SettingsError

STEM = "keras_pytorch"
STATUS = "kp-status"
"""The container that lies on the picture: the button that starts a run, its progress, how it ended."""
ASKED = "forgotten"
"""The preset that the page's question is about."""

_STYLE = f"""<style>
.st-key-main-picture {{ position: relative; }}
.st-key-main-picture :has(> .st-key-{STATUS}) {{ display: contents; }}
.st-key-{STATUS} {{
  position: absolute; z-index: 2; bottom: 4rem; left: 4%; width: 26%; padding: 0.5rem 1rem; border-radius: 0.6rem;
  background: color-mix(in srgb, var(--st-background-color, Canvas) 85%, transparent);
}}
@media (max-width: 640px) {{ .st-key-{STATUS} {{ bottom: 6rem; left: 10%; width: 80%; }} }}
</style>"""


def main() -> None:
    """Run the page."""
    lesson = PageLesson(STEM)
    experiment(lesson)
    part(lesson, "both", lambda: show_both(lesson))
    part(lesson, "freedom", lambda: show_freedom(lesson))
    lesson.check_yourself()


def part(lesson: PageLesson, name: str, show: Callable[[], None]) -> None:
    """Show a part of the page under its heading, unless a teacher's link leaves it out."""
    heading = lesson.heading(f"text-{name}")
    if shown.is_shown(f"{STEM}-{name}", heading):
        st.subheader(heading, anchor=False)
        lesson.words(f"text-{name}")
        show()


@st.fragment
def experiment(lesson: PageLesson) -> None:
    """Show everything that the settings change; moving a control reruns this fragment, not the rest of the page."""
    place, guide, below = lesson.first_screen(wide=True)
    st.html(_STYLE)
    try:
        settings = known_settings()
    except SettingsError as error:
        say_settings_error(error)
        return
    now = investigation()
    case = now.case
    with place:
        run = picture(lesson, case.settings if case else settings, now)
    with guide:
        lesson.question(play, seen=lesson.has_played(COMPONENT), wide=True)
        if case is None and run is not None:
            keep_run(STEM, run, control_names(), seed="kp_seed")
        lesson.mission("guilty", now.in_a_row >= IN_A_ROW)
        lesson.mission("brake", case is None and run is not None and braked(run), by=control_names())
    with below:
        controls_row(lesson, now)
        if case is None:
            presets_row(lesson)
            sliders(settings)
        if run is not None:
            say_origin(run)
    lesson.levels(code=lambda: code_tab(STEM, lesson.lesson.title, sources(settings, _), files(settings, _)))


def play() -> None:
    """Set everything to what the question asks about; the picture then plays it."""
    close()
    apply(PRESETS[ASKED])
    set_place(1, "reset")


def picture(lesson: PageLesson, settings: LoopSettings, now: Investigation) -> Run | None:
    """Show a training: finished, as it grows, or its lines with the button that runs them; return it once finished."""
    runs = course_runs()
    found, live = runs.find(settings), runs.live(settings.run_id)
    whole = runs.find(replace(settings, faults=()))
    good = whole.frames if whole is not None else []
    if found is None and live is not None and not live.over:

        def draw(growing: LiveRun) -> None:
            show_picture(lesson, settings, growing.frames, good, now)

        follow(settings, draw, progress_key=STATUS)
        return None
    if found is None:
        show_picture(lesson, settings, live.frames if live else [], good, now)
        go_ahead()
        with st.container(key=STATUS):
            say_end(live)
            start_button(settings, label=_("Run this loop"), key="kp-start")
        return None
    show_picture(lesson, settings, found.frames, good, now)
    go_ahead()
    return found


main()
