"""Every sentence of the lesson that states a fact, computed from what is shipped. Names are those of its claims."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from statistics import mean, median

import numpy as np
import pytest
import torch

from core.dqn.comparison import curves, result, variants
from core.dqn.judge import known
from core.dqn.memory import Memory
from core.dqn.missions import near_optimum
from core.dqn.presets import BASE, COURSE, PRESETS, SEEDS, VALUES
from core.dqn.rules import SMALL, situations
from core.dqn.settings import DqnSettings
from core.dqn.tables import best_values
from core.dqn.task import Dqn, targets_of
from core.lessons import load
from core.runs.run import Run
from core.verdict import compare, summarise
from tests.dqn.shipped import last, preset, run_of


def told(section: str, language: str = "fr") -> str:
    """Return a section's heading and words, its spaces made plain."""
    found = load("dqn", language).section(section)
    return re.sub(r"[\u00a0\u202f]", " ", f"{found.heading} {found.body}")


def results(settings: DqnSettings) -> list[float]:
    """Return what each recorded seed of a training came to."""
    found = curves(settings, len(SEEDS), lambda _settings: None)
    assert len(found) == len(SEEDS)
    return [result(curve) for curve in found]


def test_question_asked() -> None:
    """The page opens on what is asked about, 64 random moments of 10,000; the answer differs in the draw alone."""
    assert (BASE.batch_size, BASE.memory, BASE.draw, BASE.steps) == (64, 10_000, "random", 20_000)
    assert PRESETS["latest"].differences(BASE) == {"draw": ("latest", "random")}


def test_moments_in_a_row() -> None:
    """64 moments in a row hold far fewer places of parcel and zone than 64 drawn from the whole memory."""
    scenes = preset("latest").frames[-1].arrays["scenes"]
    kinds = [len({tuple(scene) for scene in scenes[batch][:, 1:3]}) for batch in
             (preset("latest").measured[-1].arrays["drawn"], np.arange(10_000, 20_000, 157))]  # fmt: skip
    assert 5 * kinds[0] < kinds[1]


def test_few_moments_bring_anything() -> None:
    """In the whole training of the small batch, less than one moment in ten is a parcel taken or delivered."""
    outcomes = run_of(replace(BASE, batch_size=4)).frames[-1].arrays["outcomes"]
    assert np.isin(outcomes, [1, 2]).mean() < 0.1


def test_few_situations_seen() -> None:
    """The usual training has met a part of all situations only."""
    scenes = preset("replay").frames[-1].arrays["scenes"][:, :3]
    assert len(np.unique(scenes, axis=0)) < 0.8 * situations(SMALL)


def test_latest_does_not_crash() -> None:
    """With the latest moments it comes down less than once in a thousand moves, and that from a tenth of the way on."""
    measured = preset("latest").measured
    assert last(preset("latest"), "crashed") < 0.1
    assert next(f.metrics["moves"] for f in measured if f.metrics["crashed"] < 1) <= 2_000


def test_latest_delivers_nothing() -> None:
    """0.045 deliveries in 100 moves with the latest moments, 12.4 with random ones, as three sections say."""
    assert last(preset("latest"), "delivered") == pytest.approx(0.045, abs=5e-4)
    assert last(preset("replay"), "delivered") == pytest.approx(12.4, abs=0.05)
    assert "0,045" in told("predict")
    assert "12,4" in told("predict")


def test_replay_reaches() -> None:
    """12.1 out of 14.4."""
    run = preset("replay")
    assert last(run, "reward") == pytest.approx(12.1, abs=0.05)
    assert run.measured[0].metrics["best"] == pytest.approx(14.4, abs=0.05)


def test_small_memory_reaches() -> None:
    """9.8 with a memory of 1,000, a tenth of the usual one."""
    assert last(preset("small-memory"), "reward") == pytest.approx(9.8, abs=0.05)
    assert PRESETS["small-memory"].differences(BASE) == {"memory": (1_000, 10_000)}


def test_no_target_reaches() -> None:
    """12.7 without a target network, which is no less than with one."""
    run = preset("no-target")
    assert last(run, "reward") == pytest.approx(12.7, abs=0.05)
    assert last(run, "reward") >= last(preset("replay"), "reward")


def test_short_sighted_delivers_nothing() -> None:
    """With γ = 0 it delivers less than once in a thousand moves, and hardly crashes: it stays away from both."""
    run = preset("short-sighted")
    assert last(run, "delivered") < 0.1
    assert last(run, "crashed") < 0.1


def test_course_learns() -> None:
    """−10.8 before the course's training, −5.3 after it; three drones on 8 × 8, 4,000 moves, 3.5 million weights."""
    run = preset("course")
    assert run.measured[0].metrics["reward"] == pytest.approx(-10.8, abs=0.05)
    assert last(run, "reward") == pytest.approx(-5.3, abs=0.05)
    assert (COURSE.rules.drones, COURSE.rules.side, COURSE.steps) == (3, 8, 4_000)
    weights = sum(weight.numel() for weight in Dqn(COURSE).model(torch.Generator()).parameters())
    assert weights == pytest.approx(3.5e6, rel=0.02)


def test_no_preset_is_near() -> None:
    """No preset reaches nine tenths of the optimum."""
    assert not any(near_optimum(preset(name)) for name in PRESETS)


def test_course_rewards() -> None:
    """+1 for a delivery, −1 for a crash."""
    assert (BASE.delivery, BASE.crash) == (1.0, -1.0)


def test_first_flies_then_delivers() -> None:
    """The agent crashes less than once in 100 moves long before it delivers once in 100."""
    moves = {"crashed": 0.0, "delivered": 0.0}
    measured = preset("replay").measured
    moves["crashed"] = next(f.metrics["moves"] for f in measured if f.metrics["crashed"] < 1)
    moves["delivered"] = next(f.metrics["moves"] for f in measured if f.metrics["delivered"] > 1)
    assert moves["delivered"] > 3 * moves["crashed"]


def test_orange_arrows() -> None:
    """What the run keeps as truly best is what value iteration says, recomputed."""
    table, _seen = known(SMALL, BASE.city)
    kept = preset("replay").frames[-1].arrays["best"]
    worth = best_values(known(BASE.rules, BASE.city)[0], 0.95)
    is_best = worth >= worth.max(axis=1, keepdims=True) - 1e-6
    np.testing.assert_array_equal(kept, (is_best << np.arange(5)).sum(axis=1))
    assert len(kept) == len(table.situations)


def test_course_discount() -> None:
    """γ is 0.95."""
    assert BASE.discount == COURSE.discount == 0.95


def test_nothing_behind_a_crash() -> None:
    """The target of a moment that ended in a crash is its reward, whatever the target network says."""
    memory = Memory(2, (3,))
    for crashed in (True, False):
        memory.add(np.zeros(3, np.float32), 0, -1.0, np.ones(3, np.float32), crashed)
    targets = targets_of(torch.nn.Linear(3, 5), memory.at(torch.arange(2)), 0.95)
    assert targets[0] == -1
    assert targets[1] != -1


def test_ten_moves_away() -> None:
    """0.95 to the tenth is 0.60."""
    assert round(0.95**10, 2) == 0.6


def test_loss_is_squared() -> None:
    """The loss is the mean of the squared gap between what the network says of the actions and their targets."""
    task = Dqn(BASE)
    network = task.model(torch.Generator().manual_seed(1))
    seen, actions, wanted = torch.rand(7, 41), torch.arange(7) % 5, torch.rand(7)
    found = task.loss(network, seen, torch.stack([actions.float(), wanted], dim=1))
    expected = (network(seen)[torch.arange(7), actions] - wanted).pow(2).mean()
    assert torch.allclose(found, expected)


def test_situations_counted() -> None:
    """9,702 situations."""
    assert situations(SMALL) == len(known(SMALL, BASE.city)[0].situations) == 9_702


def test_code_collects_the_same() -> None:
    """`test_shown_code.py` executes the code and compares; here, that the tab has it in both languages."""
    for language in ("fr", "en"):
        assert "level-code" in load("dqn", language).sections


def test_memory_of_a_batch() -> None:
    """A memory of 64 with batches of 64 delivers as little as the latest moments, with every recorded seed."""
    for settings in (replace(BASE, memory=64), replace(BASE, draw="latest")):
        assert max(results(settings)) < 1


def test_batch_of_four() -> None:
    """A batch of four comes to far less than one of 64, over all recorded seeds, and the gap is real."""
    four, usual = (results(replace(BASE, batch_size=size)) for size in (4, 64))
    verdict = compare(four, usual)
    assert verdict.kind == "real"
    for language, section in (("fr", "quiz-2"), ("en", "quiz-2")):
        words = told(section, language).replace(",", ".")
        for summary in (summarise(four), summarise(usual)):
            assert f"{summary.mean:.1f}" in words


def test_fast_decay_hovers() -> None:
    """With ε × 0.9 at each crash, every recorded seed ends with less than one tenth of what the usual fall gives."""
    fast = results(replace(BASE, epsilon_decay=0.9))
    assert mean(fast) < 0.1 * mean(results(BASE))


def test_neighbours_differ() -> None:
    """From one judgement to the next an agent changes, half of the time, by more than the seeds' mean is unsure of."""
    run: Run = preset("replay")
    rewards = [frame.metrics["reward"] for frame in run.measured][-10:]
    jumps = [abs(after - before) for before, after in pairwise(rewards)]
    assert median(jumps) > summarise(results(BASE)).interval


def test_what_is_compared_is_recorded() -> None:
    """Every variant of every setting has all its seeds, six of them."""
    assert len(SEEDS) == 6
    for name in VALUES:
        for settings in variants(name):
            assert len(results(settings)) == len(SEEDS)


def test_a_result_is_the_mean_of_ten() -> None:
    """What is said under the curves is the mean of a seed's last ten judgements, as the words have it."""
    assert "ses dix derniers" in told("text-seeds")
    for curve in curves(BASE, len(SEEDS), lambda _settings: None):
        assert result(curve) == pytest.approx(np.mean(curve.reward[-10:]))
        assert result(curve) != pytest.approx(curve.reward[-1], abs=1e-6)
