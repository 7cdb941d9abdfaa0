"""The table of embeddings that the course's network on French words has learned."""

from __future__ import annotations

import numpy as np

from components.run_controls import course_runs
from core.embeddings.presets import PRESETS
from core.tasks.letters.corpus import corpus, load
from core.tasks.letters.settings import LettersSettings


def learned_table() -> tuple[str, np.ndarray]:
    """Return the alphabet of the French words and the recorded embeddings (characters, embedding) of its network."""
    characters = corpus(load("words")).characters
    run = course_runs().find(PRESETS["words"])
    if run is None:
        settings: LettersSettings = PRESETS["words"]
        return characters, untrained(len(characters), settings.embedding)
    return characters, run.measured[-1].arrays["letters"].astype(np.float32)


def untrained(size: int, embedding: int) -> np.ndarray:
    """Return a table (size, embedding) of random numbers, as before any training."""
    return np.random.default_rng(1).standard_normal((size, embedding)).astype(np.float32)


def drawn_alphabet(characters: str, size: int) -> str:
    """Return the first `size` characters, more than the corpus has if asked."""
    return (characters + "".join(letter for letter in "-'ùëï" if letter not in characters))[:size]


def drawn_table(alphabet: str, embedding: int) -> np.ndarray:
    """Return the table (characters, embedding) that is drawn: what was learned, and chance where nothing was.

    Args:
        alphabet: as `drawn_alphabet` gives it.
        embedding: at another size than the learned one, all numbers are drawn at random.
    """
    _characters, table = learned_table()
    found = untrained(len(alphabet), embedding)
    if table.shape[1] == embedding:
        known = min(len(alphabet), len(table))
        found[:known] = table[:known]
    return found
