"""The student's own votes: two answers to one instruction, again and again."""

from __future__ import annotations

from functools import partial
from typing import Any

import streamlit as st

from components.answers import answered
from components.in_browser import component, surroundings
from components.in_browser.told import count, told
from components.language import _
from core.files import Arrays
from core.three_phases.asked import SHIPPED, pairs
from core.three_phases.opening import PAIRS_SEED, TO_VOTE_ON
from core.three_phases.settings import NEITHER

VOTE, CAST = "tp-vote", "tp: what this session has voted"
SIGNS = {"a": 0, "b": 1, "n": NEITHER}
"""How the browser writes a vote: for the first answer, for the second, for neither."""


def own_votes(name: str = "", given: Arrays | None = None) -> tuple[int, ...]:
    """Show pairs to vote on; return the votes so far: 0 for the first answer, 1 for the second, −1 for neither.

    Args:
        name: of the student's own phase 2, which then writes the answers; the recorded one's without.
        given: that model, as a frame keeps it.
    """
    found = answered(
        "aligning-pairs", pairs, TO_VOTE_ON, PAIRS_SEED, *([name] if name else []), shipped=SHIPPED, given=given
    )
    if found is None:
        return ()
    key = f"{VOTE}-{name}" if name else VOTE  # other answers: the votes on the recorded ones stay theirs
    state = st.session_state.get(CAST, {}).get(key, {"votes": "", "turn": 0})
    data = surroundings() | {
        "pairs": [{"asked": pair["asked"], "texts": [pair["first"], pair["second"]]} for pair in found],
        "state": state,
        "labels": {
            "better": _("Answer {side} is better", side="%s"),
            "neither": _("Neither"),
            "counted": _("Votes: {number}", number="%n"),
            "quoted": _("“{text}”", text="%t"),
            "undo": _("Undo"),
            "done": _("You have voted on all pairs."),
        },
    }
    component("three_phases/vote")(key=key, data=data, on_state_change=partial(_cast, key))
    return tuple(SIGNS[vote] for vote in state["votes"])


def _cast(key: str) -> None:
    """Keep the votes: another part of the page, or another voter, takes the component away with what it has told."""
    given = told(key, "state")
    cast: dict[str, dict[str, Any]] = st.session_state.setdefault(CAST, {})
    cast[key] = {"votes": _read(given.get("votes")), "turn": count(given.get("turn")) or 0}


def _read(given: object) -> str:
    if not isinstance(given, str):
        return ""
    return "".join(vote for vote in given[:TO_VOTE_ON] if vote in SIGNS)
