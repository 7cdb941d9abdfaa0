"""Known words spelled like a mistyped one: those of `difflib`, found among thousands in a millisecond."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import SequenceMatcher

import numpy as np


class Spellings:
    """Words that can be found by their spelling.

    Args:
        words: each once, none empty; at least one.
    """

    def __init__(self, words: Iterable[str]) -> None:
        self.words = tuple(words)
        self.lengths = np.array([len(word) for word in self.words])  # (words,)
        letters = np.frombuffer("".join(self.words).encode("utf-32-le"), np.uint32)
        self.alphabet, columns = np.unique(letters, return_inverse=True)
        self.counts = np.zeros((len(self.words), len(self.alphabet)), np.uint8)  # how often each word has each letter
        np.add.at(self.counts, (np.repeat(np.arange(len(self.words)), self.lengths), columns), 1)

    def nearest(self, typed: str, count: int = 3, cutoff: float = 0.6) -> list[str]:
        """Return what `difflib.get_close_matches(typed, words, count, cutoff)` does.

        Two words are never more alike than their letters in any order; this bound is computed for all words at once,
        and only the words on top are compared letter by letter, until no bound reaches the worst one kept.
        """
        asked = np.array([typed.count(chr(letter)) for letter in self.alphabet])
        common = np.minimum(self.counts, asked).sum(axis=1)
        bounds = 2 * common / (self.lengths + len(typed))
        matcher = SequenceMatcher(b=typed)
        best: list[tuple[float, str]] = []
        for place in np.argsort(-bounds):
            if bounds[place] < (best[-1][0] if len(best) == count else cutoff):
                break
            matcher.set_seq1(self.words[place])
            likeness = matcher.ratio()
            if likeness >= cutoff:
                best = sorted([*best, (likeness, self.words[place])], reverse=True)[:count]
        return [word for _likeness, word in best]
