"""Writing with a language model, one token at a time: our own loop with its cache, and what it saw at each choice.

Everything here runs on a worker. A text is decided by model, prompt, settings and seed: token t takes the t-th uniform
number of one generator, so writing step by step, all at once, or beside other students gives the same text.
"""

from __future__ import annotations

import base64
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from core import language_models, sampling
from core.graphemes import group
from core.sampling import Logits, Sampling

if TYPE_CHECKING:
    from torch import Tensor
    from transformers import PreTrainedModel

    from core.gpt2_reader import GPT2Reader

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
            from core.gpt2_reader import GPT2Reader

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


def surprises(name: str, text: str) -> list[dict[str, Any]]:
    """Return for each character group of a text: the text, and the surprise of each of its tokens, in nats.

    The model reads the text as it stands: no turn of a conversation around it. Of a text longer than the context, the
    beginning is kept. The first token has no surprise where nothing stands before it.
    """
    import torch

    loaded = language_models.load(name)
    ids = loaded.encode(text)[: loaded.context - 1]
    starts = bool(language_models.description(name).start)
    read = [loaded.end, *ids] if starts else ids
    if not ids:
        return []
    with torch.inference_mode():
        logits = loaded.model(input_ids=torch.tensor([read]), use_cache=False).logits[0].float()  # (tokens, vocabulary)
        chances = torch.log_softmax(logits[:-1], dim=-1)
        found = -chances[torch.arange(len(read) - 1), torch.tensor(read[1:])]
    values: list[float | None] = [*([] if starts else [None]), *found.tolist()]
    groups = group([loaded.vocabulary[token] for token in ids])
    return [{"text": item.shown, "surprises": values[item.first : item.last]} for item in groups]


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
        "entropy": sampling.entropy(probabilities),
        "choices": sampling.effective_choices(probabilities),
    }


def attention(name: str, ids: Sequence[int]) -> np.ndarray:
    """Return the attention maps of a text: (layers, heads, tokens that ask, tokens that answer)."""
    import torch

    loaded = language_models.load(name)
    with torch.inference_mode():
        answer = loaded.model(input_ids=torch.tensor([list(ids)]), output_attentions=True, use_cache=False)
    return torch.stack(answer.attentions)[:, 0].numpy()


def parameters(name: str) -> dict[str, int]:
    """Return the number of parameters of each part of a model; together they are all of it, each counted once."""
    model = language_models.load(name).model
    parts = {"tokens": 0, "positions": 0, "attention": 0, "mlp": 0, "norm": 0, "other": 0}
    for label, weight in model.named_parameters():
        parts[_part_of(label)] += weight.numel()
    return {part: count for part, count in parts.items() if count}


def anatomy(name: str) -> dict[str, Any]:
    """Return the parameters of each part, the width and the size of the vocabulary."""
    config = language_models.load(name).model.config
    return {"parameters": parameters(name), "width": int(config.hidden_size), "vocabulary": int(config.vocab_size)}


def pieces(name: str, ids: Sequence[int]) -> list[str]:
    """Return the bytes of tokens, in hexadecimal."""
    vocabulary = language_models.load(name).vocabulary
    return [vocabulary[token].hex() for token in ids]


def pack(logits: Logits) -> str:
    """Return logits minus their maximum as base64 float32: what the browser needs to redraw every bar by itself."""
    shifted = np.maximum(logits - logits.max(), -1e30).astype("<f4")
    return base64.b64encode(shifted.tobytes()).decode()


def speed(begun: float, tokens: int) -> float:
    """Return tokens per second since a moment of `time.perf_counter`."""
    return tokens / max(time.perf_counter() - begun, 1e-9)


def _part_of(label: str) -> str:
    for part, marks in {
        "tokens": ("wte", "embed_tokens", "lm_head"),
        "positions": ("wpe",),
        "norm": (".ln_", "norm"),
        "attention": (".attn.", "self_attn"),
        "mlp": (".mlp.",),
    }.items():
        if any(mark in label for mark in marks):
            return part
    return "other"
