"""The two networks on digits in NumPy, for one picture at a time: the web process needs no torch to ask them.

Oracle: `core.tasks.digits.task`, which a test compares with this module.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from core.tasks.digits.data import to_inputs
from core.training.frames import Frame

Array = NDArray[np.float32]
MLP_LAYERS = (1, 4, 7, 10)
"""Positions of the linear layers in `core.tasks.digits.networks.mlp`: each is followed by ReLU and dropout."""


def weights_of(frame: Frame) -> dict[str, Array]:
    """Return the weights recorded in a frame, by their torch names, as float32."""
    return {name: array.astype(np.float32) for name, array in frame.weights.items()}


def activations(weights: Mapping[str, Array], image: NDArray[np.uint8]) -> list[Array]:
    """Return the MLP's layers for one picture: input (784,), hidden (200,), (100,), (75,), logits (10,)."""
    layers = [to_inputs(image).reshape(-1)]
    for number in MLP_LAYERS:
        a = weights[f"{number}.weight"] @ layers[-1] + weights[f"{number}.bias"]
        layers.append(a if number == MLP_LAYERS[-1] else np.maximum(a, 0))
    return layers


def logits(weights: Mapping[str, Array], image: NDArray[np.uint8]) -> Array:
    """Return the ten scores of a picture (28, 28), from either network."""
    if "10.weight" in weights:
        return activations(weights, image)[-1]
    x = to_inputs(image)[None]  # (1, 28, 28)
    for number in (1, 4):
        x = np.maximum(_convolve(x, weights[f"{number}.weight"], weights[f"{number}.bias"]), 0)
        x = _max_pool(x)  # (16, 13, 13), then (32, 5, 5)
    scores: Array = weights["9.weight"] @ x.reshape(-1) + weights["9.bias"]
    return scores


def softmax(scores: Array) -> Array:
    """Turn scores into probabilities; the largest is subtracted first so that nothing overflows."""
    powers = np.exp(scores - scores.max())
    result: Array = powers / powers.sum()
    return result


def probabilities(frames: list[Frame], image: NDArray[np.uint8]) -> NDArray[np.float32]:
    """Return what the network thought of a picture at each frame that holds its weights: (frames, 10)."""
    with np.errstate(all="ignore"):  # a diverged network answers not-a-number, and is shown so
        return np.stack([softmax(logits(weights_of(frame), image)) for frame in frames])


def _convolve(x: Array, weight: Array, bias: Array) -> Array:
    """Convolve (channels, height, width) with (outputs, channels, 3, 3), without padding."""
    windows = np.lib.stride_tricks.sliding_window_view(x, weight.shape[2:], axis=(1, 2))
    result: Array = np.einsum("chwij,ocij->ohw", windows, weight, optimize=True) + bias[:, None, None]
    return result


def _max_pool(x: Array) -> Array:
    """Keep the largest of each 2 × 2 block; an odd last row or column is dropped, as torch does."""
    channels, height, width = x.shape
    even = x[:, : height // 2 * 2, : width // 2 * 2]
    result: Array = even.reshape(channels, height // 2, 2, width // 2, 2).max(axis=(2, 4))
    return result
