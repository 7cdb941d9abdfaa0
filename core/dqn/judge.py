"""How good an agent is, without random moves: exactly in the small world, by many flights in the course's."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import torch
from torch import Tensor, nn

from core.dqn.exact import Exact, set_to
from core.dqn.presets import BASE
from core.dqn.rules import ACTIONS, Rules
from core.dqn.settings import DqnSettings
from core.dqn.tables import best_reward, best_values, expected_of, random_reward
from core.dqn.view import RADIUS, radar, windows
from core.dqn.world import World, city_of
from core.once import once

MOVES = 100
"""Moves that an agent is judged by: rewards are said for so many."""
FLIGHTS, FLIGHTS_SEED = 32, 9_001
"""Worlds that the course's agent flies through at each judgement, the same every time."""
EQUAL = 1e-6
"""Actions whose values differ by less are equally good."""
Z = 1.96
"""Standard errors on each side of a mean that a 95 % interval reaches."""


class Judge:
    """Judges the agents of one training."""

    def __init__(self, settings: DqnSettings) -> None:
        self.settings = settings

    def metrics(self, network: nn.Module) -> dict[str, float]:
        """Return `reward`, `delivered` and `crashed`, for 100 moves.

        In the small world they are exact, and `value` is what the network says of the best action, on average over all
        situations. In the course's they are flown, and `interval` is half the width of the reward's.
        """
        if self.settings.world == "course":
            rewards, delivered, crashed = fly(network, self.settings.rules)
            reward, interval = mean_of(rewards)
            known_so_far = {"delivered": float(delivered.mean()), "crashed": float(crashed.mean())}
            return {"reward": reward, "interval": interval, **known_so_far}
        table, seen = known(self.settings.rules, self.settings.city)
        with torch.no_grad():
            values: Tensor = network(seen)
        actions = values.argmax(dim=1).numpy()
        counted = {"reward": table.rewards, "delivered": table.deliveries, "crashed": table.crashes}
        found = {name: expected_of(table, brought, actions, MOVES) for name, brought in counted.items()}
        return found | {"value": values.amax(dim=1).mean().item()}

    def bounds(self) -> dict[str, float]:
        """Return what 100 `random` moves bring, and in the small world the `best` that there is, both exactly."""
        if self.settings.world == "course":
            return {"random": mean_of(fly(None, self.settings.rules)[0])[0]}
        return dict(zip(("random", "best"), bounds_of(self.settings.rules, self.settings.city), strict=True))

    def best_actions(self) -> np.ndarray:
        """Return which actions are truly best in each situation of the small world, a bit each (situations).

        Those that value iteration finds worth as much as the best, at the course's γ.
        """
        table, _seen = known(self.settings.rules, self.settings.city)
        worth = best_values(table, BASE.discount)
        is_best = worth >= worth.max(axis=1, keepdims=True) - EQUAL
        found: np.ndarray = (is_best << np.arange(len(ACTIONS))).sum(axis=1).astype(np.uint8)
        return found


@once(8)
def known(rules: Rules, city: int) -> tuple[Exact, Tensor]:
    """Return a small world's tables, and what the drone's radar says in each situation (situations × inputs)."""
    table = Exact(rules, city_of(rules, city))
    world = table.world_at(table.situations[0])
    seen = []
    for situation in table.situations:
        set_to(world, table.city, situation)
        seen.append(radar(world))
    return table, torch.from_numpy(np.stack(seen))


@once(8)
def bounds_of(rules: Rules, city: int) -> tuple[float, float]:
    """Return what random moves and the best ones bring in a small world, for 100 moves, both exactly."""
    table, _seen = known(rules, city)
    return random_reward(table, MOVES), best_reward(table, MOVES)


def fly(network: nn.Module | None, rules: Rules) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Fly 100 moves in each of `FLIGHTS` worlds; return rewards, deliveries and crashes of the learner's drone in each.

    The other drones fly at random; without a network, it does too.
    """
    chances = [np.random.default_rng(FLIGHTS_SEED + at) for at in range(FLIGHTS)]
    worlds = [World(rules, chance) for chance in chances]
    rewards, delivered, crashed = np.zeros((3, FLIGHTS))
    for _ in range(MOVES):
        actions = [chance.integers(len(ACTIONS), size=rules.drones).tolist() for chance in chances]
        if network is not None:
            seen = torch.from_numpy(np.stack([windows(world, RADIUS)[0] for world in worlds]))
            with torch.inference_mode():
                best = network(seen).argmax(dim=1).tolist()
            actions = [[action, *rest[1:]] for action, rest in zip(best, actions, strict=True)]
        moved = [world.step(moves) for world, moves in zip(worlds, actions, strict=True)]
        rewards += [step.rewards[0] for step in moved]
        delivered += [step.delivered[0] for step in moved]
        crashed += [step.crashed[0] for step in moved]
    return rewards, delivered, crashed


def mean_of(rewards: Sequence[float] | np.ndarray) -> tuple[float, float]:
    """Return a mean and half the width of its 95 % interval."""
    return float(np.mean(rewards)), Z * float(np.std(rewards, ddof=1)) / math.sqrt(len(rewards))
