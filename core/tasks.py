"""The tasks there are. Looking one up imports torch; knowing their settings does not."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import TYPE_CHECKING, Any, cast

from core.settings import Settings, SettingsError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from core.frames import Frame
    from core.train_val_test import DigitsSettings

SETTINGS = {
    "digits": "core.train_val_test:DigitsSettings",
    "rates": "core.batch_learning_rate:RateSettings",
    "letters": "core.embeddings:LettersSettings",
}
"""Where each task's settings class lives."""

TASKS = {
    "digits": "core.digit_networks:Digits",
    "rates": "core.rate_task:Rates",
    "letters": "core.letter_network:Letters",
}
"""Where each task lives: a class built from its settings."""


def settings_from_json(values: Mapping[str, Any]) -> Settings:
    """Build the settings of any task from what `Settings.to_json` gave.

    Raises:
        SettingsError: no such task, another version of it, or a value out of bounds.
    """
    name = values.get("task")
    if name not in SETTINGS:
        raise SettingsError("task", name, tuple(SETTINGS))
    cls = _find(SETTINGS[name])
    if values.get("version", cls.version) != cls.version:
        raise SettingsError("version", values["version"], (cls.version,))
    settings: Settings = cls.from_json(values)
    return settings


def frames(settings: Settings, rate_at: Callable[[int, int], float] | None = None) -> Iterator[Frame]:
    """Train what the settings ask for, with the engine they name, and yield its frames.

    `rate_at` gives the learning rate instead of the settings (`core.live_rates`); our own loop listens to it.
    """
    task = _find(TASKS[settings.task])(settings)
    if getattr(settings, "engine", "torch") == "keras":
        from core.keras_engine import fit

        return fit(task, cast("DigitsSettings", settings))
    from core.training import train

    trained: Iterator[Frame] = train(task, settings, rate_at)
    return trained


def _find(address: str) -> Any:
    module, name = address.split(":")
    return getattr(import_module(module), name)
