"""Learning by replay: a drone, the memory of what it lived through, and the batches that are drawn from it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from components.code_tab import code_tab
from components.dqn.kept import keep_agent
from components.dqn.levels import numbers
from components.dqn.picture import show_picture
from components.dqn.seeds import has_shown, over_seeds
from components.dqn.settings import apply, choose_settings, control_names, known_settings, presets_row
from components.dqn.state import COMPONENT, state
from components.language import _, number
from components.lesson import PageLesson
from components.presets import EMPTY
from components.run_controls import course_runs, say_origin, start_button
from components.staged import Stage, chosen_and_shown, staged
from core.dqn.missions import SEEDS as ENOUGH
from core.dqn.missions import is_misled, near_optimum
from core.dqn.presets import BASE, COURSE, PRESETS
from core.dqn.settings import DqnSettings
from core.dqn.shown_code import sources
from core.runs.run import Run
from core.training.frames import Frame

STEM = "dqn"
STATUS = "dqn-status"
"""The container that lies on the picture: the button that starts a run, its progress, how it ended."""

_STYLE = f"""<style>
.st-key-main-picture {{ position: relative; }}
.st-key-main-picture :has(> .st-key-{STATUS}) {{ display: contents; }}
.st-key-{STATUS} {{
  position: absolute; z-index: 2; bottom: 3rem; left: 4%; width: 40%; padding: 0.5rem 1rem; border-radius: 0.6rem;
  background: color-mix(in srgb, var(--st-background-color, Canvas) 88%, transparent);
}}
</style>"""


def main() -> None:
    """Run the page."""
    lesson = PageLesson(STEM)
    experiment(lesson)
    lesson.check_yourself()


@st.fragment
def experiment(lesson: PageLesson) -> None:
    """Show everything that the settings change; moving a control reruns this fragment, not the rest of the page."""
    place, guide, below = lesson.first_screen(wide=True)
    st.html(_STYLE)
    here = state()

    def choose() -> DqnSettings:
        presets_row(lesson)
        return choose_settings()

    shown = chosen_and_shown(
        place, below, known=known_settings, choose=choose, show=lambda settings: picture(lesson, here, settings)
    )
    if shown is None:
        return
    settings, run = shown
    with guide:
        lesson.question(play, seen=lesson.has_played(COMPONENT), wide=True)
        lesson.mission("near", run is not None and near_optimum(run), by=control_names())
        if (usual := optimum()) is not None:
            is_reached = run is not None and is_misled(run, usual)
            lesson.mission("misled", is_reached, by=control_names(), best=number(round(usual, 1)))
        lesson.mission("seeds", has_shown(settings), seeds=number(ENOUGH))
    with below:
        if run is not None:
            keep_agent(STEM, run)
            say_origin(run)
        else:
            st.caption(EMPTY)
    over_seeds(lesson, settings, optimum())
    lesson.levels(
        code=lambda: code_tab(STEM, lesson.lesson.title, sources(settings, _)),
        pictures={"numbers": lambda: numbers(settings, run)},
    )


def optimum() -> float | None:
    """Return the most that the small world gives for 100 moves, as the recorded training says."""
    usual = course_runs().find(BASE)
    return usual.measured[0].metrics["best"] if usual is not None else None


def play() -> None:
    """Set everything to what the question asks about; the picture then shows the agent grow."""
    apply(PRESETS["latest"])


def picture(lesson: PageLesson, here: Mapping[str, Any], settings: DqnSettings) -> Run | None:
    """Show a training: finished, as it grows, or not begun yet; return it once finished."""
    pinned = course_runs().find(BASE if settings.world == "small" else COURSE)

    def draw(frames: Sequence[Frame], run: Run | None, _stage: Stage) -> None:
        show_picture(lesson, here, settings, frames, run=run, pinned=pinned)

    def start() -> None:
        start_button(settings, label=_("Train this agent"), key="dqn-start")

    return staged(settings, draw, status=STATUS, start=start)


main()
