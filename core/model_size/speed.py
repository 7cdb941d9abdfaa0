"""How fast a machine writes and reads with a model, from what must be moved and computed. No torch here.

Writing makes one token at a time. Each one passes through every matrix that it meets once, so all of them come from
memory for a single token (Pope et al. 2022, arXiv 2211.05102, section 2.1), while the arithmetic is two operations a
parameter (Kaplan et al. 2020, arXiv 2001.08361, section 2.1):

    seconds a token = overhead + max(bytes / bandwidth, operations / rate)

which is the roofline (Williams, Waterman, Patterson 2009) with what it leaves out: the overhead of giving orders, layer
by layer, of what is done to each number between two matrices (`Engine`), and of beginning each row (`Memory`). Reading
takes a whole prompt through the same matrices at once; what is read once is shared by all its tokens:

    seconds = overhead + bytes / bandwidth + operations / rate

with a sum where writing has a maximum: a product of matrices first fetches and packs them, then multiplies.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from core.model_size.blocks import Block
from core.model_size.costs import bytes_of, cache_bytes, number_bytes, operations
from core.model_size.model import Decoder

LOOKED_UP = {"embedding", "positions"}
"""Tables of which a token takes one row; a tied head is read whole, as the head that it is."""


@dataclass(frozen=True)
class Work:
    """What must be done for one token that is written, or for one prompt that is read.

    Attributes:
        weights: bytes of the matrices and vectors that are met.
        cache: bytes of the keys and values of the text so far.
        shared: heads of queries for each head of keys and values.
        rows: of all matrices that are met.
        operations: additions and multiplications.
        layers: of the model.
        width: of the model.
    """

    weights: int
    cache: int
    shared: int
    rows: int
    operations: int
    layers: int
    width: int


@dataclass(frozen=True)
class Memory:
    """A memory that numbers come from.

    Attributes:
        bandwidth: bytes a second, along a row.
        row: seconds until a row of a matrix comes, which nothing has asked for ahead.
    """

    bandwidth: float
    row: float = 0.0

    def seconds(self, moved: float, rows: float) -> float:
        """Return how long so many bytes in so many rows take."""
        return moved / self.bandwidth + rows * self.row


@dataclass(frozen=True)
class Engine:
    """What computes a family of models: what it takes beside its matrices.

    Attributes:
        token: seconds of every token or prompt, to choose the next token among others.
        layer: seconds of every layer, to give its orders.
        number: seconds of each number of the width, in every layer: norms, activations, sums.
        copies: whether it copies keys and values before it uses them, as transformers does.
    """

    token: float = 0.0
    layer: float = 0.0
    number: float = 0.0
    copies: bool = False

    def seconds(self, work: Work) -> float:
        """Return how long all that takes for a token that is written. For a prompt it is the least that it takes."""
        return self.token + work.layers * (self.layer + work.width * self.number)


@dataclass(frozen=True)
class Machine:
    """What a machine is, for this: measured, or by a data sheet (no overhead, nothing near).

    Attributes:
        rates: operations a second by precision of the weights.
        far: the main memory.
        near: the memory beside the processor, where a small model stays from one token to the next.
        fits: bytes that stay there; 0: nothing does.
        engines: by family.
    """

    rates: Mapping[str, float]
    far: Memory
    near: Memory
    fits: int
    engines: Mapping[str, Engine]


def writing(decoder: Decoder, model: Block, precision: str, tokens: int) -> Work:
    """Return the work of writing one token that sees so many, itself among them.

    Args:
        decoder: the model's configuration.
        model: its tree.
        precision: of the weights, one of `core.model_size.costs.PRECISIONS`.
        tokens: in the context.
    """
    weights, rows = met(model, precision, used=True)
    return Work(weights, cache_bytes(decoder, tokens, number_bytes(precision)), decoder.heads // decoder.kv_heads, rows,
                operations(decoder, model, tokens), decoder.layers, decoder.width)  # fmt: skip


def reading(decoder: Decoder, model: Block, precision: str, tokens: int) -> Work:
    """Return the work of reading a prompt of so many tokens at once: every token is compared with every place.

    The head works for the last token alone. A prompt meets all experts of a mixture.

    Args:
        decoder: the model's configuration.
        model: its tree.
        precision: of the weights.
        tokens: of the prompt.
    """
    weights, rows = met(model, precision, used=False)
    head = 2 * decoder.width * decoder.vocabulary
    counted = tokens * (operations(decoder, model, tokens) - head) + head
    return Work(weights, 0, decoder.heads // decoder.kv_heads, rows, counted, decoder.layers, decoder.width)


def met(model: Block, precision: str, *, used: bool) -> tuple[int, int]:
    """Return the bytes and the rows that are read: of the tables one row, of a tied head all.

    Args:
        model: the tree.
        precision: of the weights.
        used: whether only the experts that work on one token are met.
    """
    total = rows = 0
    for leaf, copies, for_one in model.leaves():
        shape = (1, leaf.shape[1]) if leaf.name in LOOKED_UP else leaf.shape
        times = for_one if used else copies
        total += times * bytes_of(shape, precision)
        rows += times * (shape[0] if len(shape) == 2 else 1)
    return total, rows


def writing_speed(work: Work, machine: Machine, family: str, precision: str) -> float:
    """Return tokens a second of one text.

    Args:
        work: of one token, by `writing`.
        machine: that writes.
        family: of the model: which engine.
        precision: of the weights: which rate.
    """
    engine = machine.engines[family]
    memory, moved = _memory(work, machine, engine)
    busy = max(memory.seconds(moved, work.rows), work.operations / machine.rates[precision])
    return 1 / (engine.seconds(work) + busy)


def reading_speed(work: Work, machine: Machine, family: str, precision: str, tokens: int) -> float:
    """Return tokens a second of a prompt.

    Args:
        work: of the prompt, by `reading`.
        machine: that reads.
        family: of the model.
        precision: of the weights.
        tokens: of the prompt.
    """
    engine = machine.engines[family]
    memory, moved = _memory(work, machine, engine)
    busy = memory.seconds(moved, work.rows) + work.operations / machine.rates[precision]
    return tokens / (engine.seconds(work) + busy)


def _memory(work: Work, machine: Machine, engine: Engine) -> tuple[Memory, int]:
    """Return which memory the work is fetched from, and the bytes that move."""
    moved = work.weights + work.cache * (passes(work.shared) if engine.copies else 1)
    return (machine.near if moved <= machine.fits else machine.far), moved


def passes(shared: int) -> int:
    """Return how many times its own size a cache moves in an engine that copies it.

    To append to it, it is read and written; for heads that share it, it is read and written once for each of them; and
    what came out is read. A single head, shared by all, is not repeated; that is not looked at here.

    Args:
        shared: heads of queries for each head of keys and values.
    """
    return 2 + (1 + shared if shared > 1 else 0) + shared
