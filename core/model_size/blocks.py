"""The parameters of a model as a tree of blocks, down to each matrix with its shape: what the page draws as areas."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from core.model_size.model import Decoder
from core.tasks.letters.settings import LettersSettings


@dataclass(frozen=True)
class Block:
    """A part of a model: a matrix or vector, or a group of parts.

    Attributes:
        name: a stable identifier ("attention", "q", "q_bias" …).
        kind: what it is part of, for its colour: "embedding", "attention", "feed_forward", "norm", "router", "head" or
            "group".
        shape: (outputs, inputs) of a matrix, (length,) of a vector, () of a group.
        parts: of a group.
        copies: how many equal ones there are side by side (layers, experts).
        used: how many of them work on one token: all, but for experts.
        tied: whether it is another block's matrix, used again: no parameters of its own.
    """

    name: str
    kind: str
    shape: tuple[int, ...] = ()
    parts: tuple[Block, ...] = ()
    copies: int = 1
    used: int | None = None
    tied: bool = False

    @property
    def each(self) -> int:
        """The parameters of one copy."""
        if self.tied:
            return 0
        return math.prod(self.shape) if self.shape else sum(part.parameters for part in self.parts)

    @property
    def parameters(self) -> int:
        """The parameters of all copies, exactly."""
        return self.copies * self.each

    @property
    def active(self) -> int:
        """The parameters that a token meets: of experts, those that are used."""
        used = self.copies if self.used is None else self.used
        return used * (self.each if self.shape else sum(part.active for part in self.parts))

    def leaves(self, copies: int = 1, used: int = 1) -> Iterator[tuple[Block, int, int]]:
        """Yield every matrix and vector, how many of it the model has, and how many of them a token meets."""
        copies, used = copies * self.copies, used * (self.copies if self.used is None else self.used)
        if self.shape:
            yield self, copies, used
        for part in self.parts:
            yield from part.leaves(copies, used)


def of_decoder(decoder: Decoder) -> Block:
    """Return the tree of a decoder: embedding, places, its layers as one block with copies, last norm, head."""
    table = (decoder.vocabulary, decoder.width)
    parts = [Block("embedding", "embedding", table)]
    if decoder.positions:
        parts.append(Block("positions", "embedding", (decoder.context, decoder.width)))
    if decoder.layers:
        inside = (_norm(decoder, "norm_before_attention"), _attention(decoder),
                  _norm(decoder, "norm_before_feed_forward"), *_feed_forward(decoder))  # fmt: skip
        parts.append(Block("layer", "group", parts=inside, copies=decoder.layers))
    parts += [_norm(decoder, "norm_at_the_end"), Block("head", "head", table, tied=decoder.tied)]
    return Block("model", "group", parts=tuple(parts))


def of_letters(settings: LettersSettings, characters: int) -> Block:
    """Return the tree of Bengio's network on letters: no attention, no layers; its table, two matrices, two biases."""
    inputs = settings.context * settings.embedding
    hidden = Block("hidden", "feed_forward", parts=_matrix("hidden", "feed_forward", settings.hidden, inputs, True))
    output = Block("output", "head", parts=_matrix("output", "head", characters, settings.hidden, True))
    table = Block("embedding", "embedding", (characters, settings.embedding))
    return Block("model", "group", parts=(table, hidden, output))


def _matrix(name: str, kind: str, outputs: int, inputs: int, biases: bool) -> tuple[Block, ...]:
    matrix = Block(name, kind, (outputs, inputs))
    return (matrix, Block(f"{name}_bias", kind, (outputs,))) if biases else (matrix,)


def _norm(decoder: Decoder, name: str) -> Block:
    """Return a norm: a scale for each number, and GPT-2's layer norm a shift as well."""
    scale = Block("scale", "norm", (decoder.width,))
    shift = (Block("shift", "norm", (decoder.width,)),) if decoder.family == "gpt2" else ()
    return Block(name, "norm", parts=(scale, *shift))


def _attention(decoder: Decoder) -> Block:
    queries, keys = decoder.heads * decoder.head_width, decoder.kv_heads * decoder.head_width
    shapes = {"q": (queries, decoder.width), "k": (keys, decoder.width), "v": (keys, decoder.width),
              "o": (decoder.width, queries)}  # fmt: skip
    parts = [part for name, (outputs, inputs) in shapes.items()
             for part in _matrix(name, "attention", outputs, inputs, decoder.biases)]  # fmt: skip
    return Block("attention", "attention", parts=tuple(parts))


def _feed_forward(decoder: Decoder) -> tuple[Block, ...]:
    wide, width, biases = decoder.feed_forward, decoder.width, decoder.biases
    shapes = {"gate": (wide, width)} if decoder.gated else {}
    shapes |= {"up": (wide, width), "down": (width, wide)}
    parts = [part for name, (outputs, inputs) in shapes.items()
             for part in _matrix(name, "feed_forward", outputs, inputs, biases)]  # fmt: skip
    if not decoder.experts:
        return (Block("feed_forward", "feed_forward", parts=tuple(parts)),)
    experts = Block("expert", "feed_forward", parts=tuple(parts), copies=decoder.experts, used=decoder.experts_used)
    return Block("router", "router", (decoder.experts, width)), experts
