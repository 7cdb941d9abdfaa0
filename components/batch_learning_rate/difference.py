"""Is this difference real? Two settings, five seeds each, the points, their means and intervals, and a verdict."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

import streamlit as st

from components import controls
from components.batch_learning_rate.link import pinned_run
from components.batch_learning_rate.map_figure import written
from components.batch_learning_rate.sweep import follow_sweep, say_lost
from components.batch_learning_rate.words import difference, metric_names
from components.figures import BLUE, VERMILION, Figure, axis, figure, show, stroke
from components.language import _, _n, current, number
from components.lesson import PageLesson
from components.projection import is_projected
from components.run_controls import session_id
from core.batch_learning_rate import sweeps
from core.batch_learning_rate.comparison import reached
from core.batch_learning_rate.rate_map import METRICS, Metric
from core.batch_learning_rate.settings import RateSettings
from core.runs.run import Run
from core.runs.sweeps import OneSweepEach, TooManySweeps, sweep_id
from core.verdict import Summary, Verdict, compare

SEEDS = range(1, 6)
COLOURS = (BLUE, VERMILION)


def difference_view(lesson: PageLesson, settings: RateSettings) -> None:
    """Show the comparison of the current settings with the pinned ones."""
    st.subheader(lesson.heading("text-difference"), anchor=False)
    lesson.words("text-difference")
    pinned = pinned_run()
    other = pinned.settings if pinned is not None else None
    if not isinstance(other, RateSettings) or replace(other, seed=1) == replace(settings, seed=1):
        st.info(
            _("Pin a run above, then choose other settings: the two will be compared here."), icon=":material/keep:"
        )
        return
    names = metric_names()
    metric: Metric = controls.choice(  # type: ignore[assignment]
        _("Measure"),
        METRICS,
        "error",
        key="blr_real_metric",
        format_func=names.__getitem__,
        label_visibility="collapsed",
    )
    sides = [[replace(side, seed=seed) for seed in SEEDS] for side in (settings, other)]
    labels = (
        difference(settings, replace(other, seed=settings.seed)),
        difference(other, replace(settings, seed=other.seed)),
    )
    known = [sweeps.default().find_all(side) for side in sides]
    values = [[value_of(run, metric) for run in side] for side in known]
    missing = sum(len(side) for side in sides) - sum(len(side) for side in known)
    if missing:
        _train_missing([one for side in sides for one in side], missing)
    if any(values):
        verdict = compare(*values)
        drawn = difference_figure(verdict, labels, metric, projected=is_projected(), language=current())
        said = verdict_words(verdict, labels, metric)
        show(drawn, key="blr-difference", alt=said)
        box = st.success if verdict.kind == "real" else st.info
        box(said, icon=":material/gavel:")


def value_of(run: Run, metric: Metric) -> float:
    """Return what a metric says of one run; infinity or not-a-number when it failed."""
    settings = run.settings
    if not isinstance(settings, RateSettings) or run.status == "diverged":
        return math.nan
    if metric in {"loss", "error"}:
        return run.measured[-1].metrics[f"validation_{metric}"]
    frame = reached(run.measured)
    return math.inf if frame is None else float(frame.update if metric == "updates" else frame.seconds)


def verdict_words(verdict: Verdict, labels: tuple[str, str], metric: Metric) -> str:
    """Say the verdict in plain words."""
    one, two = verdict.first, verdict.second
    if verdict.kind == "too_few":
        return _("Too few runs to say: at least two that end well are needed on each side.")
    sides = _(
        "**{first}**: {a} ± {da}; **{second}**: {b} ± {db} (mean ± 95% interval, {n} and {m} runs).",
        first=labels[0],
        a=written(one.mean, metric),
        da=written(one.interval, metric),
        n=len(one.values) - one.failed,
        second=labels[1],
        b=written(two.mean, metric),
        db=written(two.interval, metric),
        m=len(two.values) - two.failed,
    )
    lower = labels[0] if one.mean < two.mean else labels[1]
    match verdict.kind:
        case "real":
            said = _(
                "Yes, this difference is real: **{lower}** is lower (Welch's t-test, p = {p}).",
                lower=lower,
                p=number(max(verdict.p, 1e-4), 2),
            )
        case "equal":
            said = _("No difference at all: every run gives the same value.")
        case _other:
            said = _(
                "One cannot say: such a difference is common among seeds alone (Welch's t-test, p = {p}).",
                p=number(verdict.p, 2),
            )
    left_out = _n(
        "{count} run that diverged or never got there is left out.",
        "{count} runs that diverged or never got there are left out.",
        one.failed + two.failed,
    )
    return f"{said} {sides}" + (f" {left_out}" if one.failed + two.failed else "")


def difference_figure(
    verdict: Verdict, labels: tuple[str, str], metric: Metric, *, projected: bool = False, language: str = "fr"
) -> Figure:
    """Draw every run as a point, with the mean and its 95 % interval, one line per setting."""
    titles = {
        "loss": _("final validation loss (nats)"),
        "error": _("final validation error rate"),
        "updates": _("updates to 95% accuracy"),
        "seconds": _("seconds to 95% accuracy"),
    }
    data: list[dict[str, Any]] = []
    for row, (side, label) in enumerate(zip((verdict.first, verdict.second), labels, strict=True)):
        data += _side(side, label, row, projected)
    return figure(
        data,
        x=axis(titles[metric]),
        y=axis(tickvals=[0, 1], ticktext=list(labels), range=[-0.6, 1.6]),
        height=380 if projected else 260,
        projected=projected,
        language=language,
        showlegend=False,
    )


def _side(side: Summary, label: str, row: int, projected: bool) -> list[dict[str, Any]]:
    """Return the points of one setting's runs, and below them their mean with its interval."""
    colour = COLOURS[row]
    finite = [value for value in side.values if math.isfinite(value)]
    points = {
        "type": "scatter",
        "mode": "markers",
        "name": label,
        "x": finite,
        "y": [row + 0.16] * len(finite),
        "marker": {
            "color": colour,
            "size": stroke(10, projected),
            "opacity": 0.75,
            "symbol": "circle" if row == 0 else "diamond",
        },
        "hovertemplate": "%{x:.4~g}<extra></extra>",
    }
    if not finite:
        return [points]
    width = side.interval if math.isfinite(side.interval) else 0.0
    mean = {
        "type": "scatter",
        "mode": "markers",
        "showlegend": False,
        "x": [side.mean],
        "y": [row - 0.12],
        "error_x": {"type": "data", "array": [width], "thickness": stroke(3, projected), "width": 9, "color": colour},
        "marker": {"color": colour, "size": stroke(15, projected), "symbol": "line-ns-open", "line": {"width": 3}},
        "hovertemplate": "%{x:.4~g}<extra></extra>",
    }
    return [points, mean]


def _train_missing(wanted: list[RateSettings], missing: int) -> None:
    sweep = sweeps.default().get(sweep_id(wanted))
    if sweep is not None and not sweep.over:
        follow_sweep(sweep)
        return
    if sweep is not None and sweep.lost:
        say_lost(sweep)
    st.button(
        _n("Train the {count} missing run", "Train the {count} missing runs", missing),
        icon=":material/play_arrow:",
        type="primary",
        key="blr-real-start",
        on_click=_start,
        args=(wanted,),
    )
    if said := st.session_state.pop("blr sweep said", None):
        st.warning(said, icon=":material/hourglass_top:")


def _start(wanted: list[RateSettings]) -> None:
    try:
        sweeps.default().start(wanted, session_id())
    except OneSweepEach:
        st.session_state["blr sweep said"] = _("Your other map is still being computed: wait for it, or stop it first.")
    except TooManySweeps:
        st.session_state["blr sweep said"] = _("Several maps are being computed already. Try again in a moment.")
