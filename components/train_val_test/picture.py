"""The curves of the train / validation / test page, and the numbers they end on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from components.figures import Curve, Figure, axis_range, column, curves, show
from components.language import _, current, number, percent
from components.projection import is_projected
from components.train_val_test.settings import labels
from components.trainings import choose_measure, measure_title
from core.runs.run import Run
from core.tasks.digits.settings import DigitsSettings
from core.training.frames import Frame


@dataclass(frozen=True)
class View:
    """How the curves are drawn: what of, and on which scale."""

    metric: str
    log: bool


def view_controls() -> View:
    """Show what the curves may be drawn as."""
    return View(*choose_measure("tvt"))


def run_figure(
    settings: DigitsSettings,
    frames: Sequence[Frame],
    view: View,
    *,
    pinned: Run | None,
    opened: bool,
    cursor: float | None,
    projected: bool = False,
    language: str = "fr",
) -> Figure:
    """Draw a run: train, validation, test if it was opened, and the pinned run behind it."""
    measured = [frame for frame in frames if frame.measured]
    drawn = []
    if pinned is not None and pinned.settings != settings:
        drawn += _run_curves(pinned.measured, view, _difference(pinned, settings), opened=False, faded=True)
    diverged = bool(frames) and frames[-1].diverged
    if view.metric == "loss" and (diverged or len(measured) <= 1):
        drawn.append(_running(frames))
    own = _run_curves(measured, view, "", opened=opened, faded=False)
    drawn += own
    everything = [value for curve in drawn for value in curve.y] + (
        [0.05, 2.5] if view.metric == "loss" else [0.01, 0.9]
    )
    end = max([settings.epochs, *(curve.x[-1] for curve in drawn if curve.x)])
    return curves(
        drawn,
        y_title=measure_title(view.metric),
        x_title=_("epochs"),
        log=view.log,
        x_range=(-0.02 * end, 1.02 * end),
        y_range=axis_range(everything, log=view.log),
        marks=_marks(measured, diverged),
        cursor=cursor,
        projected=projected,
        height=620 if projected else 400,
        language=language,
    )


def show_run(
    settings: DigitsSettings,
    frames: Sequence[Frame],
    view: View,
    *,
    pinned: Run | None,
    opened: bool = False,
    cursor: float | None = None,
) -> None:
    """Show a run, and say in words what the curves show."""
    drawn = run_figure(
        settings,
        frames,
        view,
        pinned=pinned,
        opened=opened,
        cursor=cursor,
        projected=is_projected(),
        language=current(),
    )
    show(drawn, key="tvt-curves", alt=_alt([frame for frame in frames if frame.measured]))


def _alt(measured: Sequence[Frame]) -> str:
    if not measured:
        return _("Empty axes: this network has not been trained yet.")
    last = measured[-1].metrics
    return _(
        "Curves over epochs; last validation loss {loss}, last training loss {train}.",
        loss=number(last["validation_loss"]),
        train=number(last["train_loss"]),
    )


def final_numbers(run: Run, *, opened: bool) -> None:
    """Show the three error rates at the end of the run; the test one only if it was opened."""
    last = run.measured[-1].metrics
    names = {"train": _("Train accuracy"), "validation": _("Validation accuracy"), "test": _("Test accuracy")}
    for split, name in names.items():
        sealed = split == "test" and not opened
        st.metric(name, _("sealed") if sealed else percent(1 - last[f"{split}_error"], 2))


def _run_curves(frames: Sequence[Frame], view: View, suffix: str, *, opened: bool, faded: bool) -> list[Curve]:
    names = {"train": _("train"), "validation": _("validation"), "test": _("test")}
    shown = [split for split in names if split != "test" or opened]
    x = [frame.epoch for frame in frames]
    return [
        Curve(split, f"{names[split]}{suffix}", x, column(frames, f"{split}_{view.metric}"), faded) for split in shown
    ]


def _running(frames: Sequence[Frame]) -> Curve:
    """Return the loss of the batches themselves: what a run shows before its first epoch ends, or as it explodes."""
    running = [frame for frame in frames if frame.update > 0]
    return Curve("train", _("batches"), [f.epoch for f in running], column(running, "running_loss"), faded=True)


def _marks(measured: Sequence[Frame], diverged: bool) -> list[tuple[float, str]]:
    """Return the vertical lines: the best validation epoch (where early stopping would stop), the divergence."""
    if diverged:
        return [(measured[-1].epoch, _("the loss is no longer a number"))]
    if len(measured) < 3:
        return []
    best = min(measured[1:], key=lambda frame: frame.metrics["validation_loss"])
    return [(best.epoch, _("best validation: epoch {epoch}", epoch=number(best.epoch)))]


def _difference(pinned: Run, settings: DigitsSettings) -> str:
    """Return what the legend says of a pinned run: the settings in which it differs."""
    names, found = labels(), pinned.settings.differences(settings)
    differing = {name: found[name][0] for name in names if name in found}
    told = [
        f"{names[name]} {number(mine) if isinstance(mine, (int, float)) else mine.upper()}"
        for name, mine in differing.items()
    ]
    return f" ({', '.join(told)})"
