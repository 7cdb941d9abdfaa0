"""The schedules drawn: a pure function from settings to a Plotly figure."""

from __future__ import annotations

from dataclasses import replace

from components.batch_learning_rate.words import schedule_names
from components.figures import BLUE, GREEN, GROUPED, PURPLE, VERMILION, Figure, axis, figure, stroke
from components.language import _
from core.batch_learning_rate.settings import RateSettings

STYLES = {
    "constant": (BLUE, "solid"),
    "step": (VERMILION, "dash"),
    "cosine": (GREEN, "dot"),
    "warmup": (PURPLE, "dashdot"),
}
POINTS = 200


def schedules_figure(settings: RateSettings, *, projected: bool = False, language: str = "fr") -> Figure:
    """Draw the rate of each schedule at every update of a run; the chosen one is thick."""
    total = settings.updates
    updates = sorted({round(k * (total - 1) / POINTS) for k in range(POINTS + 1)})
    data = []
    for name, (colour, dash) in STYLES.items():
        drawn = replace(settings, schedule=name, rate_changes=())  # changes of a run are none of its schedule
        chosen = name == settings.schedule
        data.append(
            {
                "type": "scatter",
                "mode": "lines",
                "name": schedule_names()[name],
                "x": updates,
                "y": [drawn.rate_at(update, total) for update in updates],
                "line": {"color": colour, "dash": dash, "width": stroke(6 if chosen else 3, projected)},
                "opacity": 1.0 if chosen else 0.6,
            }
        )
    return figure(
        data,
        x=axis(_("updates"), tickformat=GROUPED),
        y=axis(_("learning rate"), rangemode="tozero"),
        height=420 if projected else 320,
        projected=projected,
        language=language,
    )
