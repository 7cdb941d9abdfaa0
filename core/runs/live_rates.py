"""A learning rate changed while its run goes on: asked for here, taken by the worker at its next update."""

from __future__ import annotations

from core.training.settings import Settings

_asked: dict[str, float] = {}


def ask(run: str, rate: float) -> None:
    """Leave a new rate for a run. The server calls this on every worker; the one that computes the run takes it."""
    _asked[run] = rate


class LiveRate:
    """The rate of a run on its worker.

    Attributes:
        settings: the run's, every change that was taken written into them: they replay what happened.
    """

    def __init__(self, run: str, settings: Settings) -> None:
        self.run, self.settings = run, settings
        _asked.pop(run, None)  # left over by a worker that died

    def __call__(self, update: int, total: int) -> float:
        """Return the rate of one update, after taking a change that was asked for."""
        if _asked and self.run in _asked:
            rate = _asked.pop(self.run)
            self.settings = self.settings.changed(update, rate)
        return self.settings.rate_at(update, total)
