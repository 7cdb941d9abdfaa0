"""The same run by Keras: `model.fit` on the torch backend, same initial weights, same order of batches.

Imported on a worker only: Keras takes four seconds and half a gigabyte.
"""

from __future__ import annotations

import os

os.environ.setdefault("KERAS_BACKEND", "torch")

import math
import time
from collections.abc import Callable, Iterator
from typing import Any

import keras
import numpy as np
import torch

from core.tasks.digits.settings import CNN_CHANNELS, MLP_WIDTHS, DigitsSettings
from core.tasks.digits.task import Digits
from core.training.constants import ALPHA, BETA2, EPSILON, EPSILON_UNDER_ROOT, MOMENTUM
from core.training.frames import Frame
from core.training.loop import frame_at, measure
from core.training.settings import SettingsError

FITS_PER_EPOCH = 8
"""`fit` is called on slices of an epoch, so that a student's Stop is heard and a live curve moves."""


def fit(task: Digits, settings: DigitsSettings, rate_at: Callable[[int, int], float] | None = None) -> Iterator[Frame]:
    """Train with `keras.Model.fit` and yield the same frames as `core.training.loop.train`, within float tolerance.

    With dropout, or after many updates, the two drift apart: each engine draws and rounds its own way. The rate is the
    optimizer's own: `rate_at` is not asked.
    """
    generator = torch.Generator().manual_seed(settings.seed)
    reference = task.model(generator)  # draws the initial weights, and measures
    model = build(settings)
    copy_weights(reference, model)
    examples = task.examples()
    x, y = examples.inputs.numpy(), examples.targets.numpy()
    epoch_updates = settings.updates_per_epoch
    slice_size = max(1, math.ceil(epoch_updates / FITS_PER_EPOCH)) * settings.batch_size

    yield frame_at(0, 0.0, 0.0, measure(task, reference))
    update, seconds = 0, 0.0
    for _ in range(settings.epochs):
        order = torch.randperm(len(y), generator=generator).numpy()
        for indices in (order[start : start + slice_size] for start in range(0, len(y), slice_size)):
            started = time.perf_counter()
            history = model.fit(x[indices], y[indices], settings.batch_size, epochs=1, shuffle=False, verbose=0)
            seconds += time.perf_counter() - started
            update += math.ceil(len(indices) / settings.batch_size)
            loss = float(history.history["loss"][0])
            diverged = not math.isfinite(loss)
            measured = None
            if update % epoch_updates == 0 or diverged:
                copy_weights(model, reference)
                measured = measure(task, reference)
            yield frame_at(update, update / epoch_updates, seconds, measured, loss, diverged)
            if diverged:
                return


def build(settings: DigitsSettings) -> keras.Sequential:
    """Build and compile the network of the settings, as the course writes it; logits out, softmax in the loss."""
    layers: list[Any] = [keras.Input((28, 28))]
    if settings.model == "mlp":
        layers.append(keras.layers.Flatten())
        for width in MLP_WIDTHS[1:-1]:
            layers += [keras.layers.Dense(width, activation="relu"), keras.layers.Dropout(settings.dropout)]
    else:
        layers.append(keras.layers.Reshape((1, 28, 28)))
        for channels in CNN_CHANNELS:
            layers.append(keras.layers.Conv2D(channels, 3, activation="relu", data_format="channels_first"))
            layers.append(keras.layers.MaxPooling2D(2, data_format="channels_first"))
        layers += [keras.layers.Flatten(), keras.layers.Dropout(settings.dropout)]
    layers.append(keras.layers.Dense(10))
    model = keras.Sequential(layers)
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile(optimizer=make_optimizer(settings), loss=loss)
    return model


def make_optimizer(settings: DigitsSettings) -> keras.optimizers.Optimizer:
    """Return Keras' optimizer of that name, with the course's constants."""
    rate, decay = settings.learning_rate, settings.weight_decay or None
    match settings.optimizer:
        case "sgd":
            return keras.optimizers.SGD(rate, weight_decay=decay)
        case "momentum":
            return keras.optimizers.SGD(rate, momentum=MOMENTUM, weight_decay=decay)
        case "rmsprop":
            return keras.optimizers.RMSprop(rate, rho=ALPHA, epsilon=EPSILON_UNDER_ROOT, weight_decay=decay)
        case "adam":
            return keras.optimizers.Adam(rate, MOMENTUM, BETA2, EPSILON, weight_decay=decay)
    raise SettingsError("optimizer", settings.optimizer, ("sgd", "momentum", "rmsprop", "adam"))


def copy_weights(source: Any, target: Any) -> None:
    """Copy weights between the torch network and the Keras one, whichever way round they are given."""
    to_keras = isinstance(target, keras.Model)
    torch_model, keras_model = (source, target) if to_keras else (target, source)
    torch_layers = [layer for layer in torch_model if hasattr(layer, "weight")]
    keras_layers = [layer for layer in keras_model.layers if layer.weights]
    for theirs, ours in zip(keras_layers, torch_layers, strict=True):
        if to_keras:
            kernel = ours.weight.detach().numpy()
            theirs.set_weights([_turn(kernel, back=False), ours.bias.detach().numpy()])
        else:
            kernel, bias = theirs.get_weights()
            with torch.no_grad():
                ours.weight.copy_(torch.from_numpy(_turn(kernel, back=True).copy()))
                ours.bias.copy_(torch.from_numpy(bias))


def _turn(kernel: np.ndarray, *, back: bool) -> np.ndarray:
    """Turn torch's (out, in) into Keras' (in, out), or (out, in, h, w) into (h, w, in, out); `back` reverses."""
    if kernel.ndim == 2:
        return kernel.T
    return kernel.transpose((3, 2, 0, 1) if back else (2, 3, 1, 0))
