"""Train, validation, test: honest curves of a real network on real digits, with a ruler on them."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from components.code_tab import code_tab
from components.language import _
from components.lesson import PageLesson
from components.presets import EMPTY
from components.run_controls import course_runs, say_origin, start_button
from components.staged import Stage, chosen_and_shown, staged
from components.train_val_test.keras_log import keras_log
from components.train_val_test.link import pin, pinned_run
from components.train_val_test.optimism import optimism
from components.train_val_test.picture import COMPONENT, ask_error, show_picture
from components.train_val_test.seal import is_opened, seal
from components.train_val_test.settings import apply_preset, choose_settings, control_names, known_settings, presets_row
from components.trainings import keep_run
from core.runs.run import Run
from core.tasks.digits.settings import DigitsSettings
from core.tasks.digits.shown_code import files
from core.train_val_test.missions import learned_from_few, repaired
from core.train_val_test.presets import PRESETS
from core.train_val_test.shown_code import sources
from core.training.frames import Frame

STEM = "train_val_test"
STATUS = "tvt-status"
"""The container that lies on the chart: the button that starts a run, its progress, how it ended."""
ASKED = "overfit"
"""The preset that the page's question is about."""

# What a run is waiting for, or how far it is, lies on its chart: nothing moves when it comes or goes.
_STYLE = f"""<style>
.st-key-main-picture {{ position: relative; }}
.st-key-main-picture :has(> .st-key-{STATUS}) {{ display: contents; }}
.st-key-{STATUS} {{
  position: absolute; z-index: 2; top: 8rem; left: 14%; width: 46%; padding: 0.5rem 1rem; border-radius: 0.6rem;
  background: color-mix(in srgb, var(--st-background-color, Canvas) 85%, transparent);
}}
.st-key-{STATUS} [data-testid=stHorizontalBlock] {{ flex-wrap: nowrap; }}
.st-key-{STATUS} [data-testid=stColumn] {{ min-width: 0; }}
.st-key-{STATUS} [data-testid=stColumn]:last-child {{ flex: 0 0 7rem; }}
@media (max-width: 640px) {{ .st-key-{STATUS} {{ top: 10rem; left: 20%; width: 78%; }} }}
</style>"""


def main() -> None:
    """Run the page."""
    lesson = PageLesson(STEM)
    experiment(lesson)
    keras_log(lesson)
    optimism(lesson)
    lesson.check_yourself()


@st.fragment
def experiment(lesson: PageLesson) -> None:
    """Show everything that the settings change; moving a slider reruns this fragment, not the rest of the page."""
    place, guide, below = lesson.first_screen(wide=True)
    st.html(_STYLE)

    def choose() -> DigitsSettings:
        presets_row(lesson)
        return choose_settings()

    shown = chosen_and_shown(
        place, below, known=known_settings, choose=choose, show=lambda settings: picture(lesson, settings)
    )
    if shown is None:
        return
    settings, run = shown
    with guide:
        lesson.question(play, seen=lesson.has_played(COMPONENT), wide=True)
        if run is not None:
            keep_run(STEM, run, control_names(), seed="tvt_seed")
        lesson.mission("repair", run is not None and repaired(run), by=control_names())
        lesson.mission("frugal", run is not None and learned_from_few(run), by=control_names())
    with below:
        about(run, settings, lesson)
    lesson.levels(code=lambda: code_tab(STEM, lesson.lesson.title, sources(settings, _), files(_)))


def play() -> None:
    """Set everything to what the question asks about; the picture then draws its curves."""
    apply_preset(ASKED)
    ask_error()


def picture(lesson: PageLesson, settings: DigitsSettings) -> Run | None:
    """Show a run: finished, as it grows, or empty axes with the button that starts it; return it once finished."""
    waits = lesson.asked.plays == 0 and not lesson.asked.is_settled and settings == PRESETS[ASKED]
    pinned = pinned_run(course_runs().find)

    def draw(frames: Sequence[Frame], run: Run | None, stage: Stage) -> None:
        is_open = run is not None and is_opened(run.run_id)
        show_picture(
            lesson, settings, frames, run=run, stage=stage, pinned=pinned, opened=is_open,
            veiled=waits and run is not None,
        )  # fmt: skip

    def start() -> None:
        start_button(settings, label=_("Train this network"), key="tvt-start")

    return staged(settings, draw, status=STATUS, start=start)


def about(run: Run | None, settings: DigitsSettings, lesson: PageLesson) -> None:
    """Say where a run comes from; let the student open its test set, and keep it behind the next ones.

    A run that is not there yet leaves its place free: what stands below does not move.
    """
    if run is not None:
        say_origin(run)
    else:
        st.caption(EMPTY)
    with st.container(horizontal=True, vertical_alignment="center"):
        seal(run, lesson)
        pin_button(settings, is_there=run is not None)


def pin_button(settings: DigitsSettings, *, is_there: bool) -> None:
    """Let the student keep this run behind the next ones."""
    pinned = pinned_run(course_runs().find)
    if pinned is not None and pinned.settings == settings:
        st.button(_("Unpin"), icon=":material/keep_off:", key="tvt-unpin", on_click=pin, args=(None,))
        return
    label = _("Pin this run to compare")
    st.button(label, icon=":material/keep:", key="tvt-pin", on_click=pin, args=(settings,), disabled=not is_there)


main()
