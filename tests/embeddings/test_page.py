"""The embeddings page through the router: with words known and unknown, with a list that is too short."""

from __future__ import annotations

from tests.helpers import open_page


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


def test_an_own_list_that_is_too_short_is_said_on_the_page() -> None:
    """Empty at first: a sentence instead of a picture, and the rest of the page."""
    app = open_page("embeddings", lang="en", emb_corpus="own")
    assert not app.exception
    assert any("at least 20" in warning.value for warning in app.warning)
