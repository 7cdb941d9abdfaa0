"""The small world's tables: they are the world's, and what is computed from them is what others compute."""

from __future__ import annotations

from functools import cache
from typing import Any

import gymnasium
import numpy as np
import pytest
from scipy.optimize import linprog
from scipy.stats import chisquare

from core.dqn.exact import CARRIED, Exact, set_to, situation_of
from core.dqn.judge import MOVES, bounds_of, known, mean_of
from core.dqn.presets import BASE
from core.dqn.rules import ACTIONS, COURSE, SMALL, Rules
from core.dqn.tables import Tables, best_reward, best_values, expected_of, random_reward
from core.dqn.world import TOWER, World, city_of
from core.training.settings import SettingsError

TINY = Rules(drones=1, side=3, parcels=1, zones=1, stations=1, towers=2, discharge=0)


@cache
def _tiny() -> Exact:
    return Exact(TINY, city_of(TINY, 4))


def _small() -> Exact:
    return known(BASE.rules, BASE.city)[0]  # computed once for all tests


def _chances(tables: Tables, state: int, action: int) -> np.ndarray:
    """Return how likely each state is behind an action: what it would be worth if that state alone were worth 1."""
    end, count = tables.ends[state, action], len(tables.rewards)
    return np.array([tables.with_groups(one)[end] for one in np.eye(count)])


@pytest.mark.parametrize("whole", [True, False])
def test_the_tables_say_what_a_step_of_the_world_does(whole: bool) -> None:
    """Reward, crash, delivery, and the situation that follows: everywhere in 3 × 3 cells, here and there in 5 × 5.

    Where chance decides what follows, it is one of those that the tables allow.
    """
    exact = _tiny() if whole else _small()
    chance, count = np.random.default_rng(1), len(exact.situations)
    world = exact.world_at(exact.situations[0])
    asked = range(count) if whole else chance.choice(count, 1_500, replace=False).tolist()
    worth = np.zeros(count)
    for state in asked:
        for action in ACTIONS:
            _set(exact, world, state)
            moved = world.step([action])
            told = (exact.rewards[state, action], exact.crashes[state, action], exact.deliveries[state, action])
            assert told == (moved.rewards[0], moved.crashed[0], moved.delivered[0])
            after = exact.number[situation_of(world)]
            if exact.ends[state, action] < count:
                assert exact.ends[state, action] == after
            else:
                worth[after] = 1
                assert exact.with_groups(worth)[exact.ends[state, action]] > 0
                worth[after] = 0


def test_what_chance_brings_it_brings_as_often_as_the_tables_say() -> None:
    """4,000 crashes with and without a parcel, and 4,000 deliveries: a chi-squared test sees no difference."""
    exact = _tiny()
    laden = np.array([situation.parcel == CARRIED for situation in exact.situations])
    kinds = (exact.crashes & laden[:, None], exact.crashes & ~laden[:, None], exact.deliveries)
    world = exact.world_at(exact.situations[0])
    for kind in kinds:
        state, action = np.argwhere(kind)[0]
        counted = np.zeros(len(exact.situations))
        for _ in range(4_000):
            _set(exact, world, state)
            world.step([int(action)])
            counted[exact.number[situation_of(world)]] += 1
        chances = _chances(exact, state, action)
        assert chances.sum() == pytest.approx(1)
        assert not counted[chances == 0].any()
        assert chisquare(counted[chances > 0], 4_000 * chances[chances > 0]).pvalue > 0.01


def test_every_situation_of_a_flight_is_in_the_tables() -> None:
    """A thousand random moves lead nowhere else; and no situation stands twice, in a tower, or on a zone's cell."""
    exact = _small()
    chance = np.random.default_rng(2)
    world = World(exact.rules, chance, exact.city)
    for _ in range(1_000):
        assert situation_of(world) in exact.number
        world.step([int(chance.integers(5))])
    assert len(set(exact.situations)) == len(exact.situations)
    assert not any(exact.city[each.drone] == TOWER or each.zone == each.parcel for each in exact.situations)


def _of_gymnasium(name: str, **options: Any) -> Tables:
    """Return one of Gymnasium's worlds, from its own table of transitions; behind its last state stands "over"."""
    transitions = gymnasium.make(name, **options).unwrapped.P  # type: ignore[attr-defined]
    states, actions = len(transitions), len(transitions[0])
    rewards = np.zeros((states + 1, actions))
    ends: dict[tuple[int, int], tuple[int, ...]] = {(states, action): (states,) for action in range(actions)}
    for state, by_action in transitions.items():
        for action, outcomes in by_action.items():
            assert len({round(chance, 9) for chance, *_rest in outcomes}) == 1, "equally likely"
            rewards[state, action] = sum(chance * reward for chance, _next, reward, _end in outcomes)
            ends[state, action] = tuple(states if is_end else int(after) for _p, after, _r, is_end in outcomes)
    return Tables(rewards, np.zeros(rewards.shape, bool), ends)


def _by_linear_programme(name: str, discount: float, **options: Any) -> np.ndarray:
    """Return V* as the smallest values that no action exceeds (Puterman 1994, section 6.9), from Gymnasium's table."""
    transitions = gymnasium.make(name, **options).unwrapped.P  # type: ignore[attr-defined]
    rows, limits = [], []
    for state, by_action in transitions.items():
        for outcomes in by_action.values():
            row = np.zeros(len(transitions))
            row[state] = -1
            for chance, after, _reward, is_end in outcomes:
                row[int(after)] += discount * chance * (not is_end)
            rows.append(row)
            limits.append(-sum(chance * reward for chance, _after, reward, _end in outcomes))
    found = linprog(np.ones(len(transitions)), np.array(rows), limits, bounds=(None, None))
    assert found.success
    values: np.ndarray = found.x
    return values


@pytest.mark.parametrize(
    ("name", "options"),
    [("FrozenLake-v1", {"map_name": "4x4", "is_slippery": True}), ("CliffWalking-v1", {}), ("Taxi-v4", {})],
)
def test_value_iteration_solves_gymnasiums_worlds(name: str, options: dict[str, Any]) -> None:
    """FrozenLake (slippery), CliffWalking and Taxi, γ 0.99: as a linear programme says, in every state."""
    ours = best_values(_of_gymnasium(name, **options), 0.99).max(axis=1)[:-1]
    np.testing.assert_allclose(ours, _by_linear_programme(name, 0.99, **options), atol=1e-6)


def test_the_lake_is_worth_what_the_literature_says() -> None:
    """V* of the start of FrozenLake 4 × 4, slippery, γ 0.99, is 0.54203."""
    lake = _of_gymnasium("FrozenLake-v1", map_name="4x4", is_slippery=True)
    assert best_values(lake, 0.99).max(axis=1)[0] == pytest.approx(0.54203, abs=5e-6)


def test_the_cliffs_way_takes_13_moves() -> None:
    """Without discount the best way along the cliff costs 13: so many sweeps, and one fewer does not get there."""
    cliff = _of_gymnasium("CliffWalking-v1")
    assert best_values(cliff, 1.0).max(axis=1)[36] == -13


def test_what_is_over_is_followed_by_nothing() -> None:
    """An action that is over is worth its reward alone, and one that is not also what follows: 1 / (1 − γ)."""
    ends = {(0, 0): (0,), (0, 1): (0,)}
    both = Tables(np.array([[1.0, 1.0]]), np.array([[True, False]]), ends)
    np.testing.assert_allclose(best_values(both, 0.5), [[1 + 0.0, 2.0]], atol=1e-9)


def test_what_is_expected_of_an_agent_is_what_it_gets() -> None:
    """800 flights of 30 moves, by the best and by random actions: the exact figures lie within their intervals."""
    exact, flights, moves = _tiny(), 800, 30
    best = best_values(exact, 0.95).argmax(axis=1)
    chance = np.random.default_rng(6)
    for actions in (best, None):
        got = np.zeros((3, flights))
        for flight in range(flights):
            world = exact.world_at(exact.situations[chance.integers(len(exact.situations))])
            world.chance = chance
            for _ in range(moves):
                now = exact.number[situation_of(world)]
                moved = world.step([int(chance.integers(5) if actions is None else actions[now])])
                got[:, flight] += moved.rewards[0], moved.crashed[0], moved.delivered[0]
        told = (
            [random_reward(exact, moves)]
            if actions is None
            else [
                expected_of(exact, counted, best, moves) for counted in (exact.rewards, exact.crashes, exact.deliveries)
            ]
        )
        for figure, flown in zip(told, got, strict=False):
            mean, interval = mean_of(flown)
            assert abs(mean - figure) <= interval


def test_no_agent_gets_more_than_the_best_reward() -> None:
    """Far-sighted, short-sighted, random: all stay below it; with so many moves to go, the first nearly gets it."""
    exact = _tiny()
    most = best_reward(exact, MOVES)
    got = [expected_of(exact, exact.rewards, best_values(exact, g).argmax(axis=1), MOVES) for g in (0.95, 0.5, 0.0)]
    assert most >= got[0] >= got[1] > got[2]
    assert got[0] > 0.99 * most
    assert random_reward(exact, MOVES) < 0


def test_the_pages_bounds_are_those_of_its_city() -> None:
    """All there is lies between random moves, which crash, and the best, which bring a parcel every seven moves."""
    lowest, highest = bounds_of(BASE.rules, BASE.city)
    exact = _small()
    assert (lowest, highest) == (random_reward(exact, MOVES), best_reward(exact, MOVES))
    assert lowest < -15
    assert 14 < highest < 15


def test_a_world_that_is_too_large_for_tables_is_refused() -> None:
    """Several drones, several parcels or a battery: said before anything is computed."""
    with pytest.raises(SettingsError):
        Exact(COURSE, city_of(COURSE, 1))
    with pytest.raises(SettingsError) as refused:
        Exact(Rules(drones=1, side=5, parcels=1, zones=1, stations=1, towers=3), city_of(SMALL, 1))
    assert refused.value.name == "discharge"


def _set(exact: Exact, world: World, state: int) -> None:
    set_to(world, exact.city, exact.situations[state])
