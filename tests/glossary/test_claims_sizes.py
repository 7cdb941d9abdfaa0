"""What the glossary says of the size of models, computed from their published configurations."""

from __future__ import annotations

import pytest

from core.model_size import chinchilla
from core.model_size.blocks import Block
from core.model_size.costs import cache_bytes, weight_bytes
from core.model_size.presets import presets
from tests.glossary.told import told


def blocks(name: str) -> Block:
    found = presets()[name].blocks
    assert found is not None
    return found


def test_feed_forward() -> None:
    """The share of GPT-2's parameters that are in the feed-forward part of its blocks."""
    (percent,) = told("feed-forward")
    tree = blocks("gpt2")
    inside = sum(copies * leaf.each for leaf, copies, _ in tree.leaves() if leaf.kind == "feed_forward")
    assert percent.rounds(100 * inside / tree.parameters)


def test_kv_cache() -> None:
    """The bytes of one token's keys and values in GPT-2."""
    size, bits = told("kv-cache")
    decoder = presets()["gpt2"].decoder
    assert decoder is not None
    assert float(size) == cache_bytes(decoder, 1, number_bytes=int(bits) // 8)


def test_experts() -> None:
    """Mixtral's, and how many of them a token uses."""
    decoder = presets()["mixtral_8x7b"].decoder
    assert decoder is not None
    assert (decoder.experts, decoder.experts_used) == tuple(map(int, told("experts")))


def test_precision() -> None:
    """The weights of Mistral 7B at both precisions."""
    seven, large, bits, small, few = told("precision")
    assert [float(each) for each in (seven, bits, few)] == [7.0, 16.0, 4.0]
    tree = blocks("mistral_7b")
    assert large.rounds(weight_bytes(tree, "fp16") / 1e9)
    assert small.rounds(weight_bytes(tree, "4 bits") / 1e9)


def test_scaling_law() -> None:
    """Epoch's optimum at Chinchilla's budget."""
    (ratio,) = told("scaling-law")
    assert ratio == pytest.approx(chinchilla.EPOCH.tokens_a_parameter(chinchilla.CHINCHILLA), abs=0.05)
