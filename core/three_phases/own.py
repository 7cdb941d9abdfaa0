"""A student's own model of a phase: of which run and moment, and what of it travels to a worker. No torch here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from core.files import Arrays
from core.three_phases.take_home import KEPT
from core.training.frames import Frame
from core.training.settings import Settings


@dataclass(frozen=True)
class OwnModel:
    """The last good model of a run, also of one that was stopped.

    Attributes:
        settings: of the run.
        update: after which it was kept.
        arrays: the model as the frame keeps it.
    """

    settings: Settings
    update: int
    arrays: Arrays

    @property
    def name(self) -> str:
        """How settings and questions name it."""
        return f"{self.settings.run_id}@{self.update}"


def model_of(settings: Settings, frames: Sequence[Frame]) -> OwnModel | None:
    """Return the last model that the frames of a run keep, one of numbers and after an update; None without one."""
    for frame in reversed(frames):
        kept = {name: array for name, array in frame.arrays.items() if name.startswith(KEPT)}
        if kept and frame.update and not frame.diverged:
            return OwnModel(settings, frame.update, kept)
    return None
