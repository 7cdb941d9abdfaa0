"""Training by the shown loop itself: most turns at once, some of them line by line. Imports torch.

The frames hold the curves, and what each line made at the turns that were run line by line.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import torch
import torch.nn.functional as F

from core.keras_pytorch import digits_loop, letters_loop
from core.keras_pytorch.loops import letters, program
from core.keras_pytorch.program import Program
from core.keras_pytorch.settings import LoopSettings
from core.keras_pytorch.stepper import LineError, Names, Stepper
from core.keras_pytorch.tensors import Look, Reading
from core.keras_pytorch.traces import ERROR, TRACE, as_array
from core.once import once
from core.tasks.digits import data as digits
from core.training.frames import Frame

AT_FIRST = 3
"""Turns run line by line from the beginning; then at each power of ten, and the last one."""
A_DECADE, EVENLY = 16, 100
"""Frames between a number of updates and ten times as many; and frames at least, evenly, in the whole run."""
CHECKS_A_DECADE = 4


class Loop:
    """The data of a training, as its first lines read it, and its lines."""

    def __init__(self, settings: LoopSettings) -> None:
        self.settings = settings
        self.given: Names = {"torch": torch, "F": F, "checks": checks(settings.updates), **_data(settings.subject)}

    def program(self) -> Program:
        """Return the loop's lines."""
        return program(self.settings)

    @property
    def texts(self) -> dict[str, Reading]:
        """Names whose numbers stand for something that can be read: the letters of each example."""
        if self.settings.subject == "digits":
            return {}
        characters = letters().characters
        return {"ix": lambda ix: ["".join(characters[code] for code in row) for row in self.given["X"][ix].tolist()]}


def train(loop: Loop, settings: LoopSettings, rate_at: Callable[[int, int], float] | None = None) -> Iterator[Frame]:
    """Run the loop and yield its frames. The rate is a line of its own: `rate_at` is not asked.

    The first frame stands before the first update; the frame of update u, counted from 1, has what the lines of that
    turn made. A line that raises ends the run with a frame that says so, a loss that is no number with one that is
    diverged.
    """
    running = _Running(loop)
    try:
        yield running.before()
        for update in range(1, settings.updates + 1):
            frame = running.turn(update)
            if frame is not None:
                yield frame
                if frame.diverged:
                    return
    except LineError as error:
        yield running.fallen(error)


def traced(updates: int) -> set[int]:
    """Return the turns that are run line by line, counted from 1."""
    tens = {10**power for power in range(1, 6)}
    return {turn for turn in {*range(1, AT_FIRST + 1), *tens, updates} if turn <= updates}


def checks(updates: int) -> set[int]:
    """Return the updates after which the loss is measured on the validation set: evenly in their logarithm."""
    return _spread(updates, CHECKS_A_DECADE)


def glimpses(updates: int) -> set[int]:
    """Return the updates after which a frame is made."""
    return _spread(updates, A_DECADE) | set(range(0, updates, max(1, updates // EVENLY)))


@once(2)
def _data(subject: str) -> Names:
    found: dict[str, tuple[np.ndarray, np.ndarray]] = {}
    for split in ("train", "validation"):
        if subject == "letters":
            found[split] = letters().examples(split, letters_loop.CONTEXT)
        else:
            images, labels = digits.load(split)
            found[split] = digits.to_inputs(images), labels.astype(np.int64)
    (x, y), (x_val, y_val) = (tuple(map(torch.from_numpy, pair)) for pair in found.values())
    if subject == "digits":
        x_val = x_val.view(-1, digits_loop.PIXELS)
    return {"X": x, "Y": y, "X_val": x_val, "Y_val": y_val}


def _spread(updates: int, a_decade: int) -> set[int]:
    """Return whole numbers from 1 to `updates`, so many from each to ten times as much, and the last."""
    count = math.floor(math.log10(updates) * a_decade)
    return {round(10 ** (step / a_decade)) for step in range(count + 1)} | {updates}


class _Running:
    """A loop on its way: how far it is, and what is told of it since the last frame."""

    def __init__(self, loop: Loop) -> None:
        lines, updates = loop.program(), loop.settings.updates
        self.settings, self.stepper = loop.settings, Stepper(lines, loop.given)
        self.look = Look({*loop.given, "p", "update", "returned"}, lines.pictures, loop.texts)
        self.by_lines, self.told, self.measured = traced(updates), glimpses(updates), loop.given["checks"]
        self.update, self.seconds = 0, 0.0
        self.made: list[Any] = []
        self.total, self.count = torch.zeros(()), 0

    def before(self) -> Frame:
        """Run what comes before the loop."""
        self.made += ([piece.id, self.look.news(self.stepper.names)] for piece in self.stepper.prepare())
        arrays = {f"{TRACE}0": as_array(self.made)}
        return Frame(0, 0.0, 0.0, {"running_loss": math.nan}, arrays, measured=False)

    def turn(self, update: int) -> Frame | None:
        """Run a turn, counted from 1; return its frame, if it has one."""
        self.update, self.made = update, []
        names = self.stepper.names
        if update in self.by_lines:
            self.look.remember(names)
            self.made += ([piece.id, self.look.news(seen)] for piece, seen in self.stepper.turn_by_lines(update - 1))
        else:
            began = time.perf_counter()
            self.stepper.turn(update - 1)
            self.seconds += time.perf_counter() - began
        self.total += names["loss"].detach()
        self.count += 1
        return self._frame() if update in self.told or self.made else None

    def fallen(self, error: LineError) -> Frame:
        """Return the last frame of a loop whose line has raised."""
        said = {"piece": error.piece, "kind": error.kind, "words": error.words, "update": self.update}
        arrays = {ERROR: as_array(said), f"{TRACE}{self.update}": as_array([*self.made, [error.piece, []]])}
        return Frame(self.update, 0.0, self.seconds, {"running_loss": math.nan}, arrays, measured=False)

    def _frame(self) -> Frame:
        loss, names = (self.total / self.count).item(), self.stepper.names
        self.total, self.count = torch.zeros(()), 0
        metrics, is_measured = {"running_loss": loss}, self.update in self.measured
        if is_measured:
            metrics["validation_loss"] = names["val_loss"].item()
        arrays = {f"{TRACE}{self.update}": as_array(self.made)} if self.made else {}
        epoch = self.update * self.settings.batch_size / len(names["X"])
        return Frame(self.update, epoch, self.seconds, metrics, arrays, not math.isfinite(loss), is_measured)
