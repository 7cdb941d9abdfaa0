"""The settings of the real networks: read from the address, and the controls that each part shows of them.

Whatever the student changes, a change of rate made live belonged to the run before: it is forgotten.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

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

T = TypeVar("T", str, int, float)

OPTIMIZERS = bounds(RateSettings, "optimizer")
EXAMPLES = (100, 500, 1_000, 5_000, 10_000, TRAIN)
SHOWN_SCHEDULES = tuple(name for name in SCHEDULES if name != "range_test")
SEEDS = (1, 999)
DEFAULTS: dict[str, Any] = {
    "blr_rate": 0.03,
    "blr_batch": 64,
    "blr_optimizer": "sgd",
    "blr_schedule": "constant",
    "blr_seed": 1,
    "blr_examples": TRAIN,
}


def read_settings() -> RateSettings:
    """Return what the controls of the real networks stand on, drawn or not.

    Raises:
        SettingsError: the address held a value that no run can have.
    """
    batch: int = _standing("blr_batch", _one_of(BATCHES))
    examples: int = _standing("blr_examples", _one_of(EXAMPLES))
    return RateSettings(
        learning_rate=_standing("blr_rate", _one_of(RATES)),
        batch_size=batch,
        optimizer=_standing("blr_optimizer", _one_of(OPTIMIZERS)),
        schedule=_standing("blr_schedule", _one_of(SHOWN_SCHEDULES)),
        seed=_standing("blr_seed", _seed),
        examples=examples,
        updates=budget(batch, examples),
        rate_changes=changes(),
    )


def choose_settings() -> None:
    """Show the two main sliders, and the rest under advanced settings."""
    left, right = st.columns(2)
    with left:
        rate_slider()
    with right:
        batch_slider()
    with st.expander(_("More settings of the network"), icon=":material/tune:"):
        one, two = st.columns(2)
        with one:
            optimizer_choice()
            low, high = SEEDS
            controls.number(_("Seed"), low, high, DEFAULTS["blr_seed"], key="blr_seed", on_change=forget_changes)
        with two:
            schedule_choice()
            controls.steps(
                _("Training examples"),
                EXAMPLES,
                DEFAULTS["blr_examples"],
                key="blr_examples",
                on_change=forget_changes,
            )


def choose_view() -> View:
    """Show what the curves are drawn of, and against what."""
    with st.container(horizontal=True, vertical_alignment="center"):
        axis: Axis = controls.choice(  # type: ignore[assignment]
            _("Horizontal axis"),
            AXES,
            "updates",
            key="blr_axis",
            format_func=axis_names().__getitem__,
            label_visibility="collapsed",
        )
        metric, log = choose_measure("blr")
    return View(axis, metric, log)


def rate_slider() -> None:
    """Show the slider of the network's learning rate."""
    label = _("Learning rate of the network")
    controls.steps(label, RATES, DEFAULTS["blr_rate"], key="blr_rate", on_change=forget_changes)


def batch_slider() -> None:
    """Show the slider of the network's batch size."""
    controls.steps(
        _("Batch size of the network"),
        BATCHES,
        DEFAULTS["blr_batch"],
        key="blr_batch",
        format_func=batch_name,
        on_change=forget_changes,
    )


def optimizer_choice() -> None:
    """Show the choice of the network's optimizer."""
    controls.choice(
        _("Optimizer of the network"),
        OPTIMIZERS,
        DEFAULTS["blr_optimizer"],
        key="blr_optimizer",
        kind="select",
        format_func=optimizer_names().__getitem__,
        on_change=forget_changes,
    )


def schedule_choice() -> None:
    """Show the choice of schedule."""
    controls.choice(
        _("Schedule"),
        SHOWN_SCHEDULES,
        DEFAULTS["blr_schedule"],
        key="blr_schedule",
        kind="select",
        format_func=schedule_names().__getitem__,
        on_change=forget_changes,
    )


def forget_changes() -> None:
    """Forget the changes of rate made live. Call it in a callback."""
    controls.set_values({"blr_changes": ""})


def _standing(key: str, parse: Callable[[str], Any]) -> Any:
    return controls.in_url(key, DEFAULTS[key], parse)


def _one_of(options: Sequence[T]) -> Callable[[str], T | None]:
    return {controls.address(option): option for option in options}.get


def _seed(text: str) -> int | None:
    low, high = SEEDS
    return int(text) if text.isdecimal() and len(text) <= len(str(high)) and low <= int(text) else None
