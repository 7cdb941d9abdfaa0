"""The presets of the GPU page: where its picture stands, as far as it differs from the defaults."""

from __future__ import annotations

from typing import Any

from core.gpu.work import COURSE

PRESETS: dict[str, dict[str, Any]] = {
    "course": {"width": COURSE, "batch": 16},
    "wide": {"width": 1024, "batch": 1},
    "large": {"width": 4096, "batch": 4096},
    "sent": {"width": COURSE, "batch": 4096, "transfer": True},
    "half": {"width": 4096, "batch": 16_384, "precision": "bf16"},
}
"""The question's own; a card that wins with one example; one at work; one that waits for its pictures; 16 bits."""
