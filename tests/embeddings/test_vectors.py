"""The shipped word vectors: what 8 bits change, read once by many threads, a damaged file."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as example_settings
from hypothesis import strategies as st

from core import files
from core.embeddings import analogies
from core.files import DamagedFile
from core.language_models import word_vectors as words
from core.language_models.word_vectors import french_words
from core.pca import Axes
from tests.embeddings.full_precision import EVERY, NEIGHBOURS, RECORDED
from tests.helpers import open_page

FULL = json.loads(RECORDED.read_text(encoding="utf-8"))
"""Measured on the vectors as published, in 64 bits."""
RATE_WITHIN, OVERLAP, COSINE_WITHIN = 0.02, 0.98, 0.005
"""What 8 bits may change: a family's success rate (measured: nothing), shared neighbours of ten on average (0.996), a
cosine (0.0015; over 20 million pairs 0.0033)."""


@pytest.fixture
def unread() -> Iterator[None]:
    """Forget the words before and after."""
    french_words.cache_clear()
    yield
    french_words.cache_clear()


def test_the_file_is_small_and_says_where_it_comes_from() -> None:
    """At most 7 MB, 20,000 words of 300 numbers of 8 bits; source, licence and the change are in the file itself."""
    assert words.FILE.stat().st_size <= 7_000_000
    arrays, about = files.unpack(words.FILE.read_bytes())
    assert arrays["vectors"].dtype == np.int8
    assert arrays["vectors"].shape == (20_000, 300)
    assert about["source"] == FULL["source"]
    assert "LGPL-LR" in about["licence"]
    assert "8-bit" in about["changed"]


@pytest.mark.parametrize("family", analogies.FAMILIES)
def test_eight_bits_change_no_success_rate(family: str) -> None:
    """The share of right analogies, with the question's own words or without, within 2 points of full precision."""
    answers = analogies.measured(french_words())[family]
    assert len(answers) == FULL["asked"][family]
    for own, recorded in ((False, "right"), (True, "right_with_own")):
        published = FULL[recorded][family] / FULL["asked"][family]
        assert analogies.rate(answers, own=own) == pytest.approx(published, abs=RATE_WITHIN)


def test_eight_bits_keep_the_neighbours() -> None:
    """Of the ten nearest of 200 words, 98 % are those of full precision, on average."""
    shipped = french_words()
    shared = []
    for word, published in FULL["neighbours"].items():
        row = shipped.rows[word]
        near = [other for other, _cosine in shipped.neighbours(shipped.vectors[row], NEIGHBOURS, (row,))]
        shared.append(len(set(near) & set(published.split())) / NEIGHBOURS)
    assert len(shared) == 20_000 // EVERY
    assert np.mean(shared) >= OVERLAP


def test_eight_bits_move_no_cosine_far() -> None:
    """200 cosines of a word with the next frequent one, within 0.005 of full precision."""
    units = [french_words().units(np.arange(first, 20_000, EVERY)) for first in (0, 1)]
    np.testing.assert_allclose((units[0] * units[1]).sum(axis=1), list(FULL["cosines"].values()), atol=COSINE_WITHIN)


def test_the_axes_are_those_of_full_precision() -> None:
    """50 unit vectors at right angles; each explains the share that the published vectors' singular values do."""
    axes = french_words().axes
    np.testing.assert_allclose(axes.explained, FULL["variance"], atol=1e-5)
    np.testing.assert_allclose(axes.components @ axes.components.T, np.eye(words.AXES), atol=1e-5)


@given(st.integers(1, 20), st.integers(1, 8), st.integers(0, 2**32 - 1))
@example_settings(max_examples=50, deadline=None)
def test_rounding_is_at_most_half_a_step(count: int, dimensions: int, seed: int) -> None:
    """Every number comes back within half of its word's scale; words and axes come back as they were; zeros too."""
    generator = np.random.default_rng(seed)
    vectors = (generator.standard_normal((count, dimensions)) * generator.uniform(0, 30)).astype(np.float32)
    vectors[0] = 0
    spelled = [f"mot{k}é" for k in range(count)]
    axes = Axes(*(generator.standard_normal(shape).astype(np.float32) for shape in (dimensions, (2, dimensions), 2)))
    found = words.unpack(words.pack(spelled, vectors, axes, {"source": "here"}))
    assert found.words == tuple(spelled)
    steps = np.abs(vectors).max(axis=1, keepdims=True) / 127
    assert (np.abs(found.vectors - vectors) <= steps * 0.501).all()
    assert not found.vectors[0].any()
    for mine, given_array in ((found.axes.mean, axes.mean), (found.axes.components, axes.components)):
        np.testing.assert_array_equal(mine, given_array)


def test_thirty_students_at_once_read_the_words_once(unread: None) -> None:
    """Threads that ask together are given the same words: nobody reads them a second time."""
    together = Barrier(30)

    def ask(_student: int) -> words.Words:
        together.wait()
        return french_words()

    with ThreadPoolExecutor(30) as pool:
        given_words = list(pool.map(ask, range(30)))
    assert len({id(found) for found in given_words}) == 1


@pytest.mark.parametrize("damage", ["missing", "cut", "foreign", "another file of ours"])
def test_a_damaged_file_is_said_on_the_page_and_forgotten_when_mended(
    damage: str, unread: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One clear sentence names the file, the rest of the page is whole; with the file back, the words are there."""
    file = files.ROOT / "assets" / "data" / "vectors_fr.safetensors"
    damaged = tmp_path / "assets" / "data" / file.name
    damaged.parent.mkdir(parents=True)
    match damage:
        case "cut":
            damaged.write_bytes(file.read_bytes()[:100_000])
        case "foreign":
            damaged.write_bytes(b"<html>404</html>")
        case "another file of ours":
            damaged.write_bytes(files.pack({"words": np.zeros(3, np.uint8)}, {"format": "1"}))
    monkeypatch.setattr(words, "FILE", damaged)
    with pytest.raises(DamagedFile):
        french_words()
    app = open_page("embeddings", lang="fr", opened="1", emb_part="words", emb_view="analogy")
    assert not app.exception
    said = [error.value for error in app.error]
    assert len(said) == 1
    assert file.name in said[0]
    shutil.copy(file, damaged)
    app.run()
    assert not app.exception
    assert not app.error
    assert any("reine" in block.value for block in app.markdown)
