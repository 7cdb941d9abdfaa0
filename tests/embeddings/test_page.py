"""The embeddings page through the router: without vectors, with few, with a list that is too short."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.embeddings import words
from tests.embeddings.few_words import few_words, packed
from tests.helpers import open_page


@pytest.mark.parametrize("part", ["letters", "one_hot", "words"])
def test_without_the_vectors_the_page_works_and_names_the_command(
    part: str, word_cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No package: no exception on any part; the words' part shows the pip command, the others are whole."""
    monkeypatch.setattr(words, "read_vectors", _missing)

    class Now:
        """A worker without the package."""

        def result(self, timeout: float) -> bytes:
            return words.prepare()

    monkeypatch.setattr("core.workers.submit", lambda *_arguments, **_options: Now())
    app = open_page("embeddings", lang="en", emb_part=part)
    assert not app.exception
    shown = [block.value for block in app.code]
    assert (words.INSTALL in shown) == (part == "words")


def _missing() -> None:
    raise words.VectorsMissing("no package")


def test_the_words_part_draws_answers_and_says_unknown_words(word_cache: Path) -> None:
    """With few vectors: a known triple is answered in words, an unknown one offers a spelling, HTML stays text."""
    words.keep(packed(few_words()))
    app = open_page("embeddings", lang="en", emb_part="words")
    assert not app.exception
    assert any("reine" in block.value for block in app.markdown)
    app = open_page("embeddings", lang="en", emb_part="words", emb_word="reina", emb_plus="<b>x</b>")
    assert not app.exception
    assert any("reine" in warning.value for warning in app.warning)
    app = open_page("embeddings", lang="en", emb_part="words", emb_picture="own", emb_words="roi roi roi")
    assert not app.exception
    assert app.info


def test_an_own_list_that_is_too_short_is_said_on_the_page() -> None:
    """Empty at first: a sentence instead of a picture, and the rest of the page."""
    app = open_page("embeddings", lang="en", emb_corpus="own")
    assert not app.exception
    assert any("at least 20" in warning.value for warning in app.warning)
