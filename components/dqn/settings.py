"""The controls of the page, from sliders to settings."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import streamlit as st

from components import controls
from components.language import _
from components.lesson import PageLesson
from components.presets import presets, standing_on
from core.dqn.presets import BASE, PRESETS
from core.dqn.settings import DqnSettings
from core.dqn.stops import STOPS
from core.training.settings import bounds

PREFIX = "dqn_"
NAMES = (
    "world",
    "batch_size",
    "memory",
    "draw",
    "discount",
    "epsilon_decay",
    "target_unit",
    "target_every",
    "steps",
    "learning_rate",
    "seed",
    "pickup",
    "delivery",
    "crash",
    "charging",
)
"""The settings that the page's controls hold, in their order."""


def control_names() -> list[str]:
    """Return the names, in the address, of the controls of a training's settings."""
    return [f"{PREFIX}{name}" for name in NAMES]


def controls_of(settings: DqnSettings) -> dict[str, Any]:
    """Return where each control stands for these settings."""
    values = asdict(settings)
    return {f"{PREFIX}{name}": values[name] for name in NAMES}


def presets_row(lesson: PageLesson) -> None:
    """Show the presets, good and bad."""
    values = {name: controls_of(settings) for name, settings in PRESETS.items()}
    presets(
        lesson,
        values,
        lit=standing_on(values, controls_of(BASE)),
        apply=lambda name: apply(PRESETS[name]),
        key="dqn-presets",
    )


def apply(settings: DqnSettings) -> None:
    """Move every control to these settings, and look at the end of the training. Call it in a callback."""
    controls.set_values({**controls_of(settings), "dqn_age": -1})


def known_settings() -> DqnSettings | None:
    """Return what the controls will say, before they are drawn; None if only drawing them can tell.

    Raises:
        core.training.settings.SettingsError: the address held a value that no training can have.
    """
    keys = control_names()
    return _settings({key: st.session_state[key] for key in keys}) if controls.are_known(keys) else None


def choose_settings() -> DqnSettings:
    """Show the controls under the picture; return what they say.

    Raises:
        core.training.settings.SettingsError: the address held a value that no training can have.
    """
    names = labels()
    values: dict[str, Any] = {}

    def steps(name: str, **more: Any) -> None:
        values[f"{PREFIX}{name}"] = controls.steps(
            names[name], STOPS[name], getattr(BASE, name), key=f"{PREFIX}{name}", **more
        )

    for place, name in zip(st.columns(4, gap="medium"), ("batch_size", "memory", "discount", "draw"), strict=True):
        with place:
            if name == "draw":
                values["dqn_draw"] = _draw()
            else:
                steps(name)
    with st.expander(_("Advanced settings"), icon=":material/tune:"):
        first, second, third = st.columns(3, gap="medium")
        with first:
            values["dqn_target_unit"] = _target_unit()
            steps("target_every")
            steps("epsilon_decay", help=_("What ε, the share of random moves, is multiplied by at each crash."))
        with second:
            steps("steps")
            steps("learning_rate")
            low, high = bounds(DqnSettings, "seed")
            values["dqn_seed"] = controls.number(names["seed"], low, high, BASE.seed, key="dqn_seed")
        with third:
            for name in ("pickup", "delivery", "crash", "charging"):
                steps(name)
        values["dqn_world"] = _world()
    return _settings(values)


def labels() -> dict[str, str]:
    """Return the name of each setting in the page's language; the field's own terms stay."""
    return {
        "world": _("World"),
        "batch_size": _("Batch size"),
        "memory": _("Memory, in moments"),
        "draw": _("What a batch holds"),
        "discount": _("Discount γ"),
        "epsilon_decay": _("Decay of ε at each crash"),
        "target_unit": _("Target network renewed by"),
        "target_every": _("Every so many of them"),
        "steps": _("Moves of the training"),
        "learning_rate": _("Learning rate"),
        "seed": _("Seed"),
        "pickup": _("Reward for taking a parcel"),
        "delivery": _("Reward for a delivery"),
        "crash": _("Reward for a crash"),
        "charging": _("Reward for a move that ends on a station"),
    }


def _draw() -> str:
    names = {"random": _("drawn at random"), "latest": _("the latest")}
    return controls.choice(labels()["draw"], list(names), BASE.draw, key="dqn_draw", format_func=names.__getitem__)


def _target_unit() -> str:
    names = {"steps": _("moves"), "crashes": _("crashes"), "none": _("never apart: no target network")}
    return controls.choice(
        labels()["target_unit"], list(names), BASE.target_unit, key="dqn_target_unit", format_func=names.__getitem__
    )


def _world() -> str:
    names = {"small": _("small: one drone, 5 × 5"), "course": _("the course’s: three drones, 8 × 8")}
    return controls.choice(labels()["world"], list(names), BASE.world, key="dqn_world", format_func=names.__getitem__)


def _settings(values: dict[str, Any]) -> DqnSettings:
    return DqnSettings(**{name: values[f"{PREFIX}{name}"] for name in NAMES})
