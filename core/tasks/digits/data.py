"""The 70,000 handwritten digits of MNIST, cut as the course cuts them, and how a drawing becomes one.

LeCun, Bottou, Bengio and Haffner, "Gradient-based learning applied to document recognition", 1998.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from core.files import DATA
from core.once import once

MNIST = DATA / "mnist.npz"
SIDE = 28
TRAIN, VALIDATION, TEST = 54_000, 6_000, 10_000
"""Keras' `validation_split=0.1` keeps the first 54,000 of the 60,000 examples and validates on the last 6,000."""

Images = NDArray[np.uint8]
Labels = NDArray[np.uint8]


@once(4)
def load(split: str) -> tuple[Images, Labels]:
    """Return the images (examples, 28, 28), 0 black to 255 white, and labels of "train", "validation" or "test"."""
    part = "test" if split == "test" else "train"
    with np.load(MNIST) as file:
        images, labels = file[f"images_{part}"], file[f"labels_{part}"]
    keep = {"train": slice(0, TRAIN), "validation": slice(TRAIN, None), "test": slice(None)}[split]
    # A copy, so that a process that asks for the validation digits alone does not keep all of them.
    images, labels = images[keep].copy(), labels[keep].copy()
    images.flags.writeable = labels.flags.writeable = False
    return images, labels


def to_inputs(images: NDArray[np.uint8]) -> NDArray[np.float32]:
    """Scale pixels from 0 … 255 to 0 … 1, as the course does."""
    return (images / np.float32(255)).astype(np.float32)


def from_drawing(ink: NDArray[np.float64]) -> Images | None:
    """Turn a drawing into what MNIST would have made of it, or None if it is empty.

    MNIST's own recipe (LeCun et al. 1998, and yann.lecun.com/exdb/mnist): scale the digit to fit 20 × 20 pixels,
    keeping its proportions and smoothing its edges, then place its centre of mass in the middle of 28 × 28.

    Args:
        ink: (height, width), 0 for paper to 1 for full ink.
    """
    from PIL import Image

    rows, columns = np.nonzero(ink > 0.1)
    if rows.size == 0:
        return None
    box = ink[rows.min() : rows.max() + 1, columns.min() : columns.max() + 1]
    scale = 20 / max(box.shape)
    size = tuple(max(1, round(length * scale)) for length in box.shape)
    picture = Image.fromarray((box * 255).clip(0, 255).astype(np.uint8))
    small = np.asarray(picture.resize((size[1], size[0]), Image.Resampling.BOX), dtype=np.float64)
    return _centred(small)


def _centred(small: NDArray[np.float64]) -> Images:
    """Place a picture of at most 20 × 20 so that its centre of mass falls on the middle of 28 × 28."""
    height, width = small.shape
    mass = small.sum()
    centre_row = (small.sum(axis=1) @ np.arange(height)) / mass
    centre_column = (small.sum(axis=0) @ np.arange(width)) / mass
    top = int(np.clip(round((SIDE - 1) / 2 - centre_row), 0, SIDE - height))
    left = int(np.clip(round((SIDE - 1) / 2 - centre_column), 0, SIDE - width))
    picture = np.zeros((SIDE, SIDE), np.uint8)
    picture[top : top + height, left : left + width] = small.round().astype(np.uint8)
    return picture
