"""A run of a phase on the page: asked for, followed, replayed moment by moment; what it measures, what is then told."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import streamlit as st

from components.in_browser import component, surroundings, transport_labels
from components.in_browser.told import count
from components.language import _
from components.run_controls import course_runs, follow, say_end, say_origin, start_button
from core.runs.live import LiveRun
from core.runs.run import Run
from core.training.frames import Frame
from core.training.settings import Settings


@dataclass(frozen=True)
class Measure:
    """What is drawn of a run.

    Attributes:
        metric: its name in the frames.
        name: in the page's language.
        about: what it says, in a sentence.
        unit: "share" or "number".
        low: where its axis begins, at most; None where whole numbers around what was measured do.
        high: where its axis ends, at least; None likewise.
        level: a metric to compare it with, and its name; None without one.
    """

    metric: str
    name: str
    about: str
    unit: str
    low: float | None
    high: float | None
    level: tuple[str, str] | None = None


Samples = Callable[[Frame], list[dict[str, Any]]]
"""Makes of a frame the texts that are shown with it: `title`, `text`, `good`, `note`."""


def lab(key: str, settings: Settings, measures: Sequence[Measure], samples: Samples, label: str) -> Run | None:
    """Show a run: finished, as it grows, or the button that begins it; return it once it is finished.

    Args:
        key: of the component.
        settings: of the run.
        measures: what is drawn.
        samples: the texts of a moment.
        label: of the button.
    """
    runs = course_runs()
    found, live = runs.find(settings), runs.live(settings.run_id)
    if found is not None:
        _show(key, found.run_id, found.measured, measures, samples)
        say_origin(found)
        return found
    if live is not None and not live.over:

        def draw(growing: LiveRun) -> None:
            frames = [frame for frame in growing.frames if frame.measured]
            _show(key, settings.run_id, frames, measures, samples, live=True)

        follow(settings, draw)
        return None
    frames = [frame for frame in live.frames if frame.measured] if live else []
    say_end(live)
    start_button(settings, label=label, key=f"{key}-start")
    if frames:  # what was stopped is kept
        _show(key, settings.run_id, frames, measures, samples)
    return None


def _show(
    key: str,
    run: str,
    frames: Sequence[Frame],
    measures: Sequence[Measure],
    samples: Samples,
    *,
    live: bool = False,
) -> None:
    if not frames:
        return
    known = st.session_state.get(key)
    moment = count(known.get("moment")) if isinstance(known, Mapping) else None
    last = len(frames) - 1
    data = surroundings() | {
        "run": run,
        "updates": [frame.update for frame in frames],
        "measures": [_drawn(measure, frames) for measure in measures],
        "samples": [samples(frame) for frame in frames],
        "moment": last if moment is None else min(moment, last),
        "live": live,
        "transport": transport_labels(_("Moment of the run"), back=_("Moment before"), forward=_("Next moment")),
        "labels": {"update": _("update {number}", number="%n")},
    }
    component("three_phases/lab")(key=key, data=data, on_moment_change=lambda: None)


def _drawn(measure: Measure, frames: Sequence[Frame]) -> dict[str, Any]:
    values = [_finite(frame.metrics.get(measure.metric)) for frame in frames]
    known = [value for value in values if value is not None]
    level = None
    if measure.level is not None:
        compared = _finite(frames[-1].metrics.get(measure.level[0]))
        level = None if compared is None else {"value": compared, "words": measure.level[1]}
        known += [] if compared is None else [compared]
    return {
        "name": measure.name,
        "about": measure.about,
        "unit": measure.unit,
        "values": values,
        "low": math.floor(min(known, default=0.0)) if measure.low is None else min([measure.low, *known]),
        "high": _top(measure.high, known),
        "level": level,
    }


def _top(least: float | None, known: Sequence[float]) -> float:
    """Return where an axis ends: a bit above what was measured."""
    if least is None:
        return math.floor(max(known, default=0.0)) + 1.0
    return max([least, *(1.05 * value for value in known)])


def _finite(value: float | None) -> float | None:
    return None if value is None or not math.isfinite(value) else value
