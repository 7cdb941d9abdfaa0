"""The lists of words that a letter network reads, and how they are cut and cleaned."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.files import DATA
from core.once import once

FILES = {"names": DATA / "first_names_fr.txt", "words": DATA / "words_fr.txt"}
END = "."
"""Begins every context and ends every word: character 0."""
OWN_WORDS, OWN_LENGTH, OWN_CHARACTERS = 5_000, 30, 60
"""What a student's own list is cut to: words, letters a word, different letters."""
OWN_LEAST = 20
"""Fewer words cannot be cut into train, validation and test."""
SPLITS = ("train", "validation", "test")
FAMILY = 4
"""Words that begin with the same four letters stay on one side of the cut: with parler in train and parlait in
validation, counting would recite instead of predicting."""
HELD_MOST = 2_000
"""Words held out for validation, and as many for test: more would cost more than the training."""
Codes = NDArray[np.int64]


@dataclass(frozen=True)
class Corpus:
    """Words cut into validation and test (a tenth each, 2,000 words at most) and train, and their characters.

    Attributes:
        words: of each split.
        characters: the alphabet; character 0 is the end.
    """

    words: dict[str, tuple[str, ...]]
    characters: str

    def codes(self, word: str) -> list[int]:
        """Return the numbers of a word's characters."""
        return [self.characters.index(character) for character in word]

    def examples(self, split: str, context: int) -> tuple[Codes, Codes]:
        """Return every context (examples, context) of a split, and the character that follows (examples,).

        "lou" with a context of 3 gives `... → l`, `..l → o`, `.lo → u`, `lou → .`
        """
        number = {character: code for code, character in enumerate(self.characters)}
        contexts, targets = [], []
        for word in self.words[split]:
            seen = [0] * context
            for character in word + END:
                contexts.append(seen)
                targets.append(number[character])
                seen = [*seen[1:], targets[-1]]
        return np.array(contexts, np.int64).reshape(-1, context), np.array(targets, np.int64)


@once(2)
def load(name: str) -> tuple[str, ...]:
    """Return a list that comes with the course: "names" or "words"."""
    return tuple(FILES[name].read_text(encoding="utf-8").split())


@once(8)
def corpus(words: tuple[str, ...]) -> Corpus:
    """Cut a list of words, always in the same way: families in a random order, cut at two places."""
    beginnings = sorted({word[:FAMILY] for word in words})
    rank = dict(zip(beginnings, np.random.default_rng(0).permutation(len(beginnings)).tolist(), strict=True))
    order = sorted(range(len(words)), key=lambda index: rank[words[index][:FAMILY]])
    held = min(len(words) // 10, HELD_MOST)
    first, second = len(words) - 2 * held, len(words) - held
    parts = dict(zip(SPLITS, (order[:first], order[first:second], order[second:]), strict=True))
    cut = {split: tuple(words[index] for index in part) for split, part in parts.items()}
    return Corpus(cut, END + "".join(sorted(set("".join(words)))))


def clean(given: str | Iterable[str]) -> tuple[str, ...]:
    """Return the words of a text that a student pasted: lower case, letters only, each once, cut to the caps.

    Letters of any script stay; digits, emoji, marks of HTML and invisible marks of direction go. Words keep inner
    hyphens and apostrophes. The rarest letters beyond the cap go with their words.
    """
    text = given if isinstance(given, str) else "\n".join(word for word in given if isinstance(word, str))
    text = unicodedata.normalize("NFC", text[:1_000_000]).lower().replace("’", "'")
    kept = "".join(character if character.isalpha() or character in "-'" else " " for character in text)
    words = dict.fromkeys(word.strip("-'")[:OWN_LENGTH] for word in kept.split())
    found = [word for word in words if word][:OWN_WORDS]
    counts: dict[str, int] = {}
    for character in "".join(found):
        counts[character] = counts.get(character, 0) + 1
    allowed = set(sorted(counts, key=lambda character: -counts[character])[:OWN_CHARACTERS])
    return tuple(word for word in found if allowed.issuperset(word))
