"""What the pages that train a network share: the optimizers' names, the measure and the scale of the curves."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import TYPE_CHECKING

import streamlit as st

from components import controls
from components.language import _, number
from components.notebook.keep import keep
from core.notebook.experiment import Figure, thinned
from core.training.constants import MOMENTUM

if TYPE_CHECKING:
    from core.runs.run import Run


def optimizer_names() -> dict[str, str]:
    """Return what each optimizer is called, as its library writes it."""
    return {"sgd": "SGD", "momentum": f"SGD + momentum {number(MOMENTUM)}", "rmsprop": "RMSprop", "adam": "Adam"}


def choose_measure(prefix: str) -> tuple[str, bool]:
    """Show what the curves may be drawn of, and on which scale.

    Args:
        prefix: of the controls' keys in the URL.

    Returns:
        "loss" or "error", and whether the scale is logarithmic.
    """
    metrics = {"loss": _("Loss"), "error": _("Error rate")}
    scales = {"log": _("Log scale"), "linear": _("Linear scale")}
    with st.container(horizontal=True, vertical_alignment="center"):
        metric = controls.choice(
            _("Measure"),
            list(metrics),
            "loss",
            key=f"{prefix}_measure",
            format_func=metrics.__getitem__,
            label_visibility="collapsed",
        )
        scale = controls.choice(
            _("Scale"),
            list(scales),
            "log",
            key=f"{prefix}_scale",
            format_func=scales.__getitem__,
            label_visibility="collapsed",
        )
    return metric, scale == "log"


def measure_title(metric: str) -> str:
    """Return the title of the axis of a measure, with its unit."""
    return _("loss (cross-entropy, nats)") if metric == "loss" else _("error rate")


def keep_run(stem: str, run: Run, by: Iterable[str], *, seed: str, part: str = "") -> None:
    """Have the notebook keep a finished run: how it ended on the validation set, how long it took, and its curves.

    Args:
        stem: of the page.
        run: the run.
        by: keys of the controls of its settings.
        seed: key of the control that holds its seed.
        part: of the page, as `components.notebook.keep.keep` takes it.
    """
    measured = run.measured
    last = measured[-1] if measured else run.frames[-1]
    is_whole = run.status != "diverged" and "validation_loss" in last.metrics
    figures = {
        "loss": Figure(_("Validation loss"), last.metrics["validation_loss"] if is_whole else math.nan, "nats"),
        "seconds": Figure(_("Training time"), run.frames[-1].seconds, "s"),
    }
    if "validation_error" in last.metrics:
        error = 100 * last.metrics["validation_error"] if is_whole else math.nan
        figures = {"error": Figure(_("Validation error"), error, "%"), **figures}
    updates = [frame.update for frame in measured]
    curves = {}
    for name, label in (("train_loss", _("Train loss")), ("validation_loss", _("Validation loss"))):
        if name in last.metrics:
            losses = [frame.metrics.get(name, math.nan) for frame in measured]
            curves[name] = thinned(label, updates, losses, _("updates"), _("loss (nats)"))
    news = "" if run.recorded else run.run_id
    keep(stem, by, figures, curves=curves, seed=seed, news=news, part=part)
