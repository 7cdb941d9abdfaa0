"""What determines an alignment of the fine-tuned mini GPT-2: whose votes, which method, what leash. No torch."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import ClassVar

from core.tasks.instructed.settings import InstructedSettings
from core.three_phases.tastes import TASTES
from core.training.settings import Settings, SettingsError, bounded, choice

OWN = "own"
"""Whoever sits there votes."""
NEITHER = -1
MOST_VOTES = 400
METHODS = ("dpo", "reinforce")
RATES = {"dpo": 0.00005, "reinforce": 0.0005}
"""The learning rate of each method where nothing else is chosen."""
_START = re.compile(r"([0-9a-f]{16}@\d{1,6})?")


@dataclass(frozen=True, kw_only=True)
class AlignedSettings(Settings):
    """An alignment. The defaults take less than a minute.

    Attributes:
        batch_size: pairs of an update for DPO; instructions of one for REINFORCE, with `answers` answers each.
        method: "dpo" learns from the pairs themselves; "reinforce" writes, and is rewarded by the reward model.
        beta: how tight the leash to the fine-tuned model is.
        taste: who votes: one of `TASTES`, or `OWN`.
        votes: pairs that are voted on.
        chosen: a student's own votes, in the order of the pairs: 0 the first answer, 1 the second, −1 neither.
        pairs_seed: of the pairs that are voted on.
        answers: to each instruction of an update.
        updates: of the whole run.
        start: the model of phase 2, as "run id@update"; empty for the recorded one.
    """

    task: ClassVar[str] = "aligned"
    version: ClassVar[int] = 1

    batch_size: int = bounded(4, 1, 32)
    learning_rate: float = bounded(RATES["reinforce"], 0.0, 1.0)
    method: str = choice("reinforce", *METHODS)
    beta: float = bounded(0.3, 0.0, 100.0)
    taste: str = choice("short", *TASTES, OWN)
    votes: int = bounded(60, 1, MOST_VOTES)
    chosen: tuple[int, ...] = ()
    pairs_seed: int = bounded(1, 0, 2**31 - 1)
    answers: int = bounded(8, 2, 32)
    updates: int = bounded(20, 1, 400)
    start: str = ""

    def __post_init__(self) -> None:
        """Check every field, and that there is one vote a pair where the student votes, and a preference among them.

        Raises:
            SettingsError: a value is out of bounds.
        """
        super().__post_init__()
        if self.private:
            cast = set(self.chosen)
            if len(self.chosen) != self.votes or not cast <= {NEITHER, 0, 1} or cast == {NEITHER}:
                raise SettingsError("chosen", self.chosen, (NEITHER, 0, 1))
        elif self.chosen:
            raise SettingsError("chosen", self.chosen, ())
        if not isinstance(self.start, str) or not _START.fullmatch(self.start):
            raise SettingsError("start", self.start, ("", "run id@update"))

    @property
    def total_updates(self) -> int:
        """Optimizer steps of the whole run."""
        return self.updates

    @property
    def private(self) -> bool:
        """Whether the votes are a student's own: never written to disk."""
        return self.taste == OWN

    def milestones(self) -> list[int]:
        """Return the updates after which the model is measured, eight of them, evenly."""
        return sorted({max(1, round(self.updates * part / 8)) for part in range(1, 9)})


def start_of(settings: InstructedSettings, update: int) -> str:
    """Return how the model of phase 2 after some updates is named."""
    return f"{settings.run_id}@{update}"


def usual(method: str, **changed: object) -> AlignedSettings:
    """Return the settings of a method where nothing else is chosen."""
    plain: dict[str, object] = {"method": method, "learning_rate": RATES[method]}
    if method == "dpo":
        plain |= {"batch_size": 8, "updates": 50, "beta": 0.1}
    return AlignedSettings.from_json(plain | changed)
