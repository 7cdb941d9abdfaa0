"""The learning-rate finder on the page: one run whose rate grows, the loss against it, the range it suggests."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import streamlit as st

from components import controls
from components.batch_learning_rate.settings import batch_slider, optimizer_choice
from components.batch_learning_rate.words import batch_name
from components.figures import BLUE, GREEN, Figure, axis, figure, log_axis, show, stroke
from components.language import _, _n, current, number
from components.lesson import PageLesson
from components.projection import is_projected
from components.run_controls import course_runs, follow, say_end, say_origin, start_button
from components.trainings import optimizer_names
from core.batch_learning_rate.range_test import RangeTest, read_range_test
from core.batch_learning_rate.settings import RATES, RateSettings, finder_settings
from core.training.frames import Frame


def finder_view(lesson: PageLesson, settings: RateSettings) -> None:
    """Show the range test for a batch size and an optimizer."""
    st.subheader(lesson.heading("text-finder"), anchor=False)
    lesson.words("text-finder")
    left, right = st.columns(2)
    with left:
        batch_slider()
    with right:
        optimizer_choice()
    test = finder_settings(settings)
    batch, optimizer = batch_name(test.batch_size), optimizer_names()[test.optimizer]
    st.caption(
        _n(
            "Batch {batch}, {optimizer}, {count} update",
            "Batch {batch}, {optimizer}, {count} updates",
            test.updates,
            batch=batch,
            optimizer=optimizer,
        )
    )
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


def finder_figure(found: RangeTest, *, projected: bool = False, language: str = "fr") -> Figure:
    """Draw the smoothed loss against the rate, and the suggested range as a band."""
    top = max([2.4, *(loss for loss in found.losses[:3].tolist())]) * 1.6
    whole_height = {"yref": "paper", "y0": 0, "y1": 1}
    shapes: list[dict[str, Any]] = []
    if found.lowest is not None and found.highest is not None:
        band = {"type": "rect", "x0": found.lowest, "x1": found.highest, "fillcolor": GREEN, "opacity": 0.18}
        shapes.append(band | whole_height | {"line": {"width": 0}})
    if found.suggested is not None:
        line = {"type": "line", "x0": found.suggested, "x1": found.suggested}
        shapes.append(line | whole_height | {"line": {"color": GREEN, "width": stroke(3, projected), "dash": "dash"}})
    trace = {
        "type": "scatter",
        "mode": "lines",
        "x": found.rates.tolist(),
        "y": [loss if math.isfinite(loss) else None for loss in found.losses.tolist()],
        "line": {"color": BLUE, "width": stroke(3, projected)},
        "hovertemplate": "%{x:.3~g} → %{y:.3~g}<extra></extra>",
    }
    return figure(
        [trace],
        x=log_axis(_("learning rate"), range=[-5, 1]),
        y=axis(_("training loss of the batches (nats)"), range=[0, top]),
        height=520 if projected else 360,
        projected=projected,
        language=language,
        shapes=shapes,
    )


def _draw(found: RangeTest) -> None:
    drawn = finder_figure(found, projected=is_projected(), language=current())
    show(drawn, key="blr-finder", alt=_("Training loss against the learning rate, which grows during the run"))


def _say(found: RangeTest) -> None:
    if found.lowest is None or found.highest is None or found.suggested is None:
        st.warning(_("The loss never falls clearly: no rate can be suggested."), icon=":material/help:")
        return
    suggested = found.suggested
    stop = max((rate for rate in RATES if rate <= suggested), default=RATES[0])
    with st.container(horizontal=True, vertical_alignment="center"):
        said = _(
            "The loss falls from {lowest} on, is lowest near {highest}. A careful choice, a third of it: **{stop}**.",
            lowest=number(found.lowest, 1),
            highest=number(found.highest, 2),
            stop=number(stop),
        )
        st.success(said, icon=":material/target:")
        st.button(
            _("Try this rate in “Real networks”"),
            icon=":material/arrow_forward:",
            key="blr-finder-use",
            on_click=controls.set_values,
            args=({"blr_rate": stop, "blr_schedule": "constant", "blr_changes": "", "blr_view": "runs"},),
        )
