"""Is this difference real? Two settings, one seed more at each click, the interval that shrinks, and a verdict."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import streamlit as st

from components import controls
from components.batch_learning_rate.difference_figure import FEWEST, difference_figure, history
from components.batch_learning_rate.link import DEFAULT_PIN, pin, pinned_settings
from components.batch_learning_rate.map_figure import say_below_zero, written
from components.batch_learning_rate.settings import DEFAULTS, batch_slider, rate_slider
from components.batch_learning_rate.sweep import follow_sweep, say_lost
from components.batch_learning_rate.words import batch_name, difference, metric_names
from components.figures import show
from components.language import _, _n, current, number, percent
from components.lesson import PageLesson
from components.presets import control_presets
from components.projection import is_projected
from components.run_controls import session_id
from core import limits
from core.batch_learning_rate import sweeps
from core.batch_learning_rate.comparison import crossing
from core.batch_learning_rate.rate_map import METRICS, Metric
from core.batch_learning_rate.settings import BATCHES, RATES, RateSettings, budget
from core.runs.run import Run
from core.runs.sweeps import OneSweepEach, TooManyRuns, TooManySweeps, sweep_id
from core.verdict import Verdict, compare

MOST = 12
"""Seeds of each setting."""
PAIRS: dict[str, dict[str, Any]] = {
    "clear": {"blr_rate": 0.1, "blr_batch": 64, "blr_pin": "0.1~1024~sgd~1~constant", "blr_seeds": 3},
    "doubt": {"blr_rate": 0.1, "blr_batch": 64, "blr_pin": "0.3~64~sgd~1~constant", "blr_seeds": 3},
}
"""Pairs of the shipped map, whose first three seeds are recorded."""
_ALL: Mapping[str, Any] = DEFAULTS | {"blr_pin": DEFAULT_PIN, "blr_seeds": FEWEST, "blr_changes": ""}
_SAID = "blr sweep said"


def difference_view(lesson: PageLesson, settings: RateSettings) -> None:
    """Show two settings with some seeds each, and the button that adds one."""
    st.subheader(lesson.heading("text-difference"), anchor=False)
    lesson.words("text-difference")
    control_presets(lesson, PAIRS, _ALL, key="blr-pairs", section="preset-pair-", name=_("Pairs worth seeing"))
    other = _choose_sides(settings)
    count = controls.in_url("blr_seeds", FEWEST, lambda text: int(text) if text in _COUNTS else None)
    names = metric_names()
    metric: Metric = controls.choice(  # type: ignore[assignment]
        _("Measure"),
        METRICS,
        "error",
        key="blr_real_metric",
        format_func=names.__getitem__,
        label_visibility="collapsed",
    )
    if replace(other, seed=1) == replace(settings, seed=1, rate_changes=()):
        st.info(_("A and B are the same: move one of the sliders."), icon=":material/compare_arrows:")
        return
    sides = tuple([replace(side, seed=seed, rate_changes=()) for seed in range(1, count + 1)]
                  for side in (settings, other))  # fmt: skip
    known = [sweeps.default().find_all(side) for side in sides]
    is_whole = [len(side) for side in known] == [count, count]
    _one_more((sides[0], sides[1]), is_whole)
    values = tuple([value_of(run, metric) for run in side] for side in known)
    if any(values):
        labels = f"A · {difference(settings, other)}", f"B · {difference(other, settings)}"
        _verdict(lesson, (values[0], values[1]), labels, metric)


def _verdict(
    lesson: PageLesson, values: tuple[list[float], list[float]], labels: tuple[str, str], metric: Metric
) -> None:
    verdict = compare(*values)
    said = verdict_words(verdict, labels, metric)
    drawn = difference_figure(values, labels, metric, projected=is_projected(), language=current())
    show(drawn, key="blr-difference", alt=said)
    if told := shrinking(values, labels, metric):
        st.markdown(told)
    box = st.success if verdict.kind == "real" else st.info
    box(said, icon=":material/gavel:")
    with st.expander(lesson.heading("text-p"), icon=":material/help:"):
        lesson.words("text-p")


def _choose_sides(settings: RateSettings) -> RateSettings:
    """Show the sliders of both settings; return the second, which is the pinned one."""
    other = pinned_settings() or replace(settings, batch_size=1024, updates=budget(1024))
    st.session_state["blr-other-rate"], st.session_state["blr-other-batch"] = (
        min(RATES, key=lambda rate: abs(math.log((rate + 1e-9) / (other.learning_rate + 1e-9)))),
        min(BATCHES, key=lambda batch: abs(batch - other.batch_size)),
    )

    def moved() -> None:
        rate, batch = st.session_state["blr-other-rate"], st.session_state["blr-other-batch"]
        pin(replace(other, learning_rate=rate, batch_size=batch, updates=budget(batch)))

    left, right = st.columns(2, gap="medium")
    with left:
        st.markdown("**A**")
        rate_slider()
        batch_slider()
    with right:
        st.markdown("**B**")
        st.select_slider(_("Learning rate of B"), RATES, key="blr-other-rate", format_func=number, on_change=moved)
        st.select_slider(_("Batch size of B"), BATCHES, key="blr-other-batch", format_func=batch_name, on_change=moved)
    return other


def value_of(run: Run, metric: Metric) -> float:
    """Return what a metric says of one run; infinity or not-a-number when it failed."""
    settings = run.settings
    if not isinstance(settings, RateSettings) or run.status == "diverged":
        return math.nan
    if metric in {"loss", "error"}:
        return run.measured[-1].metrics[f"validation_{metric}"]
    found = crossing(run.measured)
    if found is None:
        return math.inf
    return found.updates if metric == "updates" else found.seconds


def shrinking(values: tuple[list[float], list[float]], labels: tuple[str, str], metric: Metric) -> str:
    """Say how the interval of each setting went from its first width to its last; nothing before there are two."""
    told = []
    for side, label in zip(values, labels, strict=True):
        widths = [summary.interval for summary in history(side) if math.isfinite(summary.interval)]
        if len(widths) > 1:
            arrows = " → ".join(f"±\u00a0{written(width, metric)}" for width in widths)
            told.append(_("**{label}**, interval seed after seed: {widths}", label=label, widths=arrows))
    return "  \n".join(told)


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
    p = percent(max(verdict.p, 1e-4), 2 if verdict.p < 0.01 else 0) if math.isfinite(verdict.p) else "–"
    match verdict.kind:
        case "real":
            said = _(
                "Very probably real: **{lower}** is lower. Were both settings equally good, chance alone would give "
                "such a gap in {p} of cases or fewer (p, Welch’s t-test).",
                lower=lower,
                p=p,
            )
        case "equal":
            said = _("No difference at all: every run gives the same value.")
        case _other:
            said = _(
                "One cannot say: were both settings equally good, chance alone could give such a gap in {p} of cases "
                "(p, Welch’s t-test).",
                p=p,
            )
    left_out = _n(
        "{count} run that diverged or never got there is left out.",
        "{count} runs that diverged or never got there are left out.",
        one.failed + two.failed,
    )
    below = say_below_zero((one.mean, one.interval), (two.mean, two.interval))
    return " ".join(filter(None, [said, sides, left_out if one.failed + two.failed else "", below]))


def _one_more(sides: tuple[list[RateSettings], list[RateSettings]], is_whole: bool) -> None:
    """Show the button that adds a seed to both settings, or the runs that are being trained."""
    wanted = [settings for side in sides for settings in side]
    sweep = sweeps.default().get(sweep_id(wanted))
    if sweep is not None and not sweep.over:
        follow_sweep(sweep)
        return
    if sweep is not None and sweep.lost:
        say_lost(sweep)
    count = len(sides[0])
    if is_whole:
        label, more = _("One more seed"), count + 1
    else:
        label, more = _("Train the missing runs"), count
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(
            label,
            icon=":material/casino:" if is_whole else ":material/play_arrow:",
            type="primary",
            key="blr-one-more",
            disabled=is_whole and count >= MOST,
            on_click=_train,
            args=(sides, more),
        )
        st.caption(_n("{count} seed each", "{count} seeds each", count))
    if said := st.session_state.pop(_SAID, None):
        st.warning(said, icon=":material/hourglass_top:")


def _train(sides: tuple[list[RateSettings], list[RateSettings]], count: int) -> None:
    """Compare with so many seeds from now on, and train those that nobody has trained. Call it in a callback."""
    wanted = [replace(side[0], seed=seed) for side in sides for seed in range(1, count + 1)]
    if len(sweeps.default().find_all(wanted)) < len(wanted):
        try:
            sweeps.default().start(wanted, session_id())
        except OneSweepEach:
            st.session_state[_SAID] = _("Your other map is still being computed: wait for it, or stop it first.")
            return
        except TooManyRuns:
            most = limits.current().sweep_runs
            st.session_state[_SAID] = _n("At most {count} run in one map.", "At most {count} runs in one map.", most)
            return
        except TooManySweeps:
            st.session_state[_SAID] = _("Several maps are being computed already. Try again in a moment.")
            return
    controls.set_values({"blr_seeds": count})


_COUNTS = {str(count) for count in range(FEWEST, MOST + 1)}
