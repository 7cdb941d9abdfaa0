"""The schedules drawn: a pure function from settings to a Plotly figure."""

from __future__ import annotations

from dataclasses import replace

from components.batch_learning_rate.words import schedule_names
from components.curves import Figure
from components.language import _, current
from components.projection import is_projected
from core.batch_learning_rate.settings import RateSettings

STYLES = {"constant": ("#0072B2", "solid"), "step": ("#D55E00", "dash"), "cosine": ("#009E73", "dot"),
          "warmup": ("#CC79A7", "dashdot")}  # fmt: skip
POINTS = 200


def schedules_figure(settings: RateSettings) -> Figure:
    """Draw the rate of each schedule at every update of a run; the chosen one is thick."""
    total = settings.updates
    updates = sorted({round(k * (total - 1) / POINTS) for k in range(POINTS + 1)})
    data = []
    for name, (colour, dash) in STYLES.items():
        changed = replace(settings, schedule=name)
        chosen = name == settings.schedule
        data.append({
            "type": "scatter",
            "mode": "lines",
            "name": schedule_names()[name],
            "x": updates,
            "y": [changed.rate_at(update, total) for update in updates],
            "line": {"color": colour, "dash": dash, "width": (6 if chosen else 3) + 2 * is_projected()},
            "opacity": 1.0 if chosen else 0.6,
        })  # fmt: skip
    size = 21 if is_projected() else 14
    return {
        "data": data,
        "layout": {
            "height": 320,
            "margin": {"l": 10, "r": 10, "t": 10, "b": 10},
            "font": {"size": size},
            "xaxis": {"title": {"text": _("updates")}, "automargin": True},
            "yaxis": {"title": {"text": _("learning rate")}, "rangemode": "tozero", "automargin": True},
            "legend": {"orientation": "h", "y": 1.02, "yanchor": "bottom"},
            "separators": ", " if current() == "fr" else ".,",
        },
    }
