"""The map drawn: a heat map of real runs over learning rate and batch size. Pure functions, arrays to figure."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import Any

import numpy as np

from components.batch_learning_rate.words import axis_titles, batch_name
from components.curves import Axis, Chart, Curve, chart, column, measure_axis
from components.figures import (
    GREEN,
    PURPLE,
    VERMILION,
    Figure,
    figure,
    listed_axis,
    stroke,
    type_size,
)
from components.language import _, _n, number, percent
from core.batch_learning_rate.rate_map import Metric, RateMap, Values
from core.once import once
from core.runs.run import Run


def map_figure(
    found: RateMap,
    metric: Metric,
    *,
    spread: bool,
    selected: tuple[float, int] | None,
    projected: bool = False,
    language: str = "fr",
) -> Figure:
    """Draw the mean (or the spread) of a metric in every cell.

    Args:
        found: the runs.
        metric: what is measured; the colour is its logarithm.
        spread: draw the standard deviation over seeds instead of the mean.
        selected: (rate, batch) of the chosen cell.
        projected: larger type.
        language: writes the decimal separator.
    """
    drawn = _without_frame(found, metric, spread, projected, language)
    shapes = [_frame(found, selected, projected)] if selected else []
    return {**drawn, "layout": {**drawn["layout"], "shapes": shapes}}


@once(32)
def _without_frame(found: RateMap, metric: Metric, spread: bool, projected: bool, language: str) -> Figure:
    """Draw all but the frame of the chosen cell: hundreds of words and numbers, the same for every cell and student."""
    mean, deviation = found.mean_and_spread(metric)
    shown = deviation if spread else mean
    x = [math.log2(batch) for batch in found.batches]
    y = [math.log10(rate) for rate in found.rates]
    text = [[_cell_text(value, metric) for value in values] for values in shown.tolist()]
    data: list[dict[str, Any]] = [
        _cells(shown, x, y, text, projected),
        _diverged(found, shown, x, y, projected),
        *_rules(found, projected),
        _best(found, x, y, projected),
        _targets(found, mean, metric, x, y),
    ]
    return figure(
        data,
        x=listed_axis(
            _("batch size"),
            [batch_name(batch) for batch in found.batches],
            x,
            widest="00 000",
            range=[x[0] - 1, x[-1] + 0.9],
            fixedrange=True,
        ),
        y=listed_axis(
            _("learning rate"),
            [number(rate) for rate in found.rates],
            y,
            widest="0,0001",
            range=[y[0] - 0.25, y[-1] + 0.25],
            fixedrange=True,
        ),
        height=760 if projected else 520,
        projected=projected,
        language=language,
        clickmode="event+select",
        dragmode=False,
    )


def cell_chart(runs: list[Run], updates: int) -> Chart:
    """Draw the validation loss of a cell's runs against the update, one line per seed.

    Args:
        runs: of the cell.
        updates: of the whole run.
    """
    drawn = []
    for index, run in enumerate(runs):
        seed = _("seed {value}", value=run.settings.seed)
        x = [float(frame.update) for frame in run.measured]
        drawn.append(Curve("validation", seed, x, column(run.measured, "validation_loss"), faded=index > 0))
    values = [min(value, 10.0) for curve in drawn for value in curve.y] + [0.05, 2.5]
    return chart(
        drawn,
        x=Axis(axis_titles()["updates"], -0.02 * updates, 1.02 * updates),
        y=measure_axis(_("validation loss (nats)"), values, log=True),
    )


def written(value: float, metric: Metric) -> str:
    """Write a value of a metric with its unit."""
    if not math.isfinite(value):
        return "–"
    match metric:
        case "error":
            return percent(value)
        case "updates":
            return number(round(value))
        case "seconds":
            return f"{number(value, 2)}\u00a0s"
    return number(value, 2)


def mean_written(mean: float, interval: float, metric: Metric) -> str:
    """Write a mean over seeds and its 95 % interval; of one seed, which has none, the value alone."""
    known = math.isfinite(mean) and math.isfinite(interval)
    return written(mean, metric) + (f" ±\u00a0{written(interval, metric)}" if known else "")


def say_below_zero(*sides: tuple[float, float]) -> str:
    """Say what an interval that reaches below 0 is worth, if one of these does: a mean and half a width each."""
    if not any(mean < interval < math.inf for mean, interval in sides):
        return ""
    return _("An interval reaches below 0, where no such value can be: too few seeds to know the mean.")


def _cells(shown: Values, x: list[float], y: list[float], text: list[list[str]], projected: bool) -> Any:
    """Colour the cells: the lower, the brighter, since low is good whatever is measured. Their numbers say the rest."""
    logs = np.log10(np.where(shown > 0, shown, np.nan))
    low, high = (float(np.nanmin(logs)), float(np.nanmax(logs))) if np.isfinite(logs).any() else (-1.0, 1.0)
    return {
        "type": "heatmap",
        "x": x,
        "y": y,
        "z": [[value if math.isfinite(value) else None for value in row] for row in logs.tolist()],
        "text": text,
        "texttemplate": "%{text}",
        "textfont": type_size(projected, small=True),
        "colorscale": "Cividis",
        "reversescale": True,
        "showscale": False,
        "zmin": low,
        "zmax": max(high, low + 1e-6),
        "xgap": 1,
        "ygap": 1,
        "hoverinfo": "skip",
    }


def _diverged(found: RateMap, mean: Values, x: list[float], y: list[float], projected: bool) -> dict[str, Any]:
    """Mark with × the cells in which runs diverged: in the middle, or beside the value of those that did not."""
    places = [(i, j) for i, j in zip(*np.nonzero(found.diverged.any(axis=-1)), strict=True)]
    empty = [bool(np.isnan(mean[place])) for place in places]
    return {
        "type": "scatter",
        "mode": "markers",
        "name": _("diverged"),
        "x": [x[j] + (0 if alone else 0.7) for (_i, j), alone in zip(places, empty, strict=True)],
        "y": [y[i] + (0 if alone else 0.15) for (i, _j), alone in zip(places, empty, strict=True)],
        "marker": {
            "symbol": "x",
            "color": VERMILION,
            "size": [stroke(9 if alone else 5, projected) for alone in empty],
        },
        "hoverinfo": "skip",
    }


def _rules(found: RateMap, projected: bool) -> list[dict[str, Any]]:
    """Draw both scaling rules through the best cell of one batch size: rate ∝ batch, and rate ∝ √batch."""
    middle = found.batches[len(found.batches) // 3]
    best = found.best(middle)
    if best is None:
        return []
    ends = np.array([found.batches[0] / 2, found.batches[-1] * 2.0])
    rules = ((_("batch × 4, rate × 4"), 1.0, "solid"), (_("batch × 4, rate × 2 (√batch)"), 0.5, "dash"))
    return [
        {
            "type": "scatter",
            "mode": "lines",
            "name": name,
            "x": np.log2(ends).tolist(),
            "y": np.log10(best * (ends / middle) ** exponent).tolist(),
            "line": {"color": VERMILION, "dash": dash, "width": stroke(3, projected)},
            "hoverinfo": "skip",
        }
        for name, exponent, dash in rules
    ]


def _best(found: RateMap, x: list[float], y: list[float], projected: bool) -> dict[str, Any]:
    """Frame the cell of lowest loss of each batch size."""
    edges_x, edges_y = _edges(x), _edges(y)
    across: list[float | None] = []
    up: list[float | None] = []
    for j, batch in enumerate(found.batches):
        rate = found.best(batch)
        if rate is None:
            continue
        i = found.rates.index(rate)
        left, right, low, high = edges_x[j], edges_x[j + 1], edges_y[i], edges_y[i + 1]
        across += [left, right, right, left, left, None]
        up += [low, low, high, high, low, None]
    return {
        "type": "scatter",
        "mode": "lines",
        "name": _("lowest loss of each batch size"),
        "x": across,
        "y": up,
        "line": {"color": GREEN, "width": stroke(3.5, projected)},
        "hoverinfo": "skip",
    }


def _targets(found: RateMap, mean: Values, metric: Metric, x: list[float], y: list[float]) -> Any:
    """Lay an invisible mark on each cell: Plotly lets scatter points be chosen, not cells of a heat map."""
    cells, rate = [(i, j) for i in range(len(y)) for j in range(len(x))], _("learning rate")
    intervals = found.intervals(metric)
    return {
        "type": "scatter",
        "mode": "markers",
        "showlegend": False,
        "x": [x[j] for i, j in cells],
        "y": [y[i] for i, j in cells],
        "customdata": [[found.rates[i], found.batches[j]] for i, j in cells],
        "text": [
            f"{mean_written(mean[i, j], intervals[i, j], metric)}"
            f"<br>{rate} {number(found.rates[i])}, batch {batch_name(found.batches[j])}" + _broken(found, i, j)
            for i, j in cells
        ],
        "hovertemplate": "%{text}<extra></extra>",
        "marker": {"symbol": "square", "size": 34, "opacity": 0, "color": PURPLE},
        "selected": {"marker": {"opacity": 0}},
        "unselected": {"marker": {"opacity": 0}},
    }


def _broken(found: RateMap, i: int, j: int) -> str:
    """Say how many runs of a cell diverged, if any."""
    count = int(found.diverged[i, j].sum())
    return "<br>" + say_diverged(count, int(found.made[i, j].sum())) if count else ""


def say_diverged(count: int, all_runs: int) -> str:
    """Say how many of a cell's runs diverged."""
    return _n("{count} run of {all} diverged.", "{count} runs of {all} diverged.", count, all=number(all_runs))


def _frame(found: RateMap, selected: tuple[float, int], projected: bool) -> dict[str, Any]:
    """Frame the chosen cell."""
    edges_x = _edges([math.log2(batch) for batch in found.batches])
    edges_y = _edges([math.log10(rate) for rate in found.rates])
    i, j = found.rates.index(selected[0]), found.batches.index(selected[1])
    line = {"color": PURPLE, "width": stroke(4, projected)}
    return {
        "type": "rect",
        "x0": edges_x[j],
        "x1": edges_x[j + 1],
        "y0": edges_y[i],
        "y1": edges_y[i + 1],
        "line": line,
    }


def _edges(centres: list[float]) -> list[float]:
    """Return where cells begin and end: halfway between centres, as Plotly draws them."""
    if len(centres) == 1:
        return [centres[0] - 0.5, centres[0] + 0.5]
    middles = [(a + b) / 2 for a, b in pairwise(centres)]
    return [2 * centres[0] - middles[0], *middles, 2 * centres[-1] - middles[-1]]


def _cell_text(value: float, metric: Metric) -> str:
    if not math.isfinite(value):
        return ""
    if metric == "error":
        return percent(value, 0 if value >= 0.1 else 1).replace("\u00a0", "")
    return written(value, metric)
