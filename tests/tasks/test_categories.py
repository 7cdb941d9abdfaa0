"""Categories of words: the list, the draws, two networks that learn them, a student's own examples."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest
import torch
from sklearn.linear_model import LogisticRegression
from torch import nn

from core.tasks.categories import networks
from core.tasks.categories.settings import WAYS, own, usual
from core.tasks.categories.task import Categories, shipped_alone
from core.tasks.categories.words import CATEGORIES, EACH, HELD_OUT, POOL, drawn, load, split
from core.tasks.registry import frames, settings_from_json
from core.training.loop import train
from core.training.settings import SettingsError

OWN = (("cat", "dog", "piano", "violin"), ("pet", "pet", "music", "music"))


def test_the_list_has_fifty_words_of_each_category_each_once() -> None:
    """250 English words, no two alike, fifty a category, each with a French word and free of spaces around."""
    words = load()
    assert len(set(words.english)) == len(words.english) == len(words.french) == EACH * len(CATEGORIES)
    assert set(Counter(words.categories.tolist()).values()) == {EACH}
    assert all(word == word.strip() != "" for word in (*words.english, *words.french))


def test_no_word_is_both_learned_from_and_measured_on() -> None:
    """30 words of each category are held out, 20 are the pool; together they are the list."""
    found = split()
    assert sorted([*found.pool, *found.held_out]) == list(range(250))
    assert set(Counter(load().categories[found.held_out].tolist()).values()) == {HELD_OUT}
    assert len(found.pool) == POOL


def test_draws_are_even_nested_and_their_own() -> None:
    """Any draw is from the pool, has no category twice as another once less, begins a longer one; seeds differ."""
    kinds = load().categories
    for seed in range(20):
        whole = drawn(POOL, seed)
        assert sorted(whole) == sorted(split().pool)
        for count in (0, 1, 2, 3, 5, 7, 20):
            some = drawn(count, seed)
            assert some.tolist() == whole[:count].tolist()
            sizes = np.bincount(kinds[some], minlength=len(CATEGORIES))
            assert sizes.max() - sizes.min() <= 1
    assert len({tuple(drawn(5, seed)) for seed in range(20)}) == 20
    for count in (-1, POOL + 1):
        with pytest.raises(ValueError, match=str(count)):
            drawn(count, 1)


@pytest.mark.parametrize("way", WAYS)
def test_one_seed_is_one_run(way: str) -> None:
    """The same settings give the same frames, whatever the global generator does; another seed gives others."""
    first = list(frames(usual(way, 10, 3)))
    torch.manual_seed(99)
    again, other = list(frames(usual(way, 10, 3))), list(frames(usual(way, 10, 4)))
    assert [frame.metrics for frame in first if frame.measured][1:] == [f.metrics for f in again if f.measured][1:]
    assert np.array_equal(first[-1].arrays["probabilities"], again[-1].arrays["probabilities"])
    assert not np.array_equal(first[-1].arrays["probabilities"], other[-1].arrays["probabilities"])
    assert first[-1].metrics["train_error"] == 0


@pytest.mark.parametrize("way", WAYS)
def test_what_is_measured_is_the_accuracy_on_the_words_held_out(way: str) -> None:
    """The error is that of the probabilities' largest against the list, 150 words."""
    *_, last = frames(usual(way, 20, 1))
    read = last.arrays["probabilities"].argmax(1)
    truth = load().categories[split().held_out]
    assert last.metrics["validation_error"] == pytest.approx((read != truth).mean())
    np.testing.assert_allclose(last.arrays["probabilities"].sum(1), 1, rtol=1e-5)


def test_the_network_on_letters_is_what_it_says() -> None:
    """A word, letter by letter in NumPy: rows of the table, each window of three, the largest of each pattern."""
    network = networks.OnLetters(5, torch.Generator().manual_seed(1))
    words = ("Bœuf", "été", "a", "it's 5 o'clock 🦊", "x" * 40)
    table, kernel, shift, head, bias = (weight.detach().numpy() for weight in network.parameters())
    with torch.no_grad():
        together = network(networks.spelled(words)).numpy()
    for word, found in zip(words, together, strict=True):
        rows = table[networks.spelled([word])[0].numpy()]
        windows = np.stack([rows[at : at + 3].T for at in range(len(rows) - 2)])
        strongest = np.maximum(np.einsum("wel,pel->wp", windows, kernel) + shift, 0).max(0)
        np.testing.assert_allclose(found, strongest @ head.T + bias, atol=1e-4)


def test_letters_are_small_and_without_accents() -> None:
    """Spelled, "Été" is "ete", signs that are no letters are one number, and every word has two ends."""
    assert networks.spelled(["Été"]).tolist() == networks.spelled(["ete"]).tolist()
    assert networks.spelled(["🦊"]).tolist() == networks.spelled(["Ж"]).tolist()
    assert networks.spelled(["a", "ab"]).tolist()[0][-1] == networks.NOTHING
    assert networks.spelled([]).shape == (0, 3)


def test_the_head_on_vectors_is_a_logistic_regression() -> None:
    """The same vectors, learned by scikit-learn: nine words of ten are read alike, and about as many rightly."""
    settings, words = usual("transfer", 40, 1), load()
    *_, last = frames(settings)
    places, vectors = drawn(40, 1), networks.shipped()
    scaled = vectors.scaled(vectors.values).numpy()
    theirs = LogisticRegression(C=0.1, max_iter=500).fit(scaled[places], words.categories[places])
    read = theirs.predict(scaled[split().held_out])
    assert (read == last.arrays["probabilities"].argmax(1)).mean() > 0.9
    right = (read == words.categories[split().held_out]).mean()
    assert 1 - last.metrics["validation_error"] == pytest.approx(right, abs=0.05)


@pytest.mark.parametrize(("way", "parameters"), [("scratch", 4_133), ("transfer", 2_885)])
def test_how_many_parameters_learn(way: str, parameters: int) -> None:
    """On letters 42·16 + 16·3·64 + 64 + 64·5 + 5; on vectors 576·5 + 5."""
    model = Categories(usual(way, 10, 1)).model(torch.Generator().manual_seed(1))
    assert isinstance(model, nn.Module)
    assert sum(weight.numel() for weight in model.parameters()) == parameters


@pytest.mark.parametrize("way", WAYS)
def test_own_examples_are_learned_and_stay_private(way: str) -> None:
    """Words and labels of a student: learned, asked about, with their labels in order; marked as private."""
    settings = own(way, *OWN, seed=2)
    assert settings.private
    assert settings.examples == 4
    task = Categories(settings, ["cat", "violin"], _some_vectors)
    *_, last = train(task, settings)
    assert task.labels == ("pet", "music")
    assert last.arrays["probabilities"].argmax(1).tolist() == [0, 1]
    assert "validation_error" not in last.metrics
    assert settings_from_json(settings.to_json()) == settings
    assert not usual(way, 4, 2).private


def _some_vectors(words: object) -> np.ndarray:
    assert isinstance(words, (tuple, list))
    known = dict(zip(OWN[0], np.random.default_rng(1).normal(size=(4, 576)).astype(np.float32), strict=True))
    return np.stack([known[word] for word in words])


@pytest.mark.parametrize(
    ("words", "labels", "name"),
    [
        (("a",), ("x", "y"), "labels"),
        (("a", "b"), ("x", "x"), "labels"),
        (("a" * 41, "b"), ("x", "y"), "words"),
        (("", "b"), ("x", "y"), "words"),
        (("a", "b"), ("x" * 31, "y"), "labels"),
        (tuple("a" * 101), tuple("xy" * 50 + "x"), "words"),
        (tuple("abcdefghi"), tuple("stuvwxyz!"), "labels"),
        ((), ("x",), "labels"),
    ],
)
def test_own_examples_out_of_bounds_are_refused(words: tuple[str, ...], labels: tuple[str, ...], name: str) -> None:
    """Too many, too long, none, one label alone, nine labels, words without labels: an error that names which."""
    with pytest.raises(SettingsError) as caught:
        own("scratch", words, labels, seed=1)
    assert caught.value.name == name


def test_words_that_are_not_in_the_list_have_no_shipped_vector() -> None:
    """The shipped vectors are those of the 250 words, in the list's order; others are asked of SmolLM2."""
    assert np.array_equal(shipped_alone(load().english), networks.shipped().values)
    with pytest.raises(KeyError):
        shipped_alone(["xylophone"])
