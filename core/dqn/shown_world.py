"""The world as code to take home: the same rules and the same random numbers as `core.dqn.world`, in fewer lines."""

from __future__ import annotations

from core.dqn.rules import ACTIONS
from core.dqn.settings import DqnSettings
from core.dqn.view import RADIUS
from core.notebooks import Translate, cell


def world_cell(settings: DqnSettings, _: Translate) -> str:
    """Return the cell of the world: who flies where, what lies on the ground, what a move does."""
    rules = settings.rules
    outside, tower = _("outside, a tower, or another drone: a crash"), _("its battery is empty")
    back = _("what was lost or delivered comes back, then who crashed")
    battery = f"""
            elif self.ground[cell] == STATION:
                self.charge[drone] = min(100, self.charge[drone] + {rules.charge})
                rewards[drone] = {rules.charging!r}
            else:
                self.charge[drone] -= {rules.discharge}
                crashed[drone] = self.charge[drone] <= 0  # {tower}
"""
    without = f"""
            elif self.ground[cell] == STATION:
                rewards[drone] = {rules.charging!r}
"""
    city = f"World(np.random.default_rng({settings.city})).city()"
    return cell(
        _("The city: towers, stations, parcels, zones, and drones over it"),
        f"""
import numpy as np

NOTHING, PARCEL, ZONE, STATION, TOWER = range(5)
SIDE, MOVES = {rules.side}, [(0, -1), (1, 0), (0, 1), (-1, 0), (0, 0)]

class World:
    drones = {rules.drones}

    def __init__(self, chance, city=None):
        self.chance = chance
        self.ground = [NOTHING] * SIDE**2 if city is None else list(city)
        built = [STATION] * {rules.stations} + [TOWER] * {rules.towers}
        for thing in [*(built if city is None else []), *[PARCEL] * {rules.parcels}, *[ZONE] * {rules.zones}]:
            self.put(thing)
        self.cells, self.laden, self.charge = [], [False] * self.drones, [100] * self.drones
        for _drone in range(self.drones):
            self.cells.append(self.free_air())
        for drone in range(self.drones):
            self.take(drone)

    def city(self):
        return [held if held in (STATION, TOWER) else NOTHING for held in self.ground]

    def put(self, thing):
        free = [cell for cell, held in enumerate(self.ground) if held == NOTHING]
        self.ground[free[self.chance.integers(len(free))]] = thing

    def free_air(self):
        free = [cell for cell, held in enumerate(self.ground) if held != TOWER and cell not in self.cells]
        return free[self.chance.integers(len(free))]

    def take(self, drone):
        if self.ground[self.cells[drone]] == PARCEL:
            self.ground[self.cells[drone]] = NOTHING
            self.laden[drone] = True

    def step(self, actions):
        rewards, crashed, lost = [0.0] * self.drones, [False] * self.drones, []
        targets = []
        for cell, action in zip(self.cells, actions):
            row, column = cell // SIDE + MOVES[action][0], cell % SIDE + MOVES[action][1]
            targets.append(row * SIDE + column if 0 <= row < SIDE and 0 <= column < SIDE else -1)
        for drone, cell in enumerate(targets):
            if cell < 0 or self.ground[cell] == TOWER or targets.count(cell) > 1:
                crashed[drone] = True  # {outside}
{(battery if rules.discharge else without).strip(chr(10))}
            if crashed[drone]:
                continue
            self.cells[drone] = cell
            if self.ground[cell] == PARCEL and not self.laden[drone]:
                rewards[drone] = {rules.pickup!r}
                self.take(drone)
            elif self.ground[cell] == ZONE and self.laden[drone]:
                rewards[drone] = {rules.delivery!r}
                self.laden[drone], self.ground[cell] = False, NOTHING
                lost += [PARCEL, ZONE]
        # {back}
        for drone in range(self.drones):
            if crashed[drone]:
                rewards[drone] = {rules.crash!r}
                lost += [PARCEL] * self.laden[drone]
                self.cells[drone] = -1
        for thing in lost:
            self.put(thing)
        for drone in range(self.drones):
            if crashed[drone]:
                self.cells[drone] = self.free_air()
                self.laden[drone], self.charge[drone] = False, 100
                self.take(drone)
        return rewards[0], crashed[0]

chance = np.random.default_rng({settings.seed})
world = World(chance{", " + city if settings.world == "small" else ""})
""",
    )


def see_cell(settings: DqnSettings, _: Translate) -> str:
    """Return the cell of what the drone that learns sees."""
    return _radar(_) if settings.world == "small" else _window(_)


def _radar(_: Translate) -> str:
    rows, bars = _("how far below and to the right: a one each, among zeros"), _("what bars its moves")
    return cell(
        _("What the drone’s radar says: how far parcel and zone are, and what bars its way"),
        f"""
import torch

def see(world):
    drone, span = world.cells[0], 2 * SIDE - 1
    seen = torch.zeros(4 * span + {len(ACTIONS)})

    def far(first, cell):  # {rows}
        seen[first + cell // SIDE - drone // SIDE + SIDE - 1] = 1
        seen[first + span + cell % SIDE - drone % SIDE + SIDE - 1] = 1

    far(2 * span, world.ground.index(ZONE))
    if world.laden[0]:
        seen[-1] = 1
    else:
        far(0, world.ground.index(PARCEL))
    for action, (down, right) in enumerate(MOVES[:4]):  # {bars}
        row, column = drone // SIDE + down, drone % SIDE + right
        inside = 0 <= row < SIDE and 0 <= column < SIDE
        seen[4 * span + action] = not inside or world.ground[row * SIDE + column] == TOWER
    return seen
""",
    )


def _window(_: Translate) -> str:
    planes = _("drones, parcels, zones, stations, charge, obstacles")
    return cell(
        _("What the drone sees: 7 × 7 cells around it, in six planes; outside, all is obstacle"),
        f"""
import torch

PLANE = {{PARCEL: 1, ZONE: 2, STATION: 3, TOWER: 5}}

def see(world):
    wide, r = SIDE + 2 * {RADIUS}, {RADIUS}
    planes = torch.zeros(6, wide, wide)  # {planes}
    planes[5] = 1
    planes[5, r:-r, r:-r] = 0
    for cell, held in enumerate(world.ground):
        if held:
            planes[PLANE[held], cell // SIDE + r, cell % SIDE + r] = 1
    for cell, laden, charge in zip(world.cells, world.laden, world.charge):
        row, column = cell // SIDE + r, cell % SIDE + r
        planes[0, row, column], planes[4, row, column] = 1, charge / 100
        if laden:
            planes[1, row, column] = 1
    row, column = world.cells[0] // SIDE, world.cells[0] % SIDE
    return planes[:, row:row + 2 * r + 1, column:column + 2 * r + 1]
""",
    )
