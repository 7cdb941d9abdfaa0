"""The settings of a network that learns hand signs, in one of four ways. No torch here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from core.training.settings import Settings, SettingsError, bounded, choice

WAYS = ("scratch", "random", "imagenet", "tuned")
"""From scratch; a base with random weights, frozen; one that learned on ImageNet, frozen; that one, its top tuned."""
RATES = {"scratch": 0.003, "random": 0.01, "imagenet": 0.01, "tuned": 0.001}
"""The learning rate of each way where nothing else is chosen; 0.01 for a head on a frozen base is the course's."""
BLOCKS = 2
"""Layers of the base that are tuned where nothing else is chosen, counted from its top."""
MOST_BLOCKS = 9
LOOKED = "looked"
"""The metric of a frame that only says how many of the photos the frozen layers have looked at, 0 to 1."""
ALL = 130
"""Photos of each sign that there are to learn from, at most."""


@dataclass(frozen=True, kw_only=True)
class SignsSettings(Settings):
    """A run on the photographs of hand signs.

    Attributes:
        way: one of `WAYS`.
        photos: of each sign, to learn from.
        split: whether those it is measured on are other people, or other photos, of whomever.
        blocks: layers of the base that learn too, counted from its top; 0 unless the way is "tuned".
        copies: changed copies of each photo that it learns from as well.
        updates: of the whole run.
    """

    task: ClassVar[str] = "signs"
    version: ClassVar[int] = 1

    batch_size: int = bounded(32, 1, 1_300)
    learning_rate: float = bounded(0.01, 0.0, 10.0)
    way: str = choice("imagenet", *WAYS)
    photos: int = bounded(20, 1, ALL)
    split: str = choice("people", "people", "photos")
    dropout: float = bounded(0.2, 0.0, 0.9)
    blocks: int = bounded(0, 0, MOST_BLOCKS)
    copies: int = bounded(0, 0, 4)
    updates: int = bounded(400, 1, 2_000)

    def __post_init__(self) -> None:
        """Check every field, and that layers of the base are tuned where the way says so, and only there.

        Raises:
            SettingsError: a value is out of bounds.
        """
        super().__post_init__()
        if self.is_tuned != (self.blocks > 0):
            raise SettingsError("blocks", self.blocks, (1, MOST_BLOCKS) if self.is_tuned else (0, 0))

    @property
    def is_tuned(self) -> bool:
        """Whether layers of the base learn too."""
        return self.way == "tuned"

    @property
    def needs_base(self) -> bool:
        """Whether the ImageNet base must look at photos first: what it sees on them as taken is shipped."""
        return self.is_tuned or (self.way == "imagenet" and self.copies > 0)

    @property
    def engine(self) -> str:
        """What trains the run: our loop, once the base has looked at the photos."""
        return "signs"

    @property
    def total_updates(self) -> int:
        """Optimizer steps of the whole run."""
        return self.updates


def usual(way: str, photos: int = 20, *, seed: int = 1, split: str = "people") -> SignsSettings:
    """Return the settings of a way where nothing is chosen but the number of photos: those of the recorded curves."""
    blocks = BLOCKS if way == "tuned" else 0
    return SignsSettings(way=way, photos=photos, seed=seed, split=split, blocks=blocks, learning_rate=RATES[way])
