"""What a language model saw and thinks: attention maps, parameters of each part, the surprise of every token of a text.

Everything here runs on a worker.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from core.language_models import catalogue, writings
from core.language_models.graphemes import group
from core.language_models.sampling import Sampling

SHOWN = 32
"""Tokens of an attention map: more would not be read."""


def surprises(name: str, text: str) -> list[dict[str, Any]]:
    """Return for each character group of a text: the text, and the surprise of each of its tokens, in nats.

    The model reads the text as it stands: no turn of a conversation around it. Of a text longer than the context, the
    beginning is kept. The first token has no surprise where nothing stands before it.
    """
    import torch

    loaded = catalogue.load(name)
    ids = loaded.encode(text)[: loaded.context - 1]
    starts = bool(catalogue.description(name).start)
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


def aged(name: str, prompt: str, seed: int, tokens: int) -> list[tuple[str, float]]:
    """Return how a model goes on with a prompt at temperature 1, without cuts: each token's bytes and probability."""
    request = writings.Request(name, prompt, (), Sampling(), seed, tokens)
    return [(step["bytes"], round(step["probability"], 5)) for step in writings.write_all(request)["steps"]]


def both(name: str, prompt: str, how: dict[str, Any], seed: int, tokens: int) -> writings.Answer:
    """Return a text that is shown beside another one, with its choices."""
    return writings.write_all(writings.Request(name, prompt, (), Sampling(**how), seed, tokens))


def attention(name: str, ids: Sequence[int]) -> np.ndarray:
    """Return the attention maps of a text: (layers, heads, tokens that ask, tokens that answer)."""
    import torch

    loaded = catalogue.load(name)
    with torch.inference_mode():
        answer = loaded.model(input_ids=torch.tensor([list(ids)]), output_attentions=True, use_cache=False)
    return torch.stack(answer.attentions)[:, 0].numpy()


def whole(name: str, prompt: str) -> dict[str, Any]:
    """Return what happens between a prompt and its logits: tokens as words, attention maps, parameters of each part."""
    loaded = catalogue.load(name)
    ids = loaded.prompt(prompt)[:SHOWN]
    words = [writings.word(loaded.vocabulary[token]).replace(" ", "␣").replace("\n", "⏎") for token in ids]
    return {"tokens": words, "ids": ids, "attention": attention(name, ids), **anatomy(name)}


def parameters(name: str) -> dict[str, int]:
    """Return the number of parameters of each part of a model; together they are all of it, each counted once."""
    model = catalogue.load(name).model
    parts = {"tokens": 0, "positions": 0, "attention": 0, "mlp": 0, "norm": 0, "other": 0}
    for label, weight in model.named_parameters():
        parts[_part_of(label)] += weight.numel()
    return {part: count for part, count in parts.items() if count}


def anatomy(name: str) -> dict[str, Any]:
    """Return the parameters of each part, the width and the size of the vocabulary."""
    config = catalogue.load(name).model.config
    return {"parameters": parameters(name), "width": int(config.hidden_size), "vocabulary": int(config.vocab_size)}


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
