"""Instructions and answers as tokens: instruction, line break, end, answer, end; which of them count is said apart.

GPT-2 learns each place of a text by itself, and the published model has only read stories that begin at the first one:
moved by the length of an instruction, none of them would succeed. So an answer keeps the places that a story has, and
its instruction stands on the last places of the context, as if it had been read there before.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor

from core.stories.instructions import Instruction
from core.tasks.instructed.drawing import BREAK, FIRST, Pair
from core.tasks.mini_gpt2 import published
from core.tasks.mini_gpt2.task import IGNORED
from core.training.loop import Examples

CONTEXT, END = 192, 0


def prompt(asked: Instruction, tokens: Tokenizer | None = None) -> list[int]:
    """Return what the model is given: the instruction, the line break, and the end token that begins every story."""
    ids: list[int] = (tokens or published.tokenizer()).encode(asked.text + BREAK).ids
    return [*ids, END]


def places(inputs: Tensor) -> Tensor:
    """Return the place of each token (texts, tokens): an instruction begins at `FIRST`, a story's end token is at 0."""
    before = (inputs == END).int().argmax(1, keepdim=True)
    column = torch.arange(inputs.shape[1], device=inputs.device)
    return torch.where(column < before, FIRST + column, column - before).clamp(0, CONTEXT - 1)


def encode(pairs: Sequence[Pair], *, masked: bool = True) -> Examples:
    """Return pairs as inputs and targets (pairs, places), int16; what does not count is `IGNORED`.

    Args:
        pairs: instructions and stories that fit.
        masked: leave the instruction and the line break out of the loss: only the answer and its end count.
    """
    tokens = published.tokenizer()
    prompts = [prompt(asked, tokens) for asked, _story in pairs]
    answers = [encoding.ids for encoding in tokens.encode_batch_fast([story for _asked, story in pairs])]
    longest = max(len(given) + len(told) for given, told in zip(prompts, answers, strict=True))
    inputs = np.full((len(pairs), longest), END, np.int16)
    targets = np.full((len(pairs), longest), IGNORED, np.int16)
    for row, (given, told) in enumerate(zip(prompts, answers, strict=True)):
        text = [*given, *told]
        inputs[row, : len(text)] = text
        targets[row, : len(text)] = [*text[1:], END]
        if masked:
            targets[row, : len(given) - 1] = IGNORED
    return Examples(torch.from_numpy(inputs), torch.from_numpy(targets))
