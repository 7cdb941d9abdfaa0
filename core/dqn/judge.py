"""How good an agent is, without random moves: exactly in the small world, by many flights in the course's."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import torch
from torch import Tensor, nn

from core.dqn.exact import Exact, best_reward, random_reward, reward_of, set_to
from core.dqn.rules import ACTIONS, Rules
from core.dqn.settings import DqnSettings
from core.dqn.view import RADIUS, radar, windows
from core.dqn.world import World, city_of
from core.once import once

MOVES = 100
"""Moves that an agent is judged by: rewards are said for so many."""
FLIGHTS, FLIGHTS_SEED = 32, 9_001
"""Worlds that the course's agent flies through at each judgement, the same every time."""
Z = 1.96
"""Standard errors on each side of a mean that a 95 % interval reaches."""


class Judge:
    """Judges the agents of one training."""

    def __init__(self, settings: DqnSettings) -> None:
        self.settings = settings

    def metrics(self, network: nn.Module) -> dict[str, float]:
        """Return `reward`, for 100 moves, and what else is known: `interval` where it was flown, not computed."""
        if self.settings.world == "small":
            table, seen = known(self.settings.rules, self.settings.city)
            with torch.no_grad():
                values: Tensor = network(seen)
            actions = values.argmax(dim=1).numpy()
            return {"reward": reward_of(table, actions, MOVES), "value": values.amax(dim=1).mean().item()}
        return dict(zip(("reward", "interval"), mean_of(fly(network, self.settings.rules)), strict=True))


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


def fly(network: nn.Module | None, rules: Rules) -> np.ndarray:
    """Return the rewards of the learner's drone for 100 moves in each of `FLIGHTS` worlds; without a network, at random.

    The other drones fly at random.
    """
    chances = [np.random.default_rng(FLIGHTS_SEED + at) for at in range(FLIGHTS)]
    worlds = [World(rules, chance) for chance in chances]
    rewards = np.zeros(FLIGHTS)
    for _ in range(MOVES):
        actions = [chance.integers(len(ACTIONS), size=rules.drones).tolist() for chance in chances]
        if network is not None:
            seen = torch.from_numpy(np.stack([windows(world, RADIUS)[0] for world in worlds]))
            with torch.inference_mode():
                best = network(seen).argmax(dim=1).tolist()
            actions = [[action, *rest[1:]] for action, rest in zip(best, actions, strict=True)]
        rewards += [world.step(moves).rewards[0] for world, moves in zip(worlds, actions, strict=True)]
    return rewards


def mean_of(rewards: Sequence[float] | np.ndarray) -> tuple[float, float]:
    """Return a mean and half the width of its 95 % interval."""
    return float(np.mean(rewards)), Z * float(np.std(rewards, ddof=1)) / math.sqrt(len(rewards))


