"""Measuring a machine: its numbers are found again, none is taken from the models that are predicted, all is told."""

from __future__ import annotations

import json
import math
from dataclasses import replace
from itertools import product
from typing import Any

import pytest

from core.files import ROOT
from core.language_models.catalogue import MODELS
from core.measurement import child
from core.model_size import timing
from core.model_size.blocks import of_decoder
from core.model_size.costs import PRECISIONS
from core.model_size.model import FAMILIES
from core.model_size.presets import presets
from core.model_size.speed import Engine, Machine, Memory, writing
from core.model_size.timed import PRESETS, RECORDING, machine_of, measured_of, memory_of, predicted, recorded
from core.model_size.timing import (
    BETWEEN,
    CONTEXTS,
    FAR,
    LAYERS,
    LENGTHS,
    MODULE,
    NEAR,
    WIDTHS,
    WRITTEN,
    contexts,
    measure,
    random_configuration,
    random_decoder,
)

GIVEN = Machine(
    dict.fromkeys(PRECISIONS, 9e10), Memory(2e10, 1e-7), Memory(8e10, 1e-8), BETWEEN[1],
    {"gpt2": Engine(1e-4, 7e-5, 2e-7), "llama": Engine(3e-4, 2e-4, 1e-7, copies=True),
     "mistral": Engine(3e-4, 2e-4, 1e-7, copies=True), "mixtral": Engine(3e-4, 5e-4, 0.0, copies=True)},
)  # fmt: skip


def rows_of(machine: Machine) -> list[dict[str, Any]]:
    """Return what would be measured on a machine."""
    rows: list[dict[str, Any]] = []
    for total in (NEAR, *BETWEEN, FAR):
        for length in LENGTHS if total in (NEAR, FAR) else LENGTHS[1:2]:
            memory = machine.near if total <= machine.fits else machine.far
            rows.append({"what": "vector", "bytes": total, "length": length, "seconds": memory.seconds(4 * length, 1)})
    rows.append({"what": "product", "tokens": 10, "width": 100, "seconds": 2 * 10 * 100**2 / machine.rates["fp32"]})
    for family in ("gpt2", "llama", "mixtral"):
        engine = machine.engines[family]
        for width, layers in product(WIDTHS, LAYERS):
            decoder = random_configuration(family, width, layers)
            work = replace(writing(decoder, of_decoder(decoder), "fp32", 1), cache=0)
            seconds = engine.seconds(work) + machine.near.seconds(work.weights, work.rows)
            rows.append({"what": "decoder", "family": family, "width": width, "layers": layers, "seconds": seconds})
    return rows


def test_a_machine_is_found_again() -> None:
    """From rows that a known machine would give: both memories, what fits, rate, orders of each family."""
    found = machine_of(rows_of(GIVEN))
    assert found.fits == GIVEN.fits
    assert found.rates == pytest.approx(GIVEN.rates)
    for mine, theirs in ((found.far, GIVEN.far), (found.near, GIVEN.near)):
        assert (mine.bandwidth, mine.row) == pytest.approx((theirs.bandwidth, theirs.row))
    for family in FAMILIES:
        engine, given = found.engines[family], GIVEN.engines[family]
        expected = (given.token, given.layer, given.number)
        assert (engine.token, engine.layer, engine.number) == pytest.approx(expected, abs=1e-12)
        assert engine.copies == given.copies


def test_on_a_machine_without_a_near_memory_nothing_fits() -> None:
    """Where all sets take equally long, the near memory is as the far one: predictions do not change at any size."""
    found = machine_of(rows_of(replace(GIVEN, near=GIVEN.far)))
    assert (found.near.bandwidth, found.near.row) == pytest.approx((found.far.bandwidth, found.far.row))


def test_rows_that_all_take_as_long_still_give_a_memory() -> None:
    """On a machine too busy to tell lengths apart, the longest row alone counts: nothing is divided by zero."""
    found = memory_of([{"length": length, "seconds": 1e-6} for length in (256, 4_096)])
    assert found == Memory(4 * 4_096 / 1e-6)
    assert memory_of([{"length": 256, "seconds": 2e-6}, {"length": 4_096, "seconds": 1e-6}]) == found


def test_nothing_of_the_predicted_models_is_in_the_prediction() -> None:
    """Rows of real models, however wrong, change no number; the random decoders are narrower than all that is there."""
    rows = rows_of(GIVEN)
    wrong = [{"what": "model", "name": name, "context": 8, "reading": 1e9, "writing": 1e9} for name in MODELS]
    assert machine_of(rows + wrong) == machine_of(rows)
    widths = {decoder.width for name in PRESETS.values() if (decoder := presets()[name].decoder)}
    assert min(widths) > max(WIDTHS)


@pytest.mark.parametrize("most", [0, 5, 14, 15, 16, 21, 22])
def test_a_machine_measured_in_part_is_refused(most: int) -> None:
    """Stopped before memories, rate and orders were measured, there is nothing to predict from."""
    with pytest.raises(ValueError, match=r"fewer|part"):
        machine_of(rows_of(GIVEN)[:most])


def test_every_model_of_the_course_is_a_preset_with_its_parameters() -> None:
    """What is loaded to write, and what is predicted, are the same models."""
    for name, about in MODELS.items():
        blocks = presets()[PRESETS[name]].blocks
        assert blocks is not None
        assert blocks.parameters == about.parameters


@pytest.mark.parametrize("family", ["gpt2", "llama", "mixtral"])
def test_random_decoders_are_those_that_are_counted(family: str) -> None:
    """What is built and timed has the parameters of the configuration whose bytes are left out of its time, in fp32."""
    decoder = random_configuration(family, 32, 3)
    built = random_decoder(decoder)
    assert (built.config.num_hidden_layers, built.config.hidden_size) == (3, 32)
    assert sum(weight.numel() for weight in built.parameters()) == of_decoder(decoder).parameters
    assert {str(weight.dtype) for weight in built.parameters()} == {"torch.float32"}


def test_all_is_measured_and_told_as_it_comes(monkeypatch: pytest.MonkeyPatch) -> None:
    """With small sizes, the whole measurement: as many points as announced, each told, the mini GPT-2 compared."""
    small = {"SECONDS_EACH": 0.0, "FAR": 2**24, "BETWEEN": (2**23,), "LENGTHS": (256, 512), "LAYERS": (1, 2),
             "WIDTHS": (16, 32), "WRITTEN": 2, "CONTEXTS": (16, 4_096)}  # fmt: skip
    for name, value in small.items():
        monkeypatch.setattr(timing, name, value)
    monkeypatch.setattr("core.language_models.catalogue.available", lambda name: name == "mini")
    monkeypatch.setattr("core.model_size.timed.FAR", 2**24)
    heard: list[dict[str, Any]] = []
    found = measure(heard.append, seconds=math.inf)
    head, *rows = heard
    assert rows == found["rows"]
    assert len(rows) == head["points"]
    (mini,) = measured_of(found).compared
    assert (mini.preset, mini.context) == ("mini_gpt2", 16)
    assert all(speed > 0 for speed in (*mini.writing, *mini.reading))


def test_when_time_is_out_what_came_is_all_that_comes() -> None:
    """Without any time the point that was begun ends; then it is told that no more are left to be waited for."""
    heard: list[dict[str, Any]] = []
    found = measure(heard.append, seconds=0.0)
    head, row, end = heard
    assert found["rows"] == [row]
    assert end == {"points": 1}
    assert head["points"] > 1


@pytest.mark.parametrize("name", ["mini", "smollm2", "gpt2"])
def test_only_contexts_that_a_model_has_room_for_are_announced(name: str) -> None:
    """With what is written after them they fit in what the model looks back on; those left out would not."""
    decoder = presets()[PRESETS[name]].decoder
    assert decoder is not None
    for context in CONTEXTS:
        assert (context in contexts(name)) == (context + WRITTEN <= decoder.context)


def test_the_process_tells_how_much_comes_then_each_point() -> None:
    """The first line counts the points; the first of them is the shortest row near the processor."""
    with child(MODULE) as process:
        assert process.stdout is not None
        head, first = (json.loads(process.stdout.readline()) for _ in range(2))
        process.kill()
    assert head["points"] >= len(LENGTHS) * 2 + len(BETWEEN) + 1
    assert (first["what"], first["bytes"], first["length"]) == ("vector", NEAR, LENGTHS[0])
    assert 0 < first["seconds"] < 1e-3


def test_what_is_shipped_says_where_it_comes_from() -> None:
    """Date, machine, versions, how busy it was; the mini GPT-2 and SmolLM2 were there."""
    told = json.loads(RECORDING.read_text(encoding="utf-8"))
    assert {"date", "machine", "versions", "busy", "rows"} == set(told)
    assert told["date"].startswith("2026-")
    assert {each.preset for each in recorded().compared} >= {"mini_gpt2", "smollm2_135m"}
    assert ROOT in RECORDING.parents


def test_a_prediction_is_what_the_comparison_shows() -> None:
    """The recorded machine, asked for SmolLM2 as the page asks, says what stands beside the measured speed."""
    found = recorded()
    decoder = presets()["smollm2_135m"].decoder
    assert decoder is not None
    for each in found.compared:
        if each.preset == "smollm2_135m":
            assert predicted(decoder, found.numbers, each.context) == (each.writing[0], each.reading[0])
