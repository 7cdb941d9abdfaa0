"""What a drone sees: six planes of the cells around it, as in the course."""

from __future__ import annotations

import numpy as np

from core.dqn.rules import ACTIONS, DOWN, FULL, LEFT, RIGHT, UP
from core.dqn.world import PARCEL, STATION, TOWER, ZONE, World

DRONES, PARCELS, ZONES, STATIONS, CHARGE, OBSTACLES = PLANES = range(6)
"""The planes, in the order of the course. A parcel that is carried stands where its drone is."""
RADIUS = 3
"""Cells that the course's drones see in each direction: a window of 7 × 7."""

_PLANE_OF = np.zeros((len(PLANES), 5), np.float32)
for _held, _plane in ((PARCEL, PARCELS), (ZONE, ZONES), (STATION, STATIONS), (TOWER, OBSTACLES)):
    _PLANE_OF[_plane, _held] = 1.0


def windows(world: World, radius: int = RADIUS) -> np.ndarray:
    """Return what every drone sees (drones, 6, 2 radius + 1, 2 radius + 1), from 0 to 1; outside, all is obstacle."""
    side = world.rules.side
    ground = np.full((side + 2 * radius,) * 2, TOWER, np.intp)
    ground[radius : radius + side, radius : radius + side] = np.reshape(world.ground, (side, side))
    planes = _PLANE_OF[:, ground]
    places = [(cell // side, cell % side) for cell in world.cells]
    for (row, column), has_parcel, charge in zip(places, world.carrying, world.charge, strict=True):
        planes[DRONES, row + radius, column + radius] = 1.0
        planes[CHARGE, row + radius, column + radius] = charge / FULL
        if has_parcel:
            planes[PARCELS, row + radius, column + radius] = 1.0
    width = 2 * radius + 1
    return np.stack([planes[:, row : row + width, column : column + width] for row, column in places])


def radar_size(side: int) -> int:
    """Return how many numbers a radar gives on a grid of that side."""
    return 4 * (2 * side - 1) + len(ACTIONS)


def radar(world: World) -> np.ndarray:
    """Return what the small network reads of a world of one drone, one parcel, one zone: zeros and ones.

    In this order: how many rows below the drone the parcel lies (one-hot, from −(side − 1) to side − 1), how many
    columns to its right; the same of the zone; then whether a wall or a tower bars each of four moves, and whether the
    parcel is aboard, where the fifth would be. A parcel aboard lies nowhere.
    """
    side, cell = world.rules.side, world.cells[0]
    span = 2 * side - 1
    found = np.zeros(radar_size(side), np.float32)
    row, column = cell // side + 1 - side, cell % side + 1 - side  # of the one-hot's first place
    zone = world.ground.index(ZONE)
    found[2 * span + zone // side - row] = found[3 * span + zone % side - column] = 1.0
    if world.carrying[0]:
        found[-1] = 1.0
    else:
        parcel = world.ground.index(PARCEL)
        found[parcel // side - row] = found[span + parcel % side - column] = 1.0
    for action in (LEFT, DOWN, RIGHT, UP):
        target = world.reaches[cell][action]
        found[4 * span + action] = target < 0 or world.ground[target] == TOWER
    return found
