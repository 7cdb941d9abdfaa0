"""How the arena ranks its models, and what their votes foretell of their intervals."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st

from components import controls, shown
from components.in_browser import component, surroundings, told
from components.in_browser.told import turn
from components.language import _
from components.lesson import PageLesson
from core.arena.ranks import predicted_half_width
from core.arena.table import ANCHOR_VOTES, rows

COMPONENT = "ar-ranks"
FIRST = next(at for at, row in enumerate(rows()) if row.model == "GPT-4-1106-preview")
"""The row that the part opens on: its printed rank does not follow from what is printed."""


def names() -> dict[str, tuple[Any, Callable[[str], Any]]]:
    """Return each value's default, and how its text in the address is read; None refuses it."""
    return {
        "row": (FIRST, lambda text: int(text) if 0 <= int(text) < len(rows()) else None),
        "ties": (0, controls.one_of(*range(0, 61, 5))),
        "anchored": (False, controls.boolean),
    }


def ranks(lesson: PageLesson) -> None:
    """Show the table's intervals, how a rank comes out of them, and what the votes foretell of them."""
    lesson.words("text-ranks")
    here = {name: controls.in_url(f"ar_{name}", *limits) for name, limits in names().items()}
    labels = _labels()
    data = surroundings() | {
        "rows": [
            {
                "name": row.model,
                "rank": row.rank,
                "rating": row.rating,
                "low": row.lower,
                "high": row.upper,
                "votes": row.votes,
            }
            for row in rows()
        ],
        "state": {**here, "turn": turn(COMPONENT)},
        "single": predicted_half_width(1),
        "anchor": ANCHOR_VOTES,
        "plays": 0,
        "hidden": shown.left_out(
            {f"ar_{name}": labels[name] for name in ("ties", "anchored")} | {"ar_row": labels["model"]}
        ),
        "labels": labels,
    }
    component("arena/ranks")(key=COMPONENT, data=data, on_state_change=_moved)


def _moved() -> None:
    told.take(st.session_state[COMPONENT].get("state"), names(), "ar_")


def _labels() -> dict[str, str]:
    return {
        "alt": _("The models of the table with their intervals, the best first"),
        "model": _("Model"),
        "ties": _("Share of ties"),
        "anchored": _("Count the votes of Mixtral too"),
        "agrees": _("{above} lower bounds lie above {bound}: rank {rank}, as printed.",
                    above="%n", bound="%u", rank="%r"),
        "differs": _("{above} lower bounds lie above {bound}: rank {rank}. The arena printed {printed}: "
                     "it ranked before rounding.", above="%n", bound="%u", rank="%r", printed="%p"),
        "width": _("{votes} votes: the formula foretells ±{foretold} (the wide bar), printed is +{up} / −{down}.",
                   votes="%v", foretold="%f", up="%a", down="%b"),
        "fits": _("{near} intervals of {all} are foretold within one point.", near="%k", all="%n"),
    }  # fmt: skip
