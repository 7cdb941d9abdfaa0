"""The drones' world as Gymnasium asks for one: any library's agent can learn in it.

gymnasium.make("core.dqn.environment:curseurs/Drones-v0", rules=core.dqn.rules.SMALL)
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import gymnasium
import numpy as np
from gymnasium.spaces import Box, Discrete

from core.dqn.exact import Exact, situation_of
from core.dqn.rules import ACTIONS, COURSE, Rules
from core.dqn.view import PLANES, RADIUS, radar, radar_size, windows
from core.dqn.world import World


class DroneEnv(gymnasium.Env[np.ndarray, np.int64]):
    """Drone 0 learns; the others fly at random.

    It sees its radar where one drone brings one parcel to one zone (`core.dqn.view.radar`), else its window of
    6 × 7 × 7 numbers. A crash ends the episode; the drone is already back elsewhere, and what is seen is seen from
    there. `info` says whether a parcel was delivered. Nothing is ever truncated: Gymnasium's `TimeLimit` does that.

    Attributes:
        world: where it flies, from the first `reset` on.
    """

    world: World

    def __init__(self, rules: Rules = COURSE, city: Sequence[int] | None = None) -> None:
        """Lay down the rules; nothing flies before the first `reset`.

        Args:
            rules: of the world.
            city: the ground with its towers and stations; without it, each new world has its own.
        """
        self.rules, self._city = rules, city
        self._has_radar = rules.drones == rules.parcels == rules.zones == 1
        self._others, self._is_back = rules.drones - 1, False
        shape = (radar_size(rules.side),) if self._has_radar else (len(PLANES), 2 * RADIUS + 1, 2 * RADIUS + 1)
        self.observation_space = Box(0.0, 1.0, shape, np.float32)
        self.action_space = Discrete(len(ACTIONS))

    def reset(
        self, *, seed: int | None = None, options: dict[str, Any] | None = None
    ) -> tuple[np.ndarray, dict[str, Any]]:
        """Bring the drone back into the same world; a seed, as the first `reset`, draws a new one."""
        super().reset(seed=seed)
        if seed is not None or not hasattr(self, "world"):
            self.world = World(self.rules, self.np_random, self._city)
        elif not self._is_back:
            self.world.bring_back(0)
        self._is_back = False
        return self._seen(), {"delivered": False}

    def step(self, action: np.int64 | int) -> tuple[np.ndarray, float, bool, bool, dict[str, Any]]:
        """Move all drones; return what drone 0 sees, its reward, whether it crashed, False, and `info`."""
        others = self.np_random.integers(len(ACTIONS), size=self._others).tolist()
        moved = self.world.step([int(action), *others])
        self._is_back = moved.crashed[0]
        return self._seen(), moved.rewards[0], moved.crashed[0], False, {"delivered": moved.delivered[0]}

    def _seen(self) -> np.ndarray:
        return radar(self.world) if self._has_radar else windows(self.world, RADIUS)[0]


class Numbered(gymnasium.ObservationWrapper[np.int64, np.int64, np.ndarray]):
    """The small world whose situations are numbered, for an agent with a table (`core.dqn.tabular`)."""

    def __init__(self, exact: Exact) -> None:
        """Let a drone fly in a world that is known."""
        self._drone_env, self._exact = DroneEnv(exact.rules, exact.city), exact
        super().__init__(self._drone_env)
        self.observation_space = Discrete(len(exact.situations))

    def observation(self, observation: np.ndarray) -> np.int64:
        """Return the number of the situation, whatever the radar says."""
        return np.int64(self._exact.number[situation_of(self._drone_env.world)])


gymnasium.register("curseurs/Drones-v0", entry_point=f"{__name__}:{DroneEnv.__name__}")
