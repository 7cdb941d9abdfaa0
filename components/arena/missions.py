"""The missions of the page on the arena, ticked from what was really tried."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from components import progress
from components.arena import lab
from components.lesson import PageLesson
from core.arena.lab import in_view
from core.arena.missions import cheapest, leads, separates
from core.arena.table import entrants

_LEADERS = "ar: whom Elo has put first, by the votes and K of the laboratory"


def missions(lesson: PageLesson, here: Mapping[str, Any]) -> None:
    """Show the missions, and tick those that were reached.

    Args:
        lesson: holds their words.
        here: where the picture stands.
    """
    first, second = (entrants()[here[name]].row.rating for name in ("first", "second"))
    found = separates(first - second, here["votes"], here["draw"])
    lesson.mission("ten", found, by=("ar_first", "ar_second", "ar_votes"))
    room = in_view(lab.state())
    lesson.mission("fakes", cheapest(room), by=("ar_lab_fakes", "ar_lab_helped", "ar_lab_against"))
    lesson.mission("order", _two_leaders(lesson, room))


def _two_leaders(lesson: PageLesson, room: Mapping[str, Any]) -> bool:
    """Whether this session has seen two orders of the same votes after which Elo has different firsts."""
    if "order" in progress.of(lesson.stem).missions:
        return True
    if (leader := leads(room)) is None:
        return False
    same = tuple(room[name] for name in ("votes", "seed", "k", "ties", "bias"))
    seen: dict[tuple[Any, ...], set[int]] = st.session_state.setdefault(_LEADERS, {})
    seen.setdefault(same, set()).add(leader)
    return len(seen[same]) > 1
