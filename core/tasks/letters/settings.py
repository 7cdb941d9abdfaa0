"""The settings of a network that learns letters. No torch here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from core.tasks.letters.corpus import OWN_LEAST, OWN_WORDS, clean, load
from core.training.settings import Settings, SettingsError, bounded, choice


@dataclass(frozen=True, kw_only=True)
class LettersSettings(Settings):
    """A run of Bengio's network on the letters of a list of words.

    Attributes:
        corpus: "names" (French first names), "words" (the most frequent French words) or "own".
        words: the student's own list, cleaned; empty for the others. It is never written to disk.
        context: how many characters the network sees.
        embedding: numbers that stand for one character.
        hidden: tanh units.
        updates: optimizer steps of the whole run.
        step: "course" divides the rate by ten halfway, "constant" does not.
        start: "scaled" initial weights, or the "course"'s first ones, all drawn from a standard normal.
    """

    task: ClassVar[str] = "letters"
    version: ClassVar[int] = 2

    batch_size: int = bounded(32, 1, 4_096)
    learning_rate: float = bounded(0.1, 0.0, 10.0)
    optimizer: str = choice("sgd", "sgd", "momentum", "rmsprop", "adam")
    corpus: str = choice("words", "names", "words", "own")
    words: tuple[str, ...] = ()
    context: int = bounded(3, 1, 8)
    embedding: int = bounded(10, 1, 16)
    hidden: int = bounded(200, 1, 500)
    updates: int = bounded(200_000, 10, 300_000)
    step: str = choice("course", "course", "constant")
    start: str = choice("scaled", "scaled", "course")

    def __post_init__(self) -> None:
        """Check the numbers, and the student's words again: a file or another server may hold anything."""
        super().__post_init__()
        cleaned = clean(self.words) if self.corpus == "own" else ()
        if self.corpus == "own" and len(cleaned) < OWN_LEAST:
            raise SettingsError("words", len(cleaned), (OWN_LEAST, OWN_WORDS))
        object.__setattr__(self, "words", cleaned)

    @property
    def total_updates(self) -> int:
        """Optimizer steps of the whole run."""
        return self.updates

    @property
    def private(self) -> bool:
        """Whether the words are a student's own."""
        return self.corpus == "own"

    def rate_at(self, update: int, total: int) -> float:
        """Return the learning rate of one update: a tenth of the first one in the second half, as in the course."""
        late = self.step == "course" and update >= total // 2
        return self.learning_rate / 10 if late else self.learning_rate

    def corpus_words(self) -> tuple[str, ...]:
        """Return the words to learn from."""
        return self.words if self.corpus == "own" else load(self.corpus)


def parameters(characters: int, context: int, embedding: int, hidden: int) -> dict[str, int]:
    """Return the parameters of Bengio's network: of its table C, its hidden layer and its output layer."""
    return {
        "C": characters * embedding,
        "hidden": context * embedding * hidden + hidden,
        "output": hidden * characters + characters,
    }
