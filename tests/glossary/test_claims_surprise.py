"""What the glossary says of losses, surprise and measurements, computed by torch and SciPy."""

from __future__ import annotations

import math

import numpy as np
import torch
import torch.nn.functional as F
from scipy import stats

from core.language_models.sampling import entropy
from core.verdict import compare, summarise
from tests.glossary.told import told


def surprise(chance: float) -> float:
    """Return −ln p, by torch's loss of an answer with that probability."""
    chances = torch.tensor([[chance, 1 - chance]], dtype=torch.float64)
    return F.nll_loss(chances.log(), torch.tensor([0])).item()


def test_loss() -> None:
    """Torch's cross-entropy of right answers with that probability; with less, it is above."""
    lowest, certain = told("loss")
    assert surprise(certain) == lowest
    assert surprise(0.999) > lowest


def test_cross_entropy() -> None:
    """What both answers cost, by torch; and for a batch, the mean of −ln p."""
    sure, cheap, unsure, dear = told("cross-entropy")
    assert cheap.rounds(surprise(sure))
    assert dear.rounds(surprise(unsure))
    scores = torch.randn(30, 5, generator=torch.Generator().manual_seed(1), dtype=torch.float64)
    labels = torch.arange(30) % 5
    given = F.softmax(scores, dim=1)[torch.arange(30), labels]
    torch.testing.assert_close(F.cross_entropy(scores, labels), -given.log().mean())


def test_surprise() -> None:
    """One chance in ten, in nats."""
    ten, nats = told("surprise")
    assert nats.rounds(surprise(1 / ten))


def test_nat() -> None:
    """One chance in ten, in nats; by SciPy, a coin's entropy in bits over the same in nats."""
    ten, nats, one, bits = told("nat")
    assert nats.rounds(surprise(1 / ten))
    coin = [0.3, 0.7]
    assert bits.rounds(one * stats.entropy(coin, base=2) / stats.entropy(coin))


def test_bit() -> None:
    """One chance in two, one in eight, in logarithms of base 2."""
    half, eighth = told("bit")
    assert [-math.log2(1 / 2), -math.log2(1 / 8)] == [half, eighth]


def test_entropy() -> None:
    """A fair coin and one that always falls alike, by SciPy and by the course; between them, less fair is less."""
    fair, certain = told("entropy")
    for coin, bits in (([0.5, 0.5], fair), ([1.0, 0.0], certain)):
        assert stats.entropy(coin, base=2) == entropy(np.array(coin)) == bits
    found = [stats.entropy([p, 1 - p]) for p in (0.5, 0.6, 0.8, 0.99, 1.0)]
    assert found == sorted(found, reverse=True)


def test_perplexity() -> None:
    """Torch's loss of a model that gives so many tokens one logit, as an exponential."""
    perplexity, tokens = told("perplexity")
    loss = F.cross_entropy(torch.zeros(7, int(tokens), dtype=torch.float64), torch.arange(7))
    assert perplexity.rounds(loss.exp().item())


def test_accuracy() -> None:
    """So many mistakes among so many digits: both shares, and their sum."""
    whole, wrong, digits, error, accuracy = told("accuracy")
    misread = torch.arange(int(digits)) < wrong
    assert [100 * share.double().mean().item() for share in (misread, ~misread)] == [error, accuracy]
    assert error + accuracy == whole


def test_confidence_interval() -> None:
    """Of 20,000 samples of five, the course's intervals hold the true mean as often as is said."""
    percent, inside, of = told("confidence-interval")
    drawn = np.random.default_rng(1).normal(3.0, 1.0, (20_000, 5))
    half = stats.t.ppf((1 + percent / 100) / 2, 4) * drawn.std(axis=1, ddof=1) / math.sqrt(5)
    assert np.allclose(half[:20], [summarise(sample).interval for sample in drawn[:20].tolist()])
    assert abs((np.abs(drawn.mean(axis=1) - 3.0) <= half).mean() - inside / of) < 0.005


def test_confidence_interval_example() -> None:
    """The five errors that are written: their mean and interval, by the course and by SciPy."""
    *errors, mean, half = told("confidence-interval-example")
    found = summarise(errors)
    assert len(errors) == 5
    assert mean.rounds(found.mean)
    assert half.rounds(found.interval)
    low, high = stats.t.interval(0.95, 4, loc=np.mean(errors), scale=stats.sem(errors))
    assert math.isclose((high - low) / 2, found.interval)


def test_p_value() -> None:
    """Two groups that only chance tells apart, 20,000 times: how often Welch's p is so small, or the gap as large."""
    p, times, of = told("p-value")
    one, two = np.random.default_rng(1).normal(size=(2, 20_000, 30))
    found = stats.ttest_ind(one, two, axis=1, equal_var=False)
    groups = zip(one[:20].tolist(), two[:20].tolist(), strict=True)
    assert np.allclose(found.pvalue[:20], [compare(a, b).p for a, b in groups])
    assert abs((found.pvalue <= p).mean() - times / of) < 0.004
    at = int(np.abs(found.pvalue - p).argmin())
    assert abs((np.abs(found.statistic) >= abs(found.statistic[at])).mean() - times / of) < 0.004


def test_variance() -> None:
    """NumPy's of both pairs, and the mean of the first."""
    first, second, mean, variance, third, fourth, wider = told("variance")
    assert np.mean([first, second]) == mean
    assert [np.var([first, second]), np.var([third, fourth])] == [variance, wider]
