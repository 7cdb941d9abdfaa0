"""A case on the page: which one is open, which lines were named, what came of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from secrets import randbelow

import streamlit as st

from components import controls
from components.keras_pytorch.settings import fault_names, set_place
from components.language import _
from components.lesson import PageLesson
from core.keras_pytorch.cases import CASES, MOST, Case, case

IN_A_ROW = 2
"""Cases solved at the first try, one after the other, that make the mission."""
_STATE = "kp: case"


@dataclass
class Investigation:
    """How far a student is.

    Attributes:
        number: of the case that is open; 0 for none.
        wrong: the lines that were named and are not guilty.
        found: whether the guilty one was named.
        in_a_row: cases solved at the first try, one after the other.
    """

    number: int = 0
    wrong: list[str] = field(default_factory=list)
    found: bool = False
    in_a_row: int = 0

    @property
    def case(self) -> Case | None:
        """The open case."""
        return case(self.number) if self.number else None


def investigation() -> Investigation:
    """Return this session's investigation; the address may name a case."""
    told = controls.in_url("kp_case", 0, lambda text: int(text) if text.isdecimal() and int(text) <= MOST else None)
    found = _kept()
    if found.number != told:
        found.number, found.wrong, found.found = told, [], False
    return found


def accuse(piece: str) -> None:
    """Name a line guilty. Call it in a callback."""
    now = _kept()
    if now.case is None or now.found or piece not in now.case.suspects or piece in now.wrong:
        return
    if piece != now.case.guilty:
        now.wrong.append(piece)
        now.in_a_row = 0
        return
    now.found = True
    now.in_a_row = 0 if now.wrong else now.in_a_row + 1


def controls_row(lesson: PageLesson, now: Investigation) -> None:
    """Show the button that opens a case; in one, what came of the lines named, and the ways on."""
    if now.case is None:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.button(_("Open a case"), icon=":material/search:", key="kp-open", on_click=_open, args=(_another(now),))
            st.caption(lesson.body("text-case"))
        return
    if now.found:
        name = fault_names()[now.case.fault]
        st.success(f"**{name}.** {lesson.body(f'text-solved-{now.case.fault}')}", icon=":material/task_alt:")
    elif now.wrong:
        st.warning(lesson.body(f"text-clue-{now.case.fault}"), icon=":material/search:")
    else:
        st.info(lesson.body("text-case-open"), icon=":material/search:")
    with st.container(horizontal=True):
        st.button(_("Another case"), icon=":material/search:", key="kp-another", on_click=_open, args=(_another(now),))
        st.button(_("Close the case"), type="tertiary", key="kp-close", on_click=_open, args=(0,))


def close() -> None:
    """Close the case that is open. Call it in a callback."""
    if _kept().number:
        _open(0)


def _kept() -> Investigation:
    """Return what the session holds; callbacks may not write the address, as `investigation` does."""
    found: Investigation = st.session_state.setdefault(_STATE, Investigation())
    return found


def _another(now: Investigation) -> int:
    """Return the number of the next case: sessions begin at places of their own."""
    mine: int = st.session_state.setdefault("kp: first case", _first())
    return (now.number or mine - 1) % MOST + 1


def _first() -> int:
    return 1 + randbelow(50 * len(CASES))


def _open(number: int) -> None:
    controls.set_values({"kp_case": number})
    st.session_state[_STATE] = Investigation(number, in_a_row=_kept().in_a_row)
    set_place(1, "draw")
