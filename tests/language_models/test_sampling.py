"""From logits to a token: transformers' processors are the oracle, and nothing is ever cut to nothing."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import chisquare
from transformers import (
    MinPLogitsWarper,
    RepetitionPenaltyLogitsProcessor,
    TemperatureLogitsWarper,
    TopKLogitsWarper,
    TopPLogitsWarper,
)

from core.language_models import sampling
from core.language_models.sampling import Sampling
from core.training.settings import SettingsError

random_logits = st.builds(
    lambda seed, size, spread: np.random.default_rng(seed).normal(0, spread, size),
    st.integers(0, 10**6), st.integers(2, 300), st.floats(0.01, 20),
)  # fmt: skip


def same_tokens_kept(ours: np.ndarray, theirs: torch.Tensor, doubtful: np.ndarray | bool = False) -> None:
    """Compare what is kept and its logits up to one constant; doubtful tokens lie on the very edge of a cut."""
    reference = theirs[0].numpy()
    differs = np.isinf(ours) != np.isinf(reference)
    assert not (differs & ~np.asarray(doubtful)).any()
    both = ~np.isinf(ours) & ~np.isinf(reference)
    np.testing.assert_allclose(ours[both] - ours.max(), reference[both] - reference.max(), atol=1e-9)


@settings(max_examples=150, deadline=None)
@given(random_logits, st.integers(1, 400))
def test_top_k_is_transformers_own(logits: np.ndarray, k: int) -> None:
    """The same tokens are kept, also where k is larger than the vocabulary."""
    same_tokens_kept(sampling.keep_top_k(logits, k), TopKLogitsWarper(k)(None, torch.from_numpy(logits)[None]))


@settings(max_examples=150, deadline=None)
@given(random_logits, st.floats(0.0, 1.0))
def test_top_p_is_transformers_own(logits: np.ndarray, p: float) -> None:
    """The same tokens are kept, except where the sum meets 1 - p to the last digit."""
    order = np.argsort(logits)
    edge = np.abs(np.cumsum(sampling.softmax(logits)[order]) - (1 - p)) < 1e-12
    doubtful = np.zeros(len(logits), bool)
    doubtful[order[edge]] = True
    theirs = TopPLogitsWarper(p)(None, torch.from_numpy(logits)[None])
    same_tokens_kept(sampling.keep_top_p(logits, p), theirs, doubtful)


@settings(max_examples=150, deadline=None)
@given(random_logits, st.floats(0.0, 1.0))
def test_min_p_is_transformers_own(logits: np.ndarray, p: float) -> None:
    """The same tokens are kept."""
    chances = sampling.softmax(logits)
    doubtful = np.abs(chances - p * chances.max()) < 1e-12
    theirs = MinPLogitsWarper(p)(None, torch.from_numpy(logits)[None])
    same_tokens_kept(sampling.keep_min_p(logits, p), theirs, doubtful)


@settings(max_examples=150, deadline=None)
@given(random_logits, st.floats(1e-3, 100))
def test_temperature_is_transformers_own(logits: np.ndarray, temperature: float) -> None:
    """The same probabilities."""
    theirs = TemperatureLogitsWarper(temperature)(None, torch.from_numpy(logits)[None])[0]
    ours = sampling.softmax(sampling.heat(logits, temperature))
    np.testing.assert_allclose(ours, torch.softmax(theirs, 0).numpy(), atol=1e-12)


@settings(max_examples=150, deadline=None)
@given(random_logits, st.lists(st.integers(0, 1), max_size=20), st.floats(0.5, 3.0))
def test_repetition_penalty_is_transformers_own(logits: np.ndarray, written: list[int], penalty: float) -> None:
    """Tokens already written are weakened once, however often they were written."""
    ours = sampling.penalise(logits, written, penalty)
    if written:
        ids = torch.tensor([written])
        theirs = RepetitionPenaltyLogitsProcessor(penalty)(ids, torch.from_numpy(logits)[None])
        np.testing.assert_allclose(ours, theirs[0].numpy(), rtol=1e-6)
    else:
        np.testing.assert_array_equal(ours, logits)


@settings(max_examples=60, deadline=None)
@given(random_logits, st.floats(0.05, 5), st.integers(0, 50), st.floats(0, 1), st.floats(0, 1))
def test_all_steps_together_are_transformers_own(
    logits: np.ndarray, temperature: float, k: int, p: float, least: float
) -> None:
    """Penalty, temperature, top-k, top-p, min-p: `generate`'s order, and equal probabilities where no edge is met."""
    chosen = Sampling(temperature=temperature, top_k=k, top_p=p, min_p=least, repetition_penalty=1.3)
    scores, ids = torch.from_numpy(logits)[None], torch.tensor([[0, 1]])
    for processor in (
        RepetitionPenaltyLogitsProcessor(1.3),
        TemperatureLogitsWarper(temperature),
        *([TopKLogitsWarper(k)] if k else []),
        TopPLogitsWarper(p),
        MinPLogitsWarper(least),
    ):
        scores = processor(ids, scores)
    ours = sampling.process(logits, chosen, [0, 1])
    kept, reference = ~np.isinf(ours), ~np.isinf(scores[0].numpy())
    assert abs(int(kept.sum()) - int(reference.sum())) <= 1  # one token may lie on an edge
    if (kept == reference).all():
        np.testing.assert_allclose(sampling.softmax(ours), torch.softmax(scores[0], 0).numpy(), atol=1e-6)


@settings(max_examples=100, deadline=None)
@given(
    random_logits,
    st.builds(
        Sampling,
        temperature=st.sampled_from([0.0, 1e-6, 0.7, 1.0, 100.0]),
        top_k=st.sampled_from([0, 1, 5, 10**6]),
        top_p=st.sampled_from([0.0, 1e-9, 0.5, 1.0]),
        min_p=st.sampled_from([0.0, 0.1, 1.0]),
        repetition_penalty=st.sampled_from([0.5, 1.0, 3.0]),
    ),
    st.floats(0, 1, exclude_max=True),
)
def test_there_is_always_a_token_to_choose(logits: np.ndarray, chosen: Sampling, uniform: float) -> None:
    """The most extreme settings leave a distribution that sums to 1, and the draw never falls on a cut token."""
    probabilities = sampling.softmax(sampling.process(logits, chosen, [0]))
    assert probabilities.sum() == pytest.approx(1)
    assert probabilities[sampling.choose(probabilities, uniform)] > 0


def test_zero_temperature_is_argmax_exactly() -> None:
    """All probability on one token, the first of equals; and 0.000001 chooses it too where it is alone."""
    logits = np.array([1.0, 3.0, 3.0, -2.0])
    assert sampling.softmax(sampling.heat(logits, 0)).tolist() == [0, 1, 0, 0]
    assert sampling.softmax(sampling.heat(np.array([1.0, 3.0, 2.0]), 1e-6)).tolist() == [0, 1, 0]
    assert sampling.softmax(sampling.heat(np.array([1000.0, 3000.0]), 5e-324)).tolist() == [0, 1]


def test_sampling_follows_the_distribution() -> None:
    """Twenty thousand draws: the chi-square test does not reject at 0.001."""
    probabilities = sampling.softmax(np.random.default_rng(1).normal(0, 1, 12))
    uniforms = torch.rand(20_000, generator=torch.Generator().manual_seed(5), dtype=torch.float64).tolist()
    counts = np.bincount([sampling.choose(probabilities, uniform) for uniform in uniforms], minlength=12)
    assert chisquare(counts, probabilities * 20_000).pvalue > 0.001


def test_entropy_counts_equal_choices() -> None:
    """Eight equal tokens: 3 bits, 8 effective choices; one certain token: 0 bits, 1 choice."""
    assert sampling.entropy(np.full(8, 1 / 8)) == pytest.approx(3)
    assert sampling.effective_choices(np.full(8, 1 / 8)) == pytest.approx(8)
    assert sampling.effective_choices(np.array([0.0, 1.0])) == 1


@pytest.mark.parametrize(
    ("name", "value"),
    [("temperature", -1), ("temperature", math.nan), ("top_p", 2), ("top_k", -5), ("min_p", math.inf),
     ("repetition_penalty", 0), ("top_k", 10**400), ("top_k", True), ("temperature", "1")],
)  # fmt: skip
def test_absurd_settings_are_refused(name: str, value: Any) -> None:
    """Out of bounds, not a number, or no number at all: an error that names the setting."""
    with pytest.raises(SettingsError, match=name):
        Sampling(**{name: value})
