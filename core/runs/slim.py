"""Runs made small enough to be shipped: the weights of chosen moments only, eight bits each."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

import numpy as np

from core.runs.run import Run
from core.training.frames import SCALE, WEIGHTS, Frame

_STEPS = 127
"""The largest whole number of eight bits with a sign."""


def slim(run: Run, epochs: Collection[float]) -> Run:
    """Return a run whose weights are kept at these epochs only, in eight bits; all its numbers stay as they are.

    Args:
        run: as it was computed.
        epochs: of the measured frames that keep their weights; the last frame keeps them in any case.
    """
    last = run.frames[-1]
    kept = [_in_eight_bits(f) if f is last or f.epoch in epochs else f.without_weights() for f in run.frames]
    return replace(run, frames=kept)


def _in_eight_bits(frame: Frame) -> Frame:
    """Return a frame whose matrices are whole numbers with one scale a neuron; biases are few, and stay."""
    arrays = dict(frame.arrays)
    for name, array in frame.arrays.items():
        if name.startswith(WEIGHTS) and array.ndim > 1:
            arrays[name], arrays[f"{name}{SCALE}"] = _rounded(array.astype(np.float32))
    return replace(frame, arrays=arrays)


def _rounded(array: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return whole numbers from −127 to 127 (as `array`), and the scale of each row (rows, 1, …) that gives it back.

    A row that holds no finite number (a diverged neuron) gets not-a-number as its scale, and gives that back.
    """
    highest = np.abs(array).max(axis=tuple(range(1, array.ndim)), keepdims=True)
    scale = np.where(np.isfinite(highest), highest / _STEPS, np.nan)
    steps = np.divide(array, scale, out=np.zeros_like(array), where=np.isfinite(scale) & (scale > 0))
    return np.rint(steps).astype(np.int8), scale.astype(np.float32)
