"""The controls of the right picture, from sliders to settings."""

from __future__ import annotations

from typing import Any

import streamlit as st

from components import controls
from components.batch_learning_rate.curves import View
from components.batch_learning_rate.link import changes
from components.batch_learning_rate.words import axis_names, batch_name, schedule_names
from components.language import _
from components.trainings import choose_measure, optimizer_names
from core.batch_learning_rate.comparison import AXES, Axis
from core.batch_learning_rate.settings import BATCHES, RATES, RateSettings, budget
from core.tasks.digits.data import TRAIN
from core.training.schedules import SCHEDULES
from core.training.settings import bounds

OPTIMIZERS = bounds(RateSettings, "optimizer")
EXAMPLES = (100, 500, 1_000, 5_000, 10_000, TRAIN)


def choose_settings() -> tuple[RateSettings, View]:
    """Show the two main sliders, the axis, and the rest under advanced settings; return what they say.

    Raises:
        SettingsError: the address held a value that no run can have.
    """
    left, right = st.columns(2)
    with left:
        rate = controls.steps(_("Learning rate"), RATES, 0.03, key="blr_rate")
    with right:
        batch = controls.steps(_("Batch size"), BATCHES, 64, key="blr_batch", format_func=batch_name)
    with st.expander(_("Advanced settings"), icon=":material/tune:"):
        more = _advanced()
        metric, log = choose_measure("blr")
    axis: Axis = controls.choice(  # type: ignore[assignment]
        _("Horizontal axis"),
        AXES,
        "updates",
        key="blr_axis",
        format_func=axis_names().__getitem__,
        label_visibility="collapsed",
    )
    settings = RateSettings(
        learning_rate=rate, batch_size=batch, updates=budget(batch, more["examples"]), rate_changes=changes(), **more
    )
    return settings, View(axis, metric, log)


def _advanced() -> dict[str, Any]:
    names = optimizer_names()
    one, two = st.columns(2)
    with one:
        optimizer = controls.choice(
            _("Optimizer"), OPTIMIZERS, "sgd", key="blr_optimizer", kind="select", format_func=names.__getitem__
        )
        seed = controls.number(_("Seed"), 1, 999, 1, key="blr_seed")
    with two:
        labels = schedule_names()
        shown = [name for name in SCHEDULES if name != "range_test"]
        schedule = controls.choice(
            _("Schedule"), shown, "constant", key="blr_schedule", kind="select", format_func=labels.__getitem__
        )
        examples = controls.steps(_("Training examples"), EXAMPLES, TRAIN, key="blr_examples")
    if changes():
        st.button(_("Forget the changes of rate"), key="blr-forget", on_click=_forget, icon=":material/undo:")
    return {"optimizer": optimizer, "seed": seed, "schedule": schedule, "examples": examples}


def _forget() -> None:
    controls.set_values({"blr_changes": ""})
