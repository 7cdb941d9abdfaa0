"""The rules of the drones' world, as settings: frozen, checked, seeded. No NumPy here."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from core.training.settings import Checked, SettingsError, bounded

LEFT, DOWN, RIGHT, UP, STAY = ACTIONS = range(5)
"""What a drone can do, in the order of the course."""
MOVES = ((0, -1), (1, 0), (0, 1), (-1, 0), (0, 0))
"""Rows and columns that each action moves a drone by."""
FULL = 100
"""The charge of a battery that is full."""
DENSITY = 0.05
"""Drones per cell of the course's grid."""
PER_DRONE = {"parcels": 3, "zones": 2, "stations": 2, "towers": 3}
"""What stands on the course's ground, for each drone."""


@dataclass(frozen=True, kw_only=True)
class Rules(Checked):
    """The drones' world: DroneRL's, the course's own (github.com/nyx-ai/droneRL), written anew from its rules.

    Attributes:
        drones: that fly.
        side: of the square grid, in cells.
        parcels, zones, stations, towers: how many cells of the ground hold one at the start.
        discharge: what a move takes from a battery; 0: batteries do not count.
        charge: what a move that ends on a station gives back.
        pickup, delivery, crash, charging: rewards.
    """

    drones: int = bounded(3, 1, 20)
    side: int = bounded(8, 2, 20)
    parcels: int = bounded(9, 1, 100)
    zones: int = bounded(6, 1, 100)
    stations: int = bounded(6, 0, 100)
    towers: int = bounded(9, 0, 200)
    discharge: int = bounded(10, 0, FULL)
    charge: int = bounded(20, 0, FULL)
    pickup: float = bounded(0.0, -10.0, 10.0)
    delivery: float = bounded(1.0, -10.0, 10.0)
    crash: float = bounded(-1.0, -10.0, 10.0)
    charging: float = bounded(-0.1, -10.0, 10.0)

    def __post_init__(self) -> None:
        """Check every number, and that all this has room.

        One cell of the ground stays free for what comes back, and there is a cell in the air for each drone and one
        more, where a crashed one comes back.

        Raises:
            SettingsError: a value is out of bounds, or the grid too small.
        """
        super().__post_init__()
        cells = self.side**2
        if (things := self.parcels + self.zones + self.stations + self.towers) >= cells:
            raise SettingsError("parcels + zones + stations + towers", things, (1, cells - 1))
        if self.drones >= cells - self.towers:
            raise SettingsError("drones", self.drones, (1, cells - self.towers - 1))


def for_drones(count: int) -> Rules:
    """Return the course's world for so many drones: its grid grows with them.

    Raises:
        SettingsError: too few or too many drones.
    """
    things = {name: per * count for name, per in PER_DRONE.items()}
    return Rules(drones=count, side=max(2, math.ceil(math.sqrt(max(count, 0) / DENSITY))), **things)


COURSE = for_drones(3)
"""The course's world: three drones on 8 × 8 cells."""
SMALL = Rules(drones=1, side=5, parcels=1, zones=1, stations=1, towers=3, discharge=0, charging=0.0)
"""A world small enough for an exact optimum: one drone on 5 × 5 cells, one parcel at a time, no battery."""


def rewarded(rules: Rules, *, pickup: float, delivery: float, crash: float, charging: float) -> Rules:
    """Return the same world with other rewards."""
    return replace(rules, pickup=pickup, delivery=delivery, crash=crash, charging=charging)


def situations(rules: Rules) -> int:
    """Return how many situations a world of one drone, one parcel and one zone has.

    The drone is over any cell without a tower, the zone on any free one, the parcel on another free one or aboard.
    """
    cells = rules.side**2 - rules.towers
    return cells * (cells - rules.stations) ** 2
