"""What surrounds the two pictures of the batch size and learning rate page: presets, live rate, pin, missions."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import streamlit as st

from components import controls
from components.bowl import bowl_values
from components.language import _, number
from components.lesson import PageLesson
from components.projection import is_projected
from components.rate_panel import View, batch_name, figure, pin, show, write_changes
from components.run_controls import course_runs, session_id
from core.batch_learning_rate import RATES, RateSettings
from core.run_file import Run
from core.runs import LiveRun, RunOver

BOWL_PRESETS: dict[str, dict[str, Any]] = {
    "good": {"rate": 0.1, "batch": 8},
    "small": {"rate": 0.003, "batch": 8},
    "large": {"rate": 0.5, "batch": 64},
    "noise": {"rate": 0.05, "batch": 1, "arrows": 16},
    "momentum": {"rate": 0.03, "batch": 64, "optimizer": "momentum", "momentum": 0.9},
    "adam": {"rate": 0.1, "batch": 8, "optimizer": "adam", "momentum": 0.9},
}
EDGE_BATCH = 32
_LIVE = "blr: names of live runs"
_OUTCOMES = "blr: rates tried at batch 32"


def bowl_presets(lesson: PageLesson) -> None:
    """Show the presets of the bowl, good and bad, with the sentence of the one that was chosen last."""
    chosen = st.pills(
        _("To start from"),
        list(BOWL_PRESETS),
        key="blr-presets",
        format_func=lambda name: lesson.heading(f"preset-bowl-{name}"),
        on_change=_apply_preset,
        label_visibility="collapsed",
    )
    if chosen and not is_projected():
        st.caption(lesson.body(f"preset-bowl-{chosen}"))


def live_name(settings: RateSettings) -> str:
    """Return the name to follow a live run by: its id, or another one since its rate was changed."""
    names: dict[str, str] = st.session_state.setdefault(_LIVE, {})
    return names.get(settings.run_id, settings.run_id)


def takeover() -> None:
    """Write the changes of rate of a run that has ended into the controls, so that the link replays it.

    Call it before the widgets run.
    """
    names: dict[str, str] = st.session_state.setdefault(_LIVE, {})
    for asked, name in list(names.items()):
        live = course_runs().live(name)
        if live is None or live.over:
            del names[asked]
        if live is not None and live.run is not None and isinstance(live.run.settings, RateSettings):
            controls.set_values({"blr_changes": write_changes(live.run.settings.rate_changes)})


def draw_live(live: LiveRun, *, name: str, view: View, pinned: Run | None) -> None:
    """Show a run as it grows, and the control that changes its rate from the next update on."""
    settings = live.settings
    if not isinstance(settings, RateSettings):
        return
    show(figure(settings, live.frames, view, pinned), live.frames)
    rate_column, button_column = st.columns([3, 2], vertical_alignment="bottom")
    with rate_column:
        rate = st.select_slider(
            _("New learning rate"), RATES, settings.learning_rate, key="blr-new-rate", format_func=number
        )
    with button_column:
        st.button(
            _("Apply from the next update"),
            icon=":material/speed:",
            key="blr-change",
            on_click=_change,
            args=(name, rate),
        )


def pin_controls(settings: RateSettings, run: Run | None, pinned: Run | None) -> None:
    """Show the buttons that pin this run, take the pin away, and train again live."""
    with st.container(horizontal=True):
        if run is not None:
            st.button(_("Compare the next ones with this run"), icon=":material/keep:", key="blr-pin-this",
                      on_click=pin, args=(settings,), type="tertiary")  # fmt: skip
        if pinned is not None:
            st.button(_("Remove the comparison"), icon=":material/keep_off:", key="blr-unpin",
                      on_click=pin, args=(None,), type="tertiary")  # fmt: skip
        if run is not None:
            st.button(_("Train live, to change the rate on the way"), icon=":material/play_arrow:", key="blr-live",
                      on_click=_train_live, args=(settings,), type="tertiary")  # fmt: skip
    if said := st.session_state.pop("blr said", None):
        st.warning(said, icon=":material/info:")


def missions(lesson: PageLesson, settings: RateSettings, run: Run | None) -> None:
    """Tick the missions that this run's frames reach."""
    left, right = st.columns(2)
    with left:
        lesson.mission("fast", done=run is not None and fast_reached(run))
    outcomes: dict[float, bool] = st.session_state.setdefault(_OUTCOMES, {})
    if run is not None and settings.batch_size == EDGE_BATCH and settings.optimizer == "sgd":
        outcomes[settings.learning_rate] = learns(run)
    with right:
        lesson.mission("edge", done=edge_reached(outcomes))
        if outcomes:
            said = [f"{number(rate)} {'✓' if good else '✗'}" for rate, good in sorted(outcomes.items())]
            st.caption(_("Tried with batch {batch}: {rates}", batch=batch_name(EDGE_BATCH), rates=" · ".join(said)))


def fast_reached(run: Run) -> bool:
    """Whether the run reached 97 % validation accuracy within 2 epochs."""
    return any(frame.epoch <= 2.0 and frame.metrics["validation_error"] <= 0.03 for frame in run.measured)


def learns(run: Run) -> bool:
    """Whether the run ended with a network that learned something: finite, and better than one answer for all."""
    return run.status == "finished" and run.measured[-1].metrics["validation_error"] < 0.8


def edge_reached(outcomes: dict[float, bool]) -> bool:
    """Whether two neighbouring stops of the slider were tried, of which the lower learns and the upper does not."""
    return any(outcomes.get(low) is True and outcomes.get(high) is False for low, high in pairwise(RATES))


def _apply_preset() -> None:
    chosen = st.session_state["blr-presets"]
    if chosen in BOWL_PRESETS:
        bowl_values(BOWL_PRESETS[chosen])


def _train_live(settings: RateSettings) -> None:
    from components.run_controls import _start

    _start(settings)


def _change(name: str, rate: float) -> None:
    names: dict[str, str] = st.session_state.setdefault(_LIVE, {})
    try:
        new = course_runs().change_rate(name, session_id(), rate)
    except RunOver:
        st.session_state["blr said"] = _("Too late: the run has ended, its rate was not changed. Train it live again.")
        return
    asked = next((first for first, followed in names.items() if followed == name), name)
    names[asked] = new
