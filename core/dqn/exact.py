"""The small world without chance left to guess: every situation, what each action leads to, and the best of them.

One drone, one parcel at a time, no battery: a situation is where the drone is, where the zone is, and where the parcel
is, if the drone has it not. Few enough for tables: value iteration gives the exact optimum that an agent is judged by.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from core.dqn.rules import ACTIONS, Rules
from core.dqn.tables import Tables
from core.dqn.world import NOTHING, PARCEL, STATION, TOWER, ZONE, World
from core.training.settings import SettingsError

CARRIED = -1
"""Where the parcel is when the drone has it."""


@dataclass(frozen=True)
class Situation:
    """Cells of the drone, of the zone, and of the parcel (`CARRIED`: the drone has it)."""

    drone: int
    zone: int
    parcel: int


class Exact(Tables):
    """The small world as tables: its states are the situations, and a crash is over, as the agent learns it.

    After a delivery or a crash any of several situations follows, equally likely.

    Attributes:
        rules: of the world.
        city: the ground with its towers and stations.
        situations: all there are.
        number: of each situation.
        crashes, deliveries: whether each action is one (situations × 5).
    """

    def __init__(self, rules: Rules, city: Sequence[int]) -> None:
        """Build the tables.

        Raises:
            SettingsError: the world is not small enough to be known exactly.
        """
        for name, needed in (("drones", 1), ("parcels", 1), ("zones", 1), ("discharge", 0)):
            if getattr(rules, name) != needed:
                raise SettingsError(name, getattr(rules, name), (needed, needed))
        self.rules, self.city = rules, tuple(city)
        self._reaches = World(rules, np.random.default_rng(0), city).reaches
        self._air = [cell for cell, held in enumerate(city) if held != TOWER]
        self._free = [cell for cell, held in enumerate(city) if held == NOTHING]
        self.situations = [
            Situation(drone, zone, parcel)
            for zone in self._free
            for parcel in (CARRIED, *self._free)
            if parcel != zone
            for drone in self._air
        ]
        self.number = {situation: at for at, situation in enumerate(self.situations)}
        rewards = np.zeros((len(self.situations), len(ACTIONS)))
        self.crashes, self.deliveries = np.zeros((2, *rewards.shape), bool)
        ends: dict[tuple[int, int], tuple[int, ...]] = {}
        for at, situation in enumerate(self.situations):
            for action in ACTIONS:
                rewards[at, action], came, ends[at, action] = self._outcome(situation, action)
                self.crashes[at, action], self.deliveries[at, action] = came == "crash", came == "delivery"
        super().__init__(rewards, self.crashes, ends)

    def world_at(self, situation: Situation) -> World:
        """Return a world in this situation."""
        world = World(self.rules, np.random.default_rng(0), self.city)
        set_to(world, self.city, situation)
        return world

    def _outcome(self, now: Situation, action: int) -> tuple[float, str, tuple[int, ...]]:
        """Return the reward, what it is for, and the situations that may follow, equally likely."""
        rules, cell = self.rules, self._reaches[now.drone][action]
        if cell < 0 or self.city[cell] == TOWER:
            return rules.crash, "crash", self._after_crash(now)
        if now.parcel == CARRIED and cell == now.zone:
            pairs = [(zone, parcel) for zone in self._free for parcel in self._free if zone != parcel]
            after = tuple(self.number[Situation(cell, zone, parcel)] for zone, parcel in pairs)
            return rules.delivery, "delivery", after
        reward, parcel = 0.0, now.parcel
        if self.city[cell] == STATION:
            reward = rules.charging
        elif parcel == cell:
            reward, parcel = rules.pickup, CARRIED
        return reward, "", (self.number[Situation(cell, now.zone, parcel)],)

    def _after_crash(self, now: Situation) -> tuple[int, ...]:
        """Return what may follow a crash: a lost parcel lies anywhere, and the drone may come back right on it."""
        parcels = [now.parcel] if now.parcel != CARRIED else [cell for cell in self._free if cell != now.zone]
        found = [
            Situation(drone, now.zone, CARRIED if drone == parcel else parcel)
            for parcel in parcels
            for drone in self._air
        ]
        return tuple(self.number[situation] for situation in found)


def set_to(world: World, city: Sequence[int], situation: Situation) -> None:
    """Put a world of one drone into a situation."""
    world.ground[:] = city
    world.ground[situation.zone] = ZONE
    if situation.parcel != CARRIED:
        world.ground[situation.parcel] = PARCEL
    world.cells[0], world.carrying[0] = situation.drone, situation.parcel == CARRIED


def situation_of(world: World) -> Situation:
    """Return the situation of a world of one drone, one parcel and one zone."""
    parcel = CARRIED if world.carrying[0] else world.ground.index(PARCEL)
    return Situation(world.cells[0], world.ground.index(ZONE), parcel)
