"""Writing with a language model, one token at a time: our own loop with its cache, and what it saw at each choice.

Everything here runs on a worker. A text is decided by model, prompt, settings and seed: token t takes the t-th uniform
number of one generator, so writing step by step, all at once, or beside other students gives the same text.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from core.files import base64_of
from core.language_models import sampling
from core.language_models.sampling import Logits, Sampling

if TYPE_CHECKING:
    from torch import Tensor
    from transformers import PreTrainedModel

    from core.language_models.gpt2_reader import GPT2Reader


MAX_TOKENS = 1_000
"""The most tokens one text may get; also how many uniform numbers a seed gives."""
TOP = 15
"""Bars that are shown; the others are summed up."""


@dataclass(frozen=True)
class Step:
    """One choice.

    Attributes:
        token: what was chosen.
        probability: how probable it was after all cuts.
        surprise: -log p of the model itself, in nats.
        window: the first token that the model still saw.
        logits: what the model gave, (vocabulary,).
    """

    token: int
    probability: float
    surprise: float
    window: int
    logits: Logits


def uniforms(seed: int) -> list[float]:
    """Return the numbers in [0, 1) that a seed gives, from one explicit generator."""
    import torch

    generator = torch.Generator()
    generator.manual_seed(seed)
    numbers: list[float] = torch.rand(MAX_TOKENS, generator=generator, dtype=torch.float64).tolist()
    return numbers


def window_start(length: int, context: int) -> int:
    """Return the first token the model still sees: beyond its context a quarter at a time is forgotten."""
    quarter = max(1, context // 4)
    over = length - context
    return 0 if over <= 0 else -(-over // quarter) * quarter


class Reader:
    """A model and what it remembers of the tokens it has read: the keys and values of its attention."""

    def __init__(self, model: PreTrainedModel, context: int) -> None:
        self.model, self.context = model, context
        self._memory, self._read, self.window = self._empty(), 0, 0

    def logits(self, ids: Sequence[int]) -> Tensor:
        """Read what is new of a text that only grows; return the logits of its next token, (vocabulary,)."""
        if (start := window_start(len(ids), self.context)) != self.window:
            self._memory, self._read, self.window = self._empty(), start, start
        new, self._read = ids[self._read :], len(ids)
        return self._memory.logits(new)

    def _empty(self) -> GPT2Reader | CachedReader:
        if self.model.config.model_type == "gpt2":
            from core.language_models.gpt2_reader import GPT2Reader

            return GPT2Reader(self.model, self.context)
        return CachedReader(self.model)


class CachedReader:
    """Any model of transformers, with transformers' own cache of keys and values."""

    def __init__(self, model: PreTrainedModel) -> None:
        from transformers import DynamicCache

        self.model = model
        self._cache: Any = DynamicCache(config=model.config)

    def logits(self, new: Sequence[int]) -> Tensor:
        """Read new tokens after those already read; return the logits of the next one, (vocabulary,)."""
        import torch

        with torch.inference_mode():
            answer = self.model(
                input_ids=torch.tensor([new]), past_key_values=self._cache, use_cache=True, logits_to_keep=1
            )
        row: Tensor = answer.logits[0, -1].float()
        return row


def write(
    model: PreTrainedModel,
    ids: Sequence[int],
    how: Sampling,
    numbers: Sequence[float],
    *,
    tokens: int,
    context: int,
    end: int | None = None,
) -> Iterator[Step]:
    """Write tokens after a text and yield each choice.

    Args:
        model: in eval mode.
        ids: the text so far, at least one token.
        how: the settings of sampling.
        numbers: one uniform number for each token to come.
        tokens: how many to write at most.
        context: the most tokens the model can look back on.
        end: the token to stop after.
    """
    text, reader = list(ids), Reader(model, context)
    for number in numbers[:tokens]:
        logits = reader.logits(text).numpy()
        token, probability = decide(logits, how, text, number)
        yield Step(token, probability, surprise_of(logits, token), reader.window, logits)
        if token == end:
            return
        text.append(token)


def decide(logits: Logits, how: Sampling, written: Sequence[int], number: float) -> tuple[int, float]:
    """Return the next token and its probability after all cuts; T = 0 is the argmax, without a draw."""
    if how.temperature == 0 and how.repetition_penalty == 1:
        return int(logits.argmax()), 1.0
    probabilities = sampling.softmax(sampling.process(logits, how, written))
    token = sampling.choose(probabilities, number)
    return token, float(probabilities[token])


def surprise_of(logits: Logits, token: int) -> float:
    """Return -log p of a token under the model itself, in nats."""
    best = float(logits.max())
    return float(np.log(np.exp(logits - best).sum()) + best - logits[token])


def bars(logits: Logits, how: Sampling, written: Sequence[int]) -> dict[str, Any]:
    """Return the picture of one choice: the top tokens with their probabilities, the rest, entropy and choices."""
    probabilities = sampling.softmax(sampling.process(logits, how, written))
    plain = sampling.softmax(np.asarray(logits, np.float64))
    order = np.argsort(-probabilities, kind="stable")[:TOP]
    return {
        "tokens": order.tolist(),
        "probabilities": probabilities[order].tolist(),
        "model": plain[order].tolist(),
        "rest": max(0.0, 1 - float(probabilities[order].sum())),
        "others": int((probabilities > 0).sum() - (probabilities[order] > 0).sum()),
        "entropy": sampling.entropy(probabilities),
        "choices": sampling.effective_choices(probabilities),
    }


def pack(logits: Logits) -> str:
    """Return logits minus their maximum as base64 float32: what the browser needs to redraw every bar by itself."""
    return base64_of(np.maximum(logits - logits.max(), -1e30).astype(np.float32))


def speed(begun: float, tokens: int) -> float:
    """Return tokens per second since a moment of `time.perf_counter`."""
    return tokens / max(time.perf_counter() - begun, 1e-9)
