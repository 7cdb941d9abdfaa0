"""The data: read in one place, and cut once into three parts that share nothing."""

from pathlib import Path

import numpy as np

FILE = Path(__file__).parent / "data" / "digits.npz"
SIZES = {"train": 800, "validation": 200, "test": 200}
SEED = 1


def read(file: Path = FILE) -> tuple[np.ndarray, np.ndarray]:
    """Return all images (n, 28, 28), numbers from 0 to 255, and their labels (n,)."""
    with np.load(file) as held:
        return held["images"], held["labels"]


def split(count: int) -> dict[str, np.ndarray]:
    """Return which examples belong to each part: drawn once, the same every time."""
    order = np.random.default_rng(SEED).permutation(count)
    ends = np.cumsum(list(SIZES.values()))
    return dict(zip(SIZES, np.split(order[: ends[-1]], ends[:-1]), strict=True))


def load(part: str) -> tuple[np.ndarray, np.ndarray]:
    """Return the images of a part as rows (n, 784), numbers from 0 to 1, and their labels (n,)."""
    images, labels = read()
    chosen = split(len(labels))[part]
    return images[chosen].reshape(len(chosen), -1).astype(np.float32) / 255, labels[chosen].astype(np.int64)
