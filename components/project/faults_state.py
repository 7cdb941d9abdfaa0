"""Where a student is with the faulty set: what is shown of it, what is marked, what was found."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import streamlit as st

from components import controls, shown
from components.in_browser import told
from components.language import _
from core.project.faulty import CLASSES, MOST_SEEDS, planted
from core.project.findings import Findings, findings

COMPONENT = "pj-faults"
PARTS = ("both", "train", "validation")
ORDERS = ("given", "unlike", "twin", "bright", "missed")
ALL = -1
_SEARCHES = "project: what was searched"


@dataclass
class Search:
    """What was done in one set.

    Attributes:
        marks: places of the images that were suspect at the last check.
        empty: the class that was said to have no example.
        is_checked: whether they were checked.
        is_asked: whether the student asked for what they had missed.
        is_won: whether enough was found before that.
    """

    marks: tuple[int, ...] = ()
    empty: int | None = None
    is_checked: bool = False
    is_asked: bool = False
    is_won: bool = False


def names() -> dict[str, tuple[Any, Callable[[str], Any]]]:
    """Return each value's default, and how its text in the address is read; None refuses it."""
    return {
        "set": (1, controls.one_of(*range(1, MOST_SEEDS + 1))),
        "part": (PARTS[0], controls.one_of(*PARTS)),
        "label": (ALL, controls.one_of(*range(ALL, CLASSES))),
        "order": (ORDERS[0], controls.one_of(*ORDERS)),
    }


def state() -> dict[str, Any]:
    """Return every value, as the address and the session say; what was missed is shown to who has asked for it."""
    here = {name: controls.in_url(f"pj_fault_{name}", *limits) for name, limits in names().items()}
    is_early = here["order"] == "missed" and not search(here["set"]).is_asked
    return here | {"order": ORDERS[0]} if is_early else here


def moved() -> None:
    """Take over what the hand left, checked like any other input."""
    told.take(st.session_state[COMPONENT].get("state"), names(), "pj_fault_")


def hidden() -> list[str]:
    """Return which controls a teacher's link leaves out."""
    return shown.left_out({"pj_fault_set": _("Another set")})


def searches() -> dict[int, Search]:
    """Return what this session did, by set."""
    found: dict[int, Search] = st.session_state.setdefault(_SEARCHES, {})
    return found


def search(seed: int) -> Search:
    """Return what this session did in a set."""
    return searches().get(seed, Search())


def found(seed: int) -> Findings:
    """Return what the last check of a set found."""
    here = search(seed)
    return findings(planted(seed), here.marks, here.empty)


def hear() -> None:
    """Take a new check, or the wish to see what was missed, once each."""
    for name in ("check", "ask"):
        if news := told.news(COMPONENT, name):
            take(news, asks=name == "ask")


def take(sent: Mapping[str, Any], *, asks: bool) -> None:
    """Take marks that a browser sent, checked like any other input; nonsense is left out.

    Args:
        sent: "set", "marks" and "empty".
        asks: the student gives up, and wants to see what was missed.
    """
    seed = told.value(sent.get("set"), names()["set"][1])
    if seed is None:
        return
    here = searches().setdefault(seed, Search())
    given = sent.get("marks")
    images = len(planted(seed).labels)
    places = {told.count(each) for each in given[:images]} if isinstance(given, list) else set()
    here.marks = tuple(sorted(place for place in places if place is not None and place < images))
    label = told.count(sent.get("empty"))
    here.empty = label if label is not None and label < CLASSES else None
    here.is_checked = True
    here.is_won |= not here.is_asked and found(seed).is_enough
    here.is_asked |= asks
