"""Small words, liaison and typography, as French wants them."""

from __future__ import annotations

import pytest

from core.stories.french import NO_BREAK, Adjective, Noun, de, typeset


@pytest.mark.parametrize(
    ("word", "feminine", "forms"),
    [
        ("hibou", False, ("le hibou", "du hibou", "au hibou", "son hibou")),
        ("hirondelle", True, ("l'hirondelle", "de l'hirondelle", "à l'hirondelle", "son hirondelle")),
        ("âne", False, ("l'âne", "de l'âne", "à l'âne", "son âne")),
        ("clé", True, ("la clé", "de la clé", "à la clé", "sa clé")),
    ],
)
def test_small_words_stand_as_french_wants(word: str, feminine: bool, forms: tuple[str, ...]) -> None:
    """Articles, contractions and possessives of four kinds of nouns."""
    noun = Noun(word, feminine)
    assert (noun.the(), noun.of_the(), noun.to_the(), noun.own("s")) == forms


def test_an_old_donkey_and_the_story_of_alice() -> None:
    """Liaison (vieil), elision of names, and French typography of dialogue."""
    assert Noun("âne", False).a(Adjective("vieux", "vieille", "vieil")) == "un vieil âne"
    assert (de("Alice"), de("Rose")) == ("d'Alice", "de Rose")
    assert typeset("« Qui es-tu ? »") == f"«{NO_BREAK}Qui es-tu{NO_BREAK}?{NO_BREAK}»"
