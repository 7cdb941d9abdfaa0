"""How the mini GPT-2's weights are stored: half precision for the finished model, one byte each for its younger selves.

Per-row symmetric quantisation: a row of a matrix becomes integers from -127 to 127 and one scale
(Dettmers et al., "LLM.int8()", 2022, section 2.1). The youngest, which lie close together, take half a byte: each is
stored as what it adds to the one before, as that one is read back, so that no error adds up. A test says what either
costs in loss.
"""

from __future__ import annotations

from collections.abc import Mapping

import torch
from torch import Tensor

SCALE = ".scale"
HALF = 7
"""The largest integer of four bits."""


def pack(weights: Mapping[str, Tensor], quantised: bool) -> dict[str, Tensor]:
    """Return weights as they are stored: float16, or matrices as int8 with a float16 scale for each row."""
    stored: dict[str, Tensor] = {}
    for name, weight in weights.items():
        if not quantised or weight.ndim < 2:
            stored[name] = weight.to(torch.float16).contiguous()
            continue
        scale = (weight.abs().amax(1) / 127).clamp_min(1e-7).to(torch.float16).float()  # (rows,)
        stored[name] = (weight / scale[:, None]).round().clamp(-127, 127).to(torch.int8).contiguous()
        stored[name + SCALE] = scale.to(torch.float16)
    return stored


def pack_added(weights: Mapping[str, Tensor], before: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """Return what weights add to those before, in four bits each, two in a byte; vectors as they are, in float16.

    Args:
        weights: of an age.
        before: of the age before, as `unpack` gave them; empty before the first.
    """
    stored: dict[str, Tensor] = {}
    for name, weight in weights.items():
        if weight.ndim < 2:
            stored[name] = weight.to(torch.float16).contiguous()
            continue
        added = weight - before[name] if name in before else weight
        scale = (added.abs().amax(1) / HALF).clamp_min(1e-7).to(torch.float16).float()  # (rows,)
        numbers = (added / scale[:, None]).round().clamp(-HALF, HALF).to(torch.int16) + HALF + 1
        stored[name] = (numbers[:, ::2] * 16 + numbers[:, 1::2]).to(torch.uint8).contiguous()
        stored[name + SCALE] = scale.to(torch.float16)
    return stored


def unpack(stored: Mapping[str, Tensor], before: Mapping[str, Tensor] | None = None) -> dict[str, Tensor]:
    """Return float32 weights from what `pack`, or with the weights before `pack_added`, gave."""
    weights: dict[str, Tensor] = {}
    for name, weight in stored.items():
        if name.endswith(SCALE):
            continue
        scale = stored.get(name + SCALE)
        if weight.dtype == torch.uint8 and scale is not None:
            halves = torch.stack([weight // 16, weight % 16], dim=2).flatten(1).float() - HALF - 1
            weights[name] = halves * scale.float()[:, None]
            if before:
                weights[name] += before[name]
        else:
            weights[name] = weight.float() if scale is None else weight.float() * scale.float()[:, None]
    return weights


def own_weights(model: torch.nn.Module) -> dict[str, Tensor]:
    """Return the weights to keep, on the CPU, each once: the output layer is the embedding (tied)."""
    return {name: weight.detach().float().cpu() for name, weight in model.named_parameters()}
