"""What the page's controls offer."""

from __future__ import annotations

from core.tasks.signs.settings import ALL, MOST_BLOCKS
from core.training.one_move import Offered

PHOTOS = (1, 2, 5, 10, 20, 50, ALL)
"""Of each sign: the stops of the ruler, where the curves are recorded."""
SPLITS = ("people", "photos")
RATES = (0.0001, 0.0003, 0.001, 0.003, 0.01, 0.03, 0.1)
COPIES = (0, 1, 2, 4)
BLOCKS = (1, 2, 3, 4, 6, MOST_BLOCKS)
DROPOUTS = tuple(round(0.1 * tenth, 1) for tenth in range(10))
UPDATES = (50, 100, 200, 400, 800, 1_200, 2_000)
BATCHES = (8, 16, 32, 64, 128)
OFFERED: Offered = {
    "photos": PHOTOS,
    "learning_rate": RATES,
    "copies": COPIES,
    "dropout": DROPOUTS,
    "updates": UPDATES,
    "batch_size": BATCHES,
}
"""The way, the split and the blocks aside: they move other settings with them."""
