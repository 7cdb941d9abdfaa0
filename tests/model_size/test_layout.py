"""Where the blocks stand: areas are parameters, to the pixel, whatever the model."""

from __future__ import annotations

from typing import Any

import pytest

from components.in_browser import COMPONENTS
from core.model_size.chosen import fitted, of_preset
from core.model_size.presets import presets
from tests.node import ask

FOLDER = COMPONENTS / "model_size"
BOX = {"x": 3, "y": 5, "width": 640, "height": 360}
TILES = """(async () => {
    const { treeOf } = await import(given.counts);
    return given.paths.map((path) => {
        const steps = follow(treeOf(given.model), path);
        const shown = steps[steps.length - 1];
        const tiles = tilesOf(shown, path, given.box);
        const told = tiles.map((tile) => ({ ...tile, parameters: Number(tile.parameters) }));
        return { each: Number(shown.each), tiles: told };
    });
})()"""
MODELS = {name: of_preset(preset) for name, preset in presets().items() if preset.published}


def laid_out(model: dict[str, Any], paths: list[str]) -> list[dict[str, Any]]:
    given = {"model": model, "paths": paths, "box": BOX, "counts": (FOLDER / "counts.js").as_uri()}
    told: list[dict[str, Any]] = ask(FOLDER / "layout.js", TILES, given)
    return told


@pytest.mark.parametrize("name", MODELS)
def test_areas_are_parameters(name: str) -> None:
    """Of the model, of a layer and of its attention: each tile's area is its share, all fill the box, none overlap."""
    decoder = MODELS[name]["family"] != "letters"
    for told in laid_out(MODELS[name], ["", "layer", "layer.attention"] if decoder else ["", "hidden"]):
        area = BOX["width"] * BOX["height"]
        assert sum(tile["parameters"] for tile in told["tiles"]) == told["each"]
        for tile in told["tiles"]:
            assert tile["width"] * tile["height"] / area == pytest.approx(tile["parameters"] / told["each"], rel=1e-9)
            assert BOX["x"] - 1e-6 <= tile["x"] <= tile["x"] + tile["width"] <= BOX["x"] + BOX["width"] + 1e-6
            assert BOX["y"] - 1e-6 <= tile["y"] <= tile["y"] + tile["height"] <= BOX["y"] + BOX["height"] + 1e-6


def test_of_eight_experts_the_two_that_work_are_lit() -> None:
    """Mixtral's are drawn one by one, in the model and in a layer; a token meets two of them."""
    for told in laid_out(MODELS["mixtral_8x7b"], ["", "layer"]):
        experts = [tile for tile in told["tiles"] if tile["name"] == "expert"]
        assert [tile["lit"] for tile in experts] == [True] * 2 + [False] * 6


@pytest.mark.parametrize("experts", [64, 256, 4_096])
def test_many_experts_are_two_tiles(experts: int) -> None:
    """Those that work and the others, with their exact areas: no row too low for a finger, no thousand shapes."""
    model = MODELS["mixtral_8x7b"] | {"experts": experts, "experts_used": 8}
    area = BOX["width"] * BOX["height"]
    for told in laid_out(model, ["", "layer"]):
        tiles = [tile for tile in told["tiles"] if tile["name"] == "expert"]
        assert [(tile["rows"], tile["lit"]) for tile in tiles] == [(8, True), (experts - 8, False)]
        for tile in tiles:
            assert tile["width"] * tile["height"] / area == pytest.approx(tile["parameters"] / told["each"], rel=1e-9)
    (told,) = laid_out(model | {"experts_used": experts}, ["layer"])
    assert [tile["rows"] for tile in told["tiles"] if tile["name"] == "expert"] == [experts]


def test_a_model_without_layers_can_be_drawn() -> None:
    """Zero layers leave tables and the last norm; a path into a layer that is gone ends before it."""
    none, _ = fitted("gpt2", {name: MODELS["gpt2"][name] for name in MODELS["gpt2"] if name not in ("family", "tied")}
                     | {"layers": 0}, tied=True)  # fmt: skip
    model = {"family": "gpt2", "tied": True, **none.numbers}
    (told,) = laid_out(model, [""])
    assert {tile["name"] for tile in told["tiles"]} == {"embedding", "positions", "scale", "shift"}
    ways = ["layer.attention.q", "embedding.q", "norm_at_the_end.scale.x", "", "nothing"]
    for asked, left in ((model, ["", "embedding", "norm_at_the_end.scale", "", ""]), (MODELS["gpt2"], [ways[0]])):
        given = {"model": asked, "counts": (FOLDER / "counts.js").as_uri(), "paths": ways[: len(left)]}
        found = ask(FOLDER / "layout.js", "(async () => { const { treeOf } = await import(given.counts);"
                    "return given.paths.map((path) => pathIn(treeOf(given.model), path)); })()", given)  # fmt: skip
        assert found == left
