"""A finished run as one safetensors file: columns of numbers, stacked arrays, JSON metadata. No pickle."""

from __future__ import annotations

import json
import platform
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from functools import cached_property
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np

from core.files import DamagedFile, pack, unpack
from core.tasks.registry import settings_from_json
from core.training.frames import Frame
from core.training.settings import Settings, SettingsError

FORMAT = 1


class DamagedRun(ValueError):
    """Bytes that are no run of ours: cut, foreign, or of another version."""


@dataclass(frozen=True)
class Origin:
    """Where and when a run was computed, for an honest label."""

    date: str
    machine: str
    versions: str


@dataclass(frozen=True)
class Run:
    """Settings and the frames they produced.

    Attributes:
        settings: what was asked for.
        frames: in order of updates; never empty.
        status: "finished", "diverged", or "stopped" by a student (then it is not stored).
        origin: date, machine, versions.
        recorded: shipped with the program, and not computed here.
    """

    settings: Settings
    frames: Sequence[Frame]
    status: str
    origin: Origin
    recorded: bool = False

    @property
    def run_id(self) -> str:
        """The hash of the settings."""
        return self.settings.run_id

    @cached_property
    def measured(self) -> list[Frame]:
        """The frames in which the model was measured: what the frame slider moves along."""
        return [frame for frame in self.frames if frame.measured]

    @property
    def nbytes(self) -> int:
        """What its frames weigh in memory, in bytes."""
        return sum(frame.nbytes for frame in self.frames)

    def to_bytes(self) -> bytes:
        """Return the run as one safetensors file."""
        metadata = {
            "format": str(FORMAT),
            "settings": json.dumps(self.settings.to_json()),
            "status": self.status,
            "origin": json.dumps(asdict(self.origin)),
        }
        return pack(_columns(self.frames) | _stacks(self.frames), metadata)


class SameRun:
    """A run, equal to any other of the same settings and length: what `core.once` keeps results of it under."""

    def __init__(self, run: Run) -> None:
        self.run, self._name = run, (run.run_id, len(run.frames))

    def __hash__(self) -> int:
        """Return the hash of the settings and the length."""
        return hash(self._name)

    def __eq__(self, other: object) -> bool:
        """Whether the other holds a run of the same settings and length."""
        return isinstance(other, SameRun) and other._name == self._name


def from_bytes(data: bytes, *, recorded: bool = False) -> Run:
    """Read what `Run.to_bytes` wrote.

    Raises:
        DamagedRun: cut, foreign, or of another version.
    """
    try:
        arrays, metadata = unpack(data)
        if metadata["format"] != str(FORMAT):
            raise DamagedRun(f"format {metadata['format']}")
        settings = settings_from_json(json.loads(metadata["settings"]))
        origin = Origin(**json.loads(metadata["origin"]))
        frames = _frames(arrays)
        if not frames:
            raise DamagedRun("no frames")
        return Run(settings, frames, metadata["status"], origin, recorded)
    except (DamagedFile, SettingsError, KeyError, IndexError, TypeError, ValueError) as error:
        raise DamagedRun(str(error)) from error


def _columns(frames: Sequence[Frame]) -> dict[str, np.ndarray]:
    """Return one float64 column per number; a metric that a frame lacks is not-a-number."""
    names = dict.fromkeys(name for frame in frames for name in frame.metrics)
    columns: dict[str, Any] = {
        "update": [frame.update for frame in frames],
        "epoch": [frame.epoch for frame in frames],
        "seconds": [frame.seconds for frame in frames],
        "diverged": [frame.diverged for frame in frames],
        "measured": [frame.measured for frame in frames],
    }
    columns |= {f"metric/{name}": [frame.metrics.get(name, np.nan) for frame in frames] for name in names}
    return {f"column/{name}": np.asarray(values, np.float64) for name, values in columns.items()}


def _stacks(frames: Sequence[Frame]) -> dict[str, np.ndarray]:
    """Return each kind of array stacked over the frames that have it, with the numbers of those frames."""
    stacks: dict[str, np.ndarray] = {}
    for name in dict.fromkeys(name for frame in frames for name in frame.arrays):
        holders = [index for index, frame in enumerate(frames) if name in frame.arrays]
        stacks[f"array/{name}"] = np.stack([frames[index].arrays[name] for index in holders])
        stacks[f"frames/{name}"] = np.asarray(holders, np.int32)
    return stacks


def _frames(arrays: dict[str, np.ndarray]) -> list[Frame]:
    columns = {name.removeprefix("column/"): arrays[name].tolist() for name in arrays if name.startswith("column/")}
    metrics = {name.removeprefix("metric/"): columns[name] for name in columns if name.startswith("metric/")}
    of_frame: list[dict[str, np.ndarray]] = [{} for _ in columns["update"]]
    for name in (name.removeprefix("array/") for name in arrays if name.startswith("array/")):
        for stack, index in enumerate(arrays[f"frames/{name}"].tolist()):
            of_frame[index][name] = arrays[f"array/{name}"][stack]
    return [
        Frame(
            int(columns["update"][index]),
            columns["epoch"][index],
            columns["seconds"][index],
            _metrics(metrics, index, measured=bool(columns["measured"][index])),
            found,
            bool(columns["diverged"][index]),
            bool(columns["measured"][index]),
        )
        for index, found in enumerate(of_frame)
    ]


def _metrics(columns: dict[str, list[float]], index: int, *, measured: bool) -> dict[str, float]:
    """Return the metrics of one frame; a glimpse has its running loss only."""
    names = columns if measured else ("running_loss",)
    return {name: columns[name][index] for name in names}


def origin_here() -> Origin:
    """Return today's date, this processor's name and the versions that compute."""
    cpu = platform.processor() or platform.machine()
    info = Path("/proc/cpuinfo")
    if info.exists():
        cpu = next((line.split(":")[1].strip() for line in info.open() if line.startswith("model name")), cpu)
    return Origin(date.today().isoformat(), f"{cpu}, {platform.system()}", f"torch {version('torch')}")
