"""A flight in the course's world as it can be watched: who was where, and what the learner's network said."""

from __future__ import annotations

import numpy as np
import torch
from torch import nn

from core.dqn.kept import FLIGHT, FLOWN
from core.dqn.rules import ACTIONS, Rules
from core.dqn.view import RADIUS, windows
from core.dqn.world import World

SEED, MOVES = 4, 60
"""Of the world that is flown through; and how many moves."""


def watch(network: nn.Module, rules: Rules) -> dict[str, np.ndarray]:
    """Fly without random moves among drones that fly at random; return what is seen.

    Returns:
        ground (moves + 1 × cells): what each cell holds; places, laden, charge (moves + 1 × drones); values
        (moves × 5): what the network says of each action; actions, crashed, delivered (moves × drones).
    """
    chance = np.random.default_rng(SEED)
    world = World(rules, chance)
    states = [_state(world)]
    moves: dict[str, list[object]] = {name: [] for name in ("values", "actions", "crashed", "delivered")}
    for _ in range(MOVES):
        with torch.inference_mode():
            values = network(torch.from_numpy(windows(world, RADIUS)[:1]))[0]
        actions = [int(values.argmax()), *chance.integers(len(ACTIONS), size=rules.drones - 1).tolist()]
        moved = world.step(actions)
        told = (values.numpy(), actions, moved.crashed, moved.delivered)
        for name, what in zip(moves, told, strict=True):
            moves[name].append(what)
        states.append(_state(world))
    told_of = moves | {name: [state[name] for state in states] for name in states[0]}
    kinds = {"values": np.float32}
    return {f"{FLIGHT}{name}": np.array(told_of[name], kinds.get(name, np.uint8)) for name in FLOWN}


def _state(world: World) -> dict[str, list[int]]:
    laden = [int(has) for has in world.carrying]
    return {"ground": [*world.ground], "places": [*world.cells], "laden": laden, "charge": [*world.charge]}
