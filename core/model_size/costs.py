"""What a model weighs and costs: bytes of weights and cache, operations, days of training. Exact where it can be."""

from __future__ import annotations

import math

from core.model_size.blocks import Block
from core.model_size.model import Decoder

PRECISIONS = {"fp32": 4, "fp16": 2, "8 bits": 34, "4 bits": 18}
"""Bytes of a number; at 8 and 4 bits of `GROUP` numbers of a row, which share a scale of 2 bytes.

So counts llama.cpp's Q8_0 and Q4_0 (`ggml-common.h`): 8.5 and 4.5 bits a number. Norms and biases stay in fp32 there.
Files in 4 bits that are given to students (Q4_K_M) keep some matrices finer and are larger by a tenth or so.
"""
GROUP = 32
DAY = 86_400


def weight_bytes(model: Block, precision: str) -> int:
    """Return the bytes of all weights at a precision; a tied head weighs nothing.

    Args:
        model: the tree.
        precision: one of `PRECISIONS`.
    """
    return sum(copies * bytes_of(leaf.shape, precision) for leaf, copies, _ in model.leaves() if not leaf.tied)


def bytes_of(shape: tuple[int, ...], precision: str) -> int:
    """Return the bytes of a matrix or vector at a precision; of quantised rows the last group may be filled up.

    Args:
        shape: (rows, columns) of a matrix, (length,) of a vector.
        precision: one of `PRECISIONS`.
    """
    if precision in ("fp32", "fp16"):
        return math.prod(shape) * PRECISIONS[precision]
    if len(shape) == 1:
        return shape[0] * PRECISIONS["fp32"]
    rows, columns = shape
    return rows * -(-columns // GROUP) * PRECISIONS[precision]


def number_bytes(precision: str) -> int:
    """Return the bytes of a number of the cache: four beside weights of four, else two."""
    return 4 if precision == "fp32" else 2


def cache_bytes(decoder: Decoder, tokens: int, number_bytes: int = 2) -> int:
    """Return the bytes of the keys and values of one text: by geometry, not by the count of parameters.

    2 (keys and values) · layers · kv heads · head width · bytes · min(tokens, window). Between two tokens
    `transformers` keeps one place less than the window (the new token brings its own); what it reads is the window.
    """
    return 2 * decoder.layers * decoder.kv_heads * decoder.head_width * number_bytes * decoder.reach(tokens)


def operations(decoder: Decoder, model: Block, tokens: int) -> int:
    """Return the operations of one token's forward pass that sees so many tokens, itself among them.

    Two for each number of each matrix it is multiplied with (a tied head works too; the table of the embedding is only
    read) and, in attention, two for every number of every key it is compared with, and of every value (Kaplan et al.
    2020, table 1). Norms, activations and softmax are left out.
    """
    worked = {"embedding", "positions"}
    matrices = sum(
        used * leaf.shape[0] * leaf.shape[1]
        for leaf, _, used in model.leaves()
        if len(leaf.shape) == 2 and leaf.name not in worked
    )
    return 2 * matrices + 4 * decoder.layers * decoder.heads * decoder.head_width * decoder.reach(tokens)


def training_operations(parameters: int, tokens: int) -> int:
    """Return 6·N·D: two operations a parameter and token forward, four backward (Kaplan et al. 2020, section 2.1)."""
    return 6 * parameters * tokens


def gpu_days(operations: float, rate: float, used: float = 1.0) -> float:
    """Return the days that one card needs.

    Args:
        operations: of the training.
        rate: operations a second by its data sheet.
        used: the part of it that a training reaches, above 0 and at most 1.

    Raises:
        ValueError: the rate or the part is not positive.
    """
    if not (rate > 0 and 0 < used <= 1):
        raise ValueError(f"rate = {rate}, used = {used}")
    return operations / (rate * used) / DAY
