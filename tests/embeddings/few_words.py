"""A vocabulary of seven words."""

from __future__ import annotations

import numpy as np

from core.language_models import word_vectors as words
from core.pca import principal_axes


def few_words() -> words.Words:
    """Return a small vocabulary in which king − man + woman is queen, and king is nearer still."""
    spelled = ("homme", "femme", "roi", "reine", "Paris", "pomme", "poire")
    vectors = np.array([[1, 0, 0], [1, 0.5, 0], [1, 0, 5], [1, 9, 5], [-3, 0, 0], [0, -2, 1], [0, -2, 1.2]], np.float32)
    return words.Words(spelled, vectors, principal_axes(vectors))
