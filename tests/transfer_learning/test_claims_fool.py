"""What the lesson says of fooling the network, computed. Names are those of its claims."""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

from core.tasks.signs import photos as signs
from core.tasks.signs.looking import features
from core.tasks.signs.splits import Indices, split
from core.transfer_learning.fool import Square, covered, photo, recorded
from core.transfer_learning.fool_record import MARGIN, head_on
from core.transfer_learning.intake import SIDE, Photo
from core.transfer_learning.missions import FOOL_BEFORE, FOOL_SHARE, is_fooled
from core.transfer_learning.on_worker import features_of

SMALL = int(SIDE * FOOL_SHARE**0.5)


@cache
def plain() -> NDArray[np.float32]:
    """Return what the network reads of each offered photo, (photos, signs), looked at now."""
    return read([photo(int(number)) for number in recorded().numbers])


def read(photos: list[Photo]) -> NDArray[np.float32]:
    """Return what base and recorded head read."""
    return recorded().head.chances(features_of(photos))


def fools(numbers: Indices, before: NDArray[np.float32], corners: NDArray[np.integer]) -> list[bool]:
    """Return which photos are fooled by the largest square that counts.

    Args:
        numbers: of the photos.
        before: what is read of each as it is.
        corners: (photos, 2), where the square begins on each.
    """
    squares = [Square(int(top), int(left), SMALL) for top, left in corners]
    after = read([covered(photo(int(number)), square) for number, square in zip(numbers, squares, strict=True)])
    shown = signs.load().signs[numbers]
    return [
        is_fooled(int(sign), list(one), list(other), square.share)
        for sign, one, other, square in zip(shown, before, after, squares, strict=True)
    ]


def test_fool_people_never_seen() -> None:
    """The recorded head is what the photos of the 130 people give; none of the offered photos shows one of them."""
    people, of = split("people"), signs.load().people
    assert len(set(of[people.pool].tolist())) == 130
    assert not set(of[people.pool].tolist()) & set(of[recorded().numbers].tolist())
    assert np.allclose(head_on(people.pool).weights, recorded().head.weights, atol=0.01)


def test_fool_read_surely() -> None:
    """Looked at now, each photo is read rightly with 96 % or more, as recorded."""
    found = recorded()
    assert (plain().argmax(1) == signs.load().signs[found.numbers]).all()
    assert plain().max(1).min() >= FOOL_BEFORE + MARGIN == 0.96
    assert np.abs(plain() - found.chances).max() < 0.02


def test_fool_each_can_be() -> None:
    """A place is known on each of the 102, of 568 read so surely, where a square of a fortieth of the photo fools."""
    found = recorded()
    assert FOOL_SHARE == 1 / 40
    assert len(found.numbers) == 102
    assert not found.of_sign(0)
    assert found.sure == len(read_surely()[0]) == 568
    assert all(fools(found.numbers.astype(np.int64), plain(), found.corners))


def test_fool_not_by_accident() -> None:
    """Of places drawn at random, fewer than 3 % fool on all photos read so surely, fewer than one in 15 on the 102."""
    rng = np.random.default_rng(5)
    numbers, before = read_surely()
    assert np.mean(fools(numbers, before, rng.integers(0, SIDE - SMALL + 1, (len(numbers), 2)))) < 0.03
    offered, times = recorded().numbers.astype(np.int64), 3
    corners = rng.integers(0, SIDE - SMALL + 1, (times * len(offered), 2))
    assert 0 < np.mean(fools(np.tile(offered, times), np.tile(plain(), (times, 1)), corners)) < 1 / 15


def read_surely() -> tuple[Indices, NDArray[np.float32]]:
    """Return the photos of people never seen that are read surely enough to be searched, and what is read of each."""
    others = split("people").validation
    before = recorded().head.chances(features()[others])
    is_sure = (before.argmax(1) == signs.load().signs[others]) & (before.max(1) >= FOOL_BEFORE + MARGIN)
    return others[is_sure], before[is_sure]
