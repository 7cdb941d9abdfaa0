"""Why choosing on the test set flatters: twenty recorded networks, the best chosen on few digits, measured again."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from components import controls, shown
from components.in_browser import component, surroundings
from components.language import _
from components.lesson import PageLesson
from core.files import base64_of
from core.tasks.digits.data import TEST
from core.train_val_test.seeds import SEEDS, packed

COMPONENT = "tvt-optimism"
SIZES = (100, 200, 500, 1_000, 2_000, 5_000)
DEFAULT, MOST_DRAWS = 500, 9_999
FIRST_DRAW = 25
"""One that flatters about as much as the mean of all does."""


def optimism(lesson: PageLesson) -> None:
    """Show the section: what it is about, the picture, and what is to be seen in it."""
    st.subheader(lesson.heading("text-optimism"), anchor=False)
    lesson.words("text-optimism")
    data = surroundings() | {
        "wrong": base64_of(packed()),
        "networks": SEEDS,
        "digits": TEST,
        "sizes": list(SIZES),
        "size": controls.in_url("tvt_small", DEFAULT, _read_size),
        "seed": controls.in_url("tvt_draw", FIRST_DRAW, _read_draw),
        "moves": shown.is_shown("tvt_small", _("Digits of the small test set")),
        "labels": _labels(),
    }
    component("train_val_test/optimism")(key=COMPONENT, data=data, on_state_change=_moved)
    lesson.words("text-optimism-seen")


def _moved() -> None:
    """Take over what the hand left, checked like any other input."""
    given = st.session_state[COMPONENT].get("state")
    if not isinstance(given, Mapping):
        return
    for name, key, read in (("size", "tvt_small", _read_size), ("seed", "tvt_draw", _read_draw)):
        raw = given.get(name)
        value = read(str(int(raw))) if isinstance(raw, (int, float)) and abs(raw) <= MOST_DRAWS else None
        if value is not None:
            st.session_state[key] = value


def _read_size(told: str) -> int | None:
    return int(told) if int(told) in SIZES else None


def _read_draw(told: str) -> int | None:
    return int(told) if 1 <= int(told) <= MOST_DRAWS else None


def _labels() -> dict[str, str]:
    return {
        "size": _("Digits of the small test set"),
        "again": _("Draw other digits"),
        "digits": _("%n digits"),
        "small": _("small test set"),
        "fresh": _("fresh digits"),
        "slopes": _(
            "Error of twenty networks on the small test set, then on the other digits; the chosen one is thick."
        ),
        "once": _("Chosen on the small test set: %a error. On the fresh digits: %b. It was flattered by %c points."),
        "not": _(
            "Chosen on the small test set: %a error. On the fresh digits: %b. "
            "This time the draw was hard on it: %c points."
        ),
        "heap": _("Flattery, in points, draw after draw"),
        "often": _(
            "%n draws: the chosen network is flattered by %a points on average; 95% of the draws lie between %b and "
            "%c; %d flatter. In pale, one network named beforehand: %e on average."
        ),
    }
