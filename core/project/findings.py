"""What a student has found of the planted faults: how many of each kind, and how many false alarms."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from core.project.faulty import COPIED, INVERTED_IMAGES, WRONG_LABELS, FaultySet

ENOUGH = 0.9
"""Share of the faulty images that has to be found."""
MOST_FALSE = 3
"""Images in order that may be suspected meanwhile."""


@dataclass(frozen=True)
class Findings:
    """What is found.

    Attributes:
        found: images of each kind that were marked; a pair of copies counts once, whichever twin is marked.
        planted: how many there are of each kind.
        false_alarms: marked images in order.
        names_empty: whether the class without an example is named.
    """

    found: dict[str, int]
    planted: dict[str, int]
    false_alarms: int
    names_empty: bool

    @property
    def is_enough(self) -> bool:
        """Whether all four kinds are found, nine faulty images in ten, with few false alarms."""
        share = sum(self.found.values()) / sum(self.planted.values())
        return self.names_empty and all(self.found.values()) and share >= ENOUGH and self.false_alarms <= MOST_FALSE


def findings(given: FaultySet, marks: Collection[int], empty: int | None) -> Findings:
    """Compare what was marked with what was planted.

    Args:
        given: the set.
        marks: places of the images that are suspected.
        empty: the class that is said to have no example; None if none is named.
    """
    marked = set(marks)
    twins = [pair for pair in given.copies if marked & set(pair)]
    faulty = given.is_faulty
    return Findings(
        found={
            WRONG_LABELS: len(marked & given.wrong),
            COPIED: len(twins),
            INVERTED_IMAGES: len(marked & given.inverted),
        },
        planted={
            WRONG_LABELS: len(given.wrong),
            COPIED: len(given.copies),
            INVERTED_IMAGES: len(given.inverted),
        },
        false_alarms=sum(not faulty[at] for at in marked),
        names_empty=empty is not None and empty == given.empty,
    )


def missed(given: FaultySet, marks: Collection[int]) -> dict[int, str]:
    """Return the faulty images that were not marked, with their kind; of copies, the twin in validation."""
    marked = set(marks)
    found = dict.fromkeys(sorted(given.wrong - marked), WRONG_LABELS)
    found |= dict.fromkeys(sorted(given.inverted - marked), INVERTED_IMAGES)
    return found | {pair[1]: COPIED for pair in given.copies if not marked & set(pair)}
