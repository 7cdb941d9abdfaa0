"""The page on replay through the router: addresses, recorded trainings, one of one's own, refusals, seeds."""

from __future__ import annotations

import base64
import json
import zlib
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from components.controls import address
from components.dqn.state import COMPONENT, START
from core.dqn.kept import AGES
from core.dqn.presets import PRESETS, VALUES
from tests.dqn.shipped import preset
from tests.helpers import RARELY, open_page, until


def picture(app: AppTest) -> dict[str, Any]:
    """Return what the picture was sent."""
    (found,) = [each.proto for each in app.get("bidi_component") if COMPONENT in str(each.proto)]
    data: dict[str, Any] = json.loads(found.json)
    return data


def unpacked(text: str, kind: str = "u1") -> np.ndarray:
    return np.frombuffer(zlib.decompress(base64.b64decode(text)), kind)


def words(app: AppTest) -> str:
    return " ".join(box.value for kind in (app.info, app.warning, app.error, app.markdown) for box in kind)


def test_an_address_opens_its_experiment_and_nonsense_the_first() -> None:
    """The link is the experiment; what cannot be is ignored, one value at a time."""
    told = picture(open_page("dqn", dqn_draw="latest", dqn_age="3", dqn_start="17", dqn_pace="fast"))
    assert told["film"]["isLatest"]
    assert {name: told["state"][name] for name in ("age", "start", "pace")} == {"age": 3, "start": 17, "pace": "fast"}
    told = picture(
        open_page("dqn", dqn_draw="magic", dqn_age="99", dqn_start="-4", dqn_batch_size="7", dqn_memory="nan")
    )
    assert not told["film"]["isLatest"]
    assert (told["state"]["age"], told["state"]["start"], told["film"]["batch"]) == (-1, START, 64)


def test_the_page_opens_on_a_whole_training() -> None:
    """Eleven ages with their weights, the film of all moments, the curve that was recorded, and both bounds."""
    data, run = picture(open_page("dqn")), preset("replay")
    assert data["ages"] == [round(20_000 * part / AGES) for part in range(AGES + 1)]
    numbers = unpacked(data["weights"]["numbers"], "<f2").reshape(len(data["ages"]), -1)
    sizes = data["weights"]["sizes"]
    assert numbers.shape[1] == sum(after * (before + 1) for before, after in pairwise(sizes))
    np.testing.assert_array_equal(numbers[-1][: 64 * 41], run.measured[-1].weights["0.weight"].ravel())
    np.testing.assert_array_equal(unpacked(data["film"]["scenes"]).reshape(-1, 4), run.frames[-1].arrays["scenes"])
    assert data["curve"]["reward"][-1] == pytest.approx(run.measured[-1].metrics["reward"], abs=1e-4)
    assert data["bounds"]["random"] < data["curve"]["reward"][-1] < data["bounds"]["best"]
    assert all(len(set(batch)) == 64 for batch in data["film"]["drawn"][1:])
    assert max(data["film"]["drawn"][-1]) < 20_000
    assert data["pinned"] == []


@pytest.mark.parametrize("name", PRESETS)
def test_every_preset_replays_at_once(name: str) -> None:
    """A preset's run is shipped: the picture has its ages, and beside it the usual training of the same world."""
    settings = PRESETS[name]
    moved = {f"dqn_{key}": address(mine) for key, (mine, _usual) in settings.differences(PRESETS["replay"]).items()}
    data = picture(open_page("dqn", **moved))
    assert data["run"] == settings.run_id
    assert len(data["ages"]) == AGES + 1
    assert bool(data["pinned"]) == (name not in {"replay", "course"})
    assert (data["flights"] is not None) == (name == "course")


def test_an_agent_is_trained_here_and_then_looked_at() -> None:
    """Settings that nobody has trained: a button, a curve that grows, an agent with all its ages."""
    app = open_page("dqn", dqn_steps="1000", dqn_seed="77")
    assert picture(app)["ages"] == []
    app.button(key="dqn-start").click().run()
    until(lambda: picture(app.run())["ages"], every=RARELY)
    data = picture(app)
    assert data["ages"] == [100 * part for part in range(AGES + 1)]
    assert len(data["curve"]["moves"]) > AGES
    assert not app.exception


def test_what_cannot_be_is_said() -> None:
    """A memory smaller than a batch is refused in the page's language, and nothing else happens."""
    app = open_page("dqn", dqn_memory="64", dqn_batch_size="256", lang="fr")
    assert "memory" in app.error[0].value
    assert not app.exception


def test_seeds_are_compared_setting_by_setting() -> None:
    """Each setting's variants are told with their intervals; one seed alone gets no verdict."""
    for name in VALUES:
        if name != "target_every":
            app = open_page("dqn", dqn_what=name, lang="en")
            assert words(app).count("±") >= 2, name
    assert "One seed is one seed" in words(open_page("dqn", dqn_what="draw", dqn_seeds="1", lang="en"))


def test_an_experiment_of_ones_own_adds_a_seed_a_click() -> None:
    """The page's settings with both draws: the missing runs are trained, and a verdict needs more than one seed."""
    app = open_page("dqn", dqn_what="own", dqn_steps="1000", dqn_memory="1000", lang="en")
    app.button(key="dqn-one-more").click().run()
    until(lambda: "One seed is one seed" in words(app.run()), every=RARELY)
    assert not app.exception
