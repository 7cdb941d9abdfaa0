"""The map on the page: choose a cell, its curves replay; cells it lacks are computed as a sweep."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import streamlit as st

from components import controls, curves
from components.ahead import go_ahead
from components.batch_learning_rate.map_figure import cell_chart, map_figure, mean_written, say_below_zero, say_diverged
from components.batch_learning_rate.sweep import sweep_controls, sweep_map
from components.batch_learning_rate.words import batch_name, metric_names
from components.figures import show
from components.language import _, _n, current, number
from components.lesson import PageLesson, check
from components.projection import is_projected
from components.run_controls import say_origin
from components.trainings import optimizer_names
from core.batch_learning_rate.rate_map import METRICS, Metric, RateMap, cell_settings, recorded
from core.once import once

CHART = "blr-map"
_STYLE = f"""<style>
@media (max-width: 640px) {{ .st-key-{CHART} .heatmaplayer text {{ font-size: 9px !important; }} }}
</style>"""
"""On a phone a cell is 25 pixels wide, and Plotly cannot know."""


def map_view(lesson: PageLesson) -> None:
    """Show the map, its controls, and the chosen cell."""
    st.subheader(lesson.heading("text-map"), anchor=False)
    own = sweep_map()
    found = own or recorded("sgd")
    if found is None:
        st.warning(_("The recorded map is missing or damaged: compute one below."), icon=":material/report:")
    else:
        lesson.words("text-map", seeds=number(len(found.seeds)))
        _map_and_cell(lesson, found)
        if own is None:
            check.quiz(lesson.stem, lesson.lesson.section("text-rule"), lesson.order)
    sweep_controls()


@st.fragment
def _map_and_cell(lesson: PageLesson, found: RateMap) -> None:
    """Show the map and the chosen cell: a fragment, so that another cell does not redraw the page around it."""
    metric, spread = _map_controls()
    left, right = st.columns([3, 2], gap="medium")
    selected = _selected_cell(found)
    with right:  # first, since it is what the student waits for
        _cell(found, selected, metric)
    go_ahead()
    with left:
        st.html(_STYLE)
        drawn = map_figure(
            found, metric, spread=spread, selected=selected, projected=is_projected(), language=current()
        )
        alt = _alt(found, current())
        show(drawn, key=CHART, alt=alt, on_select=lambda: _choose(found), selection_mode="points")
        st.caption(lesson.body("text-budget") if found.optimizer == "sgd" else optimizer_names()[found.optimizer])


def _map_controls() -> tuple[Metric, bool]:
    names = metric_names()
    with st.container(horizontal=True, vertical_alignment="center"):
        metric = controls.choice(
            _("Measure"),
            METRICS,
            "loss",
            key="blr_map_metric",
            format_func=names.__getitem__,
            label_visibility="collapsed",
        )
        spread = controls.toggle(_("Standard deviation over seeds"), False, key="blr_map_spread")
    return metric, spread  # type: ignore[return-value]


def _selected_cell(found: RateMap) -> tuple[float, int]:
    """Return the chosen cell. One that the map lacks (an old link) becomes its nearest neighbour, and that is said."""
    asked_rate = controls.in_url("blr_cell_rate", 0.1, _number)
    asked_batch = controls.in_url("blr_cell_batch", 64.0, _number)
    rate = min(found.rates, key=lambda value: abs(math.log(value / asked_rate)))
    batch = min(found.batches, key=lambda value: abs(math.log(value / asked_batch)))
    if rate != asked_rate or batch != asked_batch:
        said = _(
            "This map has no cell at rate {rate} and batch {batch}: here is its nearest one.",
            rate=number(asked_rate),
            batch=number(asked_batch),
        )
        st.info(said, icon=":material/near_me:")
    return rate, batch


def _cell(found: RateMap, selected: tuple[float, int], metric: Metric) -> None:
    """Show the curves of the chosen cell, and the sliders that choose one without a mouse."""
    rate, batch = selected
    st.session_state["blr-cell-rate-slider"], st.session_state["blr-cell-batch-slider"] = rate, batch
    st.select_slider(
        _("Rate of the cell"), found.rates, key="blr-cell-rate-slider", format_func=number, on_change=_slide
    )
    st.select_slider(
        _("Batch of the cell"), found.batches, key="blr-cell-batch-slider", format_func=batch_name, on_change=_slide
    )
    settings = [cell_settings(rate, batch, seed, found.optimizer) for seed in found.seeds]
    runs = [run for run in map(found.run, settings) if run is not None]
    if not runs:
        st.info(_("This cell has not been computed yet."), icon=":material/hourglass_empty:")
        return
    cell = found.rates.index(rate), found.batches.index(batch)
    mean, interval = found.mean_and_spread(metric)[0][cell], found.intervals(metric)[cell]
    diverged = sum(run.status == "diverged" for run in runs)
    if diverged:
        st.warning(say_diverged(diverged, len(runs)), icon=":material/trending_up:")
    elif not math.isfinite(mean):
        st.info(_("5% error was not reached."), icon=":material/trending_flat:")
    else:
        st.markdown(f"### {mean_written(mean, interval, metric)}")
        if math.isfinite(interval):
            count = int(np.isfinite(found.values(metric)[cell]).sum())
            said = _n("{count} run: no interval.", "Mean of {count} runs ± 95% interval.", count)
            st.caption(f"{said} {say_below_zero((mean, interval))}")
    drawn = cell_chart(runs, settings[0].updates)
    curves.show(drawn, key="blr-cell", alt=_("Validation loss of this cell's runs, one line per seed"), height=330)
    say_origin(runs[0])
    if st.button(
        _("See this run in “Real networks”"),
        icon=":material/arrow_forward:",
        key="blr-use-cell",
        on_click=_use,
        args=(rate, batch, found.optimizer),
    ):
        st.rerun()


def _choose(found: RateMap) -> None:
    """Take the cell that was clicked."""
    points: list[dict[str, Any]] = st.session_state[CHART]["selection"]["points"]
    for point in points:
        rate, batch = (point.get("customdata") or [0, 0])[:2]
        if rate in found.rates and batch in found.batches:
            controls.set_values({"blr_cell_rate": float(rate), "blr_cell_batch": float(batch)})


def _slide() -> None:
    rate, batch = st.session_state["blr-cell-rate-slider"], st.session_state["blr-cell-batch-slider"]
    controls.set_values({"blr_cell_rate": float(rate), "blr_cell_batch": float(batch)})


def _use(rate: float, batch: int, optimizer: str) -> None:
    controls.set_values(
        {
            "blr_rate": rate,
            "blr_batch": batch,
            "blr_optimizer": optimizer,
            "blr_seed": 1,
            "blr_schedule": "constant",
            "blr_changes": "",
            "blr_view": "runs",
        }
    )


@once(8)
def _alt(found: RateMap, language: str) -> str:
    """Say in a language which rate is best for each batch size."""
    best = {batch: found.best(batch) for batch in found.batches}
    said = ", ".join(f"{batch_name(batch)} → {number(rate)}" for batch, rate in best.items() if rate)
    return _("Heat map of learning rate against batch size; best rate per batch size: {said}", said=said)


def _number(text: str) -> float | None:
    value = float(text)
    return value if math.isfinite(value) and value > 0 else None
