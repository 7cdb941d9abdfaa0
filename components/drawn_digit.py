"""A digit that a student drew on the browser's pad, as a network sees it."""

from __future__ import annotations

import binascii

from core.files import from_base64
from core.tasks.digits import data as digits
from core.tasks.digits.data import Images

INK_SIDE = 84
"""Side of the drawing as it travels, in pixels: three for each of a digit's."""


def drawn_digit(told: object) -> Images | None:
    """Return a drawing (28, 28) from what the browser told; None if there is none, or it is none of ours.

    Args:
        told: the ink, 0 to 255, of INK_SIDE × INK_SIDE pixels in base64; anything may stand there.
    """
    if not isinstance(told, str) or not told or len(told) > 2 * INK_SIDE**2:
        return None
    try:
        ink = from_base64(told, "u1")
    except (binascii.Error, ValueError):
        return None
    if ink.size != INK_SIDE**2:
        return None
    return digits.from_drawing(ink.reshape(INK_SIDE, INK_SIDE) / 255)
