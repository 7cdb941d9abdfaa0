"""Stable-Baselines3's DQN, set to the course's hyper-parameters, is the oracle of our agent: its updates, its curves.

Its curves are recorded (`tests.dqn.in_sb3`); what takes seconds of its own time is marked slow.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import islice

import numpy as np
import pytest
import torch

from core.dqn.judge import bounds_of
from core.dqn.memory import Drawn
from core.dqn.presets import BASE, SEEDS
from core.dqn.recorded import Curve, curve_of
from core.dqn.task import Dqn, targets_of
from core.training.optimizers import make_step
from core.verdict import compare, summarise
from tests.dqn.of_sb3 import recorded

LATE = 10
"""Moments of judgement that are taken together: the last quarter. From one to the next, an agent goes up and down."""


def _ours() -> list[Curve]:
    return [curve_of()[replace(BASE, seed=seed).run_id] for seed in SEEDS]


def _late(curve: Curve) -> float:
    return float(np.mean(curve.reward[-LATE:]))


@pytest.mark.parametrize("loss", ["squared", "huber"])
def test_both_were_judged_alike(loss: str) -> None:
    """The same seeds and moments, before the first move and 40 times on the way; all rewards below the optimum."""
    theirs = recorded()[loss]
    assert list(theirs) == list(SEEDS)
    assert {curve.moves for curve in theirs.values()} == {curve.moves for curve in _ours()}
    assert max(max(curve.reward) for curve in [*theirs.values(), *_ours()]) < bounds_of(BASE.rules, BASE.city)[1]


@pytest.mark.parametrize("loss", ["squared", "huber"])
def test_learning_curves_lie_within_each_others_intervals(loss: str) -> None:
    """At nine moments in ten at least, the 95 % intervals of both means over six seeds overlap.

    For one in twenty, chance alone would have Welch's test find a difference; it finds few more.
    """
    ours, theirs = (np.array([c.reward for c in side]) for side in (_ours(), recorded()[loss].values()))
    overlapping, differing = 0, 0
    for mine, other in zip(ours.T[1:], theirs.T[1:], strict=True):
        one, two = summarise(mine.tolist()), summarise(other.tolist())
        overlapping += abs(one.mean - two.mean) <= one.interval + two.interval
        differing += compare(mine.tolist(), other.tolist()).kind == "real"
    assert overlapping >= 36
    assert differing <= 6


@pytest.mark.parametrize("loss", ["squared", "huber"])
@pytest.mark.parametrize("figure", [_late, lambda c: c.collected[-1], lambda c: c.crashes[-1], lambda c: c.value[-1]])
def test_over_seeds_no_difference_is_real(loss: str, figure: Callable[[Curve], float]) -> None:
    """Reward of the last quarter, all that was collected, crashes, and what the network expects: Welch's p ≥ 0.05."""
    verdict = compare([figure(curve) for curve in _ours()], [figure(curve) for curve in recorded()[loss].values()])
    assert verdict.kind == "unclear"


@pytest.mark.slow
def test_an_update_of_theirs_is_an_update_of_ours() -> None:
    """Twenty updates on the batches that it drew, the target network renewed on the way: the same weights as ours.

    With the squared error. Its own loss goes half as far in the gradient and not in the step: Adam divides it away.
    """
    from tests.dqn.in_sb3 import agent

    settings = replace(BASE, learning_rate=0.003)
    learner, counted = agent(settings)
    learner.learning_starts = 1_000
    learner.learn(300, counted, log_interval=10**9)
    task = Dqn(settings)
    model = task.model(torch.Generator())
    with torch.no_grad():
        for network in (model, task.target):
            for mine, other in zip(network.parameters(), learner.q_net.parameters(), strict=True):
                mine.copy_(other)
    weights, step = list(model.parameters()), make_step(settings, model)
    before = weights[0].detach().clone()
    assert learner.replay_buffer is not None
    for update in range(20):
        np.random.seed(update)  # noqa: NPY002 - where it draws its batches
        drawn = learner.replay_buffer.sample(64)
        np.random.seed(update)  # noqa: NPY002
        learner.train(1, 64)
        batch = Drawn(
            drawn.observations, drawn.actions[:, 0], drawn.rewards[:, 0], drawn.next_observations, drawn.dones[:, 0]
        )
        targets = torch.stack([batch.actions.float(), targets_of(task.target, batch, settings.discount)], dim=1)
        step(torch.autograd.grad(task.loss(model, batch.seen, targets), weights), settings.learning_rate)
        for mine, other in zip(weights, learner.q_net.parameters(), strict=True):
            torch.testing.assert_close(mine, other, atol=1e-5, rtol=0)
        if update % 5 == 4:
            task.target.load_state_dict(model.state_dict())
            learner.q_net_target.load_state_dict(learner.q_net.state_dict())
    assert (weights[0] - before).abs().max() > 0.01


@pytest.mark.slow
def test_the_oracle_still_runs() -> None:
    """Its first moves, judged as those that were recorded: crashes are counted, and ε falls by a hundredth at each."""
    from tests.dqn.in_sb3 import agent, judged

    torch.set_num_threads(1)
    points = list(islice(judged(replace(BASE, steps=8_000)), 3))
    assert [point["moves"] for point in points] == [0, 200, 400]
    assert points[0].keys() == Curve.__annotations__.keys()
    assert 10 < points[1]["crashes"] < points[2]["crashes"] < 100
    learner, counted = agent(BASE)
    learner.learn(80, counted, log_interval=10**9)
    assert learner.exploration_rate == counted.epsilon == pytest.approx(0.99**counted.crashes)
