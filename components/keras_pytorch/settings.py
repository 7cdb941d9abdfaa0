"""The controls of the page that shows one training twice, from switches and sliders to settings."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import streamlit as st

from components import controls
from components.language import _
from components.lesson import PageLesson
from components.presets import control_presets
from core.keras_pytorch.presets import PRESETS
from core.keras_pytorch.settings import BATCHES, COURSE, FAULTS, RATES, SUBJECTS, UPDATES, LoopSettings
from core.training.settings import bounds

DEFAULT = COURSE["letters"]
KEY = "kp_{}"
BY_HAND = "kp: place that the hand chose"
"""In the session: where the picture stands, if its own hand put it there."""
DROPOUTS = (0.0, 0.1, 0.2, 0.3, 0.5, 0.7)


def presets_row(lesson: PageLesson) -> None:
    """Show the presets, good and bad."""
    values = {name: _controls_of(settings) for name, settings in PRESETS.items()}
    control_presets(lesson, values, _controls_of(DEFAULT), key="kp-presets")


def control_names() -> list[str]:
    """Return the names, in the address, of the controls of a training."""
    return list(_controls_of(DEFAULT))


def apply(settings: LoopSettings) -> None:
    """Move the controls to a training. Call it in a callback."""
    controls.set_values(_controls_of(settings))


def set_place(turn: int, piece: str) -> None:
    """Stand on a statement of a turn. Call it in a callback."""
    controls.set_values({"kp_turn": turn, "kp_piece": piece})
    st.session_state[BY_HAND] = None


def known_settings() -> LoopSettings:
    """Return what the controls say, or will say when they are drawn.

    Raises:
        SettingsError: the address held values that no training can have together.
    """
    subject = controls.in_url("kp_subject", DEFAULT.subject, lambda text: text if text in SUBJECTS else None)
    faults = controls.in_url("kp_faults", "", read_faults)
    values: dict[str, Any] = {}
    for name, options in _options().items():
        told = controls.standing(KEY.format(name), getattr(DEFAULT, name))
        values[name] = next((one for one in options if controls.address(one) == told), getattr(DEFAULT, name))
    low, high = bounds(LoopSettings, "seed")
    told = controls.standing("kp_seed", DEFAULT.seed)
    seed = int(told) if told.isdecimal() and low <= int(told) <= high else DEFAULT.seed
    return LoopSettings(subject=subject, faults=tuple(filter(None, faults.split("-"))), seed=seed, **values)


def sliders(settings: LoopSettings) -> None:
    """Show the sliders of a training."""
    names = labels()
    shown = ["updates", "batch_size", "learning_rate"] + (["dropout"] if settings.subject == "digits" else [])
    columns = st.columns(len(shown) + 1, gap="medium")
    for name, column in zip(shown, columns, strict=False):
        with column:
            controls.steps(names[name], _options()[name], getattr(DEFAULT, name), key=KEY.format(name))
    with columns[-1]:
        low, high = bounds(LoopSettings, "seed")
        controls.number(names["seed"], low, high, DEFAULT.seed, key="kp_seed")


def labels() -> dict[str, str]:
    """Return the name of each setting in the page's language."""
    return {
        "updates": _("Updates"),
        "batch_size": _("Batch size"),
        "learning_rate": _("Learning rate"),
        "dropout": _("Dropout"),
        "seed": _("Seed"),
    }


def fault_names() -> dict[str, str]:
    """Return what each fault is called in the page's language."""
    return {
        "no_reset": _("Forget to reset the gradients"),
        "softmax_twice": _("Softmax before a loss that already has one"),
        "wrong_sign": _("Learning rate with the wrong sign"),
        "no_shuffle": _("Sorted data, not shuffled"),
        "dropout_on": _("Validate with dropout on"),
        "wrong_view": _("A wrong size in view"),
        "shifted_labels": _("Labels shifted by one"),
    }


def toggled(settings: LoopSettings, fault: str) -> None:
    """Damage a line, or mend it. Call it in a callback."""
    if fault not in FAULTS:
        return
    faults = set(settings.faults) ^ {fault}
    controls.set_values({"kp_faults": "-".join(one for one in FAULTS if one in faults)})


def to_subject(settings: LoopSettings, subject: str) -> None:
    """Show the other training, with the same faults where it can have them. Call it in a callback."""
    if subject in SUBJECTS and subject != settings.subject:
        apply(replace(COURSE[subject], faults=settings.faults))
        set_place(1, "backward")


def read_faults(told: str) -> str | None:
    """Return the faults that an address names, in their order; None if one is unknown."""
    names = set(filter(None, told.split("-")))
    return "-".join(one for one in FAULTS if one in names) if names <= set(FAULTS) else None


def _options() -> dict[str, tuple[float, ...]]:
    return {"updates": UPDATES, "batch_size": BATCHES, "learning_rate": RATES, "dropout": DROPOUTS}


def _controls_of(settings: LoopSettings) -> dict[str, Any]:
    names = ("subject", "updates", "batch_size", "learning_rate", "dropout", "seed")
    return {KEY.format(name): getattr(settings, name) for name in names} | {"kp_faults": "-".join(settings.faults)}
