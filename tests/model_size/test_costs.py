"""Cache, bytes and operations of a model against torch, transformers, gguf and published figures; training days."""

from __future__ import annotations

import gguf
import pytest
import torch
from torch.utils.flop_counter import FlopCounterMode
from transformers import (
    StaticCache,
)

from core.model_size import chinchilla
from core.model_size.blocks import of_decoder
from core.model_size.costs import (
    DAY,
    GROUP,
    PRECISIONS,
    cache_bytes,
    gpu_days,
    operations,
    weight_bytes,
)
from core.model_size.model import FAMILIES, Decoder
from core.model_size.presets import presets
from tests.model_size.transformers_models import reference


@pytest.mark.parametrize("family", FAMILIES)
def test_cache_bytes_are_those_of_a_real_cache(family: str) -> None:
    """A model that has read a text holds exactly so many bytes of keys and values; with a window no more than it."""
    more: dict[str, int] = {} if family == "gpt2" else {"kv_heads": 2}
    window = {"window": 8} if family in ("mistral", "mixtral") else {}
    decoder = Decoder.from_family(family, layers=2, width=32, heads=4, vocabulary=50, context=64, **more, **window)
    model = reference(decoder, "cpu").eval()
    for tokens in (5, 20):
        cache = StaticCache(config=model.config, max_cache_len=tokens)
        with torch.no_grad():
            model(torch.zeros(1, tokens, dtype=torch.long), past_key_values=cache)
        held = sum(kept.numel() * kept.element_size() for layer in cache.layers for kept in (layer.keys, layer.values))
        assert cache_bytes(decoder, tokens, 4) == held


def test_published_caches() -> None:
    """Llama 3 8B and 70B take 131,072 and 327,680 bytes a token in fp16; Mistral's window stops its cache."""
    small, large, windowed = (presets()[key].decoder for key in ("llama3_8b", "llama3_70b", "mistral_7b"))
    assert small is not None
    assert large is not None
    assert windowed is not None
    assert (cache_bytes(small, 1), cache_bytes(large, 1)) == (131_072, 327_680)
    assert cache_bytes(windowed, 32_768) == cache_bytes(windowed, 4_096) == 4_096 * cache_bytes(windowed, 1)


@pytest.mark.parametrize("family", ["gpt2", "llama", "mistral"])
def test_operations_are_those_that_torch_counts(family: str) -> None:
    """PyTorch's counter, over a text whose every token is compared with every place, gives as many a token."""
    decoder = Decoder.from_family(family, layers=2, width=32, heads=4, vocabulary=50, context=64)
    model, tokens = reference(decoder, "cpu").eval(), 12
    with torch.no_grad(), FlopCounterMode(display=False) as counter:
        model(torch.zeros(1, tokens, dtype=torch.long), use_cache=False)
    assert counter.get_total_flops() == tokens * operations(decoder, of_decoder(decoder), tokens)


def test_bytes_of_weights() -> None:
    """Four and two bytes a parameter; at 8 and 4 bits llama.cpp's formats, rows filled up to whole groups."""
    for precision, kind in (("8 bits", "Q8_0"), ("4 bits", "Q4_0")):
        assert gguf.GGML_QUANT_SIZES[gguf.GGMLQuantizationType[kind]] == (GROUP, PRECISIONS[precision])
    tree = of_decoder(Decoder.from_family("llama", layers=1, width=33 * 2, heads=1, vocabulary=10, feed_forward=32))
    assert weight_bytes(tree, "fp32") == 2 * weight_bytes(tree, "fp16") == 4 * tree.parameters
    rows_of_66, rows_of_32, vectors = 10 + 4 * 66 + 2 * 32, 66, 3 * 66
    assert weight_bytes(tree, "4 bits") == (rows_of_66 * 3 + rows_of_32) * 18 + vectors * 4


def test_chinchillas_optimum() -> None:
    """18.4 and 92.6 tokens a parameter at 5.76e23 operations, 59 with unrounded exponents; nothing near is better."""
    spent = chinchilla.CHINCHILLA
    assert chinchilla.EPOCH.tokens_a_parameter(spent) == pytest.approx(18.4, abs=0.05)
    assert chinchilla.HOFFMANN.tokens_a_parameter(spent) == pytest.approx(92.6, abs=0.05)
    unrounded = chinchilla.Law(1.6934, 406.4, 410.7, 0.3392, 0.2849, "")
    assert unrounded.tokens_a_parameter(spent) == pytest.approx(59, abs=0.5)
    for law in (chinchilla.EPOCH, chinchilla.HOFFMANN):
        parameters, tokens = law.optimum(spent)
        assert 6 * parameters * tokens == pytest.approx(spent)
        best = law.loss(parameters, tokens)
        assert all(law.loss(parameters * factor, tokens / factor) > best for factor in (0.9, 1.1))
    with pytest.raises(ValueError, match="operations"):
        chinchilla.EPOCH.optimum(float("nan"))


def test_days_of_a_card() -> None:
    """GPT-3's 3.14e23 operations on one card at half of 312e12 a second last 23,300 days; no rate is an error."""
    assert gpu_days(3.14e23, 312e12, 0.5) == pytest.approx(3.14e23 / 156e12 / DAY)
    for rate, used in ((0.0, 1.0), (1e12, 0.0), (1e12, 1.5), (float("nan"), 1.0)):
        with pytest.raises(ValueError, match="rate"):
            gpu_days(1e20, rate, used)
