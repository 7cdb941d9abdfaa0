"""What a student asks in a further experiment: a ready text or one of their own, one talk for each, one at a time."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Protocol, TypeVar

import streamlit as st

from components import controls
from components.chat.state import MOST_SYSTEM
from core.chat.servers import Server

OWN = "own"
EVERY = 0.3
"""Seconds between two looks at what is being written."""


class Talk(Protocol):
    """What was asked, and what comes of it."""

    question: str
    server: Server

    @property
    def is_over(self) -> bool:
        """Whether nothing more comes."""

    def stop(self) -> None:
        """Have nothing more come."""


T = TypeVar("T", bound=Talk)


def choose(
    label: str, ready: Mapping[str, str], first: str, *, own: str, field: str, key: str, own_key: str
) -> tuple[str, str]:
    """Show the choice of a text and, for the student's own, its field; return the choice and the text.

    Args:
        label: of the choice.
        ready: the texts, by name.
        first: the name of the one that is chosen at first.
        own: what the student's own is called.
        field: the label of its field.
        key: of the choice, which the address holds.
        own_key: of the field, which it does not.
    """
    names = {**ready, OWN: own}
    name = controls.choice(label, list(names), first, key=key, format_func=names.__getitem__, kind="select")
    return name, ready.get(name) or st.text_input(field, key=own_key, max_chars=MOST_SYSTEM).strip()


def button(
    label: str,
    refused: str,
    on_click: Callable[..., None],
    *args: object,
    key: str,
    icon: str | None = None,
    disabled: bool = False,
) -> None:
    """Show the button that asks; while nobody can be asked it cannot be pressed, and says why.

    Args:
        label: of the button.
        refused: why nobody can be asked, in the page's language; empty: somebody can.
        on_click: what a press does.
        args: that it is called with.
        key: of the button.
        icon: before its label.
        disabled: for a reason of the experiment's own, which it shows itself.
    """
    st.button(label, key=key, icon=icon, on_click=on_click, args=args, disabled=disabled or bool(refused))
    if refused:
        st.caption(refused)


def standing(talks: dict[str, T], name: str, question: str, server: Server) -> T | None:
    """Return the talk about what is chosen, if it was asked for; what was asked otherwise or of another is let go."""
    talk = talks.get(name)
    if talk is not None and (talk.question, talk.server.id) != (question, server.id):
        talk.stop()
        del talks[name]
        return None
    return talk


def press(talks: dict[str, T], name: str, begin: Callable[[], T]) -> None:
    """Begin a talk, or stop the one that goes on; all others stop."""
    is_busy = name in talks and not talks[name].is_over
    for talk in talks.values():
        talk.stop()
    if not is_busy:
        talks[name] = begin()


def watch(is_busy: Callable[[], bool], draw: Callable[[], None]) -> None:
    """Draw what there is, again and again while more comes; when it is over, the page runs once more."""
    was_busy = is_busy()

    @st.fragment(run_every=EVERY if was_busy else None)
    def drawn() -> None:
        draw()
        if was_busy and not is_busy():
            st.rerun()

    drawn()
