"""Les données : lues à un seul endroit, coupées une fois en trois parties qui ne partagent rien."""

from pathlib import Path

import numpy as np

FILE = Path(__file__).parent / "data" / "digits.npz"
SIZES = {"train": 800, "validation": 200, "test": 200}
SEED = 1


def read(file: Path = FILE) -> tuple[np.ndarray, np.ndarray]:
    """Rend toutes les images (n, 28, 28), des nombres de 0 à 255, et leurs étiquettes (n,)."""
    with np.load(file) as held:
        return held["images"], held["labels"]


def split(count: int) -> dict[str, np.ndarray]:
    """Rend les exemples de chaque partie : tirés une fois, toujours les mêmes."""
    order = np.random.default_rng(SEED).permutation(count)
    ends = np.cumsum(list(SIZES.values()))
    return dict(zip(SIZES, np.split(order[: ends[-1]], ends[:-1]), strict=True))


def load(part: str) -> tuple[np.ndarray, np.ndarray]:
    """Rend les images d’une partie en lignes (n, 784), de 0 à 1, et leurs étiquettes (n,)."""
    images, labels = read()
    chosen = split(len(labels))[part]
    return images[chosen].reshape(len(chosen), -1).astype(np.float32) / 255, labels[chosen].astype(np.int64)
