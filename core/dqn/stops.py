"""What the page's controls offer. No torch here."""

from __future__ import annotations

from typing import Any

STOPS: dict[str, tuple[Any, ...]] = {
    "batch_size": (1, 4, 16, 32, 64, 128, 256),
    "memory": (64, 256, 1_000, 3_000, 10_000, 20_000),
    "discount": (0.0, 0.5, 0.8, 0.9, 0.95, 0.99, 1.0),
    "epsilon_decay": (0.5, 0.9, 0.97, 0.99, 0.995, 0.999, 1.0),
    "target_every": (1, 5, 20, 50, 200, 1_000),
    "steps": (1_000, 2_000, 4_000, 10_000, 20_000),
    "learning_rate": (1e-4, 3e-4, 1e-3, 3e-3, 1e-2),
    "pickup": (-1.0, -0.1, 0.0, 0.1, 0.5, 1.0),
    "delivery": (-1.0, 0.0, 0.5, 1.0, 5.0),
    "charging": (-1.0, -0.1, 0.0, 0.1, 0.3, 1.0),
    "crash": (-5.0, -1.0, -0.5, -0.1, 0.0, 1.0),
}
"""Each setting's values, in order."""
