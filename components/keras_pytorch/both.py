"""Both versions of each training: their losses on one chart, the seconds of an update on another. Recorded, or here."""

from __future__ import annotations

import streamlit as st

from components import controls
from components.curves import Axis, Curve, chart
from components.curves import show as show_curves
from components.figures import BLUE, VERMILION, Figure, log_axis, show, stroke
from components.figures import figure as laid_out
from components.language import _, current, date_in_words, number
from components.lesson import PageLesson
from components.projection import is_projected
from components.run_controls import still_here
from core import workers
from core.keras_pytorch import both
from core.keras_pytorch.both import Comparison, Measured
from core.keras_pytorch.settings import SUBJECTS

_ASKED, _MEASURED, _REFUSED = "kp: both, asked for", "kp: both, measured", "kp: both, refused"
_COLOURS = {"loop": VERMILION, "keras": BLUE}
_SYMBOLS = {"loop": "diamond", "keras": "circle"}
_DASHES = {"loop": "dash", "keras": "solid"}


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


def time_figure(seconds: dict[str, list[float]], *, projected: bool, language: str) -> Figure:
    """Draw the milliseconds of an update against the batch size, log–log, one curve for each version."""
    names = {"loop": _("the loop in PyTorch"), "keras": _("fit in Keras")}
    traces = [
        {
            "type": "scatter",
            "mode": "lines+markers",
            "name": names[version],
            "x": list(both.BATCHES),
            "y": [1e3 * value for value in seconds[version]],
            "line": {"color": _COLOURS[version], "dash": _DASHES[version], "width": stroke(2.5, projected)},
            "marker": {"symbol": _SYMBOLS[version], "size": stroke(9, projected)},
            "hovertemplate": "%{x}<br>%{y:.3~g} ms",
        }
        for version in both.VERSIONS
    ]
    return laid_out(
        traces,
        x=log_axis(_("batch size")),
        y=log_axis(_("milliseconds for an update")),
        height=480 if projected else 320,
        projected=projected,
        language=language,
    )


def _equal(lesson: PageLesson, subject: str, losses: dict[str, list[float]]) -> None:
    updates = list(range(1, len(losses["loop"]) + 1))
    curves = [
        Curve("train", _("fit in Keras"), updates, losses["keras"]),
        Curve("validation", _("the loop in PyTorch"), updates, losses["loop"]),
    ]
    heights = [value for values in losses.values() for value in values]
    y = Axis(_("Loss"), 0.9 * min(heights), 1.1 * max(heights), "log")
    drawn = chart(curves, x=Axis(_("updates"), 1, len(updates), "log"), y=y)
    alt = _("The loss of each update by both versions: the two curves lie on each other.")
    show_curves(drawn, key="kp-equal", alt=alt, height=480 if is_projected() else 320)
    st.markdown(lesson.body(f"text-equal-{subject}", difference=number(both.largest_difference(losses), 2)))


def _timed(lesson: PageLesson, seconds: dict[str, list[float]]) -> None:
    drawn = time_figure(seconds, projected=is_projected(), language=current())
    show(drawn, key="kp-times", alt=_("Time of an update against the batch size, for both versions; log–log."))
    ratios = [keras / loop for keras, loop in zip(seconds["keras"], seconds["loop"], strict=True)]
    values = {
        "small": number(ratios[0], 2),
        "large": number(ratios[-1], 2),
        "hidden": number(1e3 * (seconds["keras"][0] - seconds["loop"][0]), 2),
        "most": number(both.BATCHES[-1]),
    }
    st.markdown(lesson.body("text-timed-said", **values))


def _say_where(measured: Measured, *, is_recorded: bool) -> None:
    label = _("Recorded on {date} ({machine})") if is_recorded else _("Computed on {date} ({machine})")
    icon = ":material/inventory_2:" if is_recorded else ":material/memory:"
    where = label.format(date=date_in_words(measured["date"]), machine=measured["machine"])
    st.caption(f"{icon} {where} · {_('one thread')} · {measured['versions']}")


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
