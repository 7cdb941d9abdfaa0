"""The rules of the drones' world: the course's grid, and what no world can be."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from core.dqn.rules import COURSE, Rules, for_drones
from core.dqn.world import NOTHING, STATION, TOWER, World, city_of
from core.training.settings import SettingsError


def test_the_courses_grid_grows_with_its_drones() -> None:
    """Side ⌈√(n / 0.05)⌉, and for each drone 3 parcels, 2 zones, 2 stations, 3 towers: 8 × 8 for three drones."""
    assert (COURSE.side, COURSE.parcels, COURSE.zones, COURSE.stations, COURSE.towers) == (8, 9, 6, 6, 9)
    sides = [for_drones(count).side for count in range(1, 21)]
    assert sides[:8] == [5, 7, 8, 9, 10, 11, 12, 13]
    assert all(before <= behind for before, behind in pairwise(sides))


@pytest.mark.parametrize(
    ("wrong", "name"),
    [
        ({"drones": 0}, "drones"),
        ({"side": 3, "parcels": 4, "zones": 5, "stations": 0, "towers": 0}, "parcels + zones + stations + towers"),
        ({"side": 2, "drones": 3, "parcels": 1, "zones": 1, "stations": 0, "towers": 1}, "drones"),
        ({"charge": 101}, "charge"),
    ],
)
def test_a_world_without_drones_or_without_room_is_refused(wrong: dict[str, int], name: str) -> None:
    """What is wrong is named; no world is begun that could not go on."""
    with pytest.raises(SettingsError) as refused:
        Rules(**wrong)
    assert refused.value.name == name
    with pytest.raises(SettingsError):
        for_drones(0)


def test_the_fullest_world_goes_on() -> None:
    """One free cell on the ground and one in the air are enough for whatever comes back."""
    rules = Rules(drones=3, side=3, parcels=5, zones=3, stations=0, towers=0)
    chance = np.random.default_rng(3)
    world = World(rules, chance)
    crashes = sum(sum(world.step(chance.integers(5, size=3).tolist()).crashed) for _ in range(300))
    assert crashes > 100
    rules = Rules(drones=3, side=2, parcels=1, zones=1, stations=0, towers=0)
    world = World(rules, chance)
    assert sum(sum(world.step(chance.integers(5, size=3).tolist()).crashed) for _ in range(300)) > 100


def test_a_city_is_its_towers_and_stations_alone() -> None:
    """A city of a seed holds what the rules say, and is the same for every world begun in it."""
    city = city_of(COURSE, 5)
    assert {held: city.count(held) for held in set(city)} == {NOTHING: 49, STATION: 6, TOWER: 9}
    grounds = [World(COURSE, np.random.default_rng(seed), city).ground for seed in (1, 2)]
    assert grounds[0] != grounds[1]
    assert all([h if h in (STATION, TOWER) else NOTHING for h in ground] == list(city) for ground in grounds)
