"""Twenty networks that differ in their seed only: what choosing among them on a test set does to its number."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from core.files import RECORDED, pack, unpack, write_whole
from core.once import once
from core.tasks.digits.data import TEST
from core.tasks.digits.settings import DigitsSettings

FILE = RECORDED / "train_val_test" / "twenty-seeds.safetensors"
SETTINGS = DigitsSettings(examples=1_000, epochs=10, batch_size=32)
SEEDS = 20

Bits = NDArray[np.bool_]


@once()
def packed() -> NDArray[np.uint8]:
    """Return which of the 10,000 test digits each network reads wrongly, as recorded: eight digits to a byte."""
    arrays, _metadata = unpack(FILE.read_bytes())
    return arrays["wrong"]


def wrong() -> Bits:
    """Return which of the 10,000 test digits each network reads wrongly: (networks, digits)."""
    return np.unpackbits(packed(), axis=1, count=TEST).astype(bool)


def record_seeds() -> None:
    """Train the twenty networks, and write which test digits each reads wrongly: one bit each."""
    from core.train_val_test.at_the_end import mistakes_of

    rows = [mistakes_of(replace(SETTINGS, seed=seed), "test") for seed in range(1, SEEDS + 1)]
    write_whole(FILE, pack({"wrong": np.packbits(np.stack(rows), axis=1)}, {"of": "digits read wrongly"}))
