"""The picture of the train / validation / test page: the curves of a run, and what the network does at each epoch."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
import streamlit as st

from components import controls, glossary, shown
from components.drawn_digit import drawn_digit
from components.in_browser import component, nothing, surroundings, transport_labels
from components.in_browser.told import count, take, told, turn
from components.language import _, number
from components.lesson import PageLesson
from components.train_val_test.moments import chances_of, frames_of, images_of
from components.train_val_test.settings import describe, differing
from core.files import base64_of
from core.runs.run import Run
from core.tasks.digits import data as digits
from core.tasks.digits.data import VALIDATION, Images
from core.tasks.digits.settings import DigitsSettings
from core.training.frames import Frame

COMPONENT = "tvt-picture"
KNOWN = 3
"""How many moments are shown while the question waits: epochs 0, 1 and 2, where both curves still fall."""
_RUN = "tvt: the run that the ruler stands on"


def show_picture(
    lesson: PageLesson,
    settings: DigitsSettings,
    frames: Sequence[Frame],
    *,
    run: Run | None,
    stage: str,
    pinned: Run | None,
    opened: bool = False,
    veiled: bool = False,
) -> None:
    """Show a run: finished, as it grows, or empty axes.

    Args:
        lesson: knows how often the question was played.
        settings: of the run.
        frames: those there are.
        run: the whole run, if it is over.
        stage: "empty", "live" or "over".
        pinned: the run behind it.
        opened: whether the test set was opened for it.
        veiled: show its first moments only, since the question waits for a guess.
    """
    state = _state(settings.run_id)
    measured = [frame for frame in frames if frame.measured]
    image, drawn = chosen_digit(state)
    behind = pinned if pinned is not None and pinned.settings != settings else None
    data = surroundings() | {
        "run": settings.run_id,
        "title": describe(settings),
        "terms": glossary.in_picture(COMPONENT, settings.model.upper()),
        "stage": stage,
        "epochs": max(_width(settings, measured, stage), getattr(behind.settings, "epochs", 0) if behind else 0),
        "frames": frames_of(run, measured),
        "batches": _batches(frames, measured),
        "pinned": _behind(behind, settings) if behind else None,
        "test": _test(measured) if opened else None,
        "mark": _mark(measured, stage),
        "images": images_of(run, measured),
        "digit": {"image": base64_of(image), "drawn": drawn} | chances_of(measured, image),
        "veiled": veiled,
        "known": KNOWN,
        "plays": lesson.plays,
        "heard": lesson.heard,
        "state": state,
        "hidden": _hidden(),
        "labels": _labels(_alt(measured)),
    }
    component("train_val_test/picture")(key=COMPONENT, data=data, on_state_change=_moved, on_seen_change=nothing)


def ask_error() -> None:
    """Show the error, on the scale that the question is about. Call it in a callback."""
    controls.set_values({"tvt_measure": "error", "tvt_scale": "linear", "tvt_frame": -1})


def chosen_digit(state: Mapping[str, Any]) -> tuple[Images, bool]:
    """Return the digit whose reading is followed (28, 28), and whether the student drew it."""
    drawn = drawn_digit(told(COMPONENT, "state").get("drawn"))
    if drawn is not None:
        return drawn, True
    return np.asarray(digits.load("validation")[0][state["digit"]]), False


def _state(run_id: str) -> dict[str, Any]:
    """Return what the address and the session say; the ruler goes to the end of a run that it has not stood on."""
    if st.session_state.get(_RUN) not in {None, run_id}:
        st.session_state["tvt_frame"] = -1
    st.session_state[_RUN] = run_id
    values = {name: controls.in_url(f"tvt_{name}", *limits) for name, limits in _controls().items()}
    return values | {"turn": turn(COMPONENT), "drawn": ""}


def _controls() -> dict[str, tuple[Any, Callable[[str], Any]]]:
    """Return each value's default, and how its text in the address is read; None refuses it."""

    def one_of(*options: str) -> Callable[[str], str | None]:
        return lambda text: text if text in options else None

    return {
        "measure": ("error", one_of("error", "loss")),
        "scale": ("linear", one_of("linear", "log")),
        "part": ("digit", one_of("digit", "mistakes", "matrix")),
        "frame": (-1, lambda text: int(text) if -1 <= int(text) <= 100 else None),
        "digit": (7, lambda text: int(text) if 0 <= int(text) < VALIDATION else None),
    }


def _moved() -> None:
    """Take over what the hand left, checked like any other input."""
    given = told(COMPONENT, "state")
    digit = count(given.get("digit"))
    take({**given, "digit": None if digit is None else digit % VALIDATION}, _controls(), "tvt_")


def _hidden() -> list[str]:
    names = {
        "tvt_measure": _("Measure"),
        "tvt_scale": _("Scale"),
        "tvt_frame": _("Epoch on the ruler"),
        "tvt_part": _("What is shown of the network"),
        "tvt_digit": _("Another digit"),
    }
    return shown.left_out(names)


def _batches(frames: Sequence[Frame], measured: Sequence[Frame]) -> list[list[float | None]]:
    """Return the loss of the batches themselves: what a run shows before its first epoch ends, or as it explodes."""
    if len(measured) > 2:
        return []
    running = [(f.epoch, f.metrics.get("running_loss", np.nan)) for f in frames if f.update > 0]
    return [[round(epoch, 4), round(loss, 4) if np.isfinite(loss) else None] for epoch, loss in running]


def _test(measured: Sequence[Frame]) -> dict[str, float | None]:
    last = measured[-1].metrics
    return {name: v if np.isfinite(v := last[f"test_{name}"]) else None for name in ("error", "loss")}


def _mark(measured: Sequence[Frame], stage: str) -> dict[str, Any] | None:
    """Return the vertical line: the best validation epoch (where early stopping would stop), or the divergence."""
    if stage != "over" or len(measured) < 2:
        return None
    if measured[-1].diverged:
        return {"epoch": measured[-1].epoch, "words": _("the loss is no longer a number")}
    best = min(measured, key=lambda frame: frame.metrics["validation_loss"])
    return {"epoch": best.epoch, "words": _("lowest validation loss: epoch {epoch}", epoch=number(best.epoch))}


def _width(settings: DigitsSettings, measured: Sequence[Frame], stage: str) -> int:
    """Return how many epochs the axis has: those that a run is to have; once it is over, those that it had begun."""
    return max(1, math.ceil(measured[-1].epoch)) if stage == "over" else settings.epochs


def _behind(pinned: Run, settings: DigitsSettings) -> dict[str, Any]:
    assert isinstance(pinned.settings, DigitsSettings)
    words = _("Pale, behind: {differing}", differing=differing(pinned.settings, settings))
    return {"words": words, "frames": frames_of(pinned, pinned.measured)}


def _alt(measured: Sequence[Frame]) -> str:
    if not measured:
        return _("Empty axes: this network has not been trained yet.")
    return _("Curves over the epochs. The ruler’s slider reads them.")


def _labels(alt: str) -> dict[str, Any]:
    moving = transport_labels(_("Epoch on the ruler"), back=_("One epoch back"), forward=_("One epoch forward"))
    return moving | {
        "alt": alt,
        "measures": _("Measure"),
        "error": _("Error rate"),
        "loss": _("Loss"),
        "scales": _("Scale"),
        "linear": _("Linear"),
        "log": _("Logarithmic"),
        "parts": _("What is shown of the network"),
        "partNames": {"digit": _("Digits"), "mistakes": _("Mistakes"), "matrix": _("Matrix")},
        "train": _("train"),
        "validation": _("validation"),
        "test": _("test"),
        "sealed": _("sealed"),
        "next": _("And then?"),
        "epoch": _("epoch %s"),
        "matrix": _("Confusion matrix"),
        "corner": _("true ↓ predicted →"),
        "cell": _("Digits %a taken for %b: %n"),
        "mistakes": _("Its surest mistakes"),
        "mistake": "%a → %b",
        "lost": _("None: its probabilities are no longer numbers."),
        "digit": _("How it reads a digit: draw yours"),
        "chosen": _("A validation digit"),
        "seen": _("What the network sees: 28 × 28 pixels"),
        "another": _("Another digit"),
        "erase": _("Erase"),
        "kept": _("as at epoch %s: weights are kept at some epochs only"),
        "later": _("once the training is over"),
    }
