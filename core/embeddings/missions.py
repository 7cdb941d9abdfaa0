"""When the missions of the embeddings page are reached."""

from __future__ import annotations

from core.embeddings.analogies import is_listed
from core.embeddings.ngrams import verdict
from core.embeddings.words import UnknownWord, Words
from core.runs.run import Run
from core.tasks.letters.settings import LettersSettings

MOST_UPDATES, MOST_CONTEXT = 2_000, 3
"""The course takes a hundred times more updates; the best n-gram sees three characters, and no more is allowed here."""


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


def survives(words: Words, a: str, b: str, c: str, expected: str) -> bool:
    """Whether "a is to b as c is to expected" holds with the question's own words allowed, and is the student's own.

    Own: four different words, no two of them a pair of the page's families. Meaning rather than grammar: the answer
    does not begin with the letter of c, as a plural or another form of it would.
    """
    try:
        asked = [words.words[words.row(word)] for word in (a, b, c, expected)]
    except UnknownWord:
        return False
    if len({word.lower() for word in asked}) < 4 or is_listed(*asked) or asked[2][0].lower() == asked[3][0].lower():
        return False
    return words.analogy(*asked[:3], own=True, count=1)[0][0].lower() == asked[3].lower()
