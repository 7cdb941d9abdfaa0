"""What one session may cost: much at home, where the machine is one's own; little in a class, where thirty share it."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace

CLASS = "CURSEURS_CLASS"
"""Set, and not empty: the server serves a room."""
CLASS_MODELS = "CURSEURS_CLASS_MODELS"
"""The language models that a class may use, such as `mini,gpt2`. Without it, the mini GPT-2 alone."""


@dataclass(frozen=True)
class Limits:
    """What is refused beyond, politely.

    Attributes:
        runs: trainings that one session may have at once, those that wait included.
        waiting: trainings of all sessions that may wait for a worker.
        run_seconds: how long one training may hold a worker.
        sweep_runs: trainings in one sweep.
        sweeps: sweeps of all sessions at once.
        tokens: what a language model writes in one go.
        prompt: characters of a text that it is given.
        models: the language models that may be loaded; None for all.
        upload_mb: megabytes of one uploaded file.
        message_mb: megabytes of one message between server and browser.
        photos: of each class of a student's own, on the page about transfer learning.
        frame_seconds: between two photos that one camera sends to be read.
    """

    runs: int
    waiting: int
    run_seconds: int
    sweep_runs: int
    sweeps: int
    tokens: int
    prompt: int
    models: frozenset[str] | None
    upload_mb: int
    message_mb: int
    photos: int
    frame_seconds: float

    def allows(self, model: str) -> bool:
        """Whether a language model may be loaded; `mini@300`, the mini GPT-2 after 300 updates, goes with `mini`."""
        return self.models is None or model.split("@")[0] in self.models


AT_HOME = Limits(runs=1, waiting=24, run_seconds=1_200, sweep_runs=200, sweeps=4, tokens=320, prompt=20_000,
                 models=None, upload_mb=20, message_mb=200, photos=30, frame_seconds=0.1)  # fmt: skip
IN_CLASS = Limits(runs=1, waiting=40, run_seconds=300, sweep_runs=40, sweeps=1, tokens=160, prompt=2_000,
                  models=frozenset({"mini"}), upload_mb=2, message_mb=50, photos=20, frame_seconds=1.0)  # fmt: skip


def in_class() -> bool:
    """Whether this server serves a room."""
    return bool(os.environ.get(CLASS))


def current() -> Limits:
    """Return the limits of this server."""
    if not in_class():
        return AT_HOME
    asked = {name.strip() for name in os.environ.get(CLASS_MODELS, "").split(",")} - {""}
    return replace(IN_CLASS, models=frozenset(asked)) if asked else IN_CLASS
