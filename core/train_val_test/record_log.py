"""Record the course's log: `model.fit` as the slide writes it, listened to at every batch. Keras is imported here."""

from __future__ import annotations

import contextlib
import io
import json
import os
import re
from typing import Any

os.environ.setdefault("KERAS_BACKEND", "torch")

import keras
import numpy as np

from core.files import write_whole
from core.tasks.digits import data as digits
from core.tasks.digits.data import TRAIN
from core.tasks.digits.settings import MLP_WIDTHS
from core.train_val_test.keras_log import BATCH, BATCHES, EPOCHS, FILE, batch_size


class Listener(keras.callbacks.Callback):  # type: ignore[misc]  # Keras brings no types
    """Notes what each batch adds to the running means that Keras prints, and measures after each epoch."""

    def __init__(self, sets: dict[str, tuple[np.ndarray, np.ndarray]]) -> None:
        super().__init__()
        self.sets = sets
        self.epochs: list[dict[str, Any]] = []

    def on_epoch_begin(self, epoch: int, logs: Any = None) -> None:
        """Begin to count anew, as Keras does."""
        self.epochs.append({"right": [], "losses": []})
        self.before, self.seen = np.zeros(2), 0

    def on_train_batch_end(self, batch: int, logs: Any = None) -> None:
        """Take from the running means what this batch has added."""
        size = batch_size(batch)
        self.seen += size
        sums = np.array([logs["accuracy"], logs["loss"]], np.float64) * self.seen
        right, loss = sums - self.before
        self.before = sums
        self.epochs[-1]["right"].append(round(right))
        self.epochs[-1]["losses"].append(round(loss / size, 4))

    def on_epoch_end(self, epoch: int, logs: Any = None) -> None:
        """Measure the network as it stands, on the digits it has just learned from and on the others."""
        for name, (x, y) in self.sets.items():
            parts = [keras.ops.convert_to_numpy(self.model(part)) for part in np.array_split(x, 54)]
            chances = np.concatenate(parts)
            self.epochs[-1][f"{name}_accuracy"] = round(float((chances.argmax(1) == y).mean()), 6)
            right = np.maximum(
                chances[np.arange(len(y)), y], keras.config.epsilon()
            )  # as Keras: no digit costs over 16
            self.epochs[-1][f"{name}_loss"] = round(float(-np.log(right).mean()), 6)


def record_log() -> None:
    """Fit the course's network for five epochs; keep the lines and what they were computed from."""
    parts = [digits.load(split) for split in ("train", "validation")]
    x = digits.to_inputs(np.concatenate([images for images, _labels in parts])).reshape(-1, 784)
    y = np.concatenate([labels for _images, labels in parts])
    keras.utils.set_random_seed(1)
    layers = [keras.layers.Dense(width, activation="relu") for width in MLP_WIDTHS[1:-1]]
    model = keras.Sequential([keras.Input((784,)), *layers, keras.layers.Dense(10, activation="softmax")])
    model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    listener = Listener({"train": (x[:TRAIN], y[:TRAIN]), "validation": (x[TRAIN:], y[TRAIN:])})
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        model.fit(x, y, batch_size=BATCH, epochs=EPOCHS, validation_split=0.1, callbacks=[listener])
    plain = re.sub(r"\x1b\[\d+m", "", printed.getvalue())  # Keras prints in colours
    lines = [line.strip() for line in plain.splitlines() if "val_accuracy" in line]
    assert len(lines) == EPOCHS
    assert all(line.startswith(f"{BATCHES}/{BATCHES}") for line in lines), lines
    told = [{"line": line} | epoch for line, epoch in zip(lines, listener.epochs, strict=True)]
    write_whole(FILE, json.dumps(told, separators=(",", ":")).encode())
