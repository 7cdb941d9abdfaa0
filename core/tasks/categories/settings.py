"""The settings of a network that learns categories of words, in one of two ways. No torch here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from core.tasks.categories.words import POOL
from core.training.settings import Settings, SettingsError, bounded, choice

WAYS = ("scratch", "transfer")
"""A small network on letters; a linear head on the frozen vectors of a large language model."""
RATES, UPDATES = {"scratch": 0.01, "transfer": 0.001}, {"scratch": 200, "transfer": 100}
"""The learning rate and the updates of each way, chosen on words of the pool."""
MOST_WORD, MOST_LABEL = 40, 30
"""Characters of a student's own word, and of a label."""
LABELS = (2, 8)
"""Different labels of a student's own task: at least, at most."""


@dataclass(frozen=True, kw_only=True)
class CategoriesSettings(Settings):
    """A run on words and their categories.

    Attributes:
        way: one of `WAYS`.
        examples: of the list, to learn from; the seed draws which.
        words: a student's own words instead, as they were cleaned; empty for those of the list. Never written.
        labels: the label of each own word.
        updates: of the whole run; each takes all examples, up to the size of a batch.
    """

    task: ClassVar[str] = "categories"
    version: ClassVar[int] = 1

    batch_size: int = bounded(100, 1, 100)
    learning_rate: float = bounded(0.01, 0.0, 10.0)
    way: str = choice("scratch", *WAYS)
    examples: int = bounded(10, 1, POOL)
    words: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    updates: int = bounded(200, 1, 2_000)

    def __post_init__(self) -> None:
        """Check the numbers, and the student's own examples again: a file or another server may hold anything.

        Raises:
            SettingsError: a value is out of bounds.
        """
        super().__post_init__()
        if not self.words and not self.labels:
            return
        if len(self.words) != len(self.labels):
            raise SettingsError("labels", len(self.labels), (len(self.words), len(self.words)))
        if len(self.words) > POOL:
            raise SettingsError("words", len(self.words), (1, POOL))
        for name, texts, most in (("words", self.words, MOST_WORD), ("labels", self.labels, MOST_LABEL)):
            for text in texts:
                if not isinstance(text, str) or not 1 <= len(text) <= most:
                    raise SettingsError(name, text, (1, most))
        if not LABELS[0] <= len(set(self.labels)) <= LABELS[1]:
            raise SettingsError("labels", len(set(self.labels)), LABELS)
        object.__setattr__(self, "examples", len(self.words))

    @property
    def total_updates(self) -> int:
        """Optimizer steps of the whole run."""
        return self.updates

    @property
    def private(self) -> bool:
        """Whether the examples are a student's own."""
        return bool(self.words)


def usual(way: str, examples: int, seed: int) -> CategoriesSettings:
    """Return the settings of a way where nothing is chosen but the examples: those of the recorded curves."""
    return CategoriesSettings(way=way, examples=examples, seed=seed, learning_rate=RATES[way], updates=UPDATES[way])


def own(way: str, words: tuple[str, ...], labels: tuple[str, ...], seed: int) -> CategoriesSettings:
    """Return the settings of a way on a student's own examples.

    Raises:
        SettingsError: too many, too long, or not at least two labels.
    """
    return CategoriesSettings(
        way=way, words=words, labels=labels, seed=seed, learning_rate=RATES[way], updates=UPDATES[way]
    )
