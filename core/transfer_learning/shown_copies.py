"""Augmentation as shown code."""

from __future__ import annotations

from core.notebooks import Translate, cell
from core.tasks.signs.copies import LIGHT, SHIFT, TURN, ZOOM


def copies_cell(copies: int, _: Translate) -> str:
    """Return the cell that makes so many changed copies of each photo to learn from: `copies`, a list."""
    return cell(
        _("Changed copies: turned, zoomed, moved, lit otherwise, mirrored every other time"),
        f"""
import math

def changed(number, copy):
    photo, rng = photos[number], np.random.default_rng([number, copy])
    turn, zoom = math.radians(rng.uniform(-{TURN}, {TURN})), 1 + rng.uniform(-{ZOOM}, {ZOOM})
    shift, light = rng.uniform(-{SHIFT}, {SHIFT}, 2) * 100, 1 + rng.uniform(-{LIGHT}, {LIGHT})
    cosine, sine, middle = math.cos(turn) / zoom, math.sin(turn) / zoom, 49.5
    across = middle - cosine * (middle + shift[0]) - sine * (middle + shift[1])
    down = middle + sine * (middle + shift[0]) - cosine * (middle + shift[1])
    paper = tuple(int(value) for value in np.median(photo[[0, 0, -1, -1], [0, -1, 0, -1]], axis=0))
    image = Image.fromarray(photo[:, ::-1] if rng.random() < 0.5 else photo).transform(
        (100, 100), Image.Transform.AFFINE, (cosine, sine, across, -sine, cosine, down),
        Image.Resampling.BILINEAR, fillcolor=paper)
    return np.clip(np.asarray(image) * light, 0, 255).astype(np.uint8)

copies = [changed(int(number), copy) for copy in range({copies}) for number in learned]
""",
    )
