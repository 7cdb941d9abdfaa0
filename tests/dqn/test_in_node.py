"""What the picture computes in the browser, against NumPy and the world itself: situations, radar, values, moves."""

from __future__ import annotations

import numpy as np
import torch

from core.dqn.exact import CARRIED
from core.dqn.judge import known
from core.dqn.presets import BASE
from core.files import ROOT
from tests.dqn.shipped import preset
from tests.node import ask

FOLDER = ROOT / "components" / "dqn"
SOME = range(0, 9_702, 37)


def city() -> list[int]:
    return list(known(BASE.rules, BASE.city)[0].city)


def test_situations_are_counted_as_in_the_tables() -> None:
    """Every situation has the number that the tables give it, and comes back from it."""
    table, _seen = known(BASE.rules, BASE.city)
    told = [[one.drone, one.zone, one.parcel] for one in table.situations]
    counted = """(() => {
        const city = cityOf(5, given.city)
        return given.told.map(([drone, zone, parcel], at) => {
            const back = situationOf(city, at)
            const isSame = back.drone === drone && back.zone === zone && back.parcel === parcel
            return isSame ? numberOf(city, { drone, zone, parcel }) : -1
        })
    })()"""
    assert ask(FOLDER / "city.js", counted, {"city": city(), "told": told}) == list(range(len(told)))
    assert CARRIED == -1


def test_every_move_leads_where_the_tables_say() -> None:
    """Each action from many situations: the outcome is the tables', and the end is one of those that may follow."""
    table, _seen = known(BASE.rules, BASE.city)
    asked = """(() => {
        const city = cityOf(5, given.city)
        return given.some.map((at) => [0, 1, 2, 3, 4].map((action) => {
            const wanted = Float32Array.from([0, 1, 2, 3, 4], (each) => (each === action ? 1 : 0))
            const { situations, moves } = fly(city, situationOf(city, at), () => wanted, 1, at)
            return [numberOf(city, situations[1]), moves[0].outcome]
        }))
    })()"""
    found = ask(FOLDER / "city.js", asked, {"city": city(), "some": list(SOME)})
    for at, ends in zip(SOME, found, strict=True):
        for action, (end, outcome) in enumerate(ends):
            assert (outcome == "crashed") == table.crashes[at, action]
            assert (outcome == "delivered") == table.deliveries[at, action]
            if table.ends[at, action] < len(table.situations):
                assert end == table.ends[at, action]
            assert 0 <= end < len(table.situations)


def test_the_network_says_in_the_browser_what_it_says_here() -> None:
    """Radar and values of many situations equal torch's, with the shipped weights in 16 bits."""
    _table, seen = known(BASE.rules, BASE.city)
    weights = preset("replay").measured[-1].weights
    order = ["0.weight", "0.bias", "2.weight", "2.bias", "4.weight", "4.bias"]
    numbers = np.concatenate([weights[name].ravel() for name in order]).astype("<f2")
    given = {
        "city": city(),
        "some": list(SOME),
        "bytes": numbers.tobytes().hex(),
        "path": (FOLDER / "city.js").as_uri(),
    }
    asked = """(async () => {
        const { cityOf, situationOf } = await import(given.path)
        const city = cityOf(5, given.city)
        const bytes = Uint8Array.from(given.bytes.match(/../g), (pair) => Number.parseInt(pair, 16))
        const layers = layersOf(halvesOf(bytes), [41, 64, 64, 5])
        return given.some.map((at) => {
            const radar = radarOf(city, situationOf(city, at))
            return [[...radar], [...valuesOf(layers, radar)]]
        })
    })()"""
    found = ask(FOLDER / "network.js", asked, given)
    hidden = seen[list(SOME)]
    for name in ("0", "2", "4"):
        matrix = torch.from_numpy(weights[f"{name}.weight"].astype(np.float32))
        hidden = hidden @ matrix.T + torch.from_numpy(weights[f"{name}.bias"].astype(np.float32))
        hidden = hidden.relu() if name != "4" else hidden
    np.testing.assert_array_equal([radar for radar, _values in found], seen[list(SOME)].numpy())
    np.testing.assert_allclose([values for _radar, values in found], hidden.numpy(), atol=1e-4)
