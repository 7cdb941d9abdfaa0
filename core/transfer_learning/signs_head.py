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


def record() -> None:
    """Train it on all photos of the signs, with the base frozen, and ship it; half a minute on one core."""
    from core.tasks.signs import photos as signs
    from core.transfer_learning.on_worker import features_of, trained

    found = signs.load()
    photos = [photo_of(found.image(place)) for place in range(len(found))]
    trained_on = found.signs.astype(np.int64)
    about = {"photos": str(len(photos)), "base": "EfficientNet-Lite0, frozen", "layer": "dense softmax"}
    trained(features_of(photos), trained_on, signs.SIGNS, HeadSettings()).save(FILE, about)


if __name__ == "__main__":
    record()
