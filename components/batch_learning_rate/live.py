"""A run while it goes on: the rate that changes on the way, the comparison that is kept beside it."""

from __future__ import annotations

import streamlit as st

from components import controls
from components.batch_learning_rate.curves import View, show_run
from components.batch_learning_rate.link import pin, write_changes
from components.language import _, number
from components.run_controls import course_runs, session_id, start
from core.batch_learning_rate.settings import RATES, RateSettings
from core.runs.live import LiveRun, RunOver
from core.runs.run import Run

_LIVE = "blr: names of live runs"


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
    show_run(settings, live.frames, view, pinned)
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
            st.button(
                _("Compare the next ones with this run"),
                icon=":material/keep:",
                key="blr-pin-this",
                on_click=pin,
                args=(settings,),
                type="tertiary",
            )
        if pinned is not None:
            st.button(
                _("Remove the comparison"),
                icon=":material/keep_off:",
                key="blr-unpin",
                on_click=pin,
                args=(None,),
                type="tertiary",
            )
        if run is not None:
            st.button(
                _("Train live, to change the rate on the way"),
                icon=":material/play_arrow:",
                key="blr-live",
                on_click=start,
                args=(settings,),
                type="tertiary",
            )
    if said := st.session_state.pop("blr said", None):
        st.warning(said, icon=":material/info:")


def _change(name: str, rate: float) -> None:
    names: dict[str, str] = st.session_state.setdefault(_LIVE, {})
    try:
        new = course_runs().change_rate(name, session_id(), rate)
    except RunOver:
        st.session_state["blr said"] = _("Too late: the run has ended, its rate was not changed. Train it live again.")
        return
    asked = next((first for first, followed in names.items() if followed == name), name)
    names[asked] = new
