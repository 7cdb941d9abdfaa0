"""The occlusion map, on classifiers whose answer is known; and its colours in the browser."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from core.files import ROOT
from core.transfer_learning.occlusion import GREY, PATCH, STRIDE, occlusion, places
from tests.node import ask

SIDE = 160


def brightness(photos: NDArray[np.uint8]) -> NDArray[np.float64]:
    """Look at one square alone, rows 60 to 99 and columns 90 to 129: the first class if it is bright."""
    seen = photos[:, 60:100, 90:130].mean((1, 2, 3)) / 255
    return np.stack([seen, 1 - seen], 1)


def test_the_map_is_the_share_of_the_square_that_the_patch_covers() -> None:
    """For a classifier that looks at one square, each drop is that of the pixels hidden there, counted by hand."""
    photo = np.full((SIDE, SIDE, 3), 255, np.uint8)
    found = occlusion(photo, brightness)
    assert (found.predicted, found.chances[0]) == (0, 1)
    for row, top in enumerate(places(SIDE)):
        for column, left in enumerate(places(SIDE)):
            high = max(0, min(top + PATCH, 100) - max(top, 60))
            wide = max(0, min(left + PATCH, 130) - max(left, 90))
            assert found.drop[row, column] == pytest.approx(high * wide / 1600 * (255 - GREY) / 255)
    assert int(found.drop.argmax()) == 4 * 9 + 6


def test_hiding_what_speaks_against_it_makes_it_surer() -> None:
    """A square darker than the patch, in a photo taken for bright, has a negative drop."""
    photo = np.full((SIDE, SIDE, 3), 255, np.uint8)
    photo[60:80, 90:130] = 0
    found = occlusion(photo, lambda photos: brightness(photos) + np.array([0.5, 0]))
    assert found.predicted == 0
    assert found.drop.min() < 0 < found.drop.max()


@pytest.mark.parametrize(("patch", "stride", "batch"), [(40, 15, 27), (32, 32, 4), (160, 1, 1), (20, 50, 1000)])
def test_batches_change_nothing_and_the_photo_stays_as_it_is(patch: int, stride: int, batch: int) -> None:
    """Any size, any step, any batch: the same map as asking one by one, and the photo unchanged."""
    photo = np.random.default_rng(1).integers(0, 256, (SIDE, SIDE, 3), np.uint8)
    before, sizes = photo.copy(), []

    def noting(photos: NDArray[np.uint8]) -> NDArray[np.float64]:
        sizes.append(len(photos))
        return brightness(photos)

    found = occlusion(photo, noting, patch, stride, batch)
    assert np.array_equal(photo, before)
    assert max(sizes) <= batch
    assert np.allclose(found.drop, occlusion(photo, brightness, patch, stride, 1).drop)


def test_a_patch_that_does_not_fit_is_an_error() -> None:
    """Larger than the photo, without size or without a step: refused."""
    for patch, stride in ((161, 1), (0, 1), (40, 0)):
        with pytest.raises(ValueError, match="patch"):
            places(SIDE, patch, stride)


def test_the_colours_say_which_way_and_how_much() -> None:
    """Blue for a drop, orange for a rise, twice as opaque for twice as much; a map of almost nothing stays pale."""
    blue, half, orange, pale = ask(
        ROOT / "components" / "transfer_learning" / "own_colours.js",
        "[colourOf(0.8, 0.8), colourOf(0.4, 0.8), colourOf(-0.8, 0.8), colourOf(0.01, 0.01)]",
    )
    assert blue[:3] == half[:3] == pale[:3] == [0, 114, 178]
    assert orange[:3] == [230, 159, 0]
    assert abs(blue[3] - 2 * half[3]) <= 1
    assert pale[3] < blue[3] / 5
    assert STRIDE < PATCH  # neighbours overlap, so that the drawn map may flow from place to place
