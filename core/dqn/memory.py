"""What an agent remembers: moments, the oldest of which make place for new ones."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor


@dataclass(frozen=True)
class Drawn:
    """A batch of moments.

    Attributes:
        seen: what the drone saw (batch × …).
        actions: what it did (batch).
        rewards: what it got (batch).
        seen_next: what it saw then (batch × …).
        ended: 1 where it crashed (batch).
    """

    seen: Tensor
    actions: Tensor
    rewards: Tensor
    seen_next: Tensor
    ended: Tensor


class Memory:
    """A ring of moments: what was seen, done, received, and seen next (Lin 1992).

    Attributes:
        told: how many moments it was ever told.
    """

    def __init__(self, size: int, shape: tuple[int, ...]) -> None:
        """Make room.

        Args:
            size: moments that are kept.
            shape: of what is seen.
        """
        self.size, self.told = size, 0
        self._seen = torch.zeros(size, *shape)
        self._next = torch.zeros(size, *shape)
        self._actions = torch.zeros(size, dtype=torch.long)
        self._rewards = torch.zeros(size)
        self._ended = torch.zeros(size)

    def __len__(self) -> int:
        """Return how many moments are kept now."""
        return min(self.told, self.size)

    def add(self, seen: np.ndarray, action: int, reward: float, seen_next: np.ndarray, ended: bool) -> None:
        """Keep a moment."""
        at = self.told % self.size
        self._seen[at] = torch.from_numpy(seen)
        self._next[at] = torch.from_numpy(seen_next)
        self._actions[at], self._rewards[at], self._ended[at] = action, reward, float(ended)
        self.told += 1

    def at(self, moments: Tensor) -> Drawn:
        """Return moments by their numbers, counted from the first that was ever told."""
        places = moments % self.size
        return Drawn(
            self._seen[places], self._actions[places], self._rewards[places], self._next[places], self._ended[places]
        )

    def random(self, count: int, generator: torch.Generator) -> Tensor:
        """Return the numbers of so many moments, each of those kept equally likely, none twice."""
        return self.told - 1 - torch.randperm(len(self), generator=generator)[:count]

    def latest(self, count: int) -> Tensor:
        """Return the numbers of the last moments, one after the other."""
        return torch.arange(self.told - count, self.told)
