"""A world that is known, as tables: the best that can be done in it, and what an agent can expect."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

STILL = 1e-10
"""Value iteration ends when no value changes by more."""


class Tables:
    """A finite Markov decision process whose chance is among equals.

    An action leads to one state, or to one of several that are equally likely (one that is named twice is twice as
    likely). An end is the number of a state, or, from the number of states on, that of such a group.

    Attributes:
        rewards: expected of each action in each state (states × actions).
        over: where nothing is expected behind an action (states × actions).
        ends: where each action leads (states × actions).
    """

    def __init__(self, rewards: np.ndarray, over: np.ndarray, ends: Mapping[tuple[int, int], tuple[int, ...]]) -> None:
        """Lay down the tables.

        Args:
            rewards: expected of each action in each state (states × actions).
            over: where nothing is expected behind an action (states × actions).
            ends: by state and action, the states that may follow, equally likely.
        """
        self.rewards, self.over = rewards, over
        self.ends = np.zeros(rewards.shape, np.intp)
        groups: dict[tuple[int, ...], int] = {}
        for (state, action), found in ends.items():
            is_certain = len(found) == 1
            self.ends[state, action] = found[0] if is_certain else len(rewards) + groups.setdefault(found, len(groups))
        self._members = np.array([state for group in groups for state in group], np.intp)
        self._sizes = np.array([len(group) for group in groups], np.intp)
        self._begins = np.cumsum(self._sizes) - self._sizes

    def with_groups(self, values: np.ndarray) -> np.ndarray:
        """Return values of states, and behind them the mean of each group: what an end is worth."""
        if not len(self._sizes):
            return values
        return np.concatenate([values, np.add.reduceat(values[self._members], self._begins) / self._sizes])


def best_values(tables: Tables, discount: float) -> np.ndarray:
    """Return what each action is worth if only the best ones follow (states × actions), by value iteration.

    Sutton and Barto, Reinforcement Learning, 2nd edition 2018, section 4.4.

    Args:
        tables: the world.
        discount: γ, below 1 unless every way ends.
    """
    values, later = np.zeros(len(tables.rewards)), discount * ~tables.over
    while True:
        worth: np.ndarray = tables.rewards + later * tables.with_groups(values)[tables.ends]
        best = worth.max(axis=1)
        if np.abs(best - values).max() < STILL:
            return worth
        values = best


def best_reward(tables: Tables, moves: int) -> float:
    """Return the most that can be expected of so many moves from a random state: as many sweeps backwards."""
    return _after(tables, moves, lambda later: (tables.rewards + later[tables.ends]).max(axis=1))


def random_reward(tables: Tables, moves: int) -> float:
    """Return what so many random moves from a random state are expected to bring, exactly."""
    return _after(tables, moves, lambda later: (tables.rewards + later[tables.ends]).mean(axis=1))


def expected_of(tables: Tables, counted: np.ndarray, actions: np.ndarray, moves: int) -> float:
    """Return what an agent can expect of so many moves from a random state, exactly; what is over begins again.

    Args:
        tables: the world.
        counted: what each action brings (states × actions): rewards, or ones for crashes or deliveries.
        actions: the one that the agent takes in each state.
        moves: how many.
    """
    every = np.arange(len(actions))
    brought, ends = counted[every, actions].astype(float), tables.ends[every, actions]
    return _after(tables, moves, lambda later: brought + later[ends])


def _after(tables: Tables, moves: int, step: Callable[[np.ndarray], np.ndarray]) -> float:
    values = np.zeros(len(tables.rewards))
    for _ in range(moves):
        values = step(tables.with_groups(values))
    return float(values.mean())
