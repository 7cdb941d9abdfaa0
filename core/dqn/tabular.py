"""Q-learning with a table: one number for each action in each state, and nothing else."""

from __future__ import annotations

from typing import Any

import gymnasium
import numpy as np
from gymnasium.spaces import Discrete

POWER = 0.77
"""The n-th visit moves a value by 1 / n to this power (Even-Dar and Mansour, Learning rates for Q-learning, 2003)."""


def learn(
    env: gymnasium.Env[Any, Any], moves: int, *, discount: float, epsilon: float = 1.0, seed: int = 1
) -> np.ndarray:
    """Learn what each action is worth (states × actions), by moving about.

    Watkins, Learning from delayed rewards, 1989; Watkins and Dayan, Q-learning, 1992: each move shifts the value of
    what was done towards r + γ max Q(next), or towards r where the episode ends. What is tried does not matter, as long
    as everything is: with ε = 1 it learns the best by moving at random.

    Args:
        env: whose states and actions are numbered; what it sees is the state.
        moves: to make.
        discount: γ.
        epsilon: share of random moves; the others are the best known.
        seed: of all chance, the environment's too.
    """
    assert isinstance(env.observation_space, Discrete), "states must be numbered"
    assert isinstance(env.action_space, Discrete), "actions must be numbered"
    chance, actions = np.random.default_rng(seed), int(env.action_space.n)
    values = np.zeros((int(env.observation_space.n), actions))
    visits = np.zeros(values.shape, int)
    state, _info = env.reset(seed=seed)
    for _ in range(moves):
        is_random = chance.random() < epsilon
        action = int(chance.integers(actions)) if is_random else int(values[state].argmax())
        after, reward, is_end, is_cut, _info = env.step(action)
        target = float(reward) + (0.0 if is_end else discount * values[after].max())
        visits[state, action] += 1
        values[state, action] += (target - values[state, action]) / visits[state, action] ** POWER
        state = env.reset()[0] if is_end or is_cut else after
    return values
