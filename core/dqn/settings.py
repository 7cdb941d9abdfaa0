"""The settings of an agent that learns to fly a drone. No torch here."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar

from core.dqn.rules import COURSE, SMALL, Rules, rewarded
from core.training.settings import Settings, SettingsError, bounded, choice

WORLDS = ("small", "course")
CITY = 8
"""Seed of the small world's city that the page shows: no cell of it is shut in, and some ways are detours."""
CONVOLUTIONS, DENSE = (32, 32, 64, 64), (1_024, 256)
"""Channels and neurons of the course's network."""
SMALL_DENSE = (64, 64)
"""Neurons of the small world's."""
ROUND = 1_000
"""Moves after which the course's training goes to another city; it makes four rounds."""
LONGEST = {"small": 20_000, "course": 4_000}
"""Moves of a training, at most: the course's network takes about a hundred times longer for each."""


@dataclass(frozen=True, kw_only=True)
class DqnSettings(Settings):
    """A training by replay, as in the course: DQN, Mnih et al. 2015, with ε that falls at each crash.

    Attributes:
        world: "small", a dense network on 5 × 5 cells; "course", the course's network, three drones on 8 × 8.
        city: seed of the small world's towers and stations: trainings of several seeds share one city.
        steps: moves of the whole training.
        memory: moments that are kept; the oldest make place.
        draw: which of them a batch holds: "random" ones, or the "latest".
        discount: γ, what a reward that comes one move later is worth.
        epsilon_decay: what ε, the share of random moves, is multiplied by at each crash.
        epsilon_end: what it does not fall below.
        target_every: after how many crashes or moves the target network is renewed.
        target_unit: which of both; "none": the targets come from the network that learns.
        pickup, delivery, crash, charging: rewards.
    """

    task: ClassVar[str] = "dqn"
    version: ClassVar[int] = 1

    world: str = choice("small", *WORLDS)
    city: int = bounded(CITY, 0, 999)
    steps: int = bounded(20_000, 100, 20_000)
    batch_size: int = bounded(64, 1, 1_024)
    memory: int = bounded(10_000, 1, 20_000)
    draw: str = choice("random", "random", "latest")
    discount: float = bounded(0.95, 0.0, 1.0)
    epsilon_decay: float = bounded(0.99, 0.0, 1.0)
    epsilon_end: float = bounded(0.01, 0.0, 1.0)
    target_every: int = bounded(5, 1, 20_000)
    target_unit: str = choice("steps", "crashes", "steps", "none")
    pickup: float = bounded(0.0, -10.0, 10.0)
    delivery: float = bounded(1.0, -10.0, 10.0)
    crash: float = bounded(-1.0, -10.0, 10.0)
    charging: float = bounded(-0.1, -10.0, 10.0)

    def __post_init__(self) -> None:
        """Check every number, that a batch fits into the memory, and that the training has a first update.

        Raises:
            SettingsError: a value is out of bounds.
        """
        super().__post_init__()
        if self.memory < self.batch_size:
            raise SettingsError("memory", self.memory, (self.batch_size, 20_000))
        if not self.batch_size < self.steps <= LONGEST[self.world]:
            raise SettingsError("steps", self.steps, (self.batch_size + 1, LONGEST[self.world]))

    @property
    def total_updates(self) -> int:
        """Updates of the whole run: one at each move once more moments than a batch were seen, as in the course."""
        return self.steps - self.batch_size

    @cached_property
    def rules(self) -> Rules:
        """The rules of its world."""
        world = SMALL if self.world == "small" else COURSE
        return rewarded(world, pickup=self.pickup, delivery=self.delivery, crash=self.crash, charging=self.charging)
