"""The drones' world keeps DroneRL's rules: what a move does, who crashes, and what comes back."""

from __future__ import annotations

import random
from typing import NamedTuple

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from core.dqn.rules import ACTIONS, COURSE, DOWN, FULL, LEFT, RIGHT, STAY, UP, Rules, for_drones
from core.dqn.view import windows
from core.dqn.world import NOTHING, PARCEL, STATION, TOWER, ZONE, World
from tests.dqn.bare_grid import BareGrid
from tests.dqn.laid_out import laid_out, place


@pytest.mark.parametrize(
    ("action", "end"), [(LEFT, (1, 0)), (DOWN, (2, 1)), (RIGHT, (1, 2)), (UP, (0, 1)), (STAY, (1, 1))]
)
def test_each_action_moves_as_its_name_says(action: int, end: tuple[int, int]) -> None:
    """In the course's order: left, down, right, up, stay; each costs 10 of the battery and brings nothing."""
    world = laid_out("... ... ...", [(1, 1)])
    moved = world.step([action])
    assert (place(world), world.charge, moved.rewards, moved.crashed) == (end, [90], (0.0,), (False,))


def test_a_parcel_is_taken_and_delivered_and_both_come_back() -> None:
    """Taking brings 0, delivering 1; the delivered parcel and its zone lie somewhere again, as many as before."""
    world = laid_out(".pz. .... .... ....", [(0, 0)])
    moved = world.step([RIGHT])
    assert (moved.rewards, world.carrying, PARCEL in world.ground) == ((0.0,), [True], False)
    moved = world.step([RIGHT])
    assert (moved.rewards, moved.delivered, world.carrying) == ((1.0,), (True,), [False])
    assert (world.ground.count(PARCEL), world.ground.count(ZONE)) == (1, 1)


def test_a_laden_drone_leaves_other_parcels_and_an_empty_one_leaves_zones() -> None:
    """A drone carries one parcel; a zone does nothing for a drone without one."""
    world = laid_out(".p. ... ...", [(0, 0)], carrying=[True])
    world.step([RIGHT])
    assert (world.carrying, world.ground[1]) == ([True], PARCEL)
    world = laid_out(".z. ... ...", [(0, 0)])
    assert world.step([RIGHT]).delivered == (False,)
    assert world.ground[1] == ZONE


def test_what_is_delivered_may_come_back_below_the_drone_who_takes_it_by_staying() -> None:
    """A parcel that appears under a drone is not aboard; the drone's next move on that cell takes it."""
    for seed in range(200):
        world = laid_out("z. ..", [(0, 1)], carrying=[True], seed=seed)
        world.step([LEFT])
        if world.ground[0] == PARCEL:
            break
    assert world.carrying == [False]
    world.step([STAY])
    assert (world.carrying, world.ground[0]) == ([True], NOTHING)


@pytest.mark.parametrize(
    ("start", "action"), [((0, 0), LEFT), ((0, 0), UP), ((2, 2), RIGHT), ((2, 2), DOWN), ((0, 1), DOWN)]
)
def test_a_wall_or_a_tower_brings_a_drone_down(start: tuple[int, int], action: int) -> None:
    """A crash costs 1; the drone is back with a full battery, and the tower still stands."""
    world = laid_out("... .#. ...", [start], charge=[50])
    moved = world.step([action])
    assert (moved.rewards, moved.crashed, world.charge) == ((-1.0,), (True,), [FULL])
    assert world.ground[4] == TOWER
    assert place(world) != (1, 1)


def test_two_drones_on_one_cell_both_crash() -> None:
    """From two sides, or one that stays where the other comes: both come down; a third is not concerned."""
    for actions in ([RIGHT, LEFT, STAY], [STAY, LEFT, STAY]):
        second = (0, 2) if actions[0] == RIGHT else (0, 1)
        world = laid_out(".... .... .... ....", [(0, 0), second, (3, 3)])
        moved = world.step(actions)
        assert (moved.crashed, moved.rewards) == ((True, True, False), (-1.0, -1.0, 0.0))
        assert world.charge == [FULL, FULL, 90]


def test_drones_that_swap_places_do_not_meet() -> None:
    """As in the course's world, only the cells after the move count; so one may also follow another."""
    world = laid_out("... ... ...", [(0, 0), (0, 1)])
    assert world.step([RIGHT, LEFT]).crashed == (False, False)
    assert (place(world, 0), place(world, 1)) == ((0, 1), (0, 0))
    assert world.step([RIGHT, RIGHT]).crashed == (False, False)


def test_a_station_charges_20_up_to_100_for_a_tenth_and_any_other_move_costs_10() -> None:
    """50 → 70 → 90 → 100 → 100 on the station, each for −0.1; 90 beside it."""
    world = laid_out(".s. ... ...", [(0, 0)], charge=[50])
    told = []
    for action in (RIGHT, STAY, STAY, STAY, DOWN):
        told.append((world.step([action]).rewards[0], world.charge[0]))
    assert told == [(-0.1, 70), (-0.1, 90), (-0.1, 100), (-0.1, 100), (0.0, 90)]


def test_an_empty_battery_is_a_crash_before_anything_is_taken() -> None:
    """The tenth move without a station is one too many; a parcel below is not taken, a zone below does not pay."""
    world = laid_out("... ... ...", [(1, 1)])
    assert [world.step([STAY]).crashed[0] for _ in range(10)] == [False] * 9 + [True]
    world = laid_out("z.. ... ...", [(0, 1)], charge=[10], carrying=[True])
    assert (world.step([LEFT]).rewards, world.ground[0]) == ((-1.0,), ZONE)


def test_a_station_is_reached_with_the_last_charge() -> None:
    """Who ends a move on a station charges, and does not fall: 10 → 30."""
    world = laid_out(".s. ... ...", [(0, 0)], charge=[10])
    assert (world.step([RIGHT]).crashed, world.charge) == ((False,), [30])


def test_a_battery_that_does_not_count_lasts() -> None:
    """Without discharge a drone stays in the air for ever."""
    world = laid_out("... ... ...", [(1, 1)], discharge=0)
    assert not any(world.step([STAY]).crashed[0] for _ in range(30))


def test_a_parcel_lost_in_a_crash_lies_elsewhere_and_a_drone_that_comes_back_on_one_has_it() -> None:
    """Two cells for the parcel, those and the zone's for the drone: all six happen, and it is aboard where both are."""
    ends = set()
    for seed in range(60):
        world = laid_out("z.# .## ###", [(0, 1)], carrying=[True], seed=seed)
        assert world.step([UP]).crashed == (True,)
        lying = [cell for cell in (1, 3) if world.ground[cell] == PARCEL]
        assert len(lying) + world.carrying[0] == 1
        ends.add((world.cells[0], *lying))
    assert ends == {(0, 1), (0, 3), (1,), (1, 3), (3, 1), (3,)}


def test_the_courses_own_example_of_a_drone_that_comes_back_on_a_parcel() -> None:
    """Two drones collide; one of them comes back on the only parcel and has it, for no reward: −2 in all."""
    for seed in range(500):
        world = laid_out("........ " * 2 + "......p. " + "........ " * 5, [(3, 1), (3, 3)], seed=seed)
        moved = world.step([RIGHT, LEFT])
        assert sum(moved.rewards) == -2
        if any(world.carrying):
            break
    assert (sum(world.carrying), PARCEL in world.ground) == (1, False)


class Told(NamedTuple):
    """What the course's scenario says of a step."""

    charge: int
    has_parcel: bool
    reward: float


def test_the_courses_scenario_of_a_single_drone() -> None:
    """Its 24 actions on a map with its ways: parcel at step 3 (charge 80), delivery at 7 (70), the second at 8 and 10.

    Crash at 13, and ten steps later the battery is dead; steps are counted from 0, and charging is free, as there.
    """
    world = laid_out(
        """
        ..zp#
        .s..p
        p##z.
        .s...
        ....#
        """,
        [(4, 2)],
        seed=SEED_OF_SCENARIO,
        charging=0.0,
    )
    flown = [UP, LEFT, LEFT, UP, UP, RIGHT, UP, RIGHT, RIGHT, *[DOWN] * 5, *[STAY] * 10]
    told = [Told(world.charge[0], world.carrying[0], moved.rewards[0]) for moved in (world.step([a]) for a in flown)]
    assert told[3] == Told(80, True, 0.0)
    assert told[7] == Told(70, False, 1.0)
    assert told[8] == Told(60, True, 0.0)
    assert told[10] == Told(40, False, 1.0)
    assert (told[13].charge, told[13].reward) == (FULL, -1.0)
    assert (told[23].charge, told[23].reward) == (FULL, -1.0)
    assert [step for step, each in enumerate(told) if each.reward == -1] == [13, 23]


SEED_OF_SCENARIO = 3
"""One with which nothing that comes back gets into the way."""


@given(
    st.builds(for_drones, st.integers(1, 4))
    | st.just(Rules(drones=2, side=3, parcels=3, zones=2, stations=1, towers=2)),
    st.integers(0, 2**32),
    st.data(),
)
@settings(max_examples=40, deadline=None)
def test_nothing_is_lost_and_nothing_appears(rules: Rules, seed: int, data: st.DataObject) -> None:
    """Whatever is flown: parcels and zones stay as many, the city stands, drones are apart, in the air, and charged."""
    world = World(rules, np.random.default_rng(seed))
    city = [held if held in (STATION, TOWER) else NOTHING for held in world.ground]
    flown = st.lists(st.sampled_from(ACTIONS), min_size=rules.drones, max_size=rules.drones)
    for _ in range(25):
        moved = world.step(data.draw(flown))
        assert world.ground.count(PARCEL) + sum(world.carrying) == rules.parcels
        assert world.ground.count(ZONE) == rules.zones
        assert [held if held in (STATION, TOWER) else NOTHING for held in world.ground] == city
        assert len(set(world.cells)) == rules.drones
        assert not any(world.ground[cell] == TOWER for cell in world.cells)
        assert all(0 < charge <= FULL for charge in world.charge)
        for reward, crashed, delivered in zip(moved.rewards, moved.crashed, moved.delivered, strict=True):
            assert reward in ({-1.0} if crashed else {1.0} if delivered else {0.0, -0.1})


def test_the_same_seed_gives_the_same_flight_and_another_seed_another() -> None:
    """A world draws from its own generator alone, and touches none of those that all share."""
    shared = _shared_chance()

    def flown(seed: int) -> list[tuple[object, ...]]:
        chance = np.random.default_rng(seed)
        world = World(COURSE, chance)
        moves = [world.step(chance.integers(5, size=3).tolist()) for _ in range(50)]
        return [*((move.rewards, move.crashed) for move in moves), tuple(world.ground), tuple(world.cells)]

    first, again, other = flown(7), flown(7), flown(8)
    assert first == again != other
    assert shared == _shared_chance()


def _shared_chance() -> tuple[object, ...]:
    """Return how far the generators are that a whole process shares."""
    of_numpy = np.random.get_state(legacy=False)["state"]  # noqa: NPY002
    return random.getstate(), of_numpy["pos"], of_numpy["key"].tolist(), torch.get_rng_state().tolist()


def test_a_drone_that_begins_again_leaves_its_parcel_behind() -> None:
    """Brought back on purpose it is charged, and what it had lies on the ground."""
    world = laid_out("....z ..... ..... ..... .....", [(2, 2)], carrying=[True], charge=[30])
    world.bring_back(0)
    assert world.charge == [FULL]
    assert world.ground.count(PARCEL) + sum(world.carrying) == 1


@pytest.mark.parametrize("count", [1, 4])
def test_a_transcription_in_bare_numpy_does_the_same(count: int) -> None:
    """From 300 states of a flight, both move alike: rewards, crashes, and, of who stays in the air, place and load.

    The bench measures our speed against it: what it sees is what ours sees, too.
    """
    rules, chance = for_drones(count), np.random.default_rng(5)
    world, bare = World(rules, chance), BareGrid(count, rules.side, (3, 2, 2, 3), seed=1)
    for _ in range(300):
        bare.inside[:] = np.reshape(world.ground, bare.inside.shape)
        bare.cells = np.stack(np.divmod(world.cells, rules.side), axis=1)
        bare.carrying, bare.charge = np.array(world.carrying), np.array(world.charge)
        np.testing.assert_allclose(bare.seen(), windows(world), rtol=1e-6)
        actions = chance.integers(5, size=count)
        _seen, rewards, crashed = bare.step(actions)
        moved = world.step(actions.tolist())
        assert rewards == pytest.approx(moved.rewards)
        assert crashed.tolist() == list(moved.crashed)
        assert bare.charge.tolist() == world.charge
        flying = ~crashed
        assert (bare.cells @ (rules.side, 1))[flying].tolist() == np.array(world.cells)[flying].tolist()
        assert bare.carrying[flying].tolist() == np.array(world.carrying)[flying].tolist()
