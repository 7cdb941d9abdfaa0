"""What the claims of the lesson are computed from: the recorded runs, their letters, the lists of words."""

from __future__ import annotations

from collections import Counter
from itertools import combinations, pairwise

import numpy as np
from numpy.typing import NDArray

from core.embeddings.one_hot import distances
from core.embeddings.presets import ASKED, PRESETS
from core.embeddings.separation import learned
from core.runs.run import Run
from core.runs.store import RunStore
from core.tasks.letters.corpus import corpus

CUT = corpus(ASKED.corpus_words())
"""The first names."""
ACCENTED_VOWELS = "éèêëàâîïôûù"


def recorded(preset: str) -> Run:
    """Return the run of a preset as it is shipped."""
    run = RunStore(url="/nowhere").find(PRESETS[preset])
    assert run is not None, preset
    assert run.recorded
    return run


def losses(preset: str, kind: str = "validation") -> dict[int, float]:
    """Return the loss at every measured update of a preset's run."""
    return {frame.update: frame.metrics[f"{kind}_loss"] for frame in recorded(preset).measured}


def last(preset: str, kind: str = "validation") -> float:
    """Return the loss at the end of a preset's run."""
    return list(losses(preset, kind).values())[-1]


def letters(at: int, preset: str = "names") -> NDArray[np.float32]:
    """Return the table of embeddings at a measured frame: 0 the first, −1 the last."""
    return recorded(preset).measured[at].arrays["letters"].astype(np.float32)


def mean_distance(at: int, first: list[int], second: list[int]) -> float:
    """Return the mean distance of two different letters, one of each group."""
    found = distances(letters(at))
    return float(np.mean([found[i, j] for i in first for j in second if i != j]))


def all_learned() -> list[int]:
    """Return the vowels and consonants of the first names that were learned, accents among them."""
    return sorted(number for kind in ("vowel", "consonant", "accented") for number in learned(CUT, kind))


def couples() -> Counter[str]:
    """Count two different letters in a row, in the first names that the network learned from."""
    found = Counter(a + b for word in CUT.words["train"] for a, b in pairwise(word))
    known = {CUT.characters[number] for number in all_learned()}
    return Counter({couple: n for couple, n in found.items() if set(couple) <= known and couple[0] != couple[1]})


def mean_cosine(arrows: list[NDArray[np.float32]]) -> float:
    """Return the mean cosine of every two arrows."""
    units = [arrow / np.linalg.norm(arrow) for arrow in arrows]
    return float(np.mean([a @ b for a, b in combinations(units, 2)]))
