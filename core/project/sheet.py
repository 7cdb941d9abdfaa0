"""Many small images of one size as one picture, which a browser shows piece by piece."""

from __future__ import annotations

import io
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

COLUMNS = 20
"""Images in a row of it."""


def sheet(images: NDArray[np.uint8] | Sequence[NDArray[np.uint8]]) -> bytes:
    """Return grey images as one PNG, row after row.

    Args:
        images: number of them, side, side.
    """
    from PIL import Image

    side = images[0].shape[0]
    rows = -(-len(images) // COLUMNS)
    filled = np.zeros((rows * COLUMNS, side, side), np.uint8)
    filled[: len(images)] = images
    page = filled.reshape(rows, COLUMNS, side, side).swapaxes(1, 2).reshape(rows * side, COLUMNS * side)
    written = io.BytesIO()
    Image.fromarray(page).save(written, "PNG", optimize=True)
    return written.getvalue()
