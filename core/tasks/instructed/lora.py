"""LoRA: the matrices of the blocks stay, and learn what a narrow product adds to them.

Hu et al., "LoRA: Low-Rank Adaptation of Large Language Models", 2022: W + (α ÷ r) A B, A (in, r) drawn, B (r, out)
zero. GPT-2's matrices are (in, out), so the product stands the other way round than in the paper.
"""

from __future__ import annotations

import math
from typing import Any

import torch
from torch import Tensor, nn
from torch.func import functional_call
from transformers import GPT2LMHeadModel

MATRICES = ("attn.c_attn.weight", "attn.c_proj.weight", "mlp.c_fc.weight", "mlp.c_proj.weight")
"""Those of every block that LoRA adds to."""


def adapted(model: GPT2LMHeadModel) -> list[str]:
    """Return the names of the matrices that LoRA adds to, block by block."""
    return [name for name, _weight in model.named_parameters() if name.endswith(MATRICES)]


class LoRA(nn.Module):
    """A model that stays as it is, and the narrow products: only these are parameters.

    Args:
        model: what is adapted; its weights are never changed.
        rank: r, at most the smallest side of a matrix.
        alpha: α: what is added is multiplied by α ÷ r.
        generator: draws A, as the authors' code does: uniformly within 1 ÷ √in.
        identity: with A fixed to the identity, r = in and α = r, B is all that the matrix learns: a test holds it
            beside full fine-tuning.
    """

    def __init__(
        self, model: GPT2LMHeadModel, rank: int, alpha: float, generator: torch.Generator, *, identity: bool = False
    ) -> None:
        super().__init__()
        self._whole = (model,)  # in a tuple: torch would count a module's weights among those that learn
        self.scale, self.names = alpha / rank, adapted(model)
        weights = dict(model.named_parameters())
        first, second = [], []
        for name in self.names:
            inputs, outputs = weights[name].shape
            within = 1 / math.sqrt(inputs)
            down = torch.eye(inputs, rank) if identity else torch.empty(inputs, rank)
            first.append(down if identity else down.uniform_(-within, within, generator=generator))
            second.append(nn.Parameter(torch.zeros(rank, outputs)))
        self.downs = first if identity else nn.ParameterList(first)
        self.ups = nn.ParameterList(second)

    @property
    def whole(self) -> GPT2LMHeadModel:
        """The model that is adapted."""
        return self._whole[0]

    def matrices(self) -> dict[str, Tensor]:
        """Return the adapted matrices, by name; gradients flow to what was added."""
        weights = dict(self.whole.named_parameters())
        return {
            name: weights[name].detach() + self.scale * (down @ up)
            for name, down, up in zip(self.names, self.downs, self.ups, strict=True)
        }

    def forward(self, **given: Any) -> Any:
        """Return what the model answers with its adapted matrices."""
        return functional_call(self.whole, self.matrices(), (), given)
