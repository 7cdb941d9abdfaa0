"""Professions on the axis between two words: what a bias looks like in numbers, and how much the axis itself decides.

The number is the cosine of a profession with the difference of the two words: Bolukbasi et al., "Man is to computer
programmer as woman is to homemaker?", 2016.
"""

from __future__ import annotations

import numpy as np

from core.language_models.word_vectors import Vectors, Words

AXES = {"homme": "femme", "père": "mère", "garçon": "fille", "il": "elle"}
"""From the first word to the second. Nothing says which pair is the right one: that is the point."""
PROFESSIONS = (
    "ministre", "artiste", "juge", "secrétaire", "journaliste", "peintre", "pilote", "capitaine", "architecte",
    "photographe", "interprète", "philosophe", "comptable", "guitariste", "notaire", "vétérinaire", "pianiste",
    "cinéaste", "psychologue", "économiste", "diplomate", "dentiste", "sociologue", "psychiatre",
)  # fmt: skip
"""Written the same for a man and for a woman, so that spelling tells nothing; among the 16,000 most frequent words."""
GRAMMAR = ("acteur", "actrice", "directeur", "directrice")
"""The same professions in their two forms: most of the axis is grammar."""


def projections(words: Words, first: str, second: str, asked: tuple[str, ...]) -> list[tuple[str, float]]:
    """Return words and their numbers on the axis from one word to another, those nearest to the first one first."""
    axis = direction(words, first, second)
    units = words.units([words.row(word) for word in asked])  # (words asked, 300)
    return sorted(zip(asked, (units @ axis).tolist(), strict=True), key=lambda pair: pair[1])


def direction(words: Words, first: str, second: str) -> Vectors:
    """Return the vector (300,) of length 1 that leads from one word to another."""
    difference = words.vectors[words.row(second)] - words.vectors[words.row(first)]
    axis: Vectors = difference / max(float(np.linalg.norm(difference)), 1e-12)
    return axis
