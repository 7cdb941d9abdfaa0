"""What the glossary says of gradients and of the steps they lead to, computed by torch's own optimizers."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from functools import partial
from itertools import combinations, pairwise

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor, nn
from torch.utils.flop_counter import FlopCounterMode

from core.batch_learning_rate.settings import RateSettings
from core.tasks.digits import data as digits
from core.tasks.digits.networks import mlp
from core.tasks.digits.settings import DigitsSettings
from core.training.constants import ALPHA, EPSILON, MOMENTUM
from core.training.settings import bounds
from tests.glossary.told import told
from tests.train_val_test.shipped import shipped

OPTIMIZERS: dict[str, Callable[..., torch.optim.Optimizer]] = {
    "sgd": torch.optim.SGD,
    "momentum": partial(torch.optim.SGD, momentum=MOMENTUM),
    "rmsprop": partial(torch.optim.RMSprop, alpha=ALPHA, eps=EPSILON),
    "adam": partial(torch.optim.Adam, eps=EPSILON),
}
"""Torch's own, with the constants of the course: `tests/training` holds ours to them, bit for bit."""


def steps(name: str, gradients: Sequence[Sequence[float]], rate: float = 0.1) -> list[list[float]]:
    """Return the steps that one of torch's optimizers takes, given these gradients in turn."""
    weight = nn.Parameter(torch.zeros(len(gradients[0]), dtype=torch.float64))
    optimizer, taken = OPTIMIZERS[name]([weight], lr=rate), []
    for gradient in gradients:
        before, weight.grad = weight.detach().clone(), torch.tensor(gradient, dtype=torch.float64)
        optimizer.step()
        taken.append((weight.detach() - before).tolist())
    return taken


def parabola(rate: float, updates: int = 100) -> list[float]:
    """Return the weights of torch's SGD on w², from 1."""
    weight = nn.Parameter(torch.ones((), dtype=torch.float64))
    optimizer, seen = torch.optim.SGD([weight], lr=rate), [1.0]
    for _ in range(updates):
        optimizer.zero_grad()
        (weight**2).backward()
        optimizer.step()
        seen.append(weight.item())
    return seen


def test_update() -> None:
    """One step of torch's SGD, and the calculation that is written."""
    rate, weight, gradient, again, rate_again, gradient_again, result = told("update")
    assert (weight, rate, gradient) == (again, rate_again, gradient_again)
    moved = nn.Parameter(torch.tensor(weight, dtype=torch.float64))
    moved.grad = torch.tensor(gradient, dtype=torch.float64)
    torch.optim.SGD([moved], lr=rate).step()
    assert result.rounds(moved.item())


def test_learning_rate() -> None:
    """A step of torch's SGD; on a parabola, a tiny rate is still near the start, a large one explodes."""
    rate, gradient, moved = told("learning-rate")
    assert moved.rounds(-steps("sgd", [[gradient]], rate)[0][0])
    assert parabola(0.0001)[-1] > 0.95
    assert abs(parabola(0.3)[-1]) < 1e-9
    assert parabola(1.5)[-1] ** 2 > 1e50


def rates(schedule: str, start: float, total: int = 1_000) -> list[float]:
    settings = RateSettings(learning_rate=start, schedule=schedule, updates=total)
    return [settings.rate_at(update, total) for update in range(total)]


def test_schedule() -> None:
    """The course's step and cosine are those of torch; the cosine only falls, and ends near 0."""
    high, low, end = told("schedule")
    for schedule, theirs in (
        ("step", partial(torch.optim.lr_scheduler.StepLR, step_size=500, gamma=low / high)),
        ("cosine", partial(torch.optim.lr_scheduler.CosineAnnealingLR, T_max=1_000)),
    ):
        optimizer = torch.optim.SGD([nn.Parameter(torch.zeros(()))], lr=high)
        scheduler, found = theirs(optimizer), []
        for _ in range(1_000):
            found.append(optimizer.param_groups[0]["lr"])
            optimizer.step()
            scheduler.step()
        np.testing.assert_allclose(rates(schedule, high), found, rtol=1e-6, atol=1e-12)
    assert set(np.round(rates("step", high), 9)) == {high, low}
    assert all(after < before for before, after in pairwise(rates("cosine", high)))
    assert abs(rates("cosine", high)[-1] - end) < 1e-5


def test_warm_up() -> None:
    """The schedule of that name climbs during the first tenth, and no longer."""
    assert "warmup" in bounds(RateSettings, "schedule")
    found = rates("warmup", 0.1)
    assert all(after > before for before, after in pairwise(found[:100]))
    assert set(found[99:]) == {0.1}


def test_gradient() -> None:
    """Torch's gradient of w² at 1, and how much w² grows from there."""
    slope, moved, gained = told("gradient")
    weight = torch.ones((), requires_grad=True)
    assert torch.autograd.grad(weight**2, weight)[0].item() == slope
    assert gained.rounds((1 + moved) ** 2 - 1)


def test_backpropagation() -> None:
    """One call gives all gradients of the course's MLP, last layer first, each once; finite differences agree."""
    model = mlp(0.0, torch.Generator().manual_seed(1)).double()
    images, labels = digits.load("train")
    x, y = torch.from_numpy(digits.to_inputs(images[:20])).double(), torch.from_numpy(labels[:20].astype(np.int64))
    layers = [layer for layer in model if isinstance(layer, nn.Linear)]
    order: list[nn.Module] = []
    for layer in layers:
        layer.register_full_backward_hook(lambda module, _into, _out: order.append(module))
    loss = F.cross_entropy(model(x.requires_grad_()), y)
    loss.backward()
    assert order == layers[::-1]
    assert all(parameter.grad is not None for parameter in model.parameters())
    for layer in layers:
        assert layer.weight.grad is not None
        place = int(layer.weight.grad.abs().argmax())
        with torch.no_grad():
            layer.weight.view(-1)[place] += 1e-6
            risen = F.cross_entropy(model(x), y)
            layer.weight.view(-1)[place] -= 1e-6
        slope = layer.weight.grad.view(-1)[place].item()
        assert math.isclose((risen - loss).item() / 1e-6, slope, rel_tol=1e-3)


def test_gradient_descent() -> None:
    """Torch's step is the formula's; on the course's MLP a small one lowers the loss, the opposite raises it."""
    np.testing.assert_allclose(steps("sgd", [[0.3, -2.0]], 0.1)[0], [-0.03, 0.2])
    model = mlp(0.0, torch.Generator().manual_seed(1))
    images, labels = digits.load("train")
    x, y = torch.from_numpy(digits.to_inputs(images[:300])), torch.from_numpy(labels[:300].astype(np.int64))
    loss = F.cross_entropy(model(x), y)
    slopes = torch.autograd.grad(loss, list(model.parameters()))
    found = []
    for signed in (-0.01, 0.02):  # down, then as far up on the other side
        with torch.no_grad():
            for weight, slope in zip(model.parameters(), slopes, strict=True):
                weight.add_(slope, alpha=signed)
            found.append(F.cross_entropy(model(x), y).item())
    assert found[0] < loss.item() < found[1]


def test_optimizer() -> None:
    """The course's four. From the same gradients, torch's steps differ two by two at the second update and after."""
    assert set(bounds(DigitsSettings, "optimizer")) == set(OPTIMIZERS)
    taken = {name: steps(name, [[0.3, -2.0]] * 5) for name in OPTIMIZERS}
    for one, other in combinations(taken.values(), 2):
        assert not any(np.allclose(one[at], other[at], rtol=0.01) for at in range(1, 5))
    assert taken["sgd"][0] == taken["momentum"][0]  # why not from the first one on


def test_sgd() -> None:
    """The operations of a gradient by torch's own count; how far gradients of 128 digits lie from that of all."""
    few, many, times = map(int, told("sgd"))
    assert many == digits.TRAIN
    counts = []
    for examples in (few, many):
        with torch.device("meta"), FlopCounterMode(display=False) as counter:
            model = nn.Sequential(nn.Linear(784, 200), nn.ReLU(), nn.Linear(200, 10))
            model(torch.empty(examples, 784)).sum().backward()
        counts.append(counter.get_total_flops())
    assert round(counts[1] / counts[0]) == times
    model, (images, labels) = mlp(0.0, torch.Generator().manual_seed(1)), digits.load("train")
    x, y = torch.from_numpy(digits.to_inputs(images)), torch.from_numpy(labels.astype(np.int64))
    weight = next(model.parameters())

    def gradient(chosen: slice) -> Tensor:
        return torch.autograd.grad(F.cross_entropy(model(x[chosen]), y[chosen]), weight)[0]

    parts = [gradient(slice(start, start + 6_000)) for start in range(0, many, 6_000)]
    whole = torch.stack(parts).mean(dim=0)
    batches = [gradient(slice(start, start + few)) for start in range(0, 20 * few, few)]
    assert min((batch - whole).norm() / whole.norm() for batch in batches) > 0.05


def test_momentum() -> None:
    """Torch's steps: nine tenths of the last one and the gradient's; longer and longer, or shorter than SGD's."""
    (share,) = told("momentum")
    gradients = np.random.default_rng(1).normal(size=(20, 3)).tolist()
    taken, own = np.array(steps("momentum", gradients)), np.array(steps("sgd", gradients))
    np.testing.assert_allclose(taken[1:], share / 100 * taken[:-1] + own[1:])
    same, opposed = (np.abs(steps("momentum", [[1.0], [sign]] * 10)).ravel() for sign in (1.0, -1.0))
    assert (np.diff(same) > 0).all()
    assert (opposed[1:] < 0.1).all()


def test_adam() -> None:
    """Two weights of torch's Adam, one with gradients ten times smaller: as far after 100 steps, within 1 %."""
    gradients = np.random.default_rng(1).normal(0.5, 1.0, 100)
    gone = np.sum(steps("adam", [[gradient, gradient / 10] for gradient in gradients]), axis=0)
    assert abs(gone[0]) > 1
    assert math.isclose(gone[0], gone[1], rel_tol=0.01)


def test_rmsprop() -> None:
    """Torch's steps are the rate times the gradient over its recent size; as long for 100 as for 0.01."""
    large, small = told("rmsprop")
    taken = np.array(steps("rmsprop", [[large, small]] * 30))
    np.testing.assert_allclose(taken[:, 0], taken[:, 1], rtol=1e-3)
    drawn = np.random.default_rng(1).normal(size=50)
    size = 0.0
    for step, gradient in zip(steps("rmsprop", drawn[:, None].tolist()), drawn, strict=True):
        size = 0.9 * size + 0.1 * gradient**2
        assert math.isclose(step[0], -0.1 * gradient / math.sqrt(size), rel_tol=1e-4)


def test_weight_decay() -> None:
    """Torch's SGD with that weight decay, where the gradient is 0: what a weight loses, in percent."""
    rate, decay, lost = told("weight-decay")
    weight = nn.Parameter(torch.tensor([4.0, -0.3], dtype=torch.float64))
    before, weight.grad = weight.detach().clone(), torch.zeros_like(weight)
    torch.optim.SGD([weight], lr=rate, weight_decay=decay).step()
    shares = 100 * (1 - weight.detach() / before)
    assert all(lost.rounds(share) for share in shares.tolist())


def test_divergence() -> None:
    """With too large a rate, torch's SGD is on the other side of the parabola each time, farther, until infinity."""
    found = parabola(1.1, 60)
    assert all(before * after < 0 and abs(after) > abs(before) for before, after in pairwise(found))
    assert not math.isfinite(parabola(1.1, 5_000)[-1])
    assert shipped("too_fast").status == "diverged"
