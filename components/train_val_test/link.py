"""The pinned run of the train / validation / test page, and how an address names it."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import Any

from components import controls
from components.train_val_test.settings import DEFAULT
from core.runs.run import Run
from core.tasks.digits.settings import DigitsSettings
from core.training.settings import SettingsError


def pinned_run(find: Any) -> Run | None:
    """Return the run that the student pinned, if it can still be found."""
    told = controls.in_url("tvt_pin", "", _read_pin)
    if not told:
        return None
    try:
        found: Run | None = find(_pin_settings(told))
    except (SettingsError, TypeError, ValueError):
        return None
    return found


def pin(settings: DigitsSettings | None) -> None:
    """Pin a run behind the ones to come, or take the pin away. Call it in a callback."""
    controls.set_values({"tvt_pin": _write_pin(settings) if settings else ""})


def _write_pin(settings: DigitsSettings) -> str:
    changed = settings.differences(DEFAULT)
    return ",".join(f"{name}:{mine}" for name, (mine, _default) in changed.items()) or "default"


def _pin_settings(told: str) -> DigitsSettings:
    if told == "default":
        return DEFAULT
    values = dict(item.split(":", 1) for item in told.split(","))
    kinds = asdict(DEFAULT)
    return replace(DEFAULT, **{name: type(kinds[name])(value) for name, value in values.items() if name in kinds})


def _read_pin(told: str) -> str | None:
    try:
        _pin_settings(told)
    except (SettingsError, TypeError, ValueError):
        return None
    return told
