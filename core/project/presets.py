"""Where the ladder of the page stands at first, what its question asks about, and its presets."""

from __future__ import annotations

from typing import Any

from core.project.baselines import MODELS, TASKS

ASKED: dict[str, Any] = {"task": "digits", "size": 10_000}
"""The question's ladder, and the one that the page opens with, at its first row."""
ALL_ROWS = len(MODELS)
PLAYED: dict[str, Any] = {**ASKED, "rows": ALL_ROWS, "close": True}
"""What the answer ends with: every row, the best ones large."""
PRESETS: dict[str, dict[str, Any]] = {
    "asked": PLAYED,
    "all": {"task": "digits", "size": TASKS["digits"].all, "rows": ALL_ROWS, "close": True},
    "few": {"task": "digits", "size": 100, "rows": ALL_ROWS},
    "signs": {"task": "signs", "size": 300, "rows": ALL_ROWS},
    "letters": {"task": "letters", "size": TASKS["letters"].all, "rows": ALL_ROWS},
}
"""By name, where they differ from the defaults."""
