"""The missions about a model's size: they can be reached, and by no preset, no single move and no link."""

from __future__ import annotations

from typing import Any

import pytest

from components.in_browser import COMPONENTS
from components.model_size.presets import TABLE
from core.model_size.chosen import NUMBERS, Chosen, fitted, of_preset
from core.model_size.costs import PRECISIONS
from core.model_size.missions import fits, grows_with_the_square
from core.model_size.presets import presets
from tests.node import ask

MODEL = COMPONENTS / "model_size" / "model.js"
STARTS = {name: of_preset(preset) for name, preset in presets().items()}
STARTS["table"] = STARTS["gpt2"] | TABLE
WIDE: dict[str, Any] = {"layers": 16, "width": 6_144, "feed_forward": 4 * 6_144, "context": 4_096, "heads": 48}
"""A 7-billion model that fits: wide, with few layers."""
LONG: dict[str, Any] = {"layers": 48, "width": 512, "feed_forward": 2_048, "heads": 8, "vocabulary": 1_024}
"""A model that nearly all grows with the square: many layers, a small table."""


def chosen(where: dict[str, Any]) -> Chosen:
    return fitted(where["family"], {name: where[name] for name in NUMBERS}, tied=where["tied"])[0]


def doubled(where: dict[str, Any]) -> dict[str, Any]:
    return where | {"width": 2 * where["width"], "feed_forward": 2 * where["feed_forward"]}


def moves(where: dict[str, Any]) -> list[dict[str, Any]]:
    """Return every model that one move of one hand makes of this one, the feed-forward width following the width."""
    named: list[tuple[str, list[int]]] = ask(
        MODEL, "HAS[given.family].map((name) => [name, stopsOf(given, name)])", where
    )
    found = [where | {"tied": not where["tied"]}]
    for name, stops in named:
        for stop in stops:
            follows = {"feed_forward": round(where["feed_forward"] * stop / where["width"])} if name == "width" else {}
            found.append(where | follows | {name: stop})
    families = ask(MODEL, "FAMILIES")
    return found + [where | {"family": family} for family in families if "letters" not in (family, where["family"])]


def test_a_wide_model_with_few_layers_fits() -> None:
    """It is reached in 4 bits alone, with all of the context; as many layers as usual do not fit."""
    where = STARTS["gpt2"] | WIDE
    assert {name: fits(chosen(where), name) for name in PRECISIONS} == {
        "fp32": False, "fp16": False, "8 bits": False, "4 bits": True,
    }  # fmt: skip
    assert not fits(chosen(where | {"context": 2_048}), "4 bits")
    assert not fits(chosen(where | {"layers": 32, "width": 4_096, "feed_forward": 16_384}), "4 bits")
    assert not fits(chosen(where | {"family": "llama", "kv_heads": 8}), "4 bits")


@pytest.mark.parametrize("start", STARTS)
def test_no_single_move_from_a_preset_makes_a_large_model_fit(start: str) -> None:
    """Whatever the precision, no slider put anywhere, no switch and no family reaches the mission from a preset."""
    where = STARTS[start]
    for moved in moves(where):
        model = chosen(moved)
        assert not any(fits(model, precision) for precision in PRECISIONS)


def test_a_long_narrow_model_without_a_table_grows_with_the_square() -> None:
    """Doubled in width it has nearly four times the parameters; with GPT-2's table, or GPT-2 itself, it has not."""
    before = STARTS["gpt2"] | LONG
    assert grows_with_the_square(chosen(before), chosen(doubled(before)))
    table = before | {"vocabulary": 50_257}
    assert not grows_with_the_square(chosen(table), chosen(doubled(table)))
    for changed in ({"layers": 47}, {"tied": False}, {"family": "llama"}, {"vocabulary": 512}):
        assert not grows_with_the_square(chosen(before), chosen(doubled(before) | changed))
    assert not grows_with_the_square(chosen(before), chosen(before))
    assert not grows_with_the_square(chosen(doubled(before)), chosen(before))


@pytest.mark.parametrize("start", STARTS)
def test_no_preset_doubled_grows_with_the_square_and_stays_small(start: str) -> None:
    """Each preset, pinned and doubled, either keeps a table that does not follow or is no small model."""
    where = STARTS[start]
    assert not grows_with_the_square(chosen(where), chosen(doubled(where)))
