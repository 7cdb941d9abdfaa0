"""The word vectors: what 8 bits change, read once by many threads, analogies by the plain formula, words mistyped."""

from __future__ import annotations

import json
import random
import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from difflib import get_close_matches
from pathlib import Path
from threading import Barrier

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as example_settings
from hypothesis import strategies as st

from core import files
from core.embeddings import analogies, words
from core.embeddings.spelling import Spellings
from core.embeddings.words import french_words
from core.files import DamagedFile
from core.pca import Axes, principal_axes
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


def few_words() -> words.Words:
    """Return a small vocabulary in which king − man + woman is queen, and king is nearer still."""
    spelled = ("homme", "femme", "roi", "reine", "Paris", "pomme", "poire")
    vectors = np.array([[1, 0, 0], [1, 0.5, 0], [1, 0, 5], [1, 9, 5], [-3, 0, 0], [0, -2, 1], [0, -2, 1.2]], np.float32)
    return words.Words(spelled, vectors, principal_axes(vectors))


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
    units = french_words().units[0::EVERY], french_words().units[1::EVERY]
    np.testing.assert_allclose((units[0] * units[1]).sum(axis=1), list(FULL["cosines"].values()), atol=COSINE_WITHIN)


def test_the_axes_are_those_of_full_precision() -> None:
    """50 unit vectors at right angles; each explains the share that the published vectors' singular values do."""
    axes = french_words().axes
    np.testing.assert_allclose(axes.explained, FULL["variance"], atol=1e-5)
    np.testing.assert_allclose(axes.components @ axes.components.T, np.eye(words.AXES), atol=1e-5)


def test_the_lesson_is_told_by_the_real_vectors() -> None:
    """Roi − homme + femme is reine, roi itself when allowed; most analogies are right, far fewer with own words."""
    shipped = french_words()
    assert shipped.analogy("homme", "roi", "femme")[0][0] == "reine"
    assert shipped.analogy("homme", "roi", "femme", own=True)[0][0] == "roi"
    found = [answer for answers in analogies.measured(shipped).values() for answer in answers]
    assert 0.5 < analogies.rate(found) < 1
    assert analogies.rate(found, own=True) < analogies.rate(found)


def test_all_analogies_at_once_answer_as_one_by_one() -> None:
    """Summed cosines give the word that b − a + c points at, own words allowed or not."""
    shipped = french_words()
    for answers in analogies.measured(shipped).values():
        for answer in answers[::7]:
            assert answer.said == shipped.analogy(answer.a, answer.b, answer.c)[0][0]
            assert answer.said_with_own == shipped.analogy(answer.a, answer.b, answer.c, own=True)[0][0]


def test_a_family_without_vectors_has_no_right_answer() -> None:
    """With seven words known, questions about others count as failures; the one that can be asked is right."""
    found = analogies.measured(few_words())
    assert analogies.rate(found["tense"]) == 0
    assert [answer.said for answer in found["gender"] if (answer.a, answer.c) == ("homme", "roi")] == ["reine"]


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
    app = open_page("embeddings", lang="fr", opened="1", emb_part="words")
    assert not app.exception
    said = [error.value for error in app.error]
    assert len(said) == 1
    assert file.name in said[0]
    shutil.copy(file, damaged)
    app.run()
    assert not app.exception
    assert not app.error
    assert any("reine" in block.value for block in app.markdown)


# Words mistyped


def test_near_spellings_are_those_of_difflib() -> None:
    """For 60 mistyped words among the 20,000, emptiness and an emoji: the very list of `get_close_matches`."""
    lower = french_words().lower
    generator = random.Random(1)
    typed = ["", "🙂", "a", "xqzt", "roi", "anticonstitutionellement"]
    for word in generator.sample(sorted(lower), 60):
        place = generator.randrange(len(word))
        typed.append(word[:place] + generator.choice("abcdeéz") + word[place + 1 :])
    for word in typed:
        assert french_words().spellings.nearest(word) == get_close_matches(word, lower, n=3, cutoff=0.6), word


@given(
    st.lists(st.text("abcdé", min_size=1, max_size=6), min_size=1, max_size=30, unique=True),
    st.text("abcdéf", max_size=8),
)
@example_settings(max_examples=200, deadline=None)
def test_near_spellings_of_any_words_are_those_of_difflib(known: list[str], typed: str) -> None:
    """Words of the same likeness come in the same order too."""
    assert Spellings(known).nearest(typed) == get_close_matches(typed, known, n=3, cutoff=0.6)


def test_an_unknown_word_offers_words_as_they_are_written() -> None:
    """`pariis` offers Paris with its capital."""
    with pytest.raises(words.UnknownWord) as unknown:
        french_words().row("pariis")
    assert "Paris" in unknown.value.nearest


# The page


def test_the_words_part_draws_answers_and_says_unknown_words() -> None:
    """A known triple is answered in words, an unknown one offers a spelling, HTML stays text, one word is too few."""
    app = open_page("embeddings", lang="en", opened="1", emb_part="words")
    assert not app.exception
    assert any("reine" in block.value for block in app.markdown)
    app = open_page("embeddings", lang="en", opened="1", emb_part="words", emb_word="reina", emb_plus="<b>x</b>")
    assert not app.exception
    assert any("reine" in warning.value for warning in app.warning)
    app = open_page("embeddings", lang="en", opened="1", emb_part="words", emb_picture="own", emb_words="roi roi roi")
    assert not app.exception
    assert app.info
