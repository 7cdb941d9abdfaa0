"""The small world without chance left to guess: every situation, what each action leads to, and the best of them.

One drone, one parcel at a time, no battery: a situation is where the drone is, where the zone is, and where the parcel
is, if the drone has it not. Few enough for tables: value iteration gives the exact optimum that an agent is judged by.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from core.dqn.rules import ACTIONS, Rules
from core.dqn.world import NOTHING, PARCEL, STATION, TOWER, ZONE, World
from core.training.settings import SettingsError

CARRIED = -1
"""Where the parcel is when the drone has it."""
STILL = 1e-10
"""Value iteration ends when no value changes by more."""


@dataclass(frozen=True)
class Situation:
    """Cells of the drone, of the zone, and of the parcel (`CARRIED`: the drone has it)."""

    drone: int
    zone: int
    parcel: int


class Exact:
    """The small world as tables.

    An action leads to one situation, or, after a delivery or a crash, to one of several that are equally likely. An end
    is the number of a situation, or, from `len(situations)` on, that of such a group.

    Attributes:
        rules: of the world.
        city: the ground with its towers and stations.
        situations: all there are.
        rewards: of each action in each situation (situations × 5).
        ends: where each action leads (situations × 5).
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
        shape = (len(self.situations), len(ACTIONS))
        self.rewards, self.ends = np.zeros(shape), np.zeros(shape, np.intp)
        self.crashes, self.deliveries = np.zeros(shape, bool), np.zeros(shape, bool)
        groups: dict[tuple[int, ...], int] = {}
        for at, situation in enumerate(self.situations):
            for action in ACTIONS:
                self.rewards[at, action], came, ends = self._outcome(situation, action)
                self.crashes[at, action], self.deliveries[at, action] = came == "crash", came == "delivery"
                is_certain = len(ends) == 1
                self.ends[at, action] = ends[0] if is_certain else shape[0] + groups.setdefault(ends, len(groups))
        self._members = np.concatenate([np.array(group, np.intp) for group in groups])
        self._sizes = np.array([len(group) for group in groups])
        self._begins = np.cumsum(self._sizes) - self._sizes

    def world_at(self, situation: Situation) -> World:
        """Return a world in this situation."""
        world = World(self.rules, np.random.default_rng(0), self.city)
        set_to(world, self.city, situation)
        return world

    def with_groups(self, values: np.ndarray) -> np.ndarray:
        """Return values of situations, and behind them the mean of each group: what an end is worth."""
        return np.concatenate([values, np.add.reduceat(values[self._members], self._begins) / self._sizes])

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


def best_values(exact: Exact, discount: float) -> np.ndarray:
    """Return what each action is worth if only the best ones follow (situations × 5), by value iteration.

    Sutton and Barto, Reinforcement Learning, 2nd edition 2018, section 4.4. As for the agent, nothing is expected
    behind a crash.

    Args:
        exact: the world.
        discount: γ, below 1.
    """
    values, later = np.zeros(len(exact.situations)), discount * ~exact.crashes
    while True:
        worth: np.ndarray = exact.rewards + later * exact.with_groups(values)[exact.ends]
        best = worth.max(axis=1)
        if np.abs(best - values).max() < STILL:
            return worth
        values = best


def best_reward(exact: Exact, moves: int) -> float:
    """Return the most that can be expected of so many moves from a random situation: as many sweeps backwards."""
    return _after(exact, moves, lambda later: (exact.rewards + later[exact.ends]).max(axis=1))


def random_reward(exact: Exact, moves: int) -> float:
    """Return what so many random moves from a random situation are expected to bring, exactly."""
    return _after(exact, moves, lambda later: (exact.rewards + later[exact.ends]).mean(axis=1))


def expected_of(exact: Exact, counted: np.ndarray, actions: np.ndarray, moves: int) -> float:
    """Return what an agent can expect of so many moves from a random situation, exactly.

    Args:
        exact: the world.
        counted: what each action brings (situations × 5): rewards, or ones for crashes or deliveries.
        actions: the one that the agent takes in each situation.
        moves: how many.
    """
    every = np.arange(len(actions))
    brought, ends = counted[every, actions].astype(float), exact.ends[every, actions]
    return _after(exact, moves, lambda later: brought + later[ends])


def _after(exact: Exact, moves: int, step: Callable[[np.ndarray], np.ndarray]) -> float:
    values = np.zeros(len(exact.situations))
    for _ in range(moves):
        values = step(exact.with_groups(values))
    return float(values.mean())
