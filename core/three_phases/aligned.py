"""Alignment as a task of `core.training.loop`: votes, then DPO or REINFORCE, leashed to the fine-tuned model."""

from __future__ import annotations

import copy
import math
from collections.abc import Sequence
from functools import cached_property

import numpy as np
import torch
from torch import Tensor, nn
from transformers import GPT2LMHeadModel

from core.files import Arrays
from core.stories import instructions
from core.stories.instructions import Instruction
from core.tasks.instructed.kept import keep
from core.tasks.instructed.reading import Weights, weights_in
from core.tasks.instructed.task import as_learner, questions
from core.tasks.mini_gpt2.task import IGNORED
from core.three_phases import preference
from core.three_phases.settings import AlignedSettings
from core.three_phases.tastes import WORTH
from core.three_phases.told import Told, padded, read_logits, tell
from core.three_phases.voting import Votes, phase_two, tried, voted
from core.training.loop import Examples, Measurement

PROMPTS, PROMPTS_SEED = 256, 5
"""Instructions that REINFORCE answers."""
ASKED, JUDGED_SEED = 32, 17
"""Held-out instructions that each measurement asks."""


class Aligned:
    """Write what is preferred. DPO learns from the pairs; REINFORCE from the reward of what it has just written.

    Args:
        settings: the run.
        given: the arrays of the frame of phase 2 that it begins with; without them, the recorded one.
    """

    def __init__(self, settings: AlignedSettings, given: Arrays | None = None) -> None:
        self.settings, self._given = settings, given
        self._generator: torch.Generator
        self._accuracy: float | None = None

    @cached_property
    def reference(self) -> GPT2LMHeadModel:
        """The fine-tuned model, which stays as it is."""
        return phase_two(self._given, self.settings.start)

    @cached_property
    def _weights(self) -> Weights:
        return {name: weight.detach() for name, weight in weights_in(self.reference).items()}

    @cached_property
    def votes(self) -> Votes:
        """The pairs, the votes on them, and the reward model."""
        return voted(self.reference, self.settings)

    @cached_property
    def _prompts(self) -> list[Instruction]:
        return instructions.questions(PROMPTS, PROMPTS_SEED, held=False, wishes="four")

    def examples(self) -> Examples:
        """Return what an update takes some of: preferred pairs (pairs, 2, tokens), or the numbers of instructions."""
        if self.settings.method == "reinforce":
            numbers = torch.arange(PROMPTS)
            return Examples(numbers, numbers)
        chosen, rejected = self.votes.preferred
        if not chosen.answers:  # nobody preferred anything: there is nothing to learn
            chosen, rejected = self.votes.first, self.votes.first
        both = Told([*chosen.asked, *rejected.asked], [*chosen.answers, *rejected.answers])
        inputs, targets = (part.unflatten(0, (2, -1)).transpose(0, 1) for part in both.tokens)
        return Examples(inputs, targets)

    def model(self, generator: torch.Generator) -> nn.Module:
        """Return a copy of the fine-tuned model; what it will write is drawn with the run's own generator."""
        self._generator = generator
        return as_learner(copy.deepcopy(self.reference))

    def loss(self, model: nn.Module, inputs: Tensor, targets: Tensor) -> Tensor:
        """Return the loss of DPO, or what REINFORCE descends."""
        if self.settings.method == "reinforce":
            return self._reinforce(model, [self._prompts[number] for number in inputs.tolist()])
        longest = int((targets != IGNORED).nonzero()[:, 2].max()) + 1
        given, wanted = inputs[..., :longest].flatten(0, 1), targets[..., :longest].flatten(0, 1)
        ratios = self._log_ratios(model, given, wanted).unflatten(0, (-1, 2))
        return preference.dpo_loss(ratios[:, 0], ratios[:, 1], self.settings.beta)

    def _log_ratios(self, model: nn.Module, inputs: Tensor, targets: Tensor) -> Tensor:
        """Return log π − log π_ref of answers, (answers,)."""
        with torch.autocast(inputs.device.type, torch.bfloat16):
            ours = preference.log_probabilities(read_logits(weights_in(model), inputs), targets)
            with torch.no_grad():
                theirs = preference.log_probabilities(read_logits(self._weights, inputs), targets)
        return ours - theirs

    def _reinforce(self, model: nn.Module, asked: Sequence[Instruction]) -> Tensor:
        """Write, be rewarded, and return −Σ advantage × log π: its gradient is that of the expected reward.

        The leash is a part of the reward: β times the log-ratio of the whole answer is taken off.
        """
        assert isinstance(model, GPT2LMHeadModel)
        answers = self.settings.answers
        told = tell(model, [one for one in asked for _again in range(answers)], self._generator)
        ratios = self._log_ratios(model, *told.tokens)
        rewards = torch.from_numpy(self.votes.rewards(self._weights, told)).float()
        leashed = (rewards - self.settings.beta * ratios.detach()).view(-1, answers)
        advantages = preference.leave_one_out(leashed).flatten()
        return -(advantages * ratios).mean()

    def milestones(self) -> Sequence[int]:
        """Measure eight times, evenly."""
        return self.settings.milestones()

    def measure(self, model: nn.Module) -> Measurement:
        """Let the model answer held-out instructions, and measure what it tells; keep answers and model."""
        assert isinstance(model, GPT2LMHeadModel)
        asked = questions()[:ASKED]
        told = tell(model, asked, torch.Generator().manual_seed(JUDGED_SEED))
        rewards = self.votes.rewards(self._weights, told)
        exact, sampled = self._distance(model, told)
        metrics = {
            "reward": float(rewards.mean()),
            "kl": float(exact.mean()),
            "kl_sampled": float(sampled.mean()),
            "length": float(np.mean(told.lengths)),
            "recognised": float(np.mean([story for story, _obeyed in told.judged])),
            "obeyed": float(np.mean([obeyed for _story, obeyed in told.judged])),
            "worth": math.nan,
            "agreement": math.nan,
        }
        if not self.settings.private:
            if self._accuracy is None:
                self._accuracy = tried(self.votes, self.reference, self.settings.taste)
            worth = [WORTH[self.settings.taste](text) for text in told.texts]
            metrics |= {"worth": float(np.mean(worth)), "agreement": self._accuracy}
        arrays = {"told": padded(told), "rewards": rewards.astype(np.float32), "kl_sampled": sampled.numpy()}
        return Measurement(metrics, arrays | keep(model))

    def _distance(self, model: GPT2LMHeadModel, told: Told) -> tuple[Tensor, Tensor]:
        """Return of each answer how far the model is from its reference: exactly, over all tokens; and as sampled.

        The exact one sums KL(π ‖ π_ref) over the places of the answer: never negative. The sampled one is the log-ratio
        of the tokens that were written: as large on average, and negative where the reference would rather write them.
        """
        inputs, targets = told.tokens
        ours, theirs = read_logits(weights_in(model), inputs), read_logits(self._weights, inputs)
        exact = (preference.exact_kl(ours, theirs) * (targets != IGNORED)).sum(1)
        log_ratio = preference.log_probabilities(ours, targets) - preference.log_probabilities(theirs, targets)
        return exact, log_ratio
