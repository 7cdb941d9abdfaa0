"""A digit of the student's own: drawn, or chosen by keyboard among digits the network never learned from."""

from __future__ import annotations

from typing import Literal

import numpy as np
import streamlit as st

from components import controls
from components.language import _, number
from core.tasks.digits import data as digits
from core.tasks.digits.data import Images

CANVAS = 252
"""Side of the drawing area in pixels: nine times MNIST's 28."""


def digit_input(prefix: str, split: Literal["validation", "test"] = "validation", default: int = 7) -> Images | None:
    """Let the student choose or draw a digit; return it as the network sees it (28, 28), or None if not drawn yet.

    Args:
        prefix: of the controls' keys in the URL.
        split: the set to choose from.
        default: the digit shown first.
    """
    labels = {"choose": _("Choose a digit"), "draw": _("Draw a digit")}
    way = controls.choice(
        _("Your digit"), list(labels), "choose", key=f"{prefix}_digit_from", format_func=labels.__getitem__
    )
    if way == "draw":
        return _drawn(prefix)
    images, _labels = digits.load(split)
    index = controls.number(
        _("Number of the picture, 0 to {last}", last=number(len(images) - 1)),
        0,
        len(images) - 1,
        default,
        key=f"{prefix}_digit",
    )
    return np.asarray(images[index])


def _drawn(prefix: str) -> Images | None:
    from streamlit_drawable_canvas import st_canvas  # cannot be imported outside a running app

    st.caption(_("Draw with the mouse or a finger, one digit in the whole square."))
    # Its own toolbar is English, hides until a mouse hovers, and covers the button above: a phone could not erase.
    sheet = st.session_state.setdefault(f"{prefix}: sheet", 0)
    canvas = st_canvas(
        fill_color="#000000",
        stroke_width=20,
        stroke_color="#000000",
        background_color="#FFFFFF",
        update_streamlit=True,
        height=CANVAS,
        width=CANVAS,
        drawing_mode="freedraw",
        return_image_data=True,
        key=f"{prefix}-canvas-{sheet}",
    )
    st.button(_("Erase"), icon=":material/ink_eraser:", key=f"{prefix}-erase", on_click=_new_sheet, args=(prefix,))
    drawn = canvas.image_data
    if drawn is None:
        return None
    ink = (1 - drawn[:, :, :3].mean(axis=2) / 255) * (drawn[:, :, 3] / 255)  # transparent is paper too
    found = digits.from_drawing(ink)
    if found is None:
        st.caption(_("The square is empty: draw a digit with the mouse or a finger."))
    return found


def _new_sheet(prefix: str) -> None:
    st.session_state[f"{prefix}: sheet"] += 1
