"""French analogies in four families, the three pictures of the course, and how often the vectors get them right."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import permutations

import numpy as np

from core.language_models.word_vectors import Words
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


def is_listed(*asked: str) -> bool:
    """Whether two of these words are a pair of a family above, in any order and any case."""
    here = {word.lower() for word in asked}
    return any({first.lower(), second.lower()} <= here for pairs in FAMILIES.values() for first, second in pairs)


@once()
def measured(words: Words) -> dict[str, list[Answer]]:
    """Ask all analogies at once, once for all threads; a word without a vector counts as a failure."""
    return {family: _answers(words, questions(family)) for family in FAMILIES}


def rate(answers: list[Answer], *, own: bool = False) -> float:
    """Return the share of right answers."""
    return sum(item.right_with_own if own else item.right for item in answers) / len(answers)


def _answers(words: Words, asked: list[tuple[str, str, str, str]]) -> list[Answer]:
    """Answer all at once: the cosine of b − a + c with a word is that of b, less that of a, plus that of c.

    Up to the length of b − a + c, which changes no order: Levy and Goldberg 2014. No cosine is computed twice.
    """
    known = [question for question in asked if words.rows.keys() >= set(question)]
    spelled = sorted({word for question in known for word in question[:3]})
    places = np.array([[spelled.index(word) for word in question[:3]] for question in known], np.int64).reshape(-1, 3)
    rows = np.array([words.rows[word] for word in spelled], np.int64)
    cosines = words.cosines(words.units(rows))  # (words asked, words)
    a, b, c = (cosines[places[:, role]] for role in range(3))
    scores = b - a + c  # (questions, words)
    with_own = scores.argmax(axis=1)
    np.put_along_axis(scores, rows[places], -np.inf, axis=1)
    answers = {
        question: Answer(*question, words.words[said], words.words[own])
        for question, said, own in zip(known, scores.argmax(axis=1), with_own, strict=True)
    }
    return [answers.get(question, Answer(*question, "", "")) for question in asked]
