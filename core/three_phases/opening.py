"""What the page begins with. No torch."""

from __future__ import annotations

from core.stories.instructions import Instruction

WISHES = ("hero", "thing", "plot", "helper")
"""What an instruction on the page may name: what the recorded model of phase 2 was taught to obey."""
OPENING = Instruction(hero="renard", thing="clé", plot="lost")
PRESETS: dict[str, dict[str, str]] = {
    "lost": {},
    "needed": {"hero": "fée", "thing": "violon", "plot": "needed", "helper": "loup"},
    "free": {"hero": "dragon", "thing": "", "plot": "", "helper": ""},
}
"""Instructions to start from, as far as they differ from the opening one."""
