"""GPT-2 read token by token with plain tensor operations: the whole model on one screen.

transformers' modules cost more than the arithmetic of a small model; here only the arithmetic is left. Keys and values
of every token already read are kept, so that a new token is one row through each layer.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import torch
import torch.nn.functional as F
from torch import Tensor

if TYPE_CHECKING:
    from transformers import GPT2LMHeadModel


class GPT2Reader:
    """The weights of a GPT-2, and what it remembers of the tokens it has read.

    Args:
        model: whose weights are used; it is not called.
        context: the most tokens that can be remembered.
    """

    def __init__(self, model: GPT2LMHeadModel, context: int) -> None:
        config, body = model.config, model.transformer
        self.heads, self.epsilon = config.n_head, config.layer_norm_epsilon
        self.embedding, self.positions = body.wte.weight, body.wpe.weight
        self.blocks = [
            [weight for part in (b.ln_1, b.attn.c_attn, b.attn.c_proj, b.ln_2, b.mlp.c_fc, b.mlp.c_proj)
             for weight in (part.weight, part.bias)]
            for b in body.h
        ]  # fmt: skip
        self.last = (body.ln_f.weight, body.ln_f.bias)
        size = (len(self.blocks), 2, self.heads, min(context, config.n_positions), config.n_embd // self.heads)
        self.memory = torch.zeros(size)  # (layers, keys and values, heads, places, width of a head)
        self.read = 0

    @torch.inference_mode()
    def logits(self, new: Sequence[int]) -> Tensor:
        """Read new tokens after those already read; return the logits of the next one, (vocabulary,)."""
        places = slice(self.read, self.read + len(new))
        x = F.embedding(torch.tensor(new), self.embedding) + self.positions[places]  # (new, width)
        for block, memory in zip(self.blocks, self.memory, strict=True):
            x = self._block(x, block, memory, places)
        self.read = places.stop
        return F.linear(self._norm(x[-1], *self.last), self.embedding)

    def _block(self, x: Tensor, block: list[Tensor], memory: Tensor, places: slice) -> Tensor:
        n1, m1, qkv, bqkv, out, bout, n2, m2, up, bup, down, bdown = block
        new, width = x.shape
        three = torch.addmm(bqkv, self._norm(x, n1, m1), qkv)  # (new, 3 × width)
        query, key, value = three.view(new, 3, self.heads, -1).permute(1, 2, 0, 3)  # each (heads, new, width of a head)
        memory[0, :, places], memory[1, :, places] = key, value
        keys, values = memory[:, :, : places.stop]
        seen = None if new == 1 else torch.ones(new, places.stop, dtype=torch.bool).tril(places.start)
        mixed = F.scaled_dot_product_attention(query, keys, values, attn_mask=seen)  # (heads, new, width of a head)
        x = x + torch.addmm(bout, mixed.transpose(0, 1).reshape(new, width), out)
        hidden = F.gelu(torch.addmm(bup, self._norm(x, n2, m2), up), approximate="tanh")  # (new, 4 × width)
        return x + torch.addmm(bdown, hidden, down)

    def _norm(self, x: Tensor, weight: Tensor, bias: Tensor) -> Tensor:
        return F.layer_norm(x, weight.shape, weight, bias, self.epsilon)
