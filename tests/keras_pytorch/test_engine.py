"""Running the shown lines: equal to torch's own modules, alike line by line and at once, whatever is damaged."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
import torch

from core.keras_pytorch.engine import Loop, checks, traced, train
from core.keras_pytorch.in_keras import prepared
from core.keras_pytorch.settings import COURSE, SUBJECTS, LoopSettings
from core.keras_pytorch.traces import error_of, trace_of
from core.runs.run import Run, from_bytes, origin_here
from core.tasks import registry
from core.training.frames import Frame
from tests.keras_pytorch.loops import losses
from tests.keras_pytorch.test_program import alone_and_in_pairs

SHORT = {subject: replace(COURSE[subject], updates=30) for subject in SUBJECTS}


def run(settings: LoopSettings) -> list[Frame]:
    """Return the frames of a training, as a worker computes them."""
    return list(registry.frames(settings))


def steps(frames: list[Frame], turn: int) -> dict[str, dict[str, Any]]:
    """Return what each statement of a turn made, by their names."""
    found = next(told["steps"] for told in trace_of(frames) if told["turn"] == turn)
    return {piece: {news["name"]: news for news in made} for piece, made in found}


@pytest.mark.parametrize("subject", SUBJECTS)
def test_the_loop_learns_as_torchs_own_modules_do(subject: str) -> None:
    """Modules and optimizers of torch, with the same draws, give the loss of each of the 30 updates."""
    settings = SHORT[subject]
    stepper = prepared(Loop(settings))
    told = []
    for update in range(settings.updates):
        stepper.turn(update)
        told.append(stepper.names["loss"].item())
    np.testing.assert_allclose(told, losses(settings), rtol=2e-4)


@pytest.mark.parametrize("subject", SUBJECTS)
def test_a_turn_line_by_line_is_the_turn(subject: str) -> None:
    """Statement by statement, those of the function too, every name ends with the numbers that it has at once."""
    loop = Loop(SHORT[subject])
    at_once, by_lines = prepared(loop), prepared(loop)
    for update in range(4):
        at_once.turn(update)
        ran = [piece.id for piece, _names in by_lines.turn_by_lines(update)]
    assert ran == [
        inner.id for piece in loop.program().body for inner in (*(_inside(loop) if piece.enters else ()), piece)
    ]
    for name, value in at_once.names.items():
        if isinstance(value, torch.Tensor):
            assert torch.equal(value, by_lines.names[name]), name


def _inside(loop: Loop) -> tuple[Any, ...]:
    return loop.program().piece("network").inside


@pytest.mark.parametrize("subject", SUBJECTS)
def test_equal_settings_give_equal_frames(subject: str) -> None:
    """Twice the same training is the same, number for number, seconds aside; another seed is not."""
    one, again, other = (run(replace(SHORT[subject], seed=seed)) for seed in (1, 1, 2))
    assert [frame.metrics for frame in one[1:]] == [frame.metrics for frame in again[1:]]
    assert trace_of(one) == trace_of(again) != trace_of(other)


@pytest.mark.parametrize("subject", SUBJECTS)
def test_frames_have_the_curves_and_the_traced_turns(subject: str) -> None:
    """The last frame is the last update; a frame has a validation loss where the shown line measured it."""
    settings = SHORT[subject]
    frames = run(settings)
    assert frames[0].update == 0
    assert frames[-1].update == settings.updates
    assert {frame.update for frame in frames if frame.measured} == checks(settings.updates)
    assert {told["turn"] for told in trace_of(frames)} == {0, *traced(settings.updates)}
    assert all(("validation_loss" in frame.metrics) == frame.measured for frame in frames)
    assert all(math.isfinite(frame.metrics["running_loss"]) for frame in frames[1:])
    assert "grad" not in "".join(steps(frames, 1)["draw"])


def test_each_line_tells_what_it_made() -> None:
    """Shapes, types and gradients of the first turn on letters are those that the lines say."""
    frames = run(SHORT["letters"])
    first = steps(frames, 1)
    assert first["draw"]["ix"]["shape"] == [32]
    assert first["draw"]["ix"]["dtype"] == "int64"
    assert len(first["draw"]["ix"]["texts"][0]) == 3
    assert first["emb"]["emb"]["shape"] == [32, 3, 10]
    assert first["hidden"]["h"]["shape"] == [32, 200]
    assert list(first["backward"]) == ["C.grad", "W1.grad", "b1.grad", "W2.grad", "b2.grad"]
    assert first["backward"]["W1.grad"]["shape"] == [30, 200]
    assert list(first["step"]) == ["C", "W1", "b1", "W2", "b2"]
    assert first["step"]["C"]["moved"] > 0
    assert first["loss"]["loss"]["values"] == pytest.approx([losses(SHORT["letters"])[0]], rel=1e-4)
    assert {news["kind"] for news in steps(frames, 2)["reset"].values()} == {"none"}


def test_the_function_of_the_digits_is_entered() -> None:
    """Its lines make h1, drop some of it, and return the scores that the next line names; x is shown as pictures."""
    frames = run(SHORT["digits"])
    first = steps(frames, 1)
    assert first["x"]["x"]["shape"] == [64, 784]
    assert len(first["x"]["x"]["pictures"]) == 6
    assert list(first["dropout"]) == ["h1", "kept"]
    assert first["return"] == {}
    assert first["logits"]["logits"]["shape"] == [64, 10]


@pytest.mark.parametrize("subject", SUBJECTS)
def test_every_fault_beside_every_other_ends_with_its_frames(subject: str) -> None:
    """None, each, each two, all faults: the run ends, at its last update or with the line that raised and why."""
    for settings in alone_and_in_pairs(subject):
        frames = run(replace(settings, updates=10))
        failure = error_of(frames)
        raises = "wrong_view" in settings.faults or (subject == "digits" and "wrong_sign" in settings.faults)
        assert (failure is not None) == raises, settings.faults
        if failure is None:
            assert frames[-1].update == 10
        else:
            assert failure.words
            assert (
                failure.piece == Loop(settings).program().at_risk["wrong_sign" if failure.update == 0 else "wrong_view"]
            )


def test_a_loss_that_is_no_number_ends_the_run() -> None:
    """Images that are not numbers end the run at its first update, as diverged; its frames can be stored and read."""
    settings = SHORT["digits"]
    loop = Loop(settings)
    loop.given["X"] = loop.given["X"] * math.nan
    frames = list(train(loop, settings))
    assert [frame.update for frame in frames] == [0, 1]
    assert frames[-1].diverged
    again = from_bytes(Run(settings, frames, "diverged", origin_here()).to_bytes())
    assert trace_of(again.frames) == trace_of(frames)
    assert steps(frames, 1)["loss"]["loss"]["values"] == ["nan"]
