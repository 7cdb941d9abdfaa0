"""The two-weight bowl: the page's left picture, checked against torch and against exact mathematics."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from core.batch_learning_rate.bowl import (
    BATCHES,
    EXAMPLES,
    OPTIMIZERS,
    PROBLEMS,
    BowlSettings,
    Optimizer,
    ProblemName,
    batches,
    descend,
    gradient_noise,
    make_problem,
    mulberry32,
)
from core.training.constants import ALPHA, BETA2, EPSILON


def torch_path(asked: BowlSettings, steps: int) -> np.ndarray:
    """The same descent with torch.optim and autograd, on the same mini-batches, with the course's constants."""
    problem = make_problem(asked.problem)
    features, targets = torch.from_numpy(problem.features), torch.from_numpy(problem.targets)
    weights = torch.tensor(asked.start or problem.start, dtype=torch.float64, requires_grad=True)
    optimizers: dict[str, Callable[[], torch.optim.Optimizer]] = {
        "sgd": lambda: torch.optim.SGD([weights], asked.rate),
        "momentum": lambda: torch.optim.SGD([weights], asked.rate, momentum=asked.momentum),
        "rmsprop": lambda: torch.optim.RMSprop([weights], asked.rate, alpha=ALPHA, eps=EPSILON),
        "adam": lambda: torch.optim.Adam([weights], asked.rate, betas=(asked.momentum, BETA2), eps=EPSILON),
    }
    optimizer = optimizers[asked.optimizer]()
    measures: dict[str, Callable[..., torch.Tensor]] = {
        "regression": torch.nn.functional.mse_loss,
        "aligned": torch.nn.functional.mse_loss,
        "classification": torch.nn.functional.binary_cross_entropy_with_logits,
    }
    points = [weights.detach().numpy().copy()]
    for _, chosen in zip(range(steps), batches(asked.batch, asked.seed), strict=False):
        loss = measures[asked.problem](features[chosen] @ weights, targets[chosen])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        points.append(weights.detach().numpy().copy())
    return np.array(points)


@pytest.mark.parametrize("problem", PROBLEMS)
@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_every_optimizer_takes_the_path_of_torch(problem: ProblemName, optimizer: Optimizer) -> None:
    """SGD, momentum, RMSprop and Adam visit the points that torch.optim visits, on the same mini-batches."""
    asked = BowlSettings(problem=problem, optimizer=optimizer, rate=0.08, batch=8, momentum=0.8, seed=3)
    ours = descend(asked, steps=120).points
    np.testing.assert_allclose(ours, torch_path(asked, 120), rtol=1e-7, atol=1e-9)


@given(
    momentum=st.floats(0.0, 0.9),
    margin=st.floats(0.03, 0.3),
    start=st.tuples(st.floats(-2, 5), st.floats(-4, 3)),
)
@settings(max_examples=8, deadline=None)
def test_the_stability_bound_separates_arriving_from_diverging(
    momentum: float, margin: float, start: tuple[float, float]
) -> None:
    """Full-batch descent on the quadratic ends nearer below 2(1+β)/λmax and far away above it, from any start."""
    problem = make_problem("regression")
    if np.linalg.norm(np.array(start) - problem.minimum()) < 0.1:
        return
    bound = problem.largest_stable_rate(momentum)

    def final_distance(rate: float) -> float:
        asked = BowlSettings(optimizer="momentum", rate=rate, batch=EXAMPLES, momentum=momentum, start=start)
        path = descend(asked, steps=1500)
        return np.inf if path.diverged else float(np.linalg.norm(path.points[-1] - problem.minimum()))

    assert final_distance(bound * (1 - margin)) < 0.01
    assert final_distance(bound * (1 + margin)) == np.inf


def test_without_momentum_the_bound_is_two_over_the_largest_eigenvalue() -> None:
    """The mark on the slider is 2/λmax, with λmax taken from torch's own Hessian of the loss."""
    problem = make_problem("regression")
    features, targets = torch.from_numpy(problem.features), torch.from_numpy(problem.targets)

    def loss(weights: torch.Tensor) -> torch.Tensor:
        return torch.nn.functional.mse_loss(features @ weights, targets)

    hessian = torch.autograd.functional.hessian(loss, torch.zeros(2, dtype=torch.float64))
    assert problem.largest_stable_rate() == pytest.approx(2 / torch.linalg.eigvalsh(hessian)[-1].item())


@pytest.mark.parametrize("problem", PROBLEMS)
def test_the_minimum_is_where_the_gradient_vanishes(problem: ProblemName) -> None:
    """The cross on the picture has no gradient, and no point of the window is lower."""
    found = make_problem(problem)
    lowest = found.minimum()
    np.testing.assert_allclose(found.gradient(lowest), 0, atol=1e-12)
    grid = np.stack(np.meshgrid(*(np.linspace(*limits, 50) for limits in found.window)), axis=-1)
    assert found.loss(lowest) <= found.loss(grid).min()


@pytest.mark.parametrize("batch", BATCHES)
def test_every_example_is_visited_once_an_epoch(batch: int) -> None:
    """Whatever the batch size, an epoch's mini-batches hold all 64 examples once, and epochs differ in order."""
    order = batches(batch, seed=5)
    epochs = [np.concatenate([next(order) for _ in range(EXAMPLES // batch)]) for _ in range(2)]
    for epoch in epochs:
        assert sorted(epoch) == list(range(EXAMPLES))
    assert list(epochs[0]) != list(epochs[1])


@pytest.mark.parametrize("batch", [1, 4, 16, 64])
def test_the_noise_is_the_spread_of_minibatch_gradients(batch: int) -> None:
    """The exact noise formula agrees with many sampled mini-batches, and is zero for the whole set."""
    problem, weights = make_problem("regression"), np.array([0.0, 1.0])
    full, rng = problem.gradient(weights), np.random.default_rng(0)
    drawn = [problem.gradient(weights, rng.choice(EXAMPLES, batch, replace=False)) - full for _ in range(4000)]
    sampled = np.sqrt(np.mean(np.sum(np.square(drawn), axis=1)))
    assert gradient_noise(problem, weights, batch) == pytest.approx(sampled, rel=0.05, abs=1e-9)


def test_the_generator_is_mulberry32() -> None:
    """The first numbers of seed 1 are those of the published JavaScript generator."""
    draw = mulberry32(1)
    published = [0.6270739405881613, 0.002735721180215478, 0.5274470399599522]
    assert [next(draw) for _ in range(3)] == pytest.approx(published, abs=1e-15)


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_the_largest_rate_ends_as_a_path_and_not_as_an_error(optimizer: Optimizer) -> None:
    """Rate 10 on the bowl gives finite points and, where it runs away, says so."""
    path = descend(BowlSettings(optimizer=optimizer, rate=10.0, batch=1))
    assert np.isfinite(path.points).all()
    assert path.diverged == (optimizer in {"sgd", "momentum"})


@given(st.floats(), st.floats(), st.floats(), st.floats(), st.floats())
def test_settings_from_a_link_are_brought_inside_their_limits(
    rate: float, batch: float, momentum: float, first: float, second: float
) -> None:
    """Any numbers a link may hold, infinities and not-a-number included, give settings that can be drawn."""
    asked = BowlSettings("nonsense", "nonsense", rate, batch, momentum, (first, second), 10**9)  # type: ignore[arg-type]
    clipped = asked.clipped()
    assert clipped.batch in BATCHES
    assert np.isfinite(descend(clipped, steps=3).points).all()
