"""What the pages that train a network share: the optimizers' names, the measure and the scale of the curves."""

from __future__ import annotations

import streamlit as st

from components import controls
from components.language import _, number
from core.training.constants import MOMENTUM


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
