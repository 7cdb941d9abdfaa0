"""The runs that open at once: the course's two loops, whole, and each with one of its lines damaged."""

from __future__ import annotations

from dataclasses import replace

from core.keras_pytorch.settings import COURSE, SUBJECTS, LoopSettings, possible

PRESETS: dict[str, LoopSettings] = {
    "letters": COURSE["letters"],
    "forgotten": replace(COURSE["letters"], faults=("no_reset",)),
    "shifted": replace(COURSE["letters"], faults=("shifted_labels",)),
    "digits": COURSE["digits"],
    "sorted": replace(COURSE["digits"], faults=("no_shuffle",)),
    "twice": replace(COURSE["digits"], faults=("softmax_twice",)),
}
"""Two that learn, and four that do not as they should."""


def recorded() -> dict[str, LoopSettings]:
    """Return every run that is shipped: each loop as it should be, and with each single fault."""
    whole = {subject: COURSE[subject] for subject in SUBJECTS}
    broken = {
        f"{subject}_{fault}": replace(COURSE[subject], faults=(fault,))
        for subject in SUBJECTS
        for fault in possible(subject)
    }
    return whole | broken
