"""Changed copies of photos: what augmentation adds to what is learned from."""

from __future__ import annotations

import math

import numpy as np

from core.tasks.signs.photos import SIDE, Pixels

TURN, ZOOM, SHIFT, LIGHT = 15.0, 0.1, 0.06, 0.2
"""At most: degrees, share of the size, share of the side, share of the brightness. A mirrored hand is the other one."""


def changed(photo: Pixels, number: int, copy: int) -> Pixels:
    """Return a copy of a photo (side, side, 3), turned, moved, zoomed, lit otherwise, mirrored every other time.

    Args:
        photo: as taken.
        number: of the photo; the same photo and copy are changed the same way in every run.
        copy: which of its copies, from 0 on.
    """
    from PIL import Image

    rng = np.random.default_rng([number, copy])
    turn, zoom = math.radians(rng.uniform(-TURN, TURN)), 1 + rng.uniform(-ZOOM, ZOOM)
    shift, light = rng.uniform(-SHIFT, SHIFT, 2) * SIDE, 1 + rng.uniform(-LIGHT, LIGHT)
    cosine, sine, middle = math.cos(turn) / zoom, math.sin(turn) / zoom, (SIDE - 1) / 2
    across = middle - cosine * (middle + shift[0]) - sine * (middle + shift[1])
    down = middle + sine * (middle + shift[0]) - cosine * (middle + shift[1])
    paper = tuple(int(value) for value in np.median(photo[[0, 0, -1, -1], [0, -1, 0, -1]], axis=0))
    image = Image.fromarray(photo[:, ::-1] if rng.random() < 0.5 else photo).transform(
        (SIDE, SIDE),
        Image.Transform.AFFINE,
        (cosine, sine, across, -sine, cosine, down),
        Image.Resampling.BILINEAR,
        fillcolor=paper,
    )
    return np.clip(np.asarray(image) * light, 0, 255).astype(np.uint8)
