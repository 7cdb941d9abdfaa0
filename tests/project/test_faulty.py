"""The faulty set: what is planted is there, what is not is in order, and what is found is counted as it should be."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.spatial.distance import cdist

from core.project.faulty import (
    COPIED,
    COPIES,
    EMPTY_CLASS,
    HIDING,
    INVERTED,
    INVERTED_IMAGES,
    KINDS,
    TRAIN,
    VALIDATION,
    WRONG,
    WRONG_LABELS,
    plant,
    planted,
)  # fmt: skip
from core.project.findings import MOST_FALSE, findings, missed
from core.project.looking import look, looks, most_unlike_but_right
from core.tasks.digits.data import load

SEEDS = (1, 2, 3)


def truths(seed: int) -> dict[bytes, int]:
    """Return the real label of every digit that can stand in a set, by its pixels."""
    images, labels = load("validation")
    return {image.tobytes(): int(label) for image, label in zip(images, labels, strict=True)}


@pytest.mark.parametrize("seed", SEEDS)
def test_each_fault_is_where_it_is_said_and_nowhere_else(seed: int) -> None:
    """By MNIST itself: wrong labels differ from it, inverted images are its negatives, copies are the same pixels."""
    found, right = planted(seed), truths(seed)
    assert (len(found.wrong), len(found.inverted), len(found.copies)) == (WRONG, INVERTED, COPIES)
    for at, (image, label) in enumerate(zip(found.images, found.labels, strict=True)):
        as_it_was = 255 - image if at in found.inverted else image
        assert (right[as_it_was.tobytes()] != label) == (at in found.wrong)
    pairs = {(a, b) for a in range(found.train) for b in range(found.train, len(found.labels))
             if (found.images[a] == found.images[b]).all()}  # fmt: skip
    assert pairs == set(found.copies)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_empty_class_hides_behind_wrong_labels(seed: int) -> None:
    """Three training images bear its label, and none of them shows it; validation has some that do."""
    found, right = planted(seed), truths(seed)
    assert found.empty is not None
    train, label = range(found.train), found.empty
    bear = [at for at in train if found.labels[at] == label]
    assert len(bear) == HIDING
    assert set(bear) <= found.wrong
    shown = [right[(255 - found.images[at] if at in found.inverted else found.images[at]).tobytes()] for at in train]
    assert label not in shown
    assert (found.labels[found.train :] == label).any()


def test_without_faults_the_set_is_in_order() -> None:
    """300 and 100 digits of MNIST's validation, each once, with their labels; the fresh ones are all the others."""
    found, right = plant(4, ()), truths(4)
    assert (found.train, len(found.labels)) == (TRAIN, TRAIN + VALIDATION)
    assert not found.is_faulty.any()
    assert [right[image.tobytes()] for image in found.images] == found.labels.tolist()
    used = {image.tobytes() for image in found.images}
    fresh = {load("validation")[0][at].tobytes() for at in found.fresh}
    assert not used & fresh
    assert len(found.fresh) == 6_000 - TRAIN - VALIDATION


def test_one_kind_hits_the_images_that_all_kinds_hit() -> None:
    """So that what a fault costs alone is what it costs in the set that a student sees."""
    both, alone = plant(5, KINDS), plant(5, (INVERTED_IMAGES,))
    dark = {both.images[at].tobytes() for at in both.inverted}
    assert dark == {alone.images[at].tobytes() for at in alone.inverted}
    assert plant(5, (COPIED,)).wrong == frozenset()
    assert plant(5, (WRONG_LABELS,)).empty is None
    assert plant(5, (EMPTY_CLASS,)).train < TRAIN


def test_the_measures_are_scipys() -> None:
    """Distances by scipy: the nearest image of the other part, and own class against the others, itself left out."""
    found = planted(1)
    seen, pixels = look(found), found.images.reshape(len(found.images), -1) / 255
    apart, train = cdist(pixels, pixels), np.arange(len(pixels)) < found.train
    for at in (0, 50, 100, 200, 300):
        others = np.flatnonzero(train != train[at])
        assert seen.twin[at] == pytest.approx(apart[at, others].min(), abs=1e-6)
        assert seen.nearest[at] == others[apart[at, others].argmin()]
        usable = train & (apart[at] > 1e-6)
        own = apart[at, usable & (found.labels == found.labels[at])].min()
        other = apart[at, usable & (found.labels != found.labels[at])].min()
        assert seen.unlike[at] == pytest.approx(own / other)
    assert seen.counts.sum() == found.train
    assert (seen.twin == 0).sum() == 2 * COPIES


@pytest.mark.parametrize("seed", SEEDS)
def test_measures_say_where_to_look_and_no_more(seed: int) -> None:
    """Most wrong labels stand among the first 40 by unlikeness, and so do many images in order."""
    found, seen = planted(seed), looks(seed)
    first = set(np.argsort(-seen.unlike[: found.train])[:40].tolist())
    assert len(first & found.wrong) >= 9
    assert most_unlike_but_right(seed, 24) >= 4
    assert set(np.argsort(-seen.brightness)[:INVERTED].tolist()) == found.inverted


def test_everything_marked_is_everything_found() -> None:
    """Each kind whole, one twin of a pair enough, nothing missed, no false alarm; the class has to be named too."""
    here = planted(1)
    marks = [*here.wrong, *here.inverted, *(pair[0] for pair in here.copies)]
    result = findings(here, marks, here.empty)
    assert result.found == result.planted == {"wrong": WRONG, "copies": COPIES, "inverted": INVERTED}
    assert result.false_alarms == 0
    assert result.is_enough
    assert not missed(here, marks)
    assert not findings(here, marks, None).is_enough
    assert not findings(here, [*here.wrong, *here.inverted], here.empty).is_enough
    everything = findings(here, range(len(here.labels)), here.empty)
    assert everything.false_alarms == int((~here.is_faulty).sum())
    assert not everything.is_enough


@given(st.sets(st.integers(0, 378), max_size=60))
def test_found_and_missed_are_all_that_was_planted(marks: set[int]) -> None:
    """Whatever is marked: of each kind, what is found and what is missed make up what was planted."""
    here = planted(1)
    result, left = findings(here, marks, 3), missed(here, marks)
    for kind, planted_of_it in result.planted.items():
        assert result.found[kind] + list(left.values()).count(kind) == planted_of_it
    assert not marks & {at for at, kind in left.items() if kind != COPIED}


def test_few_false_alarms_are_forgiven() -> None:
    """Three images in order may be suspected, a fourth is one too many."""
    here = planted(2)
    marks = [*here.wrong, *here.inverted, *(pair[1] for pair in here.copies)]
    fine = np.flatnonzero(~here.is_faulty).tolist()
    assert findings(here, marks + fine[:MOST_FALSE], here.empty).is_enough
    assert not findings(here, marks + fine[: MOST_FALSE + 1], here.empty).is_enough
    assert findings(here, marks[2:], here.empty).is_enough  # nine in ten are enough
    assert not findings(here, marks[4:], here.empty).is_enough
