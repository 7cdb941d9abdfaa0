"""What a moment looked like, in as few numbers as a small picture of it needs."""

from __future__ import annotations

import numpy as np

from core.dqn.rules import FULL
from core.dqn.settings import DqnSettings
from core.dqn.view import RADIUS
from core.dqn.world import PARCEL, TOWER, ZONE, World

ABOARD = 255
"""Instead of a cell: the parcel is in the air."""
TENTHS = 10
"""A battery's charge is told in tenths."""
WIDTH = 2 * RADIUS + 1
DRONE, LADEN = 8, 16
"""Added to what a cell of the ground holds: a drone flies there, with a parcel."""


def size(settings: DqnSettings) -> int:
    """Return how many numbers a moment of this training takes."""
    return 4 if settings.world == "small" else WIDTH**2 + 2


def of(world: World, action: int) -> np.ndarray:
    """Return a moment: of the small world the cells of drone, zone and parcel, else the window; then the action.

    In a window, row by row, stands what each cell's ground holds, plus `DRONE` and `LADEN`; the charge comes before the
    action.
    """
    if world.rules.drones == 1:
        parcel = ABOARD if world.carrying[0] else world.ground.index(PARCEL)
        return np.array([world.cells[0], world.ground.index(ZONE), parcel, action], np.uint8)
    around = np.full((world.rules.side + 2 * RADIUS,) * 2, TOWER, np.uint8)
    inside = around[RADIUS:-RADIUS, RADIUS:-RADIUS]
    inside[:] = np.reshape(world.ground, inside.shape)
    for cell, is_laden in zip(world.cells, world.carrying, strict=True):
        inside[divmod(cell, world.rules.side)] += DRONE + LADEN * is_laden
    row, column = divmod(world.cells[0], world.rules.side)
    window = around[row : row + WIDTH, column : column + WIDTH].ravel()
    return np.concatenate([window, np.array([world.charge[0] * TENTHS // FULL, action], np.uint8)])
