"""Transfer learning: a base that has seen a million photos, a few of hands, and people it has never seen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from components.code_tab import code_tab
from components.language import _, percent
from components.lesson import PageLesson
from components.presets import EMPTY
from components.run_controls import say_origin, start_button
from components.staged import Stage, chosen_and_shown, staged
from components.trainings import keep_run
from components.transfer_learning.fool import fool_network
from components.transfer_learning.own import live_signs, own_classes
from components.transfer_learning.own_runs import kept_runs, remember
from components.transfer_learning.own_words import failure
from components.transfer_learning.picture import show_picture
from components.transfer_learning.settings import apply, choose_settings, control_names, known_settings, presets_row
from components.transfer_learning.state import COMPONENT, state
from core.runs.live import LiveRun
from core.runs.run import Run
from core.tasks.signs import files
from core.tasks.signs.settings import LOOKED, SignsSettings
from core.training.frames import Frame
from core.transfer_learning.learned import BaseMissing
from core.transfer_learning.missions import frugal, scratch_wins
from core.transfer_learning.presets import ASKED
from core.transfer_learning.shown_code import files as files_of_code
from core.transfer_learning.shown_code import sources

STEM = "transfer_learning"
STATUS = "tl-status"
"""The container that lies on the chart: the button that starts a run, its progress, how it ended."""

# What a run is waiting for, or how far it is, lies on the chart: nothing moves when it comes or goes.
_STYLE = f"""<style>
.st-key-main-picture {{ position: relative; }}
.st-key-main-picture :has(> .st-key-{STATUS}) {{ display: contents; }}
.st-key-{STATUS} {{
  position: absolute; z-index: 2; bottom: 5.4rem; left: 30%; width: 34%; padding: 0.5rem 1rem; border-radius: 0.6rem;
  background: color-mix(in srgb, var(--st-background-color, Canvas) 88%, transparent);
}}
.st-key-{STATUS} [data-testid=stHorizontalBlock] {{ flex-wrap: nowrap; }}
.st-key-{STATUS} [data-testid=stColumn] {{ min-width: 0; }}
.st-key-{STATUS} [data-testid=stColumn]:last-child {{ flex: 0 0 7rem; }}
@media (max-width: 640px) {{ .st-key-{STATUS} {{ bottom: auto; top: 14rem; left: 20%; width: 78%; }} }}
</style>"""


def main() -> None:
    """Run the page."""
    lesson = PageLesson(STEM)
    experiment(lesson)
    fool_network(lesson)
    own_classes(lesson)
    live_signs(lesson)
    lesson.check_yourself()


@st.fragment
def experiment(lesson: PageLesson) -> None:
    """Show everything that the settings change; moving a control reruns this fragment, not the rest of the page."""
    place, guide, below = lesson.first_screen(wide=True)
    st.html(_STYLE)
    here = state()

    def choose() -> SignsSettings:
        presets_row(lesson)
        return choose_settings(here)

    def show(settings: SignsSettings) -> Run | None:
        return picture(lesson, here, settings)

    shown = chosen_and_shown(place, below, known=lambda: known_settings(here), choose=choose, show=show)
    if shown is None:
        return
    settings, run = shown
    with guide:
        lesson.question(play, seen=lesson.has_played(COMPONENT), wide=True)
        if run is not None:
            keep_run(STEM, run, control_names(), seed="tl_seed")
        lesson.mission("frugal", run is not None and frugal(run), by=control_names())
        lesson.mission("scratch", run is not None and scratch_wins(run), by=control_names())
    with below:
        if run is not None:
            say_origin(run)
        else:
            st.caption(EMPTY)
    lesson.levels(code=lambda: code_tab(STEM, lesson.lesson.title, sources(settings, _), files_of_code(settings, _)))


def play() -> None:
    """Set everything to what the question asks about; the picture then draws its curves."""
    apply(ASKED)


def picture(lesson: PageLesson, here: Mapping[str, Any], settings: SignsSettings) -> Run | None:
    """Show a run among the curves: finished, as it grows, or not trained yet; return it once finished."""

    def draw(frames: Sequence[Frame], run: Run | None, stage: Stage) -> None:
        if run is not None:
            remember(run)
        show_picture(lesson, here, settings, frames, run=run, stage=stage, own=kept_runs(here["split"]))

    def start() -> None:
        if settings.needs_base and not files.BASE.exists():
            st.warning(failure(BaseMissing()), icon=":material/cloud_off:")
        else:
            start_button(settings, label=_("Train this network"), key="tl-start")

    return staged(settings, draw, status=STATUS, start=start, said=looking)


def looking(live: LiveRun) -> tuple[float, str] | None:
    """Say how many of the photos the frozen layers have looked at, as long as they do."""
    if not live.frames or LOOKED not in live.frames[-1].metrics:
        return None
    share = live.frames[-1].metrics[LOOKED]
    return share, _("The base looks at the photos: {share}", share=percent(share, 0))


main()
