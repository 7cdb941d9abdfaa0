"""One neuron computed by hand: the student types the number, a mistake gets its own reply."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from components import controls
from components.language import _, number
from components.lesson import PageLesson
from core.forward_pass.by_hand import Exercise, exercise

IN_A_ROW = 3
"""Right answers, one after the other, that the mission asks for."""
_ROW = "fp: right answers in a row"
_SAID = "fp: said of the number by hand"
_TYPED = "fp-by-hand"
_LAST = 10**6


def by_hand(lesson: PageLesson) -> None:
    """Show a neuron and the field for its answer."""
    lesson.words("text-by-hand")
    seed = controls.in_url("fp_hand", 1, _read_seed)
    asked = exercise(seed)
    st.latex(rf"a = \mathrm{{ReLU}}\big({_row(asked.w)}\;{_column(asked.x)} + {_bracketed(asked.b)}\big)")
    with st.form(_TYPED, border=False), st.container(horizontal=True, vertical_alignment="bottom"):
        st.text_input(_("Your answer"), key=f"{_TYPED}-{seed}", max_chars=12, width=160)
        st.form_submit_button(_("Check my number"), on_click=_check, args=(asked, seed))
        if f"{_SAID} {seed}" in st.session_state:
            st.form_submit_button(_("Another one"), type="tertiary", on_click=_next, args=(seed,))
    said = st.session_state.get(f"{_SAID} {seed}")
    if said == "right":
        values = {"sum": written(asked), "total": number(asked.sum), "answer": number(asked.answer)}
        st.success(lesson.body("text-hand-right", **values))
    elif said:
        st.warning(lesson.body(f"text-hand-{said}"), icon=":material/lightbulb:")


def in_a_row() -> int:
    """Return how many exercises the student has got right one after the other, each at the first try."""
    found: int = st.session_state.get(_ROW, 0)
    return found


def written(asked: Exercise) -> str:
    """Return the sum with its products: 2 × 1 + (−1) × 3 + … + b."""
    products = [f"{_bracketed(w)} × {_bracketed(x)}" for w, x in zip(asked.w, asked.x, strict=True)]
    return " + ".join([*products, _bracketed(asked.b)])


def _check(asked: Exercise, seed: int) -> None:
    typed = st.session_state[f"{_TYPED}-{seed}"].strip().replace(",", ".").replace("−", "-")
    is_first = f"{_SAID} {seed}" not in st.session_state
    try:
        given = float(typed)
    except ValueError:
        st.session_state[f"{_SAID} {seed}"] = "not-a-number"
        return
    is_right = given == asked.answer
    st.session_state[f"{_SAID} {seed}"] = "right" if is_right else asked.mistake(given)
    if is_first or not is_right:
        st.session_state[_ROW] = in_a_row() + 1 if is_right else 0


def _next(seed: int) -> None:
    controls.set_values({"fp_hand": seed % _LAST + 1})


def _read_seed(told: str) -> int | None:
    return int(told) if told.isdecimal() and len(told) <= 6 and int(told) > 0 else None


def _row(numbers: Sequence[int]) -> str:
    return r"\begin{bmatrix}" + " & ".join(map(str, numbers)) + r"\end{bmatrix}"


def _column(numbers: Sequence[int]) -> str:
    return r"\begin{bmatrix}" + r" \\ ".join(map(str, numbers)) + r"\end{bmatrix}"


def _bracketed(value: int) -> str:
    return f"({number(value)})" if value < 0 else number(value)
