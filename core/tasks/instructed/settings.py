"""What determines a supervised fine-tuning of the mini GPT-2. No torch here."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import ClassVar

from core.training.settings import Settings, bounded, choice

WARM = 0.1
"""Share of the updates during which the rate rises."""
MOST_PAIRS, MOST_UPDATES = 20_000, 4_000


@dataclass(frozen=True, kw_only=True)
class InstructedSettings(Settings):
    """A fine-tuning of the published mini GPT-2 on instructions and stories; the defaults take less than a minute.

    Attributes:
        pairs: instructions with a story each, of which one in eight pairs of a hero and an object is held out.
        epochs: times that each is learned from.
        wishes: what an instruction may name: hero, object, plot and helper, or home, ending and length as well.
        way: whether "all" weights move, or only what "lora" adds to the matrices of the blocks.
        rank: of what LoRA adds.
        alpha: what LoRA adds is multiplied by alpha ÷ rank.
        masked: whether the instruction's own tokens are left out of the loss.
    """

    task: ClassVar[str] = "instructed"
    version: ClassVar[int] = 1

    batch_size: int = bounded(8, 1, 64)
    learning_rate: float = bounded(0.005, 0.0, 1.0)
    pairs: int = bounded(4_000, 1, MOST_PAIRS)
    epochs: int = bounded(1, 1, 100)
    wishes: str = choice("four", "four", "seven")
    way: str = choice("all", "all", "lora")
    rank: int = bounded(8, 1, 160)
    alpha: float = bounded(16.0, 0.0, 1_024.0)
    masked: bool = True

    def rate_at(self, update: int, total: int) -> float:
        """Rise during the first tenth, then fall to zero along half a cosine (Loshchilov and Hutter 2017)."""
        warm = max(1, round(WARM * total))
        if update < warm:
            return self.learning_rate * (update + 1) / (warm + 1)
        return self.learning_rate * (1 + math.cos(math.pi * (update - warm) / max(1, total - warm))) / 2

    @property
    def total_updates(self) -> int:
        """Optimizer steps of the whole run."""
        return min(MOST_UPDATES, self.epochs * math.ceil(self.pairs / self.batch_size))

    def milestones(self) -> list[int]:
        """Return the updates after which the model is measured: more often in the beginning, where more happens."""
        total = self.total_updates
        return sorted({max(1, round(total * share)) for share in (1 / 16, 1 / 8, 1 / 4, 1 / 2, 3 / 4, 1)})
