"""The controls of the train / validation / test page, from presets and sliders to settings."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import streamlit as st

from components import controls
from components.language import _
from components.lesson import PageLesson
from components.projection import is_projected
from core.tasks.digits.settings import DigitsSettings
from core.train_val_test.presets import PRESETS
from core.training.settings import bounds

EXAMPLES = (100, 300, 1_000, 2_000, 5_000, 10_000, 20_000, 54_000)
EPOCHS = (1, 2, 3, 5, 8, 10, 12, 15, 20, 30, 40, 60, 100)
RATES = (1e-5, 1e-4, 3e-4, 1e-3, 2e-3, 3e-3, 1e-2, 3e-2, 1e-1, 3e-1, 1.0, 2.0, 10.0)
BATCHES = (1, 8, 16, 32, 64, 128, 256, 512, 1_024, 4_096, 54_000)
DECAYS = (0.0, 1e-4, 1e-3, 1e-2, 1e-1)
DEFAULT = PRESETS["course_mlp"]
KEY = "tvt_{}"
FAST = {"model", "examples", "epochs", "learning_rate"}


def presets(lesson: PageLesson) -> None:
    """Show the presets, good and bad; the one that the controls match is lit, with its sentence."""
    matching = _matching_preset()
    key = "tvt-presets"
    st.session_state[key] = matching
    st.pills(
        _("To start from"),
        list(PRESETS),
        key=key,
        format_func=lambda name: lesson.heading(f"preset-{name}"),
        on_change=_apply_preset,
        label_visibility="collapsed" if is_projected() else "visible",
    )
    if matching and not is_projected():
        st.caption(lesson.body(f"preset-{matching}"))


def choose_settings() -> DigitsSettings:
    """Show the controls and return what they say.

    Raises:
        SettingsError: the address held a value that no run can have.
    """
    names = labels()
    values: dict[str, Any] = {
        "model": controls.choice(
            names["model"], bounds(DigitsSettings, "model"), DEFAULT.model, key="tvt_model",
            format_func={"mlp": "MLP", "cnn": "CNN"}.__getitem__),
        "examples": controls.steps(names["examples"], EXAMPLES, DEFAULT.examples, key="tvt_examples"),
        "epochs": controls.steps(names["epochs"], EPOCHS, DEFAULT.epochs, key="tvt_epochs"),
        "learning_rate": controls.steps(names["learning_rate"], RATES, DEFAULT.learning_rate, key="tvt_learning_rate"),
    }  # fmt: skip
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


def _matching_preset() -> str | None:
    """Return the preset that the controls stand on, from the session alone: the widgets have not run yet."""
    asked = {name: st.query_params.get(KEY.format(name)) for name in asdict(DEFAULT)}
    here = {name: st.session_state.get(KEY.format(name), asked[name]) for name in asked}
    for preset, settings in PRESETS.items():
        wanted = asdict(settings)
        if all(str(here[n] if here[n] is not None else getattr(DEFAULT, n)) == str(wanted[n]) for n in wanted):
            return preset
    return None


def _apply_preset() -> None:
    name = st.session_state["tvt-presets"]
    if name in PRESETS:
        controls.set_values({KEY.format(field): value for field, value in asdict(PRESETS[name]).items()})


def _advanced(names: dict[str, str]) -> dict[str, Any]:
    optimizers = {"sgd": "SGD", "momentum": "SGD + momentum 0.9", "rmsprop": "RMSprop", "adam": "Adam"}
    engines = {"torch": "PyTorch", "keras": "Keras"}
    low, high = bounds(DigitsSettings, "seed")
    return {
        "batch_size": controls.steps(names["batch_size"], BATCHES, DEFAULT.batch_size, key="tvt_batch_size"),
        "optimizer": controls.choice(names["optimizer"], list(optimizers), DEFAULT.optimizer, key="tvt_optimizer",
                                     kind="select", format_func=optimizers.__getitem__),
        "dropout": controls.slider(names["dropout"], 0.0, 0.9, DEFAULT.dropout, key="tvt_dropout", step=0.1),
        "weight_decay": controls.steps(names["weight_decay"], DECAYS, DEFAULT.weight_decay, key="tvt_weight_decay"),
        "engine": controls.choice(names["engine"], list(engines), DEFAULT.engine, key="tvt_engine",
                                  format_func=engines.__getitem__),
        "seed": controls.number(names["seed"], low, high, DEFAULT.seed, key="tvt_seed"),
    }  # fmt: skip
