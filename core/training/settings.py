"""What determines a run or a text: frozen, hashable, checked settings. No torch here: pages build settings."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import Field, asdict, dataclass, field, fields
from functools import cached_property
from typing import Any, ClassVar, Self


class SettingsError(ValueError):
    """A setting that nothing can have.

    Attributes:
        name: the setting at fault.
        value: what was asked for.
        allowed: the choices, or the pair (lowest, highest).
    """

    def __init__(self, name: str, value: object, allowed: tuple[Any, ...]) -> None:
        super().__init__(f"{name} = {value!r} is not allowed: {allowed}")
        self.name, self.value, self.allowed = name, value, allowed


def bounded(default: float, low: float, high: float) -> Any:
    """Return a dataclass field for a number in [low, high]; an integer if the default is one."""
    return field(default=default, metadata={"range": (low, high)})


def choice(default: str, *options: str) -> Any:
    """Return a dataclass field for one of some stable identifiers."""
    return field(default=default, metadata={"options": options})


@dataclass(frozen=True, kw_only=True)
class Checked:
    """Frozen settings; each field made by `bounded` or `choice` is checked when an object is made."""

    def __post_init__(self) -> None:
        """Check every field against its bounds, so that no worker ever sees an absurd value.

        Raises:
            SettingsError: a value is out of bounds.
        """
        for item in fields(self):
            object.__setattr__(self, item.name, _checked(item, getattr(self, item.name)))


@dataclass(frozen=True, kw_only=True)
class Settings(Checked):
    """What every training run has; a task adds its own fields in a subclass.

    Equal settings give equal runs: the same frames, number for number, on the same machine.
    """

    task: ClassVar[str]
    """Name of the task, as registered in `core.tasks.registry`."""
    version: ClassVar[int]
    """Raised when the task's results change, so that older stored runs are not taken for new ones."""

    seed: int = bounded(1, 0, 2**31 - 1)
    batch_size: int = bounded(128, 1, 60_000)
    learning_rate: float = bounded(0.001, 0.0, 10.0)
    optimizer: str = choice("adam", "sgd", "momentum", "rmsprop", "adam")
    weight_decay: float = bounded(0.0, 0.0, 1.0)

    def rate_at(self, update: int, total: int) -> float:
        """Return the learning rate of one update (0-based) of a run of `total` updates."""
        return self.learning_rate

    def changed(self, update: int, rate: float) -> Settings:
        """Return the settings of the same run whose rate is changed before `update` (0-based).

        Raises:
            SettingsError: the rate of this task cannot be changed on the way.
        """
        raise SettingsError("rate_changes", rate, ())

    @property
    def engine(self) -> str:
        """What trains the run, by its name in `core.tasks.registry`."""
        return "torch"

    @property
    def total_updates(self) -> int:
        """Optimizer steps of the whole run; 0 where only the task can tell."""
        return 0

    @property
    def private(self) -> bool:
        """Whether the run holds a student's own text, which is never written to disk."""
        return False

    @cached_property
    def run_id(self) -> str:
        """Sixteen hexadecimal digits: the hash of the task, its version and the settings."""
        text = json.dumps([self.task, self.version, asdict(self)], sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()[:16]

    def to_json(self) -> dict[str, Any]:
        """Return the settings as JSON values, with the task and its version."""
        return {"task": self.task, "version": self.version, **asdict(self)}

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> Self:
        """Build settings from what `to_json` gave.

        Raises:
            SettingsError: a value is out of bounds, or an unknown setting is named.
        """
        known = {item.name for item in fields(cls)}
        given = {name: value for name, value in values.items() if name not in {"task", "version"}}
        for name in given.keys() - known:
            raise SettingsError(name, given[name], tuple(sorted(known)))
        fields_given: dict[str, Any] = {n: tuple(v) if isinstance(v, list) else v for n, v in given.items()}
        return cls(**fields_given)

    def differences(self, other: Settings) -> dict[str, tuple[Any, Any]]:
        """Return {setting: (mine, the other's)} for the settings that differ."""
        mine, theirs = asdict(self), asdict(other)
        return {name: (mine[name], theirs.get(name)) for name in mine if mine[name] != theirs.get(name)}


def bounds(settings: type[Checked], name: str) -> tuple[Any, ...]:
    """Return the choices of a setting, or its (lowest, highest) values."""
    metadata = next(item for item in fields(settings) if item.name == name).metadata
    found: tuple[Any, ...] = metadata.get("options") or metadata["range"]
    return found


def _checked(item: Field[Any], value: Any) -> Any:
    if options := item.metadata.get("options"):
        if value not in options:
            raise SettingsError(item.name, value, options)
        return value
    if not (limits := item.metadata.get("range")):
        return value
    low, high = limits
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise SettingsError(item.name, value, limits)
    if not low <= value <= high or (isinstance(item.default, int) and value != int(value)):
        raise SettingsError(item.name, value, limits)
    return int(value) if isinstance(item.default, int) else float(value)
