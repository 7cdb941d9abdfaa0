"""Instructions answered by a model, as arrays: what was asked, what was told, and how each is read again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import torch
from torch import Tensor
from transformers import GPT2LMHeadModel

from core.stories.instructions import Instruction
from core.tasks.instructed.pairs import CONTEXT, END, places, prompt
from core.tasks.instructed.reading import Weights, hidden, logits
from core.tasks.instructed.task import judge, texts
from core.tasks.instructed.writing import write
from core.tasks.mini_gpt2.task import IGNORED

AT_ONCE = 64
"""Texts that are read together: logits of more would fill the memory."""


@dataclass(frozen=True)
class Told:
    """Answers.

    Attributes:
        asked: the instruction of each.
        answers: the tokens of each, the end token included where it was reached.
    """

    asked: Sequence[Instruction]
    answers: Sequence[Sequence[int]]

    @cached_property
    def texts(self) -> list[str]:
        """The answers as words."""
        return texts(self.answers)

    @cached_property
    def judged(self) -> list[tuple[bool, bool]]:
        """Of each answer whether it is a story, and one that was asked for."""
        return [judge(one, text) for one, text in zip(self.asked, self.texts, strict=True)]

    @cached_property
    def lengths(self) -> list[int]:
        """Tokens of each."""
        return [len(answer) for answer in self.answers]

    @cached_property
    def tokens(self) -> tuple[Tensor, Tensor]:
        """Inputs and targets (answers, tokens), int64: only the answers' tokens count."""
        prompts = [prompt(one) for one in self.asked]
        longest = max(len(given) + len(told) for given, told in zip(prompts, self.answers, strict=True))
        inputs = torch.full((len(prompts), longest), END)
        targets = torch.full((len(prompts), longest), IGNORED)
        for row, (given, told) in enumerate(zip(prompts, self.answers, strict=True)):
            text = torch.tensor([*given, *told])
            inputs[row, : len(text)] = text
            targets[row, len(given) - 1 : len(text) - 1] = text[len(given) :]
        return inputs[:, :-1], targets[:, :-1]


def tell(
    model: GPT2LMHeadModel, asked: Sequence[Instruction], generator: torch.Generator, temperature: float = 1.0
) -> Told:
    """Let a model answer instructions, together."""
    return Told(asked, write(model, [prompt(one) for one in asked], generator, temperature))


@torch.no_grad()
def read_hidden(weights: Weights, told: Told) -> tuple[Tensor, Tensor]:
    """Return what the last layer makes of all tokens (answers, tokens, width), and which of them are answers'.

    A token counts where it is read, not where it is foretold: the last one, the end token, says that the text is over.
    """
    inputs, targets = told.tokens
    inputs = torch.cat([inputs, inputs.new_full((len(inputs), 1), END)], 1)
    counted = torch.zeros_like(inputs, dtype=torch.bool)
    counted[:, 1:] = targets != IGNORED
    for row, answer in enumerate(told.answers):
        places_of = counted[row].nonzero()[:, 0]
        inputs[row, places_of] = torch.tensor(list(answer))
    return hidden(weights, inputs, places(inputs)), counted


def read_logits(weights: Weights, inputs: Tensor) -> Tensor:
    """Return the logits of the token after each (texts, tokens, vocabulary); gradients flow."""
    return logits(weights, hidden(weights, inputs, places(inputs)))


def padded(told: Told) -> np.ndarray:
    """Return the answers as one array (answers, places), int16; what stands behind an answer is −1."""
    found = np.full((len(told.answers), CONTEXT), -1, np.int16)
    for row, ids in enumerate(told.answers):
        found[row, : len(ids)] = ids
    return found
