"""The learning-rate finder on the page: one run whose rate grows, the loss against it, the range it suggests."""

from __future__ import annotations

import math
from collections.abc import Sequence

import streamlit as st

from components import controls
from components.batch_learning_rate.words import batch_name, optimizer_names
from components.curves import Figure
from components.language import _, current, number
from components.lesson import PageLesson
from components.projection import is_projected
from components.run_controls import course_runs, follow, say_end, say_origin, start_button
from core.batch_learning_rate.range_test import RangeTest, read_range_test
from core.batch_learning_rate.settings import RATES, RateSettings, finder_settings
from core.training.frames import Frame

COLOUR = "#0072B2"


def finder_view(lesson: PageLesson, settings: RateSettings) -> None:
    """Show the range test for the batch size and optimizer chosen above."""
    st.subheader(lesson.heading("text-finder"), anchor=False)
    lesson.words("text-finder")
    test = finder_settings(settings)
    st.caption(_("Batch {batch}, {optimizer}, {updates} updates", batch=batch_name(test.batch_size),
                 optimizer=optimizer_names()[test.optimizer], updates=number(test.updates)))  # fmt: skip
    live = course_runs().live(test.run_id)
    found = course_runs().find(test)
    if found is None and live is not None and not live.over:
        follow(test, lambda growing: _draw(read(test, growing.frames)))
        return
    if found is None:
        say_end(live)
        start_button(test, label=_("Run the finder"), key="blr-finder-start")
        return
    result = read(test, found.frames)
    _draw(result)
    _say(result)
    say_origin(found)


def read(settings: RateSettings, frames: Sequence[Frame]) -> RangeTest:
    """Read the rate and the loss of each frame of a range test."""
    seen = [frame for frame in frames if frame.update > 0]
    rates = [settings.rate_at(frame.update - 1, settings.updates) for frame in seen]
    return read_range_test(rates, [frame.metrics["running_loss"] for frame in seen])


def finder_figure(found: RangeTest) -> Figure:
    """Draw the smoothed loss against the rate, and the suggested range as a band."""
    top = max([2.4, *(loss for loss in found.losses[:3].tolist())]) * 1.6
    shapes = []
    if found.lowest is not None and found.highest is not None:
        shapes.append({
            "type": "rect", "yref": "paper", "y0": 0, "y1": 1, "x0": found.lowest, "x1": found.highest,
            "fillcolor": "#009E73", "opacity": 0.18, "line": {"width": 0},
        })  # fmt: skip
    if found.suggested is not None:
        shapes.append({
            "type": "line", "yref": "paper", "y0": 0, "y1": 1, "x0": found.suggested, "x1": found.suggested,
            "line": {"color": "#009E73", "width": 3, "dash": "dash"},
        })  # fmt: skip
    return {
        "data": [{
            "type": "scatter", "mode": "lines", "x": found.rates.tolist(),
            "y": [loss if math.isfinite(loss) else None for loss in found.losses.tolist()],
            "line": {"color": COLOUR, "width": 5 if is_projected() else 3},
            "hovertemplate": "%{x:.3~g}: %{y:.3~g}<extra></extra>",
        }],
        "layout": {
            "height": 520 if is_projected() else 360,
            "margin": {"l": 10, "r": 10, "t": 10, "b": 10},
            "font": {"size": 21 if is_projected() else 14},
            "xaxis": {"type": "log", "range": [-5, 1], "title": {"text": _("learning rate")}, "dtick": 1,
                      "exponentformat": "power", "automargin": True},
            "yaxis": {"range": [0, top], "title": {"text": _("training loss of the batches (nats)")},
                      "automargin": True},
            "shapes": shapes,
            "separators": ", " if current() == "fr" else ".,",
        },
    }  # fmt: skip


def _draw(found: RangeTest) -> None:
    drawn = finder_figure(found)
    st.plotly_chart(drawn, key="blr-finder", config={"displayModeBar": False}, height=drawn["layout"]["height"],
                    alt=_("Training loss against the learning rate, which grows during the run"))  # fmt: skip


def _say(found: RangeTest) -> None:
    if found.lowest is None or found.highest is None or found.suggested is None:
        st.warning(_("The loss never falls clearly: no rate can be suggested."), icon=":material/help:")
        return
    suggested = found.suggested
    stop = max((rate for rate in RATES if rate <= suggested), default=RATES[0])
    with st.container(horizontal=True, vertical_alignment="center"):
        st.success(
            _("The loss falls from {lowest} on, is lowest near {highest}. A careful choice, a third of it: **{stop}**.",
              lowest=number(found.lowest, 1), highest=number(found.highest, 2), stop=number(stop)),
            icon=":material/target:")  # fmt: skip
        st.button(_("Try this rate above"), icon=":material/arrow_upward:", key="blr-finder-use",
                  on_click=controls.set_values, args=({"blr_rate": stop, "blr_schedule": "constant"},))  # fmt: skip
