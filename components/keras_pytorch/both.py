"""Both versions of each training: their losses on one chart, the seconds of an update on another. Recorded, or here."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from components import controls
from components.curves import Axis, Curve, chart
from components.curves import show as show_curves
from components.language import _, date_in_words, number
from components.lesson import PageLesson
from components.projection import is_projected
from components.run_controls import still_here
from core import workers
from core.keras_pytorch import both
from core.keras_pytorch.both import Comparison, Measured
from core.keras_pytorch.settings import SUBJECTS

_ASKED, _MEASURED, _REFUSED = "kp: both, asked for", "kp: both, measured", "kp: both, refused"


def show_both(lesson: PageLesson) -> None:
    """Show that both versions learn alike, and how long each takes; let the student measure this machine."""
    subject = controls.standing("kp_subject", SUBJECTS[0])
    if subject not in SUBJECTS:
        subject = SUBJECTS[0]
    workers.start_soon()
    st.button(_("Measure on this machine"), icon=":material/timer:", key="kp-both", on_click=_ask)
    if refusal := st.session_state.pop(_REFUSED, None):
        st.warning(refusal, icon=":material/cloud_off:")
    asked: Comparison | None = st.session_state.get(_ASKED)
    if asked is not None:
        _wait(asked)
    mine: Measured | None = st.session_state.get(_MEASURED)
    measured = mine or both.recorded()
    _say_where(measured, is_recorded=mine is None)
    left, right = st.columns(2, gap="medium")
    with left:
        _equal(lesson, subject, measured["losses"][subject])
    with right:
        _timed(lesson, measured["seconds"][subject])


def _equal(lesson: PageLesson, subject: str, losses: dict[str, list[float]]) -> None:
    updates = range(1, len(losses["loop"]) + 1)
    alt = _("The loss of each update by both versions: the two curves lie on each other.")
    _draw_both(losses, updates, _("updates"), _("Loss"), key="kp-equal", alt=alt)
    st.markdown(lesson.body(f"text-equal-{subject}", difference=number(both.largest_difference(losses), 2)))


def _timed(lesson: PageLesson, seconds: dict[str, list[float]]) -> None:
    times = {version: [1e3 * value for value in values] for version, values in seconds.items()}
    alt = _("Time of an update against the batch size, for both versions; log–log.")
    _draw_both(times, both.BATCHES, _("batch size"), _("milliseconds for an update"), key="kp-times", alt=alt)
    ratios = [keras / loop for keras, loop in zip(seconds["keras"], seconds["loop"], strict=True)]
    values = {
        "small": number(ratios[0], 2),
        "large": number(ratios[-1], 2),
        "hidden": number(1e3 * (seconds["keras"][0] - seconds["loop"][0]), 2),
        "most": number(both.BATCHES[-1]),
    }
    st.markdown(lesson.body("text-timed-said", **values))


def _draw_both(values: dict[str, list[float]], x: Sequence[int], across: str, up: str, *, key: str, alt: str) -> None:
    """Show a curve for each version, on logarithmic axes."""
    places = list(x)
    curves = [
        Curve("train", _("fit in Keras"), places, values["keras"]),
        Curve("validation", _("the loop in PyTorch"), places, values["loop"]),
    ]
    heights = [value for curve in curves for value in curve.y]
    y = Axis(up, 0.9 * min(heights), 1.1 * max(heights), "log")
    drawn = chart(curves, x=Axis(across, places[0], places[-1], "log"), y=y)
    show_curves(drawn, key=key, alt=alt, height=480 if is_projected() else 320)


def _say_where(measured: Measured, *, is_recorded: bool) -> None:
    label = _("Recorded on {date} ({machine})") if is_recorded else _("Computed on {date} ({machine})")
    icon = ":material/inventory_2:" if is_recorded else ":material/memory:"
    where = label.format(date=date_in_words(measured["date"]), machine=measured["machine"])
    threads = _("one thread")
    st.caption(f"{icon} {where} · {threads} · {measured['versions']}")


def _ask() -> None:
    try:
        st.session_state[_ASKED] = both.start(still_here())
    except workers.WorkersUnavailable as error:
        said = _("The computing cluster does not answer ({address}). Recorded runs still replay.", address=error)
        st.session_state[_REFUSED] = said


def _wait(asked: Comparison) -> None:
    """Look twice a second whether the worker is done; the rest of the page stays free."""

    @st.fragment(run_every=0.5)
    def waiting() -> None:
        bar, stop = st.columns([5, 1], vertical_alignment="center")
        with bar:
            st.progress(asked.progress, text=_("A worker trains both, then times each batch size"))
        with stop:
            st.button(_("Stop"), icon=":material/stop:", key="kp-both-stop", on_click=asked.job.stop)
        if not asked.job.over:
            return
        st.session_state.pop(_ASKED, None)
        if asked.job.result is not None:
            st.session_state[_MEASURED] = asked.job.result
        elif asked.job.error is not None:
            st.session_state[_REFUSED] = _("The computation was interrupted: start it again.")
        st.rerun()

    waiting()
