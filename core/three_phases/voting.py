"""Pairs of answers to vote on, the votes, and the reward model that is learned from them. On a worker."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from transformers import GPT2LMHeadModel

from core.files import RUNS, Arrays
from core.runs.run import from_bytes
from core.stories import instructions
from core.tasks.instructed.kept import kept, load
from core.tasks.instructed.reading import Weights, weights_in
from core.tasks.instructed.settings import InstructedSettings
from core.tasks.instructed.task import fresh
from core.three_phases import preference
from core.three_phases.preference import Floats, Reward
from core.three_phases.settings import NEITHER, AlignedSettings
from core.three_phases.tastes import WORTH, vote
from core.three_phases.told import AT_ONCE, Told, read_hidden, tell

FRESH, FRESH_SEED = 50, 77_777
"""Pairs that nobody voted on, on which the reward model is tried."""


class StartMissing(LookupError):
    """The model of phase 2 is not there: one that is not the recorded one must come with the run."""


def phase_two(given: Arrays | None, start: str = "") -> GPT2LMHeadModel:
    """Return the model of phase 2, in eval mode.

    Args:
        given: the arrays of a frame of its run; without them, the recorded run is read.
        start: how the settings name it.

    Raises:
        StartMissing: another than the recorded one is named, and it does not come with the run.
    """
    if given is None:
        path = RUNS / f"{InstructedSettings().run_id}.safetensors"
        if start or not path.exists():
            raise StartMissing(start or str(path))
        given = from_bytes(path.read_bytes(), recorded=True).frames[-1].arrays
    weights = kept(given)
    if not weights:
        raise StartMissing(start)
    return load(weights, fresh()).eval()


def pairs(model: GPT2LMHeadModel, number: int, seed: int) -> tuple[Told, Told]:
    """Let a model answer instructions twice each; their heroes and objects were asked for in its training."""
    asked = instructions.questions(number, seed, held=False, wishes="four")
    generator = torch.Generator().manual_seed(seed)
    first: list[Sequence[int]] = []
    second: list[Sequence[int]] = []
    for begin in range(0, number, AT_ONCE // 2):  # together: the numbers of a pair do not depend on how many follow
        some = asked[begin : begin + AT_ONCE // 2]
        both = tell(model, [one for one in some for _twice in range(2)], generator).answers
        first += both[::2]
        second += both[1::2]
    return Told(asked, first), Told(asked, second)


def features(weights: Weights, told: Told) -> Floats:
    """Return what the fine-tuned model makes of answers, (answers, features)."""
    found = []
    for begin in range(0, len(told.answers), AT_ONCE):
        some = Told(told.asked[begin : begin + AT_ONCE], told.answers[begin : begin + AT_ONCE])
        found.append(preference.read_features(*read_hidden(weights, some)))
    return np.concatenate(found)


@dataclass(frozen=True)
class Scale:
    """Features brought to one size, so that the pull on each weight is the same: their mean and deviation."""

    mean: Floats
    deviation: Floats

    @classmethod
    def of(cls, found: Floats) -> Scale:
        """Measure features (answers, features)."""
        return cls(found.mean(0), found.std(0) + 1e-6)

    def __call__(self, found: Floats) -> Floats:
        """Return features of mean 0 and deviation 1 ÷ √features."""
        scaled: Floats = (found - self.mean) / self.deviation / np.sqrt(found.shape[1])
        return scaled


@dataclass(frozen=True)
class Votes:
    """Pairs with the votes on them, and what was learned from these.

    Attributes:
        first: answers.
        second: other answers to the same instructions.
        cast: 0 for the first, 1 for the second, −1 for neither, (pairs,).
        scale: of the features.
        reward: the reward model: of deviation 1 on these answers.
    """

    first: Told
    second: Told
    cast: np.ndarray
    scale: Scale
    reward: Reward

    @property
    def preferred(self) -> tuple[Told, Told]:
        """The preferred answers, and the others: of pairs that are not tied."""
        rows = [(row, int(choice)) for row, choice in enumerate(self.cast) if choice != NEITHER]
        both = (self.first, self.second)
        asked = [self.first.asked[row] for row, _choice in rows]
        return (
            Told(asked, [both[choice].answers[row] for row, choice in rows]),
            Told(asked, [both[1 - choice].answers[row] for row, choice in rows]),
        )

    def rewards(self, weights: Weights, told: Told) -> Floats:
        """Return the reward of answers, (answers,)."""
        return self.reward.of(self.scale(features(weights, told)))


def voted(model: GPT2LMHeadModel, settings: AlignedSettings) -> Votes:
    """Let the fine-tuned model answer, a taste or the student vote, and the reward model learn."""
    weights = {name: weight.detach() for name, weight in weights_in(model).items()}
    first, second = pairs(model, settings.votes, settings.pairs_seed)
    if settings.private:
        cast = np.array(settings.chosen)
    else:
        cast = np.array([vote(settings.taste, *both) for both in zip(first.texts, second.texts, strict=True)])
    one, other = features(weights, first), features(weights, second)
    scale = Scale.of(np.concatenate([one, other]))
    return Votes(first, second, cast, scale, learned(scale(one), scale(other), cast))


def learned(first: Floats, second: Floats, cast: np.ndarray) -> Reward:
    """Return the reward model of votes, its rewards of mean 0 and deviation 1 on the answers that were voted on."""
    is_second = (cast == 1)[:, None]
    decided = cast != NEITHER
    preferred, others = np.where(is_second, second, first)[decided], np.where(is_second, first, second)[decided]
    weights = preference.fit(preferred, others) if decided.any() else np.zeros(first.shape[1])
    rewards = np.concatenate([first, second]) @ weights
    spread = float(rewards.std()) or 1.0
    return Reward(weights / spread, float(rewards.mean()) / spread)


def foretold(model: GPT2LMHeadModel, settings: AlignedSettings) -> list[bool]:
    """Return of each vote whether a reward model that learned from all the others would have cast it the same."""
    weights = {name: weight.detach() for name, weight in weights_in(model).items()}
    votes = voted(model, settings)
    first, second = (votes.scale(features(weights, told)) for told in (votes.first, votes.second))
    found = []
    for row in np.flatnonzero(votes.cast != NEITHER):
        others = np.delete(np.arange(len(votes.cast)), row)
        reward = learned(first[others], second[others], votes.cast[others])
        rises = reward.of(second[row]) > reward.of(first[row])
        found.append(bool(rises) == bool(votes.cast[row]))
    return found


def tried(votes: Votes, model: GPT2LMHeadModel, taste: str) -> float:
    """Return the share of pairs nobody voted on that the reward model orders as a taste does."""
    weights = {name: weight.detach() for name, weight in weights_in(model).items()}
    first, second = pairs(model, FRESH, FRESH_SEED)
    worth = np.array([[WORTH[taste](text) for text in told.texts] for told in (first, second)])
    differs = worth[0] != worth[1]
    rewards = np.stack([votes.rewards(weights, told) for told in (first, second)])
    better = np.where(worth[0] > worth[1], 0, 1)
    index = np.arange(FRESH)
    return preference.agreement(rewards[better, index][differs], rewards[1 - better, index][differs])
