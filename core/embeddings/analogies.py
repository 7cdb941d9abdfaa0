"""French analogies in four families, the three pictures of the course, and how often the vectors get them right."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import permutations

import numpy as np

from core.embeddings.words import Words
from core.once import once

FAMILIES: dict[str, tuple[tuple[str, str], ...]] = {
    "capitals": (
        ("France", "Paris"), ("Italie", "Rome"), ("Espagne", "Madrid"), ("Allemagne", "Berlin"),
        ("Angleterre", "Londres"), ("Japon", "Tokyo"), ("Russie", "Moscou"), ("Portugal", "Lisbonne"),
    ),
    "gender": (
        ("homme", "femme"), ("roi", "reine"), ("père", "mère"), ("frère", "sœur"),
        ("garçon", "fille"), ("oncle", "tante"), ("acteur", "actrice"), ("prince", "princesse"),
    ),
    "tense": (
        ("parler", "parlait"), ("aimer", "aimait"), ("rester", "restait"), ("donner", "donnait"),
        ("trouver", "trouvait"), ("penser", "pensait"), ("jouer", "jouait"), ("demander", "demandait"),
    ),
    "plural": (
        ("cheval", "chevaux"), ("journal", "journaux"), ("animal", "animaux"), ("maison", "maisons"),
        ("enfant", "enfants"), ("livre", "livres"), ("œil", "yeux"), ("ville", "villes"),
    ),
}  # fmt: skip
"""Pairs of the same kind; every two pairs of a family make an analogy."""
PICTURES = ("gender", "tense", "capitals")
"""The families the course draws."""


@dataclass(frozen=True)
class Answer:
    """One analogy: a is to b as c is to d; what the vectors answered, and what they would with the question's words."""

    a: str
    b: str
    c: str
    d: str
    said: str
    said_with_own: str

    @property
    def right(self) -> bool:
        """Whether the answer is the expected word, in any case."""
        return self.said.lower() == self.d.lower()

    @property
    def right_with_own(self) -> bool:
        """Whether it would be right with the question's own words allowed."""
        return self.said_with_own.lower() == self.d.lower()


def questions(family: str) -> list[tuple[str, str, str, str]]:
    """Return the analogies (a, b, c, d) of a family: every ordered two of its pairs."""
    return [(a, b, c, d) for (a, b), (c, d) in permutations(FAMILIES[family], 2)]


@once()
def measured(words: Words) -> dict[str, list[Answer]]:
    """Ask all analogies at once; a word without a vector counts as a failure."""
    return {family: _answers(words, questions(family)) for family in FAMILIES}


def rate(answers: list[Answer], *, own: bool = False) -> float:
    """Return the share of right answers."""
    return sum(item.right_with_own if own else item.right for item in answers) / len(answers)


def _answers(words: Words, asked: list[tuple[str, str, str, str]]) -> list[Answer]:
    known = [question for question in asked if words.rows.keys() >= set(question)]
    rows = np.array([[words.rows[word] for word in question[:3]] for question in known], np.int64)
    rows = rows.reshape(-1, 3)  # (questions, 3)
    a, b, c = (words.units[rows[:, place]] for place in range(3))
    cosines = (b - a + c) @ words.units.T  # (questions, words); their lengths change no order
    best = np.argpartition(-cosines, 4, axis=1)[:, :4]
    best = np.take_along_axis(best, np.argsort(-np.take_along_axis(cosines, best, axis=1), axis=1), axis=1)
    answers = {}
    for question, own, found in zip(known, rows, best, strict=True):
        said = next(row for row in found if row not in own)
        answers[question] = Answer(*question, words.words[said], words.words[found[0]])
    return [answers.get(question, Answer(*question, "", "")) for question in asked]
