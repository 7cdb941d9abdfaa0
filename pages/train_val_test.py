"""Train, validation, test: three honest curves of a real network on real digits."""

from __future__ import annotations

from functools import partial

import streamlit as st

from components import controls
from components.code_tab import code_tab
from components.digit_input import digit_input
from components.figures import go_ahead
from components.language import _
from components.lesson import PageLesson
from components.run_controls import course_runs, follow, say_end, say_origin, say_settings_error, start_button
from components.train_val_test.link import pin, pinned_run
from components.train_val_test.picture import final_numbers, show_run, view_controls
from components.train_val_test.ruler import ruler
from components.train_val_test.seal import is_opened, seal
from components.train_val_test.settings import apply_preset, choose_settings, known_settings, presets_row
from core.runs.live import LiveRun
from core.runs.run import Run
from core.tasks.digits.settings import DigitsSettings
from core.tasks.digits.shown_code import files
from core.train_val_test.missions import learned_from_few, overfitted
from core.train_val_test.presets import PRESETS
from core.train_val_test.shown_code import sources
from core.training.settings import SettingsError

STEM = "train_val_test"
CURVES = "tvt-curves-fragment"
ASKED = "overfit"
"""The preset that the page's question is about."""


def main() -> None:
    """Run the page."""
    lesson = PageLesson(STEM)
    experiment(lesson)
    lesson.check_yourself()


@st.fragment
def experiment(lesson: PageLesson) -> None:
    """Show everything that the settings change; moving a slider reruns this fragment, not the rest of the page."""
    place, guide = lesson.first_screen()
    below = st.container()
    try:
        early = known_settings()
        if early is not None:
            with place:  # first, since it is what the student waits for
                run = picture(early)
        with below:
            presets_row(lesson)
            settings = choose_settings()
    except SettingsError as error:
        say_settings_error(error)
        return
    if early is None:
        with place:
            run = picture(settings)
    elif early != settings:
        st.rerun()
    with guide:
        lesson.question(partial(apply_preset, ASKED), seen=run is not None and run.settings == PRESETS[ASKED])
        lesson.mission("overfit", run is not None and overfitted(run))
        lesson.mission("frugal", run is not None and learned_from_few(run))
    if run is not None:
        with below:
            seal(run.run_id, lesson)
        moments(run, lesson)
    lesson.levels(code=lambda: code_tab(STEM, lesson.lesson.title, sources(settings, _), files(_)))


def picture(settings: DigitsSettings) -> Run | None:
    """Show the curves: of the finished run, of the live one as it grows, or empty with the button that starts it."""
    runs = course_runs()
    found, live, pinned = runs.find(settings), runs.live(settings.run_id), pinned_run(runs.find)
    view = view_controls()
    if found is None and live is not None and not live.over:

        def draw(growing: LiveRun) -> None:
            show_run(settings, growing.frames, view, pinned=pinned)

        follow(settings, draw)
        return None
    if found is None:
        say_end(live)
        start_button(settings, label=_("Train this network"), key="tvt-start")
        show_run(settings, live.frames if live else [], view, pinned=pinned)
        return None

    @st.fragment(key=CURVES)
    def finished() -> None:
        frame = ruler_position(found)
        cursor = found.measured[frame].epoch if frame < len(found.measured) - 1 else None
        show_run(settings, found.frames, view, pinned=pinned, opened=is_opened(found.run_id), cursor=cursor)

    finished()
    go_ahead()
    if found.status == "diverged":
        st.warning(_("This run diverged: the loss left the numbers. Lower the learning rate."), icon=":material/bolt:")
    numbers, tools = st.columns([3, 2], vertical_alignment="center")
    with numbers, st.container(horizontal=True):
        final_numbers(found, opened=is_opened(found.run_id))
    with tools:
        pin_button(settings, pinned)
        say_origin(found)
    return found


def moments(run: Run, lesson: PageLesson) -> None:
    """Show the ruler, and let the student choose or draw the digit that it follows."""
    st.subheader(lesson.heading("text-ruler"), anchor=False)
    place = st.container()
    with st.expander(_("Your digit"), icon=":material/draw:"):
        image = digit_input("tvt")
        if image is not None:
            st.image(255 - image, width=140, caption=_("What the network sees: 28 × 28 pixels"))
    with place:
        ruler(run, image, ruler_position(run), partial(st.rerun, CURVES), key=ruler_key(run))


def ruler_key(run: Run) -> str:
    """Return the key of a run's ruler: another run begins at its own end."""
    return f"tvt-ruler-{run.run_id}"


def ruler_position(run: Run) -> int:
    """Return the measured frame the ruler stands on, from the student's hand or the address; the last at first."""
    last = len(run.measured) - 1
    moved = st.session_state.get(ruler_key(run), {}).get("frame")
    position = int(moved) if isinstance(moved, (int, float)) and moved != last else None
    if isinstance(moved, (int, float)) and moved == last:
        position = -1
    kept = controls.in_url("tvt_frame", -1, int, position)
    return last if not 0 <= kept <= last else kept


def pin_button(settings: DigitsSettings, pinned: Run | None) -> None:
    """Let the student keep this run behind the next ones."""
    if pinned is not None and pinned.settings == settings:
        st.button(_("Unpin"), icon=":material/keep_off:", key="tvt-unpin", on_click=pin, args=(None,))
    else:
        st.button(_("Pin this run to compare"), icon=":material/keep:", key="tvt-pin", on_click=pin, args=(settings,))


main()
