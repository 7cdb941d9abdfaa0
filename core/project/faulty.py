"""A small set of digits into which faults were planted, to be found before anything is trained.

Four kinds, each from real life: labels that are wrong, images that stand in training and in validation, images that
are inverted, and a class without a single example, hidden behind wrong labels. Where they are is drawn by a seed.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.once import once
from core.tasks.digits.data import load

TRAIN, VALIDATION = 300, 100
"""Images of each part before a class is emptied."""
WRONG, HIDING, INVERTED, COPIES = 12, 3, 8, 10
"""Images with each fault; of the wrong labels, so many name the class that has no example."""
WRONG_LABELS, COPIED, INVERTED_IMAGES, EMPTY_CLASS = KINDS = ("wrong", "copies", "inverted", "empty")
CLASSES = 10
MOST_SEEDS = 100
"""Sets that can be drawn."""

Images = NDArray[np.uint8]
Labels = NDArray[np.uint8]
Indices = NDArray[np.intp]


@dataclass(frozen=True)
class FaultySet:
    """Images as a student finds them, and what is wrong with them.

    Attributes:
        images: (images, 28, 28), training first.
        labels: as they are written.
        train: how many of the images are for training; the others are for validation.
        wrong: places of the images whose label is wrong.
        inverted: places of the images whose black and white are exchanged.
        copies: pairs of places, in training and in validation, of one image.
        empty: the class without an example in training; None if each has some.
        fresh: places in `load("validation")` of digits that stand in no part of the set.
    """

    images: Images
    labels: Labels
    train: int
    wrong: frozenset[int]
    inverted: frozenset[int]
    copies: tuple[tuple[int, int], ...]
    empty: int | None
    fresh: Indices

    @property
    def is_faulty(self) -> NDArray[np.bool_]:
        """Whether each image has a fault, either twin of a copy included."""
        found = np.zeros(len(self.labels), bool)
        found[[*self.wrong, *self.inverted, *(place for pair in self.copies for place in pair)]] = True
        return found


@once(8)
def planted(seed: int) -> FaultySet:
    """Return the set of a seed, with all four kinds of faults."""
    return plant(seed, KINDS)


def plant(seed: int, kinds: Collection[str]) -> FaultySet:
    """Draw a set, and plant some kinds of faults; the same images are hit, whichever other kinds are planted.

    Args:
        seed: of the draw.
        kinds: some of `KINDS`.
    """
    images, labels = load("validation")
    rng = np.random.default_rng([seed, 15])
    order = rng.permutation(len(labels))
    empty = int(rng.integers(CLASSES))
    train, validation, fresh = np.split(order, [TRAIN, TRAIN + VALIDATION])
    hit = rng.permutation(np.flatnonzero(labels[train] != empty))
    wrong, inverted, copied = hit[:WRONG], hit[WRONG : WRONG + INVERTED], hit[WRONG + INVERTED :][:COPIES]
    into = rng.permutation(VALIDATION)[:COPIES]
    written = labels[train].copy()
    shown = images[train].copy()
    if WRONG_LABELS in kinds:
        written[wrong] = _other_labels(written[wrong], empty, rng, hides=EMPTY_CLASS in kinds)
    if INVERTED_IMAGES in kinds:
        shown[inverted] = 255 - shown[inverted]
    if COPIED in kinds:
        validation = validation.copy()
        validation[into] = train[copied]
    stays = labels[train] != empty if EMPTY_CLASS in kinds else np.ones(TRAIN, bool)
    place = np.cumsum(stays) - 1  # where an image stands once those of the empty class are gone
    kept = int(stays.sum())
    return FaultySet(
        images=np.concatenate([shown[stays], images[validation]]),
        labels=np.concatenate([written[stays], labels[validation]]),
        train=kept,
        wrong=_places(place, wrong) if WRONG_LABELS in kinds else frozenset(),
        inverted=_places(place, inverted) if INVERTED_IMAGES in kinds else frozenset(),
        copies=tuple((int(place[a]), kept + int(b)) for a, b in zip(copied, into, strict=True))
        if COPIED in kinds
        else (),
        empty=empty if EMPTY_CLASS in kinds else None,
        fresh=fresh,
    )


def _places(place: NDArray[Any], hit: NDArray[Any]) -> frozenset[int]:
    return frozenset(int(place[at]) for at in hit)


def _other_labels(right: Labels, empty: int, rng: np.random.Generator, *, hides: bool) -> Labels:
    """Return a wrong label for each image; the first ones hide the empty class, no other names it."""
    choices = [[label for label in range(CLASSES) if label not in (true, empty)] for true in right]
    found = np.array([rng.choice(some) for some in choices], np.uint8)
    if hides:
        found[:HIDING] = empty
    return found
