"""What a recorded letter network thinks and says, in NumPy: no torch in the web process."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

INVENTED, LONGEST = 10, 16
"""Words invented at each frame, and their longest length."""

Weights = Mapping[str, NDArray[np.floating]]


def probabilities(weights: Weights, contexts: NDArray[np.integer]) -> NDArray[np.float32]:
    """Return the chances (contexts, characters) of the next character after contexts (contexts, context)."""
    arrays: list[NDArray[np.float32]] = [np.asarray(weights[n], np.float32) for n in ("C", "W1", "b1", "W2", "b2")]
    C, W1, b1, W2, b2 = arrays
    with np.errstate(all="ignore"):  # a diverged network answers not-a-number
        emb = C[contexts].reshape(len(contexts), -1)  # (contexts, context × embedding)
        logits = np.tanh(emb @ W1 + b1) @ W2 + b2
        grown: NDArray[np.float32] = np.exp(logits - logits.max(axis=1, keepdims=True))
        chances: NDArray[np.float32] = np.divide(grown, grown.sum(axis=1, keepdims=True))
    return chances


def next_chances(weights: Weights, codes: Sequence[int], context: int) -> NDArray[np.float32]:
    """Return the chances (characters,) of the character after a prefix, given by its codes."""
    seen = np.array([([0] * context + list(codes))[-context:]], np.int64)
    chances: NDArray[np.float32] = probabilities(weights, seen)[0]
    return chances


def sample(weights: Weights, context: int, seed: int) -> NDArray[np.int8]:
    """Invent words letter by letter: their codes (INVENTED, LONGEST), zero after the end.

    The same random numbers at every frame: what changes from one frame to the next is the network alone.
    """
    draws = np.random.default_rng(seed).random((LONGEST, INVENTED))
    seen = np.zeros((INVENTED, context), np.int64)
    invented = np.zeros((INVENTED, LONGEST), np.int8)
    alive = np.ones(INVENTED, bool)
    for place, draw in enumerate(draws):
        chances = np.nan_to_num(probabilities(weights, seen)).cumsum(axis=1)  # (words, characters)
        chosen = (chances < draw[:, None] * chances[:, -1:]).sum(axis=1).clip(0, chances.shape[1] - 1)
        alive &= chosen != 0
        invented[:, place] = np.where(alive, chosen, 0)
        seen = np.column_stack([seen[:, 1:], chosen])
    return invented
