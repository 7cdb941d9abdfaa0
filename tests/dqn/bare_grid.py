"""The drones' world in as little NumPy as its rules take: what our environment's speed is measured against.

Nothing is checked, nothing is named, all drones move in one product of arrays; the rules and what is seen are the same.
"""

from __future__ import annotations

import numpy as np

NOTHING, PARCEL, ZONE, STATION, TOWER = range(5)
MOVES = np.array([(0, -1), (1, 0), (0, 1), (-1, 0), (0, 0)])
RADIUS = 3


class BareGrid:
    """Drones on a square grid, DroneRL's rules and rewards."""

    def __init__(self, drones: int, side: int, per_drone: tuple[int, int, int, int], seed: int) -> None:
        """Lay out parcels, zones, stations and towers, so many for each drone."""
        self.chance, self.side, self.drones = np.random.default_rng(seed), side, drones
        self.ground = np.full((side + 2 * RADIUS,) * 2, TOWER)
        self.inside = self.ground[RADIUS:-RADIUS, RADIUS:-RADIUS]
        self.inside[:] = NOTHING
        self._put(np.repeat((PARCEL, ZONE, STATION, TOWER), np.multiply(per_drone, drones)))
        self.cells = np.full((drones, 2), -9)
        self.carrying, self.charge = np.zeros(drones, bool), np.full(drones, 100)
        self.around = np.arange(2 * RADIUS + 1)
        self._come_back(np.ones(drones, bool))

    def step(self, actions: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Move all drones; return what they see, their rewards, and who crashed."""
        targets = self.cells + MOVES[actions]
        here = self.ground[targets[:, 0] + RADIUS, targets[:, 1] + RADIUS]
        flat = targets @ (self.side, 1)
        crashed = (here == TOWER) | ((flat[:, None] == flat).sum(axis=1) > 1)
        charging = (here == STATION) & ~crashed
        self.charge = np.where(charging, np.minimum(self.charge + 20, 100), self.charge - 10)
        crashed |= self.charge <= 0
        taking = (here == PARCEL) & ~crashed & ~self.carrying
        giving = (here == ZONE) & ~crashed & self.carrying
        rewards = np.where(crashed, -1.0, giving - 0.1 * charging)
        self.cells = targets
        gone = targets[taking | giving]
        self.inside[gone[:, 0], gone[:, 1]] = NOTHING
        given = giving.sum()
        lost = given + (crashed & self.carrying).sum()
        self.carrying = (self.carrying | taking) & ~giving & ~crashed
        if lost:
            self._put(np.repeat((PARCEL, ZONE), (lost, given)))
        if crashed.any():
            self._come_back(crashed)
        return self.seen(), rewards, crashed

    def seen(self) -> np.ndarray:
        """Return what every drone sees (drones, 6, 7, 7)."""
        planes = np.zeros((6, *self.ground.shape), np.float32)
        for plane, thing in ((1, PARCEL), (2, ZONE), (3, STATION), (5, TOWER)):
            planes[plane] = self.ground == thing
        rows, columns = self.cells.T + RADIUS
        planes[0, rows, columns], planes[4, rows, columns] = 1, self.charge / 100
        planes[1, rows[self.carrying], columns[self.carrying]] = 1
        at = self.cells[:, :, None] + self.around
        return planes[:, at[:, 0, :, None], at[:, 1, None]].swapaxes(0, 1)

    def _put(self, things: np.ndarray) -> None:
        free = np.flatnonzero(self.inside == NOTHING)
        cells = self.chance.choice(free, len(things), replace=False)
        self.inside[cells // self.side, cells % self.side] = things

    def _come_back(self, crashed: np.ndarray) -> None:
        air = self.inside != TOWER
        flying = self.cells[~crashed]
        air[flying[:, 0], flying[:, 1]] = False
        cells = self.chance.choice(np.flatnonzero(air), crashed.sum(), replace=False)
        self.cells[crashed] = np.stack([cells // self.side, cells % self.side], axis=1)
        self.charge[crashed] = 100
        rows, columns = self.cells.T
        taking = crashed & (self.inside[rows, columns] == PARCEL)
        self.inside[rows[taking], columns[taking]] = NOTHING
        self.carrying |= taking
