"""What the glossary says of letters, words and counting, computed from the shipped vectors, runs and lists."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise

import numpy as np
import pytest
import torch
import torch.nn.functional as F
from sklearn.decomposition import PCA

from core.embeddings.ngrams import NGrams, fitted
from core.embeddings.separation import recorded, separation
from core.language_models import catalogue
from core.language_models.word_vectors import french_words
from core.tasks.letters.corpus import END, Corpus, corpus, load
from tests.embeddings import shipped
from tests.embeddings.shipped import CUT, letters
from tests.glossary.told import told


def test_one_hot() -> None:
    """Torch's one-hot of the second of three letters."""
    assert F.one_hot(torch.tensor("abc".index("b")), 3).tolist() == told("one-hot")


def test_embedding_words() -> None:
    """The shipped vectors: how many, and whose cosine with "lundi" is the largest, by torch."""
    (count,) = map(int, told("embedding-words"))
    words = french_words()
    assert len(words.words) == count
    vectors = torch.from_numpy(words.vectors)
    cosines = F.cosine_similarity(vectors, vectors[words.row("lundi")][None])
    cosines[words.row("lundi")] = -1
    assert words.words[int(cosines.argmax())] == "mardi"
    apart = (F.normalize(vectors) - F.normalize(vectors[words.row("lundi")][None])).norm(dim=1)
    apart[words.row("lundi")] = torch.inf
    assert words.words[int(apart.argmin())] == "mardi"


def test_embedding_letters() -> None:
    """Vowels and consonants, in widths of the groups: farther apart at the end of seven runs of eight seeds."""
    runs = recorded()
    assert len(runs) == 8
    assert sum(end.ratio > start.ratio for start, end in runs.values()) == 7
    assert all(end.gap > start.gap for start, end in runs.values())
    start, end = (separation(letters(at), CUT) for at in (0, -1))  # the sixth is shipped
    assert (start.gap, end.gap) == pytest.approx([moment.gap for moment in runs[6]], rel=1e-2)


def test_vector() -> None:
    """The length that torch gives a vector of these numbers."""
    *numbers, length = told("vector")
    assert len(numbers) == 2
    assert torch.linalg.vector_norm(torch.tensor(numbers)).item() == length


def test_cosine() -> None:
    """Torch's, of the same direction, a right angle, opposite ones; and of two vectors of unequal lengths."""
    same, right, opposite, *given, said = told("cosine")

    def cosine(one: list[float], other: list[float]) -> float:
        first, second = (torch.tensor(vector, dtype=torch.float64) for vector in (one, other))
        return F.cosine_similarity(first, second, dim=0).item()

    for other, expected in (([2.0, 1.0], same), ([-1.0, 2.0], right), ([-2.0, -1.0], opposite)):
        assert cosine([2.0, 1.0], other) == pytest.approx(expected)
    assert cosine(list(given[:2]), list(given[2:])) == pytest.approx(said)


def test_pca() -> None:
    """The vectors' dimensions; the shipped axes keep what scikit-learn's do, and more than any of 100 other planes."""
    (dimensions,) = told("pca")
    words = french_words()
    assert words.vectors.shape[1] == dimensions
    centred = words.vectors - words.vectors.mean(axis=0)
    total = (centred**2).sum()
    kept = ((centred @ words.axes.components[:2].T) ** 2).sum() / total
    best = PCA(2, svd_solver="covariance_eigh").fit(words.vectors.astype(np.float64))
    assert kept == pytest.approx(best.explained_variance_ratio_.sum(), rel=1e-3)
    rng = np.random.default_rng(1)
    for _ in range(100):
        plane = np.linalg.qr(rng.normal(size=(int(dimensions), 2)))[0].astype(np.float32)
        assert ((centred[::10] @ plane) ** 2).sum() / (centred[::10] ** 2).sum() < kept


def test_n_gram() -> None:
    """The counts of the course's 3-grams after "ch" are those of the letters that follow it in the training names."""
    (order,) = map(int, told("n-gram"))
    after = Counter(re.findall("ch(.)", " ".join(word + END for word in CUT.words["train"])))
    number = CUT.characters.index("c") * len(CUT.characters) + CUT.characters.index("h")
    counts = fitted(CUT).raw[order - 1].of(np.array([number]))[0]
    assert len("ch") == order - 1
    assert sum(after.values()) > 20
    assert {CUT.characters[at]: count for at, count in enumerate(counts) if count} == after


def test_add_one() -> None:
    """The course's add-one, on a context read so often, with so many characters: the chance of one never seen."""
    read, characters, one, of = map(int, told("add-one"))
    assert len(corpus(load("words")).characters) == characters
    model = NGrams(np.full((read, 1), 5), np.arange(read) % 4, characters)
    chances = model.chances(np.array([[5]]), 2, "add_one")[0]
    assert chances[4:] == pytest.approx(one / of)
    assert chances.sum() == pytest.approx(1)


@pytest.mark.parametrize("smoothing", ["kneser_ney", "witten_bell"])
def test_kneser_ney(smoothing: str) -> None:
    """After "cha" in the names: what never followed gets a chance, taken from what did; "ha" and "a" are heard too."""
    alphabet = CUT.characters

    def after_cha(*more: str) -> np.ndarray:
        cut = Corpus({"train": CUT.words["train"] + more}, alphabet)
        context = np.array([CUT.codes(".cha")])
        return np.asarray(fitted(cut).chances(context, 4, smoothing)[0])

    text = " ".join(word + END for word in CUT.words["train"])
    followed = Counter(re.findall("cha(.)", text))
    chances = after_cha()
    shares = np.array([followed[character] / sum(followed.values()) for character in alphabet])
    unseen = shares == 0
    assert (chances[unseen] > 0).all()
    assert 0 < chances[unseen].sum() == pytest.approx((shares - chances)[~unseen].sum())
    q = alphabet.index("q")
    assert unseen[q]
    heard = [chances[q], *(after_cha(*(f"{first}{end}" for first in "bdf"))[q] for end in ("aq", "haq", "chaq"))]
    assert all(more > 1.2 * less for less, more in pairwise(heard))  # the longer the context, the better it is heard


def test_context(mini: catalogue.LanguageModel) -> None:
    """What the shipped run's network reads; what the shipped model does, by its own configuration."""
    characters, tokens = told("context")
    assert shipped.recorded("words").settings.context == characters  # type: ignore[attr-defined]
    assert mini.context == mini.model.config.n_positions == tokens
