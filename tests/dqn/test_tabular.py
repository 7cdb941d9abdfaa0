"""Q-learning with a table finds what value iteration computes, in our world and in one of Gymnasium's."""

from __future__ import annotations

import gymnasium
import numpy as np
import pytest

from core.dqn.environment import DroneEnv, Numbered
from core.dqn.exact import CARRIED, Exact
from core.dqn.rules import Rules
from core.dqn.tables import best_values, expected_of
from core.dqn.tabular import learn
from core.dqn.world import NOTHING, TOWER

TINY = Rules(drones=1, side=3, parcels=1, zones=1, stations=0, towers=4, discharge=0)
CITY = tuple(TOWER if sign == "#" else NOTHING for sign in "..##..#.#")
"""Five free cells in a 3 × 3 grid, none shut in."""
DISCOUNT = 0.5


def test_it_reaches_value_iteration_on_a_small_grid() -> None:
    """30,000 random moves: nine values in ten within 0.02, 0.04 off on average, and the greedy moves nearly as good.

    What it has never been in is what no flight leads to: above its zone, a drone has no parcel.
    """
    exact = Exact(TINY, CITY)
    best = best_values(exact, DISCOUNT)
    learned = learn(Numbered(exact), 30_000, discount=DISCOUNT)
    been = learned.any(axis=1)
    apart = [each.drone != each.zone or each.parcel != CARRIED for each in exact.situations]
    np.testing.assert_array_equal(been, apart)
    off = np.abs(learned - best)[been]
    assert np.quantile(off, 0.9) < 0.02
    assert off.mean() < 0.04
    got, most = (expected_of(exact, exact.rewards, values.argmax(axis=1), 100) for values in (learned, best))
    assert 0.98 * most < got <= most


def test_it_finds_the_way_along_the_cliff() -> None:
    """Gymnasium's CliffWalking, moving at random: the greedy way takes 13 moves, the fewest there are."""
    env = gymnasium.make("CliffWalking-v1")
    values = learn(env, 20_000, discount=1.0)
    state, total, is_end = env.reset()[0], 0.0, False
    for _ in range(20):
        state, reward, is_end, _cut, _info = env.step(int(values[state].argmax()))
        total += float(reward)
        if is_end:
            break
    assert is_end
    assert total == -13


def test_the_same_seed_learns_the_same_and_another_seed_does_not() -> None:
    """All chance comes from the seed, the environment's too."""
    exact = Exact(TINY, CITY)
    first, again, other = (learn(Numbered(exact), 300, discount=DISCOUNT, seed=seed) for seed in (1, 1, 2))
    np.testing.assert_array_equal(first, again)
    assert (first != other).any()


def test_what_is_not_numbered_is_refused() -> None:
    """A table needs a number for each state: the radar has none."""
    with pytest.raises(AssertionError, match="states"):
        learn(DroneEnv(TINY), 10, discount=DISCOUNT)
