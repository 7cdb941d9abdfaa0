"""The drones' world as PettingZoo asks for one: several agents learn at once."""

from __future__ import annotations

from typing import Any

import numpy as np
from gymnasium.spaces import Box, Discrete, Space
from pettingzoo import ParallelEnv

from core.dqn.rules import ACTIONS, COURSE, Rules
from core.dqn.settings import ROUND
from core.dqn.view import PLANES, RADIUS, windows
from core.dqn.world import Moved, World

Told = dict[str, dict[str, bool]]


class DronesEnv(ParallelEnv):  # type: ignore[misc]  # PettingZoo tells no types
    """Every drone learns, and sees its window.

    A crash ends nobody's flight: the drone is back elsewhere, and what is seen is seen from there. `infos` tell of it,
    and of deliveries: {"crashed": …, "delivered": …} for each agent. After so many moves all are truncated.

    Attributes:
        world: where they fly, from the first `reset` on.
    """

    metadata = {"name": "drones", "render_modes": []}  # noqa: RUF012 - PettingZoo's own way to be told
    world: World

    def __init__(self, rules: Rules = COURSE, moves: int = ROUND) -> None:
        """Lay down the rules; nothing flies before the first `reset`.

        Args:
            rules: of the world.
            moves: of a round.
        """
        self.rules, self.moves, self._moved = rules, moves, 0
        self._chance = np.random.default_rng()
        self.agents: list[str] = []
        self.possible_agents = [f"drone_{drone}" for drone in range(rules.drones)]
        shape = (len(PLANES), 2 * RADIUS + 1, 2 * RADIUS + 1)
        self.observation_spaces = {agent: Box(0.0, 1.0, shape, np.float32) for agent in self.possible_agents}
        self.action_spaces = {agent: Discrete(len(ACTIONS)) for agent in self.possible_agents}

    def observation_space(self, agent: str) -> Space[Any]:
        """Return what an agent may see: numbers from 0 to 1 (6 × 7 × 7)."""
        return self.observation_spaces[agent]

    def action_space(self, agent: str) -> Space[Any]:
        """Return what an agent can do."""
        return self.action_spaces[agent]

    def reset(
        self, seed: int | None = None, options: dict[str, Any] | None = None
    ) -> tuple[dict[str, np.ndarray], Told]:
        """Begin a round in a new world; a seed decides which one, and all that happens in it."""
        if seed is not None:
            self._chance = np.random.default_rng(seed)
        self.world, self._moved = World(self.rules, self._chance), 0
        self.agents = self.possible_agents.copy()
        nothing = (False,) * self.rules.drones
        return self._seen(), self._told(Moved((), nothing, nothing))

    def step(
        self, actions: dict[str, int]
    ) -> tuple[dict[str, np.ndarray], dict[str, float], dict[str, bool], dict[str, bool], Told]:
        """Move all drones at once; return what each sees, its reward, False, whether the round is over, and `infos`."""
        flying = self.agents
        moved = self.world.step([int(actions[agent]) for agent in flying])
        self._moved += 1
        is_over = self._moved >= self.moves
        seen, told = self._seen(), self._told(moved)
        self.agents = [] if is_over else flying
        rewards = dict(zip(flying, moved.rewards, strict=True))
        return seen, rewards, dict.fromkeys(flying, False), dict.fromkeys(flying, is_over), told

    def _seen(self) -> dict[str, np.ndarray]:
        return dict(zip(self.agents, windows(self.world, RADIUS), strict=True))

    def _told(self, moved: Moved) -> Told:
        came = zip(self.agents, moved.crashed, moved.delivered, strict=True)
        return {agent: {"crashed": crashed, "delivered": delivered} for agent, crashed, delivered in came}
