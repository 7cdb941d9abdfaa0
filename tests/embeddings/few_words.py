"""A vocabulary of seven words, and the file that a worker would prepare of it."""

from __future__ import annotations

import json

import numpy as np

from core.embeddings import words
from core.pca import principal_axes


def few_words() -> words.Words:
    """Return a small vocabulary in which king − man + woman is queen, and king is nearer still."""
    spelled = ("homme", "femme", "roi", "reine", "Paris", "pomme", "poire")
    vectors = np.array([[1, 0, 0], [1, 0.5, 0], [1, 0, 5], [1, 9, 5], [-3, 0, 0], [0, -2, 1], [0, -2, 1.2]], np.float32)
    return words.Words(spelled, vectors, principal_axes(vectors))


def packed(small: words.Words) -> bytes:
    from safetensors.numpy import save

    arrays = {"words": np.frombuffer("\n".join(small.words).encode(), np.uint8),
              "vectors": small.vectors.astype(np.float16), "mean": small.axes.mean,
              "components": small.axes.components, "explained": small.axes.explained}  # fmt: skip
    data: bytes = save(arrays, metadata={"curseurs": json.dumps([words.FORMAT])})
    return data
