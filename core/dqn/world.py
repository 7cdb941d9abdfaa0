"""The drones' world itself: who flies where, what lies on the ground, and what a move does.

Cells are numbered row by row. One step moves all drones at once; the order of what happens within it is DroneRL's.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from core.dqn.rules import FULL, MOVES, STAY, Rules

NOTHING, PARCEL, ZONE, STATION, TOWER = range(5)
"""What a cell of the ground holds."""


@dataclass(frozen=True)
class Moved:
    """What a step did.

    Attributes:
        rewards: of each drone.
        crashed: which drones came down, and are back elsewhere with a full battery.
        delivered: which drones brought a parcel to a zone.
    """

    rewards: tuple[float, ...]
    crashed: tuple[bool, ...]
    delivered: tuple[bool, ...]


class World:
    """Drones, the ground below them, and chance.

    Attributes:
        rules: of the world.
        chance: where everything that comes back comes back.
        ground: what each cell holds.
        cells: where each drone flies.
        carrying: whether each drone has a parcel.
        charge: of each battery.
    """

    def __init__(self, rules: Rules, chance: np.random.Generator, city: Sequence[int] | None = None) -> None:
        """Put everything at random places.

        Args:
            rules: of the world.
            chance: where from.
            city: the ground with its towers and stations; without it, they are put at random places too.
        """
        self.rules, self.chance = rules, chance
        self.reaches = _reaches(rules.side)
        self.ground = [NOTHING] * rules.side**2 if city is None else list(city)
        built = ((STATION, rules.stations), (TOWER, rules.towers)) if city is None else ()
        for thing, count in (*built, (PARCEL, rules.parcels), (ZONE, rules.zones)):
            for _ in range(count):
                self._put(thing)
        self.cells: list[int] = []
        self.carrying = [False] * rules.drones
        self.charge = [FULL] * rules.drones
        for _ in range(rules.drones):
            self.cells.append(self._free_air())
        for drone in range(rules.drones):
            self._pick_up(drone)

    def bring_back(self, drone: int) -> None:
        """Have a drone begin again: at a random place, with a full battery; a parcel it had lies somewhere else."""
        if self.carrying[drone]:
            self._put(PARCEL)
        self.cells[drone] = -1
        self._come_back(drone)

    def step(self, actions: Sequence[int]) -> Moved:
        """Move every drone at once.

        Args:
            actions: one of `core.dqn.rules.ACTIONS` for each drone.
        """
        rules, count = self.rules, len(self.cells)
        rewards, crashed, delivered = [0.0] * count, [False] * count, [False] * count
        targets = [self.reaches[cell][action] for cell, action in zip(self.cells, actions, strict=True)]
        meetings = Counter(targets) if count > 1 else {}
        lost: list[int] = []
        for drone, target in enumerate(targets):
            here = TOWER if target < 0 else self.ground[target]
            if here == TOWER or meetings.get(target, 1) > 1:
                crashed[drone] = True
                continue
            if here == STATION:
                self.charge[drone] = min(FULL, self.charge[drone] + rules.charge)
                rewards[drone] = rules.charging
            else:
                self.charge[drone] -= rules.discharge
                if self.charge[drone] <= 0:
                    crashed[drone] = True
                    continue
            self.cells[drone] = target
            if here == PARCEL and not self.carrying[drone]:
                rewards[drone] = rules.pickup
                self._pick_up(drone)
            elif here == ZONE and self.carrying[drone]:
                rewards[drone], delivered[drone] = rules.delivery, True
                self.carrying[drone] = False
                self.ground[target] = NOTHING
                lost += [PARCEL, ZONE]
        for drone in range(count):
            if crashed[drone]:
                rewards[drone] = rules.crash
                lost += [PARCEL] * self.carrying[drone]
                self.cells[drone] = -1  # not in the air while the others come back
        for thing in lost:
            self._put(thing)
        for drone in range(count):
            if crashed[drone]:
                self._come_back(drone)
        return Moved(tuple(rewards), tuple(crashed), tuple(delivered))

    def _come_back(self, drone: int) -> None:
        self.cells[drone] = self._free_air()
        self.carrying[drone], self.charge[drone] = False, FULL
        self._pick_up(drone)

    def _pick_up(self, drone: int) -> None:
        if self.ground[self.cells[drone]] == PARCEL:
            self.ground[self.cells[drone]] = NOTHING
            self.carrying[drone] = True

    def _put(self, thing: int) -> None:
        """Put something on a free cell of the ground."""
        free = [cell for cell, held in enumerate(self.ground) if held == NOTHING]
        self.ground[free[self.chance.integers(len(free))]] = thing

    def _free_air(self) -> int:
        """Return a random cell without a drone and without a tower."""
        free = [cell for cell, held in enumerate(self.ground) if held != TOWER and cell not in self.cells]
        return free[self.chance.integers(len(free))]


def city_of(rules: Rules, seed: int) -> tuple[int, ...]:
    """Return a ground that holds the towers and stations of a seed, and nothing else."""
    built = World(rules, np.random.default_rng(seed)).ground
    return tuple(held if held in (STATION, TOWER) else NOTHING for held in built)


def _reaches(side: int) -> list[list[int]]:
    """Return, for each cell, where each action leads; −1 outside."""
    found = []
    for cell in range(side**2):
        row, column = divmod(cell, side)
        ends = [(row + down, column + right) for down, right in MOVES]
        found.append([r * side + c if 0 <= r < side and 0 <= c < side else -1 for r, c in ends])
    assert all(ends[STAY] == cell for cell, ends in enumerate(found))
    return found
