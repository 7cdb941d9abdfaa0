"""The tasks there are. Looking one up imports torch; knowing their settings does not."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import TYPE_CHECKING, Any

from core.files import Arrays
from core.training.settings import Settings, SettingsError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from core.training.frames import Frame

SETTINGS = {
    "digits": "core.tasks.digits.settings:DigitsSettings",
    "rates": "core.batch_learning_rate.settings:RateSettings",
    "letters": "core.tasks.letters.settings:LettersSettings",
    "loop": "core.keras_pytorch.settings:LoopSettings",
    "signs": "core.tasks.signs.settings:SignsSettings",
    "categories": "core.tasks.categories.settings:CategoriesSettings",
    "instructed": "core.tasks.instructed.settings:InstructedSettings",
    "aligned": "core.three_phases.settings:AlignedSettings",
    "dqn": "core.dqn.settings:DqnSettings",
}
"""Where each task's settings class lives."""

TASKS = {
    "digits": "core.tasks.digits.task:Digits",
    "rates": "core.batch_learning_rate.task:Rates",
    "letters": "core.tasks.letters.task:Letters",
    "loop": "core.keras_pytorch.engine:Loop",
    "signs": "core.tasks.signs.task:Signs",
    "categories": "core.tasks.categories.task:Categories",
    "instructed": "core.tasks.instructed.task:Instructed",
    "aligned": "core.three_phases.aligned:Aligned",
    "dqn": "core.dqn.task:Dqn",
}
"""Where each task lives: a class built from its settings."""

ENGINES = {
    "torch": "core.training.loop:train",
    "keras": "core.tasks.digits.keras_engine:fit",
    "shown_loop": "core.keras_pytorch.engine:train",
    "signs": "core.tasks.signs.engine:train",
}
"""Where each engine lives: (task, settings, rate_at) to frames."""


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


def frames(
    settings: Settings, rate_at: Callable[[int, int], float] | None = None, given: Arrays | None = None
) -> Iterator[Frame]:
    """Train what the settings ask for, with the engine they name, and yield its frames.

    `rate_at` gives the learning rate instead of the settings (`core.runs.live_rates`); our own loop listens to it.
    `given` are the arrays of another run's frame, for a task that goes on where that one was.
    """
    task = _find(TASKS[settings.task])(settings, **({} if given is None else {"given": given}))
    trained: Iterator[Frame] = _find(ENGINES[settings.engine])(task, settings, rate_at)
    return trained


def _find(address: str) -> Any:
    module, name = address.split(":")
    return getattr(import_module(module), name)
