"""A scaling law measured here: the student predicts the next size, then sees all points and where the law breaks."""

from __future__ import annotations

from typing import Any

import streamlit as st

from components import progress
from components.in_browser import component, nothing, surroundings
from components.in_browser.told import turn
from components.lesson import PageLesson
from components.model_size.kept import keep_law
from components.model_size.law_state import COMPONENT, VIEWS, guesses, hidden, look, moved, names, state
from components.model_size.law_words import labels
from core.model_size.law import Fit
from core.model_size.measured_law import (
    FIRST,
    LAST,
    STORIES,
    WIDTHS,
    exponents,
    floor,
    law_of_all_parameters,
    law_of_first,
    points,
)
from core.model_size.missions_law import HIGHEST, LOWEST, NEAR, can_come
from core.once import once


def law(lesson: PageLesson) -> None:
    """Show the law."""
    lesson.words("text-law")
    known, here = guesses(), state()
    seen = look(here)
    is_ticked = "next" in progress.of(lesson.stem).missions
    data = surroundings() | {
        "study": study(),
        "state": here | {"turn": turn(COMPONENT)},
        "guesses": [{"stories": each.stories, "width": each.width, "excess": each.excess} for each in known],
        "seen": seen,
        "mission": {"isTicked": is_ticked, "canCome": can_come(known, seen)},
        "hidden": hidden(),
        "labels": labels(),
    }
    mount = component("model_size/law")
    mount(key=COMPONENT, data=data, on_state_change=moved, on_guess_change=nothing)
    keep_law(lesson.stem, (name for name in names() if name not in VIEWS), here)
    with st.expander(lesson.heading("law-limits")):
        lesson.words("law-limits")


@once()
def study() -> dict[str, Any]:
    """Return all that was measured and fitted, as the browser gets it."""
    found = points()
    first = {width: found[STORIES[0], width] for width in WIDTHS}
    every = law_of_first(len(WIDTHS))
    return {
        "sizes": [
            {"width": width, "inside": first[width].inside, "parameters": first[width].parameters} for width in WIDTHS
        ],
        "budgets": [{"stories": stories, "tokens": found[stories, WIDTHS[0]].tokens} for stories in STORIES],
        "points": [[_drawn(found[stories, width]) for width in WIDTHS] for stories in STORIES],
        "floor": floor(),
        "laws": {str(sizes): _law(law_of_first(sizes)) for sizes in range(FIRST, len(WIDTHS) + 1)},
        "alpha": [every.alpha, *exponents()["alpha"], law_of_all_parameters().alpha],
        "beta": [every.beta, *exponents()["beta"], law_of_all_parameters().beta],
        "range": {"first": FIRST, "last": LAST, "near": NEAR, "lowest": LOWEST, "highest": HIGHEST},
    }


def _drawn(point: Any) -> dict[str, Any]:
    return {"seeds": list(point.seeds), "mean": point.mean, "low": point.low, "high": point.high}


def _law(fitted: Fit) -> dict[str, float]:
    return {"a": fitted.a, "alpha": fitted.alpha, "b": fitted.b, "beta": fitted.beta, "residual": fitted.residual}
