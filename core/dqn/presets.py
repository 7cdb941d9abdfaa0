"""The trainings that the page opens with, and those that are compared over seeds. No torch here."""

from __future__ import annotations

from dataclasses import replace

from core.dqn.settings import DqnSettings

BASE = DqnSettings()
"""The training that everything is compared with: the course's settings in the small world."""
COURSE = DqnSettings(world="course", steps=4_000, target_unit="crashes")
"""The course's own training: four rounds of 1,000 moves, the target network renewed every five crashes."""
PRESETS: dict[str, DqnSettings] = {
    "replay": BASE,
    "latest": replace(BASE, draw="latest"),
    "small-memory": replace(BASE, memory=1_000),
    "no-target": replace(BASE, target_unit="none"),
    "short-sighted": replace(BASE, discount=0.0),
    "course": COURSE,
}
"""What the page opens with, by the name of its section in the lesson."""
VALUES: dict[str, tuple[object, ...]] = {
    "batch_size": (4, 16, 64, 256),
    "memory": (64, 1_000, 10_000),
    "discount": (0.0, 0.8, 0.95, 0.99),
    "epsilon_decay": (0.9, 0.99, 0.999),
    "target_unit": ("none", "steps", "crashes"),
    "target_every": (5, 200),
    "draw": ("random", "latest"),
}
"""What each setting is tried with, all others as in `BASE`."""
SEEDS = range(1, 7)
"""Of each of these."""


def compared() -> list[DqnSettings]:
    """Return the trainings that are compared, seed by seed: `BASE`, and it with one setting changed."""
    changed = {
        replace(BASE, **{name: value}).run_id: replace(BASE, **{name: value})  # type: ignore[arg-type]
        for name, values in VALUES.items()
        for value in values
    }
    return [replace(settings, seed=seed) for seed in SEEDS for settings in changed.values()]
