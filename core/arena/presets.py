"""What the page on the arena begins with: duels worth seeing, good and bad."""

from __future__ import annotations

from typing import Any

from core.arena.table import at

ASKED: dict[str, Any] = {"first": at("GPT-4o"), "second": at("Llama 3 70B"), "votes": 100, "draw": 1}
"""The duel that the page asks about: 80 points apart."""
PRESETS: dict[str, dict[str, Any]] = {
    "eighty": {},
    "ends": {"second": at("GLM-4")},
    "few": {"votes": 10},
    "many": {"votes": 10_000},
    "same": {"first": at("Gemini 1.5 Pro (04-09)"), "second": at("GPT-4 Turbo (04-09)"), "votes": 30_000},
}
"""Where the picture stands, as far as it differs from the question."""
LAB: dict[str, dict[str, Any]] = {
    "start": {},
    "few": {"votes": 300},
    "nervous": {"k": 64},
    "ties": {"view": "taste", "ties": 40, "votes": 30_000},
    "length": {"view": "taste", "bias": 60, "votes": 30_000},
    "robot": {"view": "cheat", "fakes": 100},
    "omission": {"view": "drop", "dropped": 20},
}
"""Where the laboratory stands, as far as it differs from its defaults."""
