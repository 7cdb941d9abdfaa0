"""The presets of the transfer learning page, and the shipped runs: the ruler shows photos at each of its stops."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from core.tasks.signs.settings import ALL, WAYS, SignsSettings, usual
from core.transfer_learning.stops import PHOTOS

ASKED = usual("imagenet", 2)
"""What the page's question begins with."""
PRESETS: dict[str, SignsSettings] = {
    "asked": ASKED,
    "scratch_all": usual("scratch", ALL),
    "tuned": usual("tuned", 20),
    "random_base": usual("random", ALL),
    "too_fast": replace(usual("tuned", 20), learning_rate=0.03),
    "flattering": usual("imagenet", ALL, split="photos"),
}
"""Three that work, one whose base knows nothing, one that forgets what it knew, one that is measured otherwise."""


def shipped() -> Iterator[SignsSettings]:
    """Yield the settings of every shipped run: the presets, and each way at each stop of the ruler."""
    yield from PRESETS.values()
    for way in WAYS:
        for photos in PHOTOS:
            if (settings := usual(way, photos)) not in PRESETS.values():
                yield settings
