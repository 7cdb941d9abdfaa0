"""Counting letters: a dictionary and the published formulas are the oracle."""

from __future__ import annotations

import json

import numpy as np
import pytest

from core.embeddings import ngrams
from core.tasks.letters.corpus import corpus, load


def test_the_record_of_counting_is_what_counting_gives() -> None:
    """The verdict shipped for the names equals the one counted now."""
    counted, shipped = ngrams.count(load("names")), ngrams.verdict(load("names"))
    assert shipped.losses == pytest.approx(counted.losses)
    assert shipped.seen == counted.seen


def test_the_recorded_counts_are_what_counting_gives() -> None:
    """The record of the first names, counted again; that of the words is there."""
    again, shipped = ngrams.count(load("names")), ngrams.verdict(load("names"))
    assert shipped.seen == again.seen
    for model, loss in again.losses.items():
        assert shipped.losses[model] == pytest.approx(loss)
    assert len(json.loads(ngrams.RECORD.read_text())) == 2


@pytest.mark.parametrize("smoothing", ngrams.SMOOTHINGS)
@pytest.mark.parametrize("order", ngrams.ORDERS)
def test_n_gram_probabilities_sum_to_one(order: int, smoothing: str) -> None:
    """On contexts seen and never seen, of every order and smoothing."""
    cut = corpus(load("names"))
    model = ngrams.fitted(cut)
    contexts = np.random.default_rng(0).integers(0, len(cut.characters), (40, 4))
    contexts = np.concatenate([contexts, cut.examples("train", 4)[0][:40]])
    chances = model.chances(contexts, order, smoothing)
    assert (chances >= 0).all()
    np.testing.assert_allclose(chances.sum(axis=1), 1, atol=1e-9)


def test_counts_equal_a_dictionary_of_python() -> None:
    """Add-one of order 3, counted again by hand with a dictionary."""
    cut = corpus(load("names"))
    model = ngrams.fitted(cut)
    counted: dict[tuple[int, ...], np.ndarray] = {}
    for word in cut.words["train"]:
        codes = [0, 0, *cut.codes(word), 0]
        for k in range(2, len(codes)):
            counted.setdefault(tuple(codes[k - 2 : k]), np.zeros(len(cut.characters)))[codes[k]] += 1
    for context, counts in list(counted.items())[::29]:
        found = model.chances(np.array([[0, 0, *context]]), 3, "add_one")[0]
        np.testing.assert_allclose(found, (counts + 1) / (counts + 1).sum())


def test_kneser_ney_counts_companions_below_the_top() -> None:
    """Order 2: discounted counts, and the letters' chances by how many different letters come before them."""
    cut = corpus(("ab", "ab", "ab", "cb", "ba", "ca", "da", "ac", "bc", "cc", "ba", "ca"))
    model = ngrams.fitted(cut)
    size = len(cut.characters)
    pairs = [(a, b) for w in cut.words["train"] for a, b in zip("." + w, w + ".", strict=True)]
    continuation = np.zeros(size)
    for _before, after in set(pairs):
        continuation[cut.characters.index(after)] += 1
    kinds = (continuation > 0).sum()
    lower = (np.maximum(continuation - 0.75, 0) + 0.75 * kinds / size) / continuation.sum()
    code = cut.characters.index("a")
    counts = np.bincount([cut.characters.index(b) for a, b in pairs if a == "a"], minlength=size)
    expected = (np.maximum(counts - 0.75, 0) + 0.75 * (counts > 0).sum() * lower) / counts.sum()
    np.testing.assert_allclose(model.chances(np.array([[0, 0, 0, code]]), 2, "kneser_ney")[0], expected)


def test_the_loss_of_counting_is_the_mean_of_minus_log() -> None:
    """Grouping equal contexts changes nothing."""
    cut = corpus(load("names"))
    model = ngrams.fitted(cut)
    contexts, targets = cut.examples("validation", 4)
    direct = -np.log(model.chances(contexts, 4, "witten_bell")[np.arange(len(targets)), targets]).mean()
    assert model.loss(contexts, targets, 4, "witten_bell") == pytest.approx(direct)
