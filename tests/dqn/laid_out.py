"""Worlds laid out by hand, as maps that a reader sees."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from core.dqn.rules import FULL, Rules
from core.dqn.world import NOTHING, PARCEL, STATION, TOWER, ZONE, World

MARKS = {".": NOTHING, "p": PARCEL, "z": ZONE, "s": STATION, "#": TOWER}
"""What the signs of a map stand for."""


def laid_out(
    rows: str,
    drones: Sequence[tuple[int, int]],
    *,
    carrying: Sequence[bool] = (),
    charge: Sequence[int] = (),
    seed: int = 0,
    **changed: float,
) -> World:
    """Return a world as a map says, with the course's rewards and batteries.

    Args:
        rows: of signs (`MARKS`), apart by spaces.
        drones: row and column of each.
        carrying: whether each has a parcel.
        charge: of each battery.
        seed: of what comes back.
        changed: other rules.
    """
    lines = rows.split()
    ground = [MARKS[sign] for line in lines for sign in line]
    carrying = list(carrying) or [False] * len(drones)
    things = {"parcels": PARCEL, "zones": ZONE, "stations": STATION, "towers": TOWER}
    counts = {name: ground.count(held) for name, held in things.items()}
    counts["parcels"] += sum(carrying)
    counts |= {name: max(1, counts[name]) for name in ("parcels", "zones")}
    rules = Rules(drones=len(drones), side=len(lines), **counts, **changed)  # type: ignore[arg-type]
    world = World(rules, np.random.default_rng(seed))
    world.ground[:] = ground
    world.cells[:] = [row * len(lines) + column for row, column in drones]
    world.carrying[:] = carrying
    world.charge[:] = list(charge) or [FULL] * len(drones)
    return world


def place(world: World, drone: int = 0) -> tuple[int, int]:
    """Return row and column of a drone."""
    row, column = divmod(world.cells[drone], world.rules.side)
    return row, column
