"""The two trainings of the page, by their settings. No torch here: a page shows the lines before anything runs."""

from __future__ import annotations

from core.keras_pytorch import digits_loop, letters_loop
from core.keras_pytorch.program import Program
from core.keras_pytorch.settings import LoopSettings
from core.once import once
from core.tasks.letters.corpus import Corpus, corpus, load


@once(32)
def program(settings: LoopSettings) -> Program:
    """Return the lines of a training."""
    if settings.subject == "digits":
        return digits_loop.program(settings)
    found = letters()
    examples = sum(len(word) + 1 for word in found.words["train"])
    return letters_loop.program(settings, len(found.characters), examples)


@once()
def letters() -> Corpus:
    """Return the words to learn from, in the order of the alphabet, as a file holds them."""
    found = corpus(load("words"))
    return Corpus(found.words | {"train": tuple(sorted(found.words["train"]))}, found.characters)
