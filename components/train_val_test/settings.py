"""The controls of the train / validation / test page, from presets and sliders to settings."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import streamlit as st

from components import controls
from components.language import _, _n, number
from components.lesson import PageLesson
from components.presets import control_presets
from components.trainings import optimizer_names
from core.tasks.digits.settings import DigitsSettings
from core.train_val_test.choices import BATCHES, DECAYS, EPOCHS, EXAMPLES, RATES
from core.train_val_test.presets import PRESETS
from core.training.settings import bounds

DEFAULT = PRESETS["overfit"]
"""The page opens on its own question."""
KEY = "tvt_{}"


def control_names() -> list[str]:
    """Return the names, in the address, of the controls of a network's settings."""
    return list(_controls_of(DEFAULT))


def presets_row(lesson: PageLesson) -> None:
    """Show the presets, good and bad."""
    values = {name: _controls_of(settings) for name, settings in PRESETS.items()}
    control_presets(lesson, values, _controls_of(DEFAULT), key="tvt-presets")


def apply_preset(name: str) -> None:
    """Move the controls to a preset. Call it in a callback."""
    controls.set_values(_controls_of(PRESETS[name]))


def describe(settings: DigitsSettings) -> str:
    """Say in a line what is trained: the four settings that stand under the picture."""
    examples = _n("{count} digit", "{count} digits", settings.examples)
    epochs = _n("{count} epoch", "{count} epochs", settings.epochs)
    rate = f"learning rate {number(settings.learning_rate)}"
    return f"{settings.model.upper()} · {examples} · {epochs} · {rate}"


def differing(settings: DigitsSettings, other: DigitsSettings) -> str:
    """Say in which settings a run differs from another, with its own values."""
    names, found = labels(), settings.differences(other)
    told = {name: found[name][0] for name in names if name in found}
    return ", ".join(
        f"{names[name]} {number(v) if isinstance(v, (int, float)) else v.upper()}" for name, v in told.items()
    )


def _controls_of(settings: DigitsSettings) -> dict[str, Any]:
    return {KEY.format(name): value for name, value in asdict(settings).items()}


def choose_settings() -> DigitsSettings:
    """Show the controls and return what they say.

    Raises:
        SettingsError: the address held a value that no run can have.
    """
    names = labels()
    models = {"mlp": "MLP", "cnn": "CNN"}
    values: dict[str, Any] = {}
    network, examples, epochs, rate = st.columns(4, gap="medium")
    with network:
        values["model"] = controls.choice(
            names["model"], list(models), DEFAULT.model, key="tvt_model", format_func=models.__getitem__
        )
    with examples:
        values["examples"] = controls.steps(names["examples"], EXAMPLES, DEFAULT.examples, key="tvt_examples")
    with epochs:
        values["epochs"] = controls.steps(names["epochs"], EPOCHS, DEFAULT.epochs, key="tvt_epochs")
    with rate:
        values["learning_rate"] = controls.steps(
            names["learning_rate"], RATES, DEFAULT.learning_rate, key="tvt_learning_rate"
        )
    with st.expander(_("Advanced settings"), icon=":material/tune:"):
        values |= _advanced(names)
    return DigitsSettings(**values)


def known_settings() -> DigitsSettings | None:
    """Return what the controls will say, before they are drawn; None if only drawing them can tell.

    Raises:
        SettingsError: as `choose_settings`.
    """
    keys = {name: KEY.format(name) for name in asdict(DEFAULT)}
    if not controls.are_known(keys.values()):
        return None
    return DigitsSettings(**{name: st.session_state[key] for name, key in keys.items()})


def labels() -> dict[str, str]:
    """Return the name of each setting in the page's language; the field's own terms stay."""
    return {
        "model": _("Network"),
        "examples": _("Training examples"),
        "epochs": _("Epochs"),
        "learning_rate": _("Learning rate"),
        "batch_size": _("Batch size"),
        "optimizer": _("Optimizer"),
        "dropout": _("Dropout"),
        "weight_decay": _("Weight decay"),
        "engine": _("Engine"),
        "seed": _("Seed"),
    }


def _advanced(names: dict[str, str]) -> dict[str, Any]:
    optimizers = optimizer_names()
    engines = {"torch": "PyTorch", "keras": "Keras"}
    low, high = bounds(DigitsSettings, "seed")
    return {
        "batch_size": controls.steps(names["batch_size"], BATCHES, DEFAULT.batch_size, key="tvt_batch_size"),
        "optimizer": controls.choice(
            names["optimizer"],
            list(optimizers),
            DEFAULT.optimizer,
            key="tvt_optimizer",
            kind="select",
            format_func=optimizers.__getitem__,
        ),
        "dropout": controls.slider(names["dropout"], 0.0, 0.9, DEFAULT.dropout, key="tvt_dropout", step=0.1),
        "weight_decay": controls.steps(names["weight_decay"], DECAYS, DEFAULT.weight_decay, key="tvt_weight_decay"),
        "engine": controls.choice(
            names["engine"], list(engines), DEFAULT.engine, key="tvt_engine", format_func=engines.__getitem__
        ),
        "seed": controls.number(names["seed"], low, high, DEFAULT.seed, key="tvt_seed"),
    }
