"""The embeddings page through the router: with words known and unknown, with a list that is too short."""

from __future__ import annotations

from typing import Any

import pytest

from tests.helpers import open_page


def test_the_words_part_draws_answers_and_says_unknown_words() -> None:
    """A known triple is answered in words, an unknown one offers a spelling, HTML stays text, one word is too few."""
    app = open_page("embeddings", lang="en", opened="1", emb_part="words", emb_view="analogy")
    assert not app.exception
    assert any("reine" in block.value for block in app.markdown)
    app = open_page(
        "embeddings", lang="en", emb_part="words", emb_view="analogy", emb_word="reina", emb_plus="<b>x</b>"
    )
    assert not app.exception
    assert any("reine" in warning.value for warning in app.warning)
    app = open_page("embeddings", lang="en", opened="1", emb_part="words", emb_picture="own", emb_words="roi roi roi")
    assert not app.exception
    assert app.info


@pytest.mark.parametrize("part", ["one_hot", "inputs", "table", "letters", "words"])
def test_every_part_opens_in_both_languages(part: str) -> None:
    """No error, no untouched name in braces, and the missions beside the picture once the question is settled."""
    for lang in ("fr", "en"):
        app = open_page("embeddings", lang=lang, emb_part=part)
        assert not app.exception
        assert not app.error
        words = [block.value for block in (*app.markdown, *app.caption)]
        assert not [text for text in words if "{{" in text]
        assert len(app.info) == 2


@pytest.mark.parametrize("view", ["arrows", "analogy", "map", "bias"])
def test_every_view_of_the_words_opens(view: str) -> None:
    """No error; an unknown word is said, HTML stays text."""
    app = open_page("embeddings", lang="en", emb_part="words", emb_view=view, emb_near="<b>zzz</b>")
    assert not app.exception
    assert not app.error


def test_an_own_list_that_is_too_short_leaves_the_first_picture() -> None:
    """A link to an own list, opened by somebody else: what happened is said, and the recorded names are shown."""
    app = open_page("embeddings", lang="en", emb_corpus="own")
    assert not app.exception
    assert any("at least 20" in warning.value for warning in app.warning)
    assert any("neither stored nor put into the link" in block.value for block in app.markdown)
    assert any("Recorded on" in caption.value for caption in app.caption)


def test_the_page_opens_on_its_question() -> None:
    """Unasked, the letters stand as chance put them: the run of the question, at its first frame; no mission yet."""
    app = open_page("embeddings", lang="fr")
    assert not app.exception
    assert not app.info
    assert {button.label for button in app.button} >= {"Vérifier ma prédiction", "Passer"}
    rows: list[Any] = list(app.get("button_group"))
    lit = next(pills for pills in rows if (pills.key or "").startswith("emb-presets"))
    assert lit.value == "names"


@pytest.mark.parametrize(
    ("query", "said"),
    [
        (
            {"emb_part": "letters", "emb_prefix": "Ωπ4*l"},
            "Hors des 35 caractères, ignoré\u00a0: Ω\u00a0π\u00a04\u00a0\\*",
        ),
        (
            {"emb_part": "inputs", "emb_letters": "Ωπ4_l"},
            "Hors des 40 caractères, ignoré\u00a0: Ω\u00a0π\u00a04\u00a0\\_",
        ),
        (
            {"emb_part": "inputs", "emb_letters": "lou", "emb_characters": "5"},
            "Hors des 5 caractères, ignoré\u00a0: l\u00a0o\u00a0u",
        ),
    ],
)
def test_signs_without_a_number_are_named(query: dict[str, str], said: str) -> None:
    """Under the field, as they were typed; a word that the alphabet spells is passed without a word."""
    app = open_page("embeddings", lang="fr", opened="1", **query)
    assert not app.exception
    assert any(caption.value.endswith(said) for caption in app.caption)
    app = open_page("embeddings", lang="fr", opened="1", emb_part=query["emb_part"])
    assert not [caption for caption in app.caption if "ignoré" in caption.value]


def test_an_analogy_of_grammar_that_holds_is_told_why_it_does_not_count() -> None:
    """With its word, in both languages; one of meaning is not told anything."""
    grammar = {"emb_minus": "mes", "emb_word": "tes", "emb_plus": "mon", "emb_expected": "ton"}
    meaning = {"emb_minus": "livre", "emb_word": "écrivain", "emb_plus": "tableau", "emb_expected": "peintre"}
    for lang, word in (("fr", "«\u00a0mes\u00a0» est un mot-outil"), ("en", "“mes” is a function word")):
        view = {"lang": lang, "opened": "1", "emb_part": "words", "emb_view": "analogy", "emb_own": "true"}
        app = open_page("embeddings", **view, **grammar)
        assert not app.exception
        assert any(word in box.value for box in app.info)
        app = open_page("embeddings", **view, **meaning)
        assert not [box for box in app.info if "mission does not count" in box.value or "ne la compte pas" in box.value]
