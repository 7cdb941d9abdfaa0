"""When the missions of the embeddings page are reached."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import Literal

from core.embeddings.analogies import is_listed
from core.embeddings.function_words import is_function_word
from core.embeddings.ngrams import verdict
from core.language_models.word_vectors import UnknownWord, Words
from core.runs.run import Run
from core.tasks.letters.settings import LettersSettings

MOST_UPDATES, MOST_CONTEXT = 2_000, 3
"""The course takes a hundred times more updates; the best n-gram sees three characters, and no more is allowed here."""
LIGATURES = str.maketrans({"œ": "oe", "æ": "ae"})


def beats_counting(run: Run) -> bool:
    """Whether a short run on French words, with no more context than the best n-gram has, ends below its loss."""
    settings = run.settings
    if not isinstance(settings, LettersSettings) or not may_beat_counting(settings):
        return False
    counted = verdict(settings.corpus_words())
    return run.measured[-1].metrics["validation_loss"] < counted.losses[counted.best]


def may_beat_counting(settings: LettersSettings) -> bool:
    """Whether the mission allows these settings."""
    is_short = settings.updates <= MOST_UPDATES and settings.context <= MOST_CONTEXT
    return settings.corpus == "words" and is_short


@dataclass(frozen=True)
class Analogy:
    """The student's own "a is to b as c is to expected", asked with the question's own words allowed.

    Attributes:
        holds: whether the first answer is the expected one.
        objection: why it would not count as meaning that the student found; None if nothing speaks against it.
        word: the word that the objection is about; empty where it is about no single one.
    """

    holds: bool
    objection: Literal["twice", "listed", "function", "letter"] | None = None
    word: str = ""

    @property
    def survives(self) -> bool:
        """Whether it reaches the mission."""
        return self.holds and self.objection is None


def asked_freely(words: Words, a: str, b: str, c: str, expected: str) -> Analogy:
    """Ask an analogy with the question's own words allowed, and judge it.

    It is the student's own where its four words differ and no two are a pair of the page's families. It is meaning,
    not grammar, where no word is a number, a mark or a function word, and where the answer begins like neither b nor c:
    a plural, a tense or a feminine would begin like the word it is a form of.
    """
    try:
        asked = [words.words[words.row(word)] for word in (a, b, c, expected)]
    except UnknownWord:
        return Analogy(holds=False)
    holds = words.analogy(*asked[:3], own=True, count=1)[0][0].lower() == asked[3].lower()
    for place, word in enumerate(asked):
        if word.lower() in {earlier.lower() for earlier in asked[:place]}:
            return Analogy(holds, "twice", word)
    if is_listed(*asked):
        return Analogy(holds, "listed")
    for word in asked:
        if is_function_word(word) or not word[0].isalpha():
            return Analogy(holds, "function", word)
    for word in asked[1:3]:
        if first_letter(word) == first_letter(asked[3]):
            return Analogy(holds, "letter", word)
    return Analogy(holds)


def first_letter(word: str) -> str:
    """Return the letter that a word begins with, small and without accents: e of Été, o of œil."""
    return unicodedata.normalize("NFD", word.lower().translate(LIGATURES))[0]
