"""How far the vowels stand from the consonants, for several seeds: one seed is one seed.

`python -m core.embeddings.record seeds` trains the network of the page's question eight times, and writes the figures.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from core.embeddings.map_data import group, rare
from core.embeddings.presets import ASKED
from core.files import RECORDED, write_whole
from core.tasks.letters.corpus import Corpus, corpus
from core.tasks.letters.settings import LettersSettings

RECORD = RECORDED / "embeddings" / "seeds.json"
SEEDS = tuple(range(1, 9))


@dataclass(frozen=True)
class Separation:
    """Where the learned vowels and consonants stand.

    Attributes:
        gap: distance of the middles of both groups.
        spread: how far the letters of a group stand from its middle: the root of the mean square, both groups added.
    """

    gap: float
    spread: float

    @property
    def ratio(self) -> float:
        """The gap in widths of the groups: it does not grow when everything merely grows."""
        return self.gap / self.spread


def learned(cut: Corpus, kind: str) -> list[int]:
    """Return the letters of a kind that were seen often enough to be learned, by number."""
    seldom = rare(cut)
    return [i for i, character in enumerate(cut.characters) if group(character) == kind and not seldom[i]]


def separation(table: NDArray[np.floating], cut: Corpus) -> Separation:
    """Measure a table of embeddings (characters, embedding)."""
    points = np.asarray(table, np.float64)
    vowels, consonants = (points[learned(cut, kind)] for kind in ("vowel", "consonant"))
    gap = float(np.linalg.norm(vowels.mean(axis=0) - consonants.mean(axis=0)))
    squares = [((letters - letters.mean(axis=0)) ** 2).sum(axis=1).mean() for letters in (vowels, consonants)]
    return Separation(gap, float(np.sqrt(sum(squares))))


def recorded() -> dict[int, tuple[Separation, Separation]]:
    """Return what was measured at the start and at the end of each seed's run."""
    kept = json.loads(RECORD.read_text(encoding="utf-8"))
    return {int(seed): (Separation(**start), Separation(**end)) for seed, (start, end) in kept.items()}


def write_record() -> None:
    """Train the network of the question once for each seed, and write how far vowels and consonants stood."""
    from core.tasks.registry import frames

    kept = {}
    cut = corpus(ASKED.corpus_words())
    for seed in SEEDS:
        settings: LettersSettings = replace(ASKED, seed=seed)
        measured = [frame for frame in frames(settings) if frame.measured]
        kept[seed] = [vars(separation(measured[at].arrays["letters"], cut)) for at in (0, -1)]
    write_whole(RECORD, (json.dumps(kept, indent=1) + "\n").encode())
