"""Let the whole ImageNet base look at all photos of signs; write what it sees, 8 bits a number.

    python -m assets.data.make_signs_features

ReLU6 lets nothing below zero through: each of the 1,280 features has a scale of its own, and begins at zero.
"""

from __future__ import annotations

import numpy as np

from core.files import pack, write_whole
from core.tasks.signs.base import imagenet
from core.tasks.signs.files import FEATURES
from core.tasks.signs.looking import Seen, as_taken
from core.tasks.signs.photos import load


def main() -> None:
    """Look at all photos: 20 seconds."""
    looking, places = Seen(imagenet()), as_taken(range(len(load())))
    for _share in looking.look(places):
        pass
    found = looking.of(places).numpy()
    scale = np.maximum(found.max(axis=0), 1e-6) / 255
    about = {"of": "signs.safetensors", "by": "models/efficientnet_lite0/features.safetensors", "licence": "Apache-2.0"}
    write_whole(FEATURES, pack({"features": np.round(found / scale).astype(np.uint8), "scale": scale}, about))


if __name__ == "__main__":
    main()
