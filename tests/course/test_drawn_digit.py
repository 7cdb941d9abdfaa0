"""What a browser says was drawn: a digit, or nothing that could harm."""

from __future__ import annotations

import base64

import numpy as np
import pytest

from components.drawn_digit import INK_SIDE, drawn_digit
from core.files import base64_of

STROKE = np.zeros((INK_SIDE, INK_SIDE), np.uint8)
STROKE[15:70, 38:46] = 255


def test_a_stroke_is_a_digit_of_28_pixels_in_the_middle() -> None:
    """The stroke comes back as MNIST would hold it: 28 × 28, twenty pixels high, its mass in the middle."""
    found = drawn_digit(base64_of(STROKE))
    assert found is not None
    assert found.shape == (28, 28)
    rows, columns = np.nonzero(found)
    assert rows.max() - rows.min() + 1 == 20
    assert abs(columns.mean() - 13.5) < 1


@pytest.mark.parametrize(
    "told",
    [None, 7, "", "é", "====", base64.b64encode(b"x" * 10).decode(), "A" * 10**6, base64_of(np.zeros_like(STROKE)), {}],
)
def test_what_is_no_drawing_is_none(told: object) -> None:
    """Nothing drawn, another type, a wrong size, no base64, a million characters: no digit, and no error."""
    assert drawn_digit(told) is None
