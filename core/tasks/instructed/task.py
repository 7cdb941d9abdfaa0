"""Supervised fine-tuning as a task of `core.training.loop`: loss on the answers, obedience, what is forgotten."""

from __future__ import annotations

import copy
from collections.abc import Mapping, Sequence
from functools import cached_property

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor, nn
from transformers import GPT2LMHeadModel

from core.once import once
from core.stories import instructions
from core.stories import language as stories
from core.stories.instructions import Instruction
from core.tasks.instructed.drawing import ANSWERS, ANSWERS_SEED, drawn
from core.tasks.instructed.kept import keep, load
from core.tasks.instructed.lora import LoRA
from core.tasks.instructed.pairs import CONTEXT, encode, places, prompt
from core.tasks.instructed.reading import hidden, logits, weights_in
from core.tasks.instructed.settings import InstructedSettings
from core.tasks.instructed.writing import write
from core.tasks.mini_gpt2 import published
from core.tasks.mini_gpt2.task import IGNORED, nats_per_token
from core.tasks.mini_gpt2.task import encode as encode_stories
from core.training.loop import Examples, Measurement

ASKED, ASKED_AT_END, ASKED_SEED = 32, 100, 1
"""Held-out instructions that each measurement asks, and the last one, and what they are drawn with."""
PLAIN, PLAIN_SEED = 48, 3
"""Stories without an instruction on which is measured what was forgotten."""
JUDGED_SEED, TEMPERATURE = 11, 0.5
"""How the answers that are judged are drawn."""


class Instructed:
    """Learn to tell the story that is asked for: the mean surprise of the answers' tokens, in nats.

    Args:
        settings: the run.
        start: the weights to begin with; those of the published model without them.
    """

    def __init__(self, settings: InstructedSettings, start: Mapping[str, Tensor] | None = None) -> None:
        self.settings, self.start = settings, start
        self._measured = 0

    @cached_property
    def _training(self) -> Examples:
        return encode(drawn(self.settings.pairs, self.settings.seed, self.settings.wishes), masked=self.settings.masked)

    def examples(self) -> Examples:
        """Return the pairs as tokens: inputs and targets (pairs, places), int16."""
        return self._training

    def model(self, generator: torch.Generator) -> nn.Module:
        """Return the published model, or LoRA on it."""
        whole: GPT2LMHeadModel = fresh()
        if self.start is not None:
            load(self.start, whole)
        if self.settings.way == "all":
            return as_learner(whole)
        return LoRA(whole, self.settings.rank, self.settings.alpha, generator)

    def loss(self, model: nn.Module, inputs: Tensor, targets: Tensor) -> Tensor:
        """Return the mean surprise of the tokens that count, in nats; places after the longest pair are cut."""
        longest = int((targets != IGNORED).nonzero()[:, 1].max()) + 1
        inputs, targets = inputs[:, :longest].long(), targets[:, :longest].long()
        with torch.autocast(inputs.device.type, torch.bfloat16):
            found = logits_of(model, inputs)
        return F.cross_entropy(found.float().flatten(0, 1), targets.flatten(), ignore_index=IGNORED)

    def milestones(self) -> Sequence[int]:
        """Measure more often in the beginning."""
        return self.settings.milestones()

    def measure(self, model: nn.Module) -> Measurement:
        """Measure the losses and obedience; keep the answers and the model."""
        whole = merged(model)
        is_last = self._measured == len(self.milestones())
        self._measured += 1
        answers, plain = measured_on()
        asked = questions(self.settings.wishes)[: ASKED_AT_END if is_last else ASKED]
        told = write(whole, [prompt(one) for one in asked], torch.Generator().manual_seed(JUDGED_SEED), TEMPERATURE)
        judged = [judge(one, text) for one, text in zip(asked, texts(told), strict=True)]
        metrics = {
            "answer_loss": answer_loss(whole, answers),
            "plain_loss": nats_per_token(whole, plain),
            "plain_floor": plain_floor(),
            "recognised": float(np.mean([story for story, _obeyed in judged])),
            "obeyed": float(np.mean([obeyed for _story, obeyed in judged])),
        }
        seen = slice(ASKED)  # every frame keeps as many
        arrays = {"told": padded(told[seen]), "obeyed": np.array([obeyed for _story, obeyed in judged[seen]])}
        return Measurement(metrics, arrays | keep(whole))


def logits_of(model: nn.Module, inputs: Tensor) -> Tensor:
    """Return the logits of the token after each (texts, tokens, vocabulary)."""
    weights = weights_in(model)
    return logits(weights, hidden(weights, inputs, places(inputs)))


@torch.no_grad()
def answer_loss(model: nn.Module, pairs: Examples) -> float:
    """Return the mean surprise of the tokens that count, in nats, in float32."""
    found = logits_of(model, pairs.inputs.long()).float()
    return F.cross_entropy(found.flatten(0, 1), pairs.targets.flatten().long(), ignore_index=IGNORED).item()


def as_learner(model: GPT2LMHeadModel) -> nn.Module:
    """Return a model in training mode."""
    learner: nn.Module = model.train()
    return learner


def fresh() -> GPT2LMHeadModel:
    """Return the published model, ready to learn; nobody else has these weights."""
    return copy.deepcopy(_published())


@once()
def _published() -> GPT2LMHeadModel:
    return published.load_checkpoint(attention="sdpa")


def merged(model: nn.Module) -> GPT2LMHeadModel:
    """Return a model of its own weights: itself, or what LoRA makes of the one that it adapts."""
    if not isinstance(model, LoRA):
        assert isinstance(model, GPT2LMHeadModel)
        return model
    whole = copy.deepcopy(model.whole)
    whole.load_state_dict({name: weight.detach() for name, weight in model.matrices().items()}, strict=False)
    return whole


def judge(asked: Instruction, text: str) -> tuple[bool, bool]:
    """Return whether a text is a story, and whether it is one that was asked for."""
    about = instructions.about(text)
    return about is not None, about is not None and asked.met_by(about)


def texts(told: Sequence[Sequence[int]]) -> list[str]:
    """Return answers as words; the end token is none."""
    read: list[str] = published.tokenizer().decode_batch([list(ids) for ids in told], skip_special_tokens=True)
    return read


def padded(told: Sequence[Sequence[int]]) -> np.ndarray:
    """Return answers as one array (answers, places), int16; what stands behind an answer is −1."""
    found = np.full((len(told), CONTEXT), -1, np.int16)
    for row, ids in enumerate(told):
        found[row, : len(ids)] = ids
    return found


@once(2)
def questions(wishes: str = "four") -> list[Instruction]:
    """Return the instructions that are asked: their heroes and objects were never asked for together in training."""
    return instructions.questions(ASKED_AT_END, ASKED_SEED, wishes=wishes)


@once()
def measured_on() -> tuple[Examples, Examples]:
    """Return pairs never learned from, and stories without an instruction, as tokens."""
    plain = stories.corpus(PLAIN, PLAIN_SEED)
    return encode(drawn(ANSWERS, ANSWERS_SEED)), encode_stories(plain, published.tokenizer(), CONTEXT)


@once()
def plain_floor() -> float:
    """Return what no model can go below on the stories without an instruction, in nats per token."""
    plain = stories.corpus(PLAIN, PLAIN_SEED)
    surprises = sum(-stories.log_probability(story) for story in plain)
    return float(surprises / (measured_on()[1].targets != IGNORED).sum())
