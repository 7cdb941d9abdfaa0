"""The drones' world in the hands of others: Gymnasium's and PettingZoo's own checks, and what a crash does there."""

from __future__ import annotations

import numpy as np
import pytest
from gymnasium import make
from gymnasium.utils.env_checker import check_env
from pettingzoo.test import parallel_api_test, parallel_seed_test

from core.dqn.environment import DroneEnv
from core.dqn.rules import COURSE, LEFT, RIGHT, SMALL, STAY, Rules, for_drones
from core.dqn.several import DronesEnv
from core.dqn.view import radar, windows
from core.dqn.world import STATION, TOWER, city_of
from core.training.settings import SettingsError


@pytest.mark.parametrize("rules", [SMALL, COURSE])
def test_gymnasium_finds_nothing_to_say(rules: Rules) -> None:
    """`check_env` passes without a warning, made by its name; so does every move behind Gymnasium's passive checker."""
    env = make("core.dqn.environment:curseurs/Drones-v0", rules=rules)
    check_env(env.unwrapped)
    env.reset(seed=3)
    for _ in range(30):
        _seen, _reward, is_end, _cut, _info = env.step(env.action_space.sample())
        if is_end:
            env.reset()


def test_pettingzoo_finds_nothing_to_say(capsys: pytest.CaptureFixture[str]) -> None:
    """`parallel_api_test` and `parallel_seed_test` pass without a warning."""
    parallel_api_test(DronesEnv(moves=40))
    parallel_seed_test(DronesEnv, num_cycles=60)
    assert "Passed Parallel API test" in capsys.readouterr().out


def test_what_an_agent_sees_is_the_worlds_own_view() -> None:
    """The radar in the small world, the learner's window in the course's, every drone's where several learn."""
    small, course, several = DroneEnv(SMALL), DroneEnv(), DronesEnv()
    np.testing.assert_array_equal(small.reset(seed=1)[0], radar(small.world))
    np.testing.assert_array_equal(course.reset(seed=1)[0], windows(course.world)[0])
    np.testing.assert_array_equal(list(several.reset(seed=1)[0].values()), windows(several.world))


def test_a_crash_ends_the_episode_and_the_next_begins_where_the_drone_came_back() -> None:
    """`terminated`, −1; `reset` changes nothing more in that world. A reset in flight brings the drone elsewhere."""
    env = DroneEnv()
    env.reset(seed=5)
    seen, reward, is_end = env.step(LEFT)[:3]
    while not is_end:
        seen, reward, is_end = env.step(LEFT)[:3]
    assert reward == -1
    world, cells, ground = env.world, list(env.world.cells), list(env.world.ground)
    np.testing.assert_array_equal(env.reset()[0], seen)
    assert (env.world, env.world.cells, env.world.ground) == (world, cells, ground)
    places = {env.world.cells[0] for _ in range(20) if env.reset()}
    assert len(places) > 5
    assert env.world is world
    assert env.world.cells[1:] == cells[1:]


def test_a_seed_draws_a_new_world_in_the_same_city_if_one_is_given() -> None:
    """Without a city the towers move too; with one, only what lies and flies about does."""
    free, settled = DroneEnv(), DroneEnv(SMALL, city_of(SMALL, 8))
    cities = {}
    for name, env in (("free", free), ("settled", settled)):
        for seed in (1, 2):
            env.reset(seed=seed)
            city = tuple(held if held in (STATION, TOWER) else 0 for held in env.world.ground)
            cities[name, seed] = (city, tuple(env.world.cells))
    assert cities["free", 1][0] != cities["free", 2][0]
    assert cities["settled", 1][0] == cities["settled", 2][0] == city_of(SMALL, 8)
    assert cities["settled", 1] != cities["settled", 2]


def test_the_other_drones_fly_at_random() -> None:
    """While the learner stays, each of the others makes all five moves; that they come down ends nothing."""
    env = DroneEnv()
    env.reset(seed=2)
    flown: dict[int, set[int]] = {1: set(), 2: set()}
    fallen = 0
    for _ in range(200):
        before, reaches = list(env.world.cells), env.world.reaches
        is_end = env.step(STAY)[2]
        for drone, actions in flown.items():
            found = {action for action, end in enumerate(reaches[before[drone]]) if end == env.world.cells[drone]}
            actions |= found
            fallen += not found and not is_end
    assert flown == {1: {0, 1, 2, 3, 4}, 2: {0, 1, 2, 3, 4}}
    assert fallen > 20


def test_where_several_learn_a_crash_is_told_and_nobody_leaves() -> None:
    """A crash costs 1, `infos` tell of it, the battery is full again, and `terminated` stays False to the last move."""
    env = DronesEnv(for_drones(4), moves=50)
    env.reset(seed=1)
    crashes = deliveries = 0
    for move in range(1, 51):
        flying = list(env.agents)
        assert flying == env.possible_agents
        actions = dict.fromkeys(flying, RIGHT if move % 3 else STAY)
        _seen, rewards, ended, cut, infos = env.step(actions)
        assert set(ended.values()) == {False}
        assert set(cut.values()) == {move == 50}
        for drone, agent in enumerate(flying):
            deliveries += infos[agent]["delivered"]
            if infos[agent]["crashed"]:
                crashes += 1
                assert (rewards[agent], env.world.charge[drone]) == (-1.0, 100)
    assert crashes > 10
    assert deliveries > 0
    assert env.agents == []


def test_rounds_are_worlds_of_their_own_and_a_seed_repeats_them() -> None:
    """The next reset draws another city; the same seed gives both again."""
    env = DronesEnv()
    grounds = []
    for seed in (9, None, 9, None):
        env.reset(seed=seed)
        grounds.append(tuple(env.world.ground))
    assert grounds[0] == grounds[2] != grounds[1] == grounds[3]


def test_agents_share_no_space() -> None:
    """Each agent's spaces are its own, so that seeding one leaves the others."""
    env = DronesEnv()
    first, second = env.possible_agents[:2]
    assert env.action_space(first) is env.action_space(first) is not env.action_space(second)
    assert env.observation_space(first) is not env.observation_space(second)
    assert env.observation_space(first).contains(env.reset(seed=1)[0][first])


def test_rules_that_no_world_can_have_make_no_environment() -> None:
    """The rules refuse first: nothing of ours reaches an agent's library."""
    with pytest.raises(SettingsError):
        DroneEnv(Rules(drones=0))
    with pytest.raises(SettingsError):
        DronesEnv(for_drones(0))
