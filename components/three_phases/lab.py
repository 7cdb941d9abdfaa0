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
from components.run_controls import course_runs, follow, has_stopped, say_end, say_origin, start_button
from components.three_phases.own import remember
from core.files import Arrays
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
        level: a metric or a number to compare it with, and its name; None without one.
    """

    metric: str
    name: str
    about: str
    unit: str
    low: float | None
    high: float | None
    level: tuple[str | float, str] | None = None


@dataclass(frozen=True)
class Moment:
    """A moment of a training as it is drawn.

    Attributes:
        update: after how many updates.
        metrics: by name.
        samples: texts that are shown with it: `title`, `text`, `good`, `note`.
    """

    update: int
    metrics: Mapping[str, float]
    samples: list[dict[str, Any]]


@dataclass(frozen=True)
class Beside:
    """A recorded run that is drawn behind, to compare.

    Attributes:
        words: what it is.
        run: the run.
    """

    words: str
    run: Run


Samples = Callable[[Frame], list[dict[str, Any]]]
"""Makes of a frame the texts that are shown with it."""


def lab(
    key: str,
    settings: Settings,
    measures: Sequence[Measure],
    samples: Samples,
    label: str,
    given: Arrays | None = None,
    beside: Beside | None = None,
) -> Run | None:
    """Show a run: finished, as it grows, or the button that begins it; return it once it is finished.

    Args:
        key: of the component.
        settings: of the run.
        measures: what is drawn.
        samples: the texts of a moment.
        label: of the button.
        given: the arrays of another run's frame that it begins with, where its settings name one.
        beside: a recorded run to compare with.
    """
    runs = course_runs()
    found, live = runs.find(settings), runs.live(settings.run_id)
    if found is not None:
        show_moments(key, found.run_id, _moments(found.frames, samples), measures, beside=beside)
        say_origin(found)
        if not found.recorded:
            remember(settings, found.frames)
        return found
    if live is not None and not live.over and not has_stopped(settings.run_id):

        def draw(growing: LiveRun) -> None:
            show_moments(key, settings.run_id, _moments(growing.frames, samples), measures, live=True, beside=beside)

        follow(settings, draw)
        return None
    if live is not None and not live.over:
        st.info(_("Stopped on this page. Someone else goes on with the same run."), icon=":material/stop_circle:")
    say_end(live)
    start_button(settings, label=label, key=f"{key}-start", given=given)
    if live is not None:  # what was stopped is kept
        show_moments(key, settings.run_id, _moments(live.frames, samples), measures, beside=beside)
        remember(settings, live.frames)
    return None


def _moments(frames: Sequence[Frame], samples: Samples) -> list[Moment]:
    """Return the measured frames; before the first update stands the loss that this one begins with."""
    found = []
    for at, frame in enumerate(frames):
        if frame.measured:
            metrics = dict(frame.metrics)
            if not frame.update and at + 1 < len(frames):
                metrics["running_loss"] = frames[at + 1].metrics["running_loss"]
            found.append(Moment(frame.update, metrics, samples(frame)))
    return found


def show_moments(
    key: str,
    run: str,
    moments: Sequence[Moment],
    measures: Sequence[Measure],
    *,
    live: bool = False,
    evenly: bool = False,
    beside: Beside | None = None,
) -> None:
    """Show measures and texts moment by moment.

    Args:
        key: of the component.
        run: whose moments they are: another one begins at its end.
        moments: in order; nothing is shown without any.
        measures: what is drawn.
        live: whether moments are still coming.
        evenly: whether all moments are as far from each other, however many updates lie between them.
        beside: a recorded run to compare with.
    """
    if not moments:
        return
    known = st.session_state.get(key)
    moment = count(known.get("moment")) if isinstance(known, Mapping) else None
    last = len(moments) - 1
    data = surroundings() | {
        "run": run,
        "updates": [each.update for each in moments],
        "evenly": evenly,
        "measures": [_drawn(measure, moments, beside) for measure in measures],
        "beside": beside.words if beside is not None else "",
        "samples": [each.samples for each in moments],
        "moment": last if moment is None else min(moment, last),
        "live": live,
        "transport": transport_labels(_("Moment of the run"), back=_("Moment before"), forward=_("Next moment")),
        "labels": {"update": _("update {number}", number="%n")},
    }
    component("three_phases/lab")(key=key, data=data, on_moment_change=lambda: None)


def _drawn(measure: Measure, moments: Sequence[Moment], beside: Beside | None) -> dict[str, Any]:
    values = [_finite(each.metrics.get(measure.metric)) for each in moments]
    behind = _behind(measure, beside)
    known = [value for value in [*values, *(value for _place, value in behind)] if value is not None]
    level = None
    if measure.level is not None:
        of = measure.level[0]
        compared = of if isinstance(of, float) else _finite(moments[-1].metrics.get(of))
        level = None if compared is None else {"value": compared, "words": measure.level[1]}
        known += [] if compared is None else [compared]
    return {
        "name": measure.name,
        "about": measure.about,
        "unit": measure.unit,
        "values": values,
        "behind": behind,
        "low": math.floor(min(known, default=0.0)) if measure.low is None else min([measure.low, *known]),
        "high": _top(measure.high, known),
        "level": level,
    }


def _behind(measure: Measure, beside: Beside | None) -> list[tuple[float, float]]:
    """Return where the other run was, by the share of its updates that were done."""
    if beside is None or measure.metric == "running_loss":  # another method's is another loss
        return []
    frames = beside.run.measured
    found = [(frame.update / frames[-1].update, _finite(frame.metrics.get(measure.metric))) for frame in frames]
    return [(place, value) for place, value in found if value is not None]


def _top(least: float | None, known: Sequence[float]) -> float:
    """Return where an axis ends: a bit above what was measured."""
    if least is None:
        return math.floor(max(known, default=0.0)) + 1.0
    return max([least, *(1.05 * value for value in known)])


def _finite(value: float | None) -> float | None:
    return None if value is None or not math.isfinite(value) else round(value, 5)
