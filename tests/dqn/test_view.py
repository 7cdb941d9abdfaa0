"""What a drone sees: windows and radar against constructions cell by cell, and the course's own example."""

from __future__ import annotations

import numpy as np
import pytest

from core.dqn.rules import COURSE, DOWN, LEFT, RIGHT, SMALL, UP, for_drones
from core.dqn.view import (
    CHARGE,
    DRONES,
    OBSTACLES,
    PARCELS,
    RADIUS,
    STATIONS,
    ZONES,
    radar,
    radar_size,
    windows,
)
from core.dqn.world import PARCEL, STATION, TOWER, ZONE, World
from tests.dqn.laid_out import laid_out, place


def _seen_by(world: World, drone: int, radius: int) -> np.ndarray:
    """Return a window, asked for cell by cell."""
    found = np.zeros((6, 2 * radius + 1, 2 * radius + 1), np.float32)
    row, column = place(world, drone)
    side = world.rules.side
    for down in range(-radius, radius + 1):
        for right in range(-radius, radius + 1):
            at = (slice(None), down + radius, right + radius)
            r, c = row + down, column + right
            if not (0 <= r < side and 0 <= c < side):
                found[at][OBSTACLES] = 1
                continue
            held = world.ground[r * side + c]
            for plane, thing in ((PARCELS, PARCEL), (ZONES, ZONE), (STATIONS, STATION), (OBSTACLES, TOWER)):
                found[at][plane] = held == thing
            for other, cell in enumerate(world.cells):
                if cell == r * side + c:
                    found[at][DRONES], found[at][CHARGE] = 1, world.charge[other] / 100
                    found[at][PARCELS] = max(found[at][PARCELS], world.carrying[other])
    return found


@pytest.mark.parametrize("radius", [1, RADIUS, 4])
@pytest.mark.parametrize("count", [1, 3, 6])
def test_windows_equal_a_look_at_each_cell(count: int, radius: int) -> None:
    """Six planes around each drone: drones, parcels (carried ones too), zones, stations, charge, obstacles."""
    chance = np.random.default_rng(count)
    world = World(for_drones(count), chance)
    for _ in range(20):
        world.step(chance.integers(5, size=count).tolist())
        seen = windows(world, radius)
        assert seen.dtype == np.float32
        assert seen.shape == (count, 6, 2 * radius + 1, 2 * radius + 1)
        np.testing.assert_allclose(seen, [_seen_by(world, drone, radius) for drone in range(count)], rtol=1e-6)


def test_the_courses_own_example_of_windows() -> None:
    """Two drones on one row, two apart; the first has a parcel and a charge of 80, the other none and 60."""
    world = laid_out(
        """
        #.......
        .s......
        ......p.
        .s......
        ........
        ........
        ...z..p.
        ........
        """,
        [(3, 1), (3, 3)],
        carrying=[True, False],
        charge=[80, 60],
    )
    first, second = windows(world)
    middle = (RADIUS, RADIUS)
    assert first[DRONES][middle] == first[DRONES][RADIUS, RADIUS + 2] == 1
    assert (first[PARCELS][middle], second[PARCELS][middle]) == (1, 0)
    assert second[PARCELS][2, 6] == second[PARCELS][6, 6] == 1
    assert (first[CHARGE][middle], second[CHARGE][middle]) == (np.float32(0.8), np.float32(0.6))
    assert first[STATIONS][middle] == first[STATIONS][1, RADIUS] == 1
    assert second[ZONES][6, RADIUS] == 1
    assert first[OBSTACLES][0, 2] == 1
    assert first[OBSTACLES][:, :2].all()


def test_the_radar_equals_a_search_of_the_ground() -> None:
    """One-hot, how far below and to the right parcel and zone lie; what bars each move; and the parcel aboard."""
    chance = np.random.default_rng(2)
    world = World(SMALL, chance)
    aboard = 0
    for _ in range(300):
        world.step([int(chance.integers(5))])
        row, column = place(world)
        told: set[tuple[str, int] | str] = set()
        things = {"zone": world.ground.index(ZONE)}
        if world.carrying[0]:
            told.add("aboard")
            aboard += 1
        else:
            things["parcel"] = world.ground.index(PARCEL)
        for thing, cell in things.items():
            told |= {(f"{thing} below", cell // 5 - row), (f"{thing} right", cell % 5 - column)}
        for action, (down, right) in {LEFT: (0, -1), DOWN: (1, 0), RIGHT: (0, 1), UP: (-1, 0)}.items():
            r, c = row + down, column + right
            if not (0 <= r < 5 and 0 <= c < 5) or world.ground[5 * r + c] == TOWER:
                told.add(("barred", action))
        names: list[tuple[str, int] | str] = [
            *(
                (name, far)
                for name in ("parcel below", "parcel right", "zone below", "zone right")
                for far in range(-4, 5)
            ),
            *(("barred", action) for action in (LEFT, DOWN, RIGHT, UP)),
            "aboard",
        ]
        seen = radar(world)
        assert seen.shape == (radar_size(5),) == (len(names),)
        assert {names[at] for at in np.flatnonzero(seen)} == told
        assert set(seen.tolist()) <= {0.0, 1.0}
    assert 0 < aboard < 300


def test_a_look_changes_nothing() -> None:
    """Seeing draws nothing at random and leaves the world as it is; what was seen does not change later."""
    world = World(COURSE, np.random.default_rng(4))
    before = (list(world.ground), list(world.cells), world.chance.bit_generator.state)
    seen = windows(world)
    kept = seen.copy()
    assert before == (world.ground, world.cells, world.chance.bit_generator.state)
    world.step([1, 2, 3])
    np.testing.assert_array_equal(seen, kept)
