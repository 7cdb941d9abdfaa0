"""What SmolLM2 makes of words: the mean over a word's tokens of what one layer in its middle holds. On a worker.

A word stands behind "Word:": the first token of a text is where attention is parked, its numbers say nothing of it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from core.files import pack, write_whole
from core.language_models import catalogue
from core.language_models.labels import ids
from core.tasks.categories import networks
from core.tasks.categories.files import VECTORS
from core.tasks.categories.words import load, split

MODEL, BEFORE = "smollm2", "Word:"
LAYER = 9
"""Of 30: the one whose vectors let words of the pool be told apart best by a head that learned from others of it."""
AT_ONCE = 64
"""Words that are read together."""


def states(words: Sequence[str], check: Callable[[], None] = lambda: None, last: int = 30) -> NDArray[np.float32]:
    """Return the mean over each word's tokens in every layer, (layers + 1, words, width); 0 is what goes in.

    Args:
        words: at least one letter long each.
        check: called before each step; what it raises ends all.
        last: the highest layer that is wanted.

    Raises:
        core.language_models.catalogue.ModelMissing: SmolLM2 is not here.
    """
    import torch

    loaded = catalogue.load(MODEL)
    before = ids(loaded, BEFORE)
    found = []
    for begin in range(0, len(words), AT_ONCE):
        check()
        tokens = [ids(loaded, f" {word}") for word in words[begin : begin + AT_ONCE]]
        longest = max(map(len, tokens))
        rows = torch.tensor([before + row + [loaded.end] * (longest - len(row)) for row in tokens])
        with torch.inference_mode():  # what fills up stands behind, and is not seen
            layers = loaded.model.model(input_ids=rows, output_hidden_states=True).hidden_states[: last + 1]
        means = [
            torch.stack([layer[row, len(before) : len(before) + len(each)].mean(0) for layer in layers])
            for row, each in enumerate(tokens)
        ]
        found.append(torch.stack(means, 1).numpy())
    return np.concatenate(found, 1)


def vectors(words: Sequence[str], check: Callable[[], None] = lambda: None) -> NDArray[np.float32]:
    """Return the vectors of words, (words, width): those of the list as shipped, others as SmolLM2 makes them now.

    Raises:
        core.language_models.catalogue.ModelMissing: a word is not in the list, and SmolLM2 is not here.
    """
    shipped, places = networks.shipped(), networks.places()
    others = [word for word in dict.fromkeys(words) if word not in places]
    made = dict(zip(others, states(others, check, LAYER)[LAYER], strict=True)) if others else {}
    return np.stack([made[word] if word in made else shipped.values[places[word]] for word in words])


def record() -> None:
    """Write the vectors of the list."""
    from core.runs.run import origin_here

    found = states(load().english)[LAYER].astype(np.float16)
    pool = found[split().pool].astype(np.float32)
    origin = origin_here()
    about = {
        "model": catalogue.description(MODEL).name, "before": BEFORE, "layer": str(LAYER), "date": origin.date,
        "machine": origin.machine,
    }  # fmt: skip
    arrays = {"values": found, "mean": pool.mean(0), "deviation": pool.std(0)}
    write_whole(VECTORS, pack(arrays, about))
    networks.shipped.cache_clear()
