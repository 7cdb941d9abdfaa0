"""Many answers written together, token by token: GPT-2 with plain tensor operations, as `gpt2_reader` for one text.

Nothing is padded: a row whose instruction is longer still reads where another
one writes already.
"""

from __future__ import annotations

from collections.abc import Sequence

import torch
import torch.nn.functional as F
from torch import Tensor
from transformers import GPT2LMHeadModel

from core.tasks.instructed.pairs import CONTEXT, END, places


class Rows:
    """The weights of a GPT-2, and the keys and values of what it has read, in so many rows.

    Args:
        model: whose weights are used; it is not called.
        rows: texts.
        tokens: that will be read of each, at most.
    """

    def __init__(self, model: GPT2LMHeadModel, rows: int, tokens: int) -> None:
        config, body = model.config, model.transformer
        self.heads, self.epsilon = config.n_head, config.layer_norm_epsilon
        self.embedding, self.positions = body.wte.weight.detach(), body.wpe.weight.detach()
        self.blocks = [
            [weight.detach() for part in (b.ln_1, b.attn.c_attn, b.attn.c_proj, b.ln_2, b.mlp.c_fc, b.mlp.c_proj)
             for weight in (part.weight, part.bias)]
            for b in body.h
        ]  # fmt: skip
        self.last = (body.ln_f.weight.detach(), body.ln_f.bias.detach())
        head = config.n_embd // self.heads
        self.memory = self.embedding.new_zeros(len(self.blocks), 2, rows, self.heads, tokens, head)
        self.read = 0

    @torch.inference_mode()
    def logits(self, new: Tensor, at: Tensor) -> Tensor:
        """Read new tokens (rows, new), after those already read, at these places (rows, new).

        Returns:
            The logits of the next token (rows, vocabulary).
        """
        places = slice(self.read, self.read + new.shape[1])
        x = F.embedding(new, self.embedding) + self.positions[at]  # (rows, new, width)
        for block, memory in zip(self.blocks, self.memory, strict=True):
            x = self._block(x, block, memory, places)
        self.read = places.stop
        return F.linear(self._norm(x[:, -1], *self.last), self.embedding)

    def _block(self, x: Tensor, block: list[Tensor], memory: Tensor, places: slice) -> Tensor:
        n1, m1, qkv, bqkv, out, bout, n2, m2, up, bup, down, bdown = block
        rows, new, width = x.shape
        three = self._norm(x, n1, m1) @ qkv + bqkv  # (rows, new, 3 × width)
        query, key, value = three.view(rows, new, 3, self.heads, -1).permute(2, 0, 3, 1, 4)
        memory[0, :, :, places], memory[1, :, :, places] = key, value
        keys, values = memory[:, :, :, : places.stop]
        seen = None if new == 1 else x.new_ones(new, places.stop, dtype=torch.bool).tril(places.start)
        mixed = F.scaled_dot_product_attention(query, keys, values, attn_mask=seen)  # (rows, heads, new, head)
        x = x + mixed.transpose(1, 2).reshape(rows, new, width) @ out + bout
        hidden = F.gelu(self._norm(x, n2, m2) @ up + bup, approximate="tanh")  # (rows, new, 4 × width)
        return x + hidden @ down + bdown

    def _norm(self, x: Tensor, weight: Tensor, bias: Tensor) -> Tensor:
        return F.layer_norm(x, weight.shape, weight, bias, self.epsilon)


def write(
    model: GPT2LMHeadModel, prompts: Sequence[Sequence[int]], generator: torch.Generator, temperature: float = 1.0
) -> list[list[int]]:
    """Return an answer to each prompt, written together.

    Args:
        model: any weights, on any device.
        prompts: the tokens that each row begins with, at least one.
        generator: the only source of randomness; on the CPU.
        temperature: 0 takes the most probable token.

    Returns:
        The answers' tokens, the end token included; without it where the context was full first.
    """
    rows, lengths = len(prompts), torch.tensor([len(given) for given in prompts])
    shortest, longest, device = int(lengths.min()), int(lengths.max()), model.device
    text = torch.full((rows, longest + CONTEXT), END)
    for row, given in enumerate(prompts):
        text[row, : len(given)] = torch.tensor(list(given))
    at = places(text)
    reader, going, new = Rows(model, rows, text.shape[1]), torch.ones(rows, dtype=torch.bool), slice(0, shortest)
    for column in range(shortest, text.shape[1]):
        chosen = _chosen(reader.logits(text[:, new].to(device), at[:, new].to(device)).cpu(), generator, temperature)
        writes = (lengths <= column) & going
        text[writes, column] = chosen[writes]
        going &= ~writes | ((text[:, column] != END) & (column < lengths + CONTEXT - 1))
        if not going.any():
            break
        new = slice(column, column + 1)
    return [_until_end(text[row, n : n + CONTEXT].tolist()) for row, n in enumerate(lengths.tolist())]


def _chosen(logits: Tensor, generator: torch.Generator, temperature: float) -> Tensor:
    if temperature == 0:
        return logits.argmax(-1)
    chances = torch.softmax(logits / temperature, -1)
    if not chances.isfinite().all():  # a model that has diverged says nothing
        return torch.full((len(logits),), END)
    return torch.multinomial(chances, 1, generator=generator)[:, 0]


def _until_end(ids: list[int]) -> list[int]:
    """Return an answer with its end token, if it has one."""
    return ids[: ids.index(END) + 1] if END in ids else ids
