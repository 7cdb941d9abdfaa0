"""GPT-2's answer to whole texts, with plain tensor operations that gradients flow through.

What transformers calls for attention is made for long texts and wide heads: on texts as short as these, half of an
update's time would be its way back. Here attention is the two products that it is.
"""

from __future__ import annotations

from collections.abc import Mapping

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from core.tasks.instructed.lora import LoRA

Weights = Mapping[str, Tensor]
"""A GPT-2's weights by transformers' names."""
LAYERS, HEADS, EPSILON = 3, 5, 1e-5
HIDDEN = -1e4
"""Added to how much a token looks at one behind it: nothing of it is left, in 16 bits too."""


def weights_in(model: nn.Module) -> dict[str, Tensor]:
    """Return the weights that a model reads with; gradients flow to what learns."""
    if isinstance(model, LoRA):
        return {name: weight.detach() for name, weight in model.whole.named_parameters()} | model.matrices()
    return dict(model.named_parameters())


def hidden(weights: Weights, inputs: Tensor, at: Tensor) -> Tensor:
    """Return what the last layer makes of every token (texts, tokens, width), before the output layer.

    Args:
        weights: of the model.
        inputs: tokens (texts, tokens), int64.
        at: their places, likewise.
    """
    x = F.embedding(inputs, weights["transformer.wte.weight"]) + F.embedding(at, weights["transformer.wpe.weight"])
    behind = torch.full((inputs.shape[1],) * 2, HIDDEN, device=inputs.device).triu(1)
    for layer in range(LAYERS):
        x = _block(x, behind, weights, f"transformer.h.{layer}.")
    return _norm(x, weights, "transformer.ln_f")


def logits(weights: Weights, found: Tensor) -> Tensor:
    """Return the logits of the token after each, from what the last layer made of it: (…, vocabulary)."""
    return F.linear(found, weights["transformer.wte.weight"])


def _block(x: Tensor, behind: Tensor, weights: Weights, name: str) -> Tensor:
    texts, tokens, width = x.shape
    three = _times(_norm(x, weights, f"{name}ln_1"), weights, f"{name}attn.c_attn")
    query, key, value = (
        part.reshape(texts * HEADS, tokens, width // HEADS)
        for part in three.view(texts, tokens, 3, HEADS, -1).permute(2, 0, 3, 1, 4)
    )
    looks = torch.baddbmm(behind.to(query.dtype), query, key.transpose(1, 2), alpha=(width // HEADS) ** -0.5)
    mixed = (torch.softmax(looks, -1, dtype=query.dtype) @ value).view(texts, HEADS, tokens, -1)
    x = x + _times(mixed.transpose(1, 2).reshape(texts, tokens, width), weights, f"{name}attn.c_proj")
    wide = F.gelu(_times(_norm(x, weights, f"{name}ln_2"), weights, f"{name}mlp.c_fc"), approximate="tanh")
    return x + _times(wide, weights, f"{name}mlp.c_proj")


def _times(x: Tensor, weights: Weights, name: str) -> Tensor:
    flat = torch.addmm(weights[f"{name}.bias"], x.reshape(-1, x.shape[-1]), weights[f"{name}.weight"])
    return flat.view(*x.shape[:-1], -1)


def _norm(x: Tensor, weights: Weights, name: str) -> Tensor:
    return F.layer_norm(x, x.shape[-1:], weights[f"{name}.weight"], weights[f"{name}.bias"], EPSILON)
