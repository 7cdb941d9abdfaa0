"""The digits: the cut that Keras makes, and drawings that become digits."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from core.runs.store import RunStore
from core.tasks.digits import data as digits
from core.tasks.digits.in_numpy import logits, weights_of
from core.train_val_test.presets import PRESETS


def test_the_validation_set_is_the_one_keras_cuts() -> None:
    """`validation_split=0.1` keeps the first 54,000 examples and validates on the last 6,000: so do we."""
    with np.load(digits.MNIST) as file:
        everything, labels = file["images_train"], file["labels_train"]
    split_at = int(60_000 * (1 - 0.1))  # keras.src.trainers.data_adapters.array_slicing.train_validation_split
    assert split_at == digits.TRAIN
    np.testing.assert_array_equal(digits.load("train")[0], everything[:split_at])
    np.testing.assert_array_equal(digits.load("validation")[1], labels[split_at:])


def test_drawings_of_test_digits_are_read_like_the_originals() -> None:
    """Test digits as thick strokes on a large canvas, shifted and scaled at random, are read as well to 5 points."""
    from PIL import Image

    random = np.random.default_rng(3)
    images, labels = digits.load("test")
    chosen = random.choice(len(images), 400, replace=False)
    run = RunStore(url="/nonexistent").find(PRESETS["course_mlp"])
    assert run is not None
    weights = weights_of(run.measured[-1])

    def drawn(image: np.ndarray) -> np.ndarray:
        """Return a digit as a student's thick strokes somewhere on the canvas."""
        rows, columns = np.nonzero(image > 60)
        box = image[rows.min() : rows.max() + 1, columns.min() : columns.max() + 1]
        height = int(random.integers(90, 200))
        width = max(8, round(box.shape[1] / box.shape[0] * height))
        width = min(width, 240)
        large = np.asarray(Image.fromarray(box).resize((width, height), Image.Resampling.BICUBIC)) > 110
        canvas = np.zeros((252, 252))
        top, left = random.integers(0, 252 - height + 1), random.integers(0, 252 - width + 1)
        canvas[top : top + height, left : left + width] = large
        return canvas

    def read_right(pictures: Iterable[np.ndarray]) -> float:
        right = [logits(weights, picture).argmax() == label
                 for picture, label in zip(pictures, labels[chosen], strict=True)]  # fmt: skip
        return float(np.mean(right))

    seen = [picture for image in images[chosen] if (picture := digits.from_drawing(drawn(image))) is not None]
    assert read_right(seen) > read_right(images[chosen]) - 0.05


def test_an_empty_drawing_is_no_digit() -> None:
    """Nothing drawn gives None, not a picture of noise."""
    assert digits.from_drawing(np.zeros((252, 252))) is None


def test_a_dot_and_a_full_square_are_pictures_too() -> None:
    """The smallest and the largest drawing become 28 × 28 pixels with ink in the middle."""
    dot = np.zeros((252, 252))
    dot[5, 5] = 1
    for ink in (dot, np.ones((252, 252))):
        picture = digits.from_drawing(ink)
        assert picture is not None
        assert picture.shape == (28, 28)
        assert picture[10:18, 10:18].max() == 255
