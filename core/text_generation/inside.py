"""What a language model saw and thinks: attention maps, parameters of each part, the surprise of every token of a text.

Everything here runs on a worker.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from core.language_models import catalogue
from core.language_models.graphemes import group


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


def attention(name: str, ids: Sequence[int]) -> np.ndarray:
    """Return the attention maps of a text: (layers, heads, tokens that ask, tokens that answer)."""
    import torch

    loaded = catalogue.load(name)
    with torch.inference_mode():
        answer = loaded.model(input_ids=torch.tensor([list(ids)]), output_attentions=True, use_cache=False)
    return torch.stack(answer.attentions)[:, 0].numpy()


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


def pieces(name: str, ids: Sequence[int]) -> list[str]:
    """Return the bytes of tokens, in hexadecimal."""
    vocabulary = catalogue.load(name).vocabulary
    return [vocabulary[token].hex() for token in ids]


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
