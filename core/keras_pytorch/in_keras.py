"""The same training by `keras.Model.fit`: the shown Keras code itself, from the loop's weights, on the loop's batches.

Imported on a worker only: Keras takes four seconds and half a gigabyte.
"""

from __future__ import annotations

import os

os.environ.setdefault("KERAS_BACKEND", "torch")

from types import SimpleNamespace
from typing import Any

import keras
import numpy as np
import torch
from torch import Tensor

from core.keras_pytorch.engine import Loop
from core.keras_pytorch.program import unmarked
from core.keras_pytorch.settings import LoopSettings
from core.keras_pytorch.stepper import Names, Stepper

FIT = "model.fit("
"""What comes before it in the shown code builds and compiles the network."""


def losses_of_both(settings: LoopSettings, updates: int) -> tuple[list[float], list[float]]:
    """Return the loss of each of the first updates: of the loop, and of `fit` on the same batches.

    Args:
        settings: of the training; the faults are left out.
        updates: how many to make.
    """
    loop = Loop(settings)
    stepper = prepared(loop)
    told = []
    for update in range(updates):
        stepper.turn(update)
        told.append(float(stepper.names["loss"].detach()))
    twin = prepared(loop)
    model = build(loop, twin.names)
    x, y = batches(twin, updates)
    heard = _Losses()
    model.fit(x, y, batch_size=settings.batch_size, epochs=1, shuffle=False, verbose=0, callbacks=[heard])
    return told, heard.losses


def build(loop: Loop, names: Names) -> Any:
    """Build and compile the network by the shown Keras code, with the weights that the loop has drawn.

    Dropout draws from the loop's own generator.
    """
    generator = names["g"]

    class Dropout(keras.layers.Layer):  # type: ignore[misc]  # Keras brings no types
        def __init__(self, rate: float) -> None:
            super().__init__()
            self.rate = rate

        def call(self, x: Tensor, training: bool = False) -> Tensor:
            if not training:
                return x
            return x * (torch.rand(x.shape, generator=generator) < 1 - self.rate) / (1 - self.rate)

    given = {
        "keras": keras,
        "layers": SimpleNamespace(**{**vars(keras.layers), "Dropout": Dropout}),
        "losses": keras.losses,
        "schedules": keras.optimizers.schedules,
    }
    exec(unmarked(loop.program().keras).split(FIT)[0], given)
    model: Any = given["model"]
    model.set_weights([parameter.detach().numpy() for parameter in names["parameters"]])
    return model


def batches(stepper: Stepper, updates: int) -> tuple[np.ndarray, np.ndarray]:
    """Return the examples of the first batches, one after the other, as the loop draws them: inputs and answers."""
    program, names = stepper.program, stepper.names
    drawn = []
    for update in range(updates):
        names["update"] = update
        exec(program.piece("draw").source, names)
        drawn.append(names["ix"])
    order = torch.cat(drawn)
    return names["X"][order].numpy(), names["Y"][order].numpy()


class _Losses(keras.callbacks.Callback):  # type: ignore[misc]
    """Notes the loss of each batch: `fit` itself tells the mean since the epoch began."""

    def __init__(self) -> None:
        super().__init__()
        self.losses: list[float] = []

    def on_train_batch_begin(self, batch: int, logs: Any = None) -> None:
        self.model.reset_metrics()

    def on_train_batch_end(self, batch: int, logs: Any = None) -> None:
        self.losses.append(float(logs["loss"]))


def prepared(loop: Loop) -> Stepper:
    """Return a loop whose lines before the first turn have run."""
    stepper = Stepper(loop.program(), loop.given)
    for _ in stepper.prepare():
        pass
    return stepper
