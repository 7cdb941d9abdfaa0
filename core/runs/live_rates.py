"""A learning rate changed while its run goes on: asked for here, taken by the worker at its next update."""

from __future__ import annotations

from types import TracebackType
from typing import Self

from core.training.settings import Settings

_computing: dict[str, LiveRate] = {}


def ask(run: str, rate: float) -> bool:
    """Leave a new rate for a run; return whether this worker computes it. The server asks every worker."""
    live = _computing.get(run)
    if live is not None:
        live.asked = rate
    return live is not None


class LiveRate:
    """The rate of a run on its worker, from the moment the worker takes the run to its end.

    Attributes:
        settings: the run's, every change that was taken written into them: they replay what happened.
        asked: the rate to take at the next update, or None.
    """

    def __init__(self, run: str, settings: Settings) -> None:
        self.run, self.settings = run, settings
        self.asked: float | None = None

    def __enter__(self) -> Self:
        """Listen: a rate may be asked for while the run still loads its data."""
        _computing[self.run] = self
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Listen no more: the next run of this name begins with its own rate."""
        del _computing[self.run]

    def __call__(self, update: int, total: int) -> float:
        """Return the rate of one update, after taking a change that was asked for."""
        if self.asked is not None:
            rate, self.asked = self.asked, None
            self.settings = self.settings.changed(update, rate)
        return self.settings.rate_at(update, total)
