"""What an agent lives through: it flies, at random or by its network, and remembers."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import torch
from torch import nn

from core.dqn import scenes
from core.dqn.memory import Memory
from core.dqn.rules import ACTIONS
from core.dqn.settings import ROUND, DqnSettings
from core.dqn.view import RADIUS, radar, radar_size, windows
from core.dqn.world import World, city_of

See = Callable[[World], np.ndarray]


NOTHING_NEW, TOOK, DELIVERED, CRASHED = range(4)
"""What came of a move."""


class Explorer:
    """Drone 0 learns; the others fly at random.

    Attributes:
        world: where it flies.
        memory: of its moments.
        epsilon: ε, the share of random moves.
        crashes: so far.
        total: reward so far.
        moves: so far.
        outcomes: what came of each move.
        scenes: what each moment looked like (`core.dqn.scenes`), with the action taken.
    """

    def __init__(self, settings: DqnSettings) -> None:
        """Begin in the settings' city; all chance comes from their seed."""
        self.settings = settings
        self.chance = np.random.default_rng(settings.seed)
        self.world = new_world(settings, self.chance)
        self.see: See = see_by(settings)
        self.seen = self.see(self.world)
        self.memory = Memory(settings.memory, self.seen.shape)
        self.epsilon, self.crashes, self.total, self.moves = 1.0, 0, 0.0, 0
        self.outcomes = np.zeros(settings.steps, np.uint8)
        self.scenes = np.zeros((settings.steps, scenes.size(settings)), np.uint8)

    def move(self, network: nn.Module) -> None:
        """Make one move, by the network or, every so often, at random; remember it, and count the crashes."""
        if self.moves and self.moves % ROUND == 0 and self.settings.world == "course":
            self.world = new_world(self.settings, self.chance)  # the next round, in another city
            self.seen = self.see(self.world)
        is_random = self.chance.random() < self.epsilon
        action = int(self.chance.integers(len(ACTIONS))) if is_random else best_of(network, self.seen)
        others = self.chance.integers(len(ACTIONS), size=self.world.rules.drones - 1).tolist()
        had_parcel = self.world.carrying[0]
        self.scenes[self.moves] = scenes.of(self.world, action)
        moved = self.world.step([action, *others])
        reward, crashed = moved.rewards[0], moved.crashed[0]
        seen_next = self.see(self.world)
        self.memory.add(self.seen, action, reward, seen_next, crashed)
        self.seen = seen_next
        took = self.world.carrying[0] and not had_parcel
        self.outcomes[self.moves] = (
            CRASHED if crashed else DELIVERED if moved.delivered[0] else TOOK if took else NOTHING_NEW
        )
        self.moves += 1
        self.total += reward
        if crashed:
            self.crashes += 1
            self.epsilon = max(self.epsilon * self.settings.epsilon_decay, self.settings.epsilon_end)


def new_world(settings: DqnSettings, chance: np.random.Generator) -> World:
    """Return a world to begin in: in the settings' own city if it is the small one, else in any."""
    city = city_of(settings.rules, settings.city) if settings.world == "small" else None
    return World(settings.rules, chance, city)


def see_by(settings: DqnSettings) -> See:
    """Return what an agent sees of a world: its radar in the small one, else its window."""
    return radar if settings.world == "small" else lambda world: windows(world, RADIUS)[0]


def inputs_of(settings: DqnSettings) -> int:
    """Return how many numbers the small network reads."""
    return radar_size(settings.rules.side)


@torch.inference_mode()
def best_of(network: nn.Module, seen: np.ndarray) -> int:
    """Return the action that a network values most."""
    return int(network(torch.from_numpy(seen)[None]).argmax())
