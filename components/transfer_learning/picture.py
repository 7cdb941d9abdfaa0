"""The picture of the transfer learning page: what each way reaches on people never seen, and what a run reads."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from components.in_browser import component, nothing, surroundings
from components.in_browser.told import turn
from components.language import _, percent
from components.lesson import PageLesson
from components.transfer_learning.reading import panel_of
from components.transfer_learning.settings import differing
from components.transfer_learning.state import COMPONENT, hidden, moved
from core.runs.run import Run
from core.tasks.signs.settings import WAYS, SignsSettings
from core.training.frames import Frame
from core.transfer_learning.curves import Point, curves
from core.transfer_learning.stops import PHOTOS

KNOWN = 2
"""Photos of each sign up to which the curves are shown while the question waits."""
Own = Mapping[str, Any]
"""A run of this session: {"way", "photos", "reached"}."""


def show_picture(
    lesson: PageLesson,
    here: Mapping[str, Any],
    settings: SignsSettings,
    frames: Sequence[Frame],
    *,
    run: Run | None,
    stage: str,
    own: Sequence[Own] = (),
) -> None:
    """Show the curves, and beside them a run: finished, as it grows, or none yet.

    Args:
        lesson: knows how often the question was played.
        here: where the picture stands.
        settings: of the run.
        frames: those there are.
        run: the whole run, if it is over.
        stage: "empty", "live" or "over".
        own: what was trained in this session, on the same split.
    """
    veiled = lesson.asked.plays == 0 and not lesson.asked.is_settled and here["split"] == "people"
    measured = [frame for frame in frames if frame.measured]
    data = surroundings() | {
        "ways": list(WAYS),
        "stops": list(PHOTOS),
        "curves": {way: [_drawn(point) for point in curves()[here["split"]][way]] for way in WAYS},
        "state": {**here, "turn": turn(COMPONENT)},
        "run": {
            "stage": stage,
            "reached": [_accuracy(frame) for frame in measured],
            "differs": differing(settings),
            "recorded": run is not None and run.recorded,
        },
        "panel": panel_of(settings, measured) if run is not None else None,
        "own": list(own),
        "veiled": veiled,
        "known": KNOWN,
        "plays": lesson.plays,
        "heard": lesson.heard,
        "hidden": hidden(),
        "labels": _labels(),
    }
    mount = component("transfer_learning/picture")
    mount(key=COMPONENT, data=data, on_state_change=moved, on_seen_change=nothing)


def way_names() -> dict[str, str]:
    """Return what each way is called."""
    return {
        "scratch": _("from scratch"),
        "random": _("random base, frozen"),
        "imagenet": _("ImageNet base, frozen"),
        "tuned": _("ImageNet base, fine-tuned"),
    }


def _drawn(point: Point) -> dict[str, Any]:
    deviation = point.deviation
    return {
        "photos": point.photos,
        "mean": round(point.mean, 5),
        "deviation": round(deviation, 5) if math.isfinite(deviation) else 0,
        "seeds": len(point.reached),
    }


def _accuracy(frame: Frame) -> float:
    error = frame.metrics.get("validation_error", math.nan)
    return round(1 - error, 5) if math.isfinite(error) else 0.0


def _labels() -> dict[str, Any]:
    return {
        "alt": _("Accuracy against the number of photos of each sign, for four ways to learn. The slider reads them."),
        "ways": way_names(),
        "way": _("Way to learn"),
        "photos": _("Photos of each sign"),
        "photosAxis": _("photos of each sign to learn from"),
        "all": _("all of them"),
        "reached": {
            "people": _("signs read right, on people never seen"),
            "photos": _("signs read right, on photos at random"),
        },
        "split": _("Measured on"),
        "splitNames": {"people": _("new people"), "photos": _("photos at random")},
        "parts": _("Beside the curves"),
        "partNames": {"mistakes": _("Mistakes"), "signs": _("Signs"), "map": _("Map")},
        "chance": _("guessing: {share}", share=percent(0.1, 0)),
        "asked": _("and with more photos?"),
        "told": _("%w: %s"),
        "seeds": _("%m, ± %d from one draw to another (%n draws)"),
        "run": _("This run: %s"),
        "live": _("It is learning: %s"),
        "none": _("Not trained yet with these settings."),
        "later": _("Guess first: the answer is there."),
        "mistakes": _("Its surest mistakes, of %n photos"),
        "mistake": _("a %a, read as %b with %n"),
        "read": _("read %b, is %a"),
        "perfect": _("No mistake."),
        "signs": _("Read right, sign by sign"),
        "taken": _("most often taken for %b"),
        "map": _("Each photo, placed by what is seen in it"),
        "before": {"pixels": _("its pixels"), "untrained": _("the network before"), "base": _("the base before")},
        "after": {"features": _("the base"), "trained": _("the network after")},
        "alike": _("Of its five nearest photos, %n show the same sign"),
        "kept": _("The plane shows %n of what differs"),
        "slide": _("From before to after"),
        "more": _("Other measures"),
    }
