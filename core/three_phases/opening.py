"""What the page begins with. No torch."""

from __future__ import annotations

from collections.abc import Mapping

from core.stories.instructions import Instruction

WISHES = ("hero", "thing", "plot", "helper")
"""What an instruction on the page may name: what the recorded model of phase 2 was taught to obey."""
OPENING = Instruction(hero="renard", thing="clé", plot="lost")
PRESETS: dict[str, dict[str, str]] = {
    "lost": {},
    "needed": {"hero": "princesse", "thing": "violon", "plot": "needed", "helper": "loup"},
    "free": {"hero": "dragon", "thing": "", "plot": "", "helper": ""},
}
"""Instructions to start from, as far as they differ from the opening one."""
VOTES = (5, 10, 20, 40, 60, 100, 200, 400)
"""Pairs that a taste may be asked to vote on."""
TO_VOTE_ON, PAIRS_SEED = 60, 1
"""Pairs that there are to vote on, and what they are drawn with: those that a run of these settings has."""


def asked_for(moved: Mapping[str, str]) -> Instruction:
    """Return the opening instruction with other wishes."""
    opening = OPENING.to_json()
    return Instruction(**{name: moved.get(name, opening.get(name, "")) for name in WISHES})
