"""The head that reads the ten signs, for a hand held up to the camera.

`python -m core.transfer_learning.signs_head` records it. It learned from all photos there are: nothing is left to test
it on, and the page says no accuracy of it.
"""

from __future__ import annotations

import numpy as np

from core.files import RECORDED
from core.once import once
from core.transfer_learning.head import Head, HeadSettings
from core.transfer_learning.intake import photo_of

FILE = RECORDED / "transfer_learning" / "head.safetensors"


@once()
def head() -> Head:
    """Return the recorded head.

    Raises:
        OSError: it is not there.
        core.files.DamagedFile: it is not whole.
    """
    return Head.load(FILE)


def record() -> Head:
    """Train it on all photos of the signs, with the base frozen; half a minute on one core."""
    from core.tasks.signs import photos as signs
    from core.transfer_learning.on_worker import features_of, trained

    found = signs.load()
    photos = [photo_of(found.image(place)) for place in range(len(found))]
    return trained(features_of(photos), found.signs.astype(np.int64), signs.SIGNS, HeadSettings(epochs=20))


if __name__ == "__main__":
    record().save(FILE)
