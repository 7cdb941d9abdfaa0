"""Measuring this machine, on the page: the button, how far it is, how it ended, and where the lines come from."""

from __future__ import annotations

import streamlit as st

from components import controls
from components.language import _, date_in_words, percent
from components.run_controls import REFRESH_SECONDS, session_id, still_here, why
from core import workers
from core.gpu import shared
from core.gpu.recorded import Measured, card, here
from core.jobs import Status

SOURCE = "gpu_source"
RECORDED, MEASURED = "recorded", "here"
_REFUSED = "gpu: refused"
BUSY = 0.3
"""Share of the machine that others used, from which on the page says so."""


def source() -> str:
    """Return whose lines the student wants: those recorded, or this machine's."""
    return controls.in_url(SOURCE, RECORDED, lambda text: text if text in {RECORDED, MEASURED} else None)


def use(name: str) -> None:
    """Want other lines from now on. Call it in a callback."""
    controls.set_values({SOURCE: name})


def processor() -> Measured:
    """Return the lines to draw: this machine's if they are wanted and there, else those recorded."""
    kept = shared.default().kept
    return kept if kept is not None and source() == MEASURED else here()


def say_origins(shown: Measured, chosen: str) -> None:
    """Say where the lines come from: the processor's, and the card's."""
    is_recorded = shown is here()
    label = _("Recorded on {date} ({machine})") if is_recorded else _("Measured here on {date} ({machine})")
    icon = ":material/inventory_2:" if is_recorded else ":material/memory:"
    said = f"{icon} {label.format(date=date_in_words(shown.date), machine=shown.machine)} · {shown.versions}"
    if shown.busy >= BUSY:
        said += " · " + _("{share} of it was busy with other things", share=percent(shown.busy, 0))
    if chosen in shown.cards:
        st.caption(f"{said} · {shown.cards[chosen]}")
        return
    found = card(chosen)
    about = label_of_card(found)
    st.caption(f"{said}\n\n:material/inventory_2: {about}")


def label_of_card(found: Measured) -> str:
    """Return the honest label of a recorded card."""
    told = _("Recorded on {date} ({machine})", date=date_in_words(found.date), machine=found.machine)
    return f"{told} · " + _("driver {driver}", driver=found.driver) + f" · {found.versions}"


def measure_here() -> None:
    """Show the button that measures this machine, or how far that is."""
    found = shared.default()
    if found.is_measuring:
        _follow()
        return
    _say_end(found)
    with st.container(horizontal=True, vertical_alignment="center"):
        again = found.kept is not None
        st.button(
            _("Measure this machine again") if again else _("Measure this machine (about 30 s)"),
            icon=":material/timer:",
            key="gpu-measure",
            on_click=_start,
            disabled=not found.may_again,
            help=None if found.may_again else _("The class has just measured it: wait some minutes."),
        )
        if again:
            is_mine = source() == MEASURED
            words = _("Back to the recorded lines") if is_mine else _("Show this machine’s lines")
            st.button(words, key="gpu-source", on_click=use, args=(RECORDED if is_mine else MEASURED,))


def _start() -> None:
    try:
        shared.default().start(session_id(), still_here())
    except workers.WorkersUnavailable as error:
        st.session_state[_REFUSED] = why(error)
        return
    use(MEASURED)


def _stop() -> None:
    shared.default().stop(session_id())


@st.fragment(run_every=REFRESH_SECONDS)
def _follow() -> None:
    """Show how far the measurement is; the whole page runs again when it is over."""
    found = shared.default()
    if not found.is_measuring:
        st.rerun()
    bar, button = st.columns([5, 1], vertical_alignment="center")
    words = _("Measuring, once for everybody on this server") if found.has_begun else _("Waiting for a free worker")
    bar.progress(found.progress, text=words)
    button.button(_("Stop"), icon=":material/stop:", key="gpu-stop", on_click=_stop)


def _say_end(found: shared.Shared) -> None:
    if refusal := st.session_state.pop(_REFUSED, None):
        st.warning(refusal, icon=":material/cloud_off:")
    if source() != MEASURED:
        return
    if found.status is Status.FAILED and found.error is not None:
        st.error(why(found.error), icon=":material/error:")
    elif found.status is Status.STOPPED:
        st.info(_("Stopped: the lines are those of before."), icon=":material/stop_circle:")
    elif found.kept is None:
        st.info(_("This server has not been measured yet: the lines are recorded ones."), icon=":material/info:")
