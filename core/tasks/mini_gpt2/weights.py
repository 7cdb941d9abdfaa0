"""How the mini GPT-2's weights are stored: half precision for the finished model, one byte each for its younger selves.

Per-row symmetric quantisation: a row of a matrix becomes integers from -127 to 127 and one scale
(Dettmers et al., "LLM.int8()", 2022, section 2.1). A test says what it costs in loss.
"""

from __future__ import annotations

from collections.abc import Mapping

import torch
from torch import Tensor

SCALE = ".scale"


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


def unpack(stored: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """Return float32 weights from what `pack` gave."""
    weights: dict[str, Tensor] = {}
    for name, weight in stored.items():
        if name.endswith(SCALE):
            continue
        scale = stored.get(name + SCALE)
        weights[name] = weight.float() if scale is None else weight.float() * scale.float()[:, None]
    return weights


def own_weights(model: torch.nn.Module) -> dict[str, Tensor]:
    """Return the weights to keep, on the CPU, each once: the output layer is the embedding (tied)."""
    return {name: weight.detach().float().cpu() for name, weight in model.named_parameters()}
