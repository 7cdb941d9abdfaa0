"""Parameters, cache and operations of a configuration against models of `transformers` built from the same one."""

from __future__ import annotations

from typing import Any

import gguf
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch.utils.flop_counter import FlopCounterMode
from transformers import (
    GPT2Config,
    GPT2LMHeadModel,
    LlamaConfig,
    LlamaForCausalLM,
    MistralConfig,
    MistralForCausalLM,
    MixtralConfig,
    MixtralForCausalLM,
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
    training_operations,
    weight_bytes,
)
from core.model_size.model import FAMILIES, Decoder, MisfitError
from core.model_size.presets import LETTERS, presets
from core.tasks.letters import corpus
from core.tasks.letters.task import Bengio
from core.training.settings import SettingsError


def reference(decoder: Decoder, device: str = "meta") -> Any:
    """Return the model of `transformers` with the same configuration; on `meta` it takes no memory."""
    with torch.device(device):
        if decoder.family == "gpt2":
            return GPT2LMHeadModel(GPT2Config(
                n_layer=decoder.layers, n_embd=decoder.width, n_head=decoder.heads, n_inner=decoder.feed_forward,
                vocab_size=decoder.vocabulary, n_positions=decoder.context, tie_word_embeddings=decoder.tied,
                attn_implementation="eager"))  # fmt: skip
        given: dict[str, Any] = {
            "num_hidden_layers": decoder.layers, "hidden_size": decoder.width, "num_attention_heads": decoder.heads,
            "num_key_value_heads": decoder.kv_heads, "head_dim": decoder.head_width,
            "intermediate_size": decoder.feed_forward, "vocab_size": decoder.vocabulary,
            "max_position_embeddings": decoder.context, "tie_word_embeddings": decoder.tied,
            "attn_implementation": "eager", "bos_token_id": 0, "eos_token_id": 0, "pad_token_id": None,
        }  # fmt: skip
        if decoder.family == "llama":
            return LlamaForCausalLM(LlamaConfig(attention_bias=decoder.biases, mlp_bias=decoder.biases, **given))
        given["sliding_window"] = decoder.window or None
        if decoder.family == "mistral":
            return MistralForCausalLM(MistralConfig(**given))
        return MixtralForCausalLM(MixtralConfig(
            num_local_experts=decoder.experts, num_experts_per_tok=decoder.experts_used, **given))  # fmt: skip


def counted(model: Any) -> int:
    return sum(weight.numel() for weight in model.parameters())


@st.composite
def decoders(draw: st.DrawFn) -> Decoder:
    """Draw a configuration of any family, of none to three layers."""
    family = draw(st.sampled_from(FAMILIES))
    kv_heads, shared = draw(st.integers(1, 3)), draw(st.integers(1, 3))
    heads = kv_heads * shared
    width = heads * 2 * draw(st.integers(1, 6))
    given: dict[str, Any] = {"layers": draw(st.integers(0, 3)), "width": width, "heads": heads,
                             "vocabulary": draw(st.integers(2, 99)), "context": draw(st.integers(1, 99)),
                             "feed_forward": draw(st.integers(0, 70)), "tied": draw(st.booleans())}  # fmt: skip
    if family != "gpt2":
        given |= {"kv_heads": kv_heads, "head_width": 2 * draw(st.integers(0, 5))}
    if family == "llama":
        given["biases"] = draw(st.booleans())
    if family in ("mistral", "mixtral"):
        given["window"] = draw(st.integers(0, 20))
    if family == "mixtral":
        experts = draw(st.integers(1, 5))
        given |= {"experts": experts, "experts_used": draw(st.integers(1, experts))}
    return Decoder.from_family(family, **given)


@settings(max_examples=60, deadline=None)
@given(decoders())
def test_parameters_are_those_of_transformers(decoder: Decoder) -> None:
    """For random configurations of the four families, none to three layers, the counts are equal."""
    assert of_decoder(decoder).parameters == counted(reference(decoder))


@pytest.mark.parametrize("stem", [key for key, preset in presets().items() if preset.decoder])
def test_presets_have_the_parameters_of_transformers(stem: str) -> None:
    """Every preset that is a decoder, to the last parameter, GPT-3 and Llama 3 70B among them."""
    preset = presets()[stem]
    assert preset.decoder is not None
    assert preset.blocks is not None
    assert preset.blocks.parameters == counted(reference(preset.decoder))


def test_presets_have_the_published_counts() -> None:
    """The numbers that are known elsewhere, the course's network among them, whose alphabet is its list's."""
    counts = {key: preset.blocks.parameters for key, preset in presets().items() if preset.blocks}
    assert counts | {
        "letters": 14_007, "mini_gpt2": 1_122_720, "gpt2": 124_439_808, "gpt2_medium": 354_823_168,
        "gpt2_large": 774_030_080, "gpt2_xl": 1_557_611_200, "smollm2_135m": 134_515_008,
        "mistral_7b": 7_241_732_096, "llama3_8b": 8_030_261_248, "llama3_70b": 70_553_706_496,
        "mixtral_8x7b": 46_702_792_704,
    } == counts  # fmt: skip
    assert counts["gpt3"] == pytest.approx(175e9, rel=0.003)
    mixtral = presets()["mixtral_8x7b"].blocks
    assert mixtral is not None
    assert mixtral.active == counts["mixtral_8x7b"] - 32 * 6 * 3 * 4_096 * 14_336  # 12.9 billions
    assert len(corpus.corpus(corpus.load("words")).characters) == LETTERS


def test_the_networks_on_letters_matrices_are_its_own() -> None:
    """The course's network has the same tensors, of the same sizes, as the one that is trained."""
    preset = presets()["letters"]
    assert preset.letters is not None
    assert preset.blocks is not None
    trained = Bengio(LETTERS, preset.letters[0], torch.Generator())
    mine = [leaf.parameters for leaf, _, _ in preset.blocks.leaves()]
    assert mine == [weight.numel() for weight in trained.parameters()]


def test_gpt_4_has_no_numbers() -> None:
    """Its size was never published: no configuration, no blocks, and the place of the report that says so."""
    gpt4 = presets()["gpt4"]
    assert not gpt4.published
    assert (gpt4.decoder, gpt4.letters, gpt4.blocks) == (None, None, None)
    assert gpt4.source is not None
    assert (gpt4.source.url, gpt4.source.section) == ("https://arxiv.org/abs/2303.08774", "2")
    assert all(preset.published for key, preset in presets().items() if key != "gpt4")


@pytest.mark.parametrize("family", FAMILIES)
def test_every_matrix_has_the_shape_it_has_in_transformers(family: str) -> None:
    """Each matrix and vector is found again: GPT-2 keeps q, k, v together and transposed, Mixtral gate and up."""
    decoder = Decoder.from_family(family, layers=2, width=24, heads=4, vocabulary=50, context=9, feed_forward=40,
                                  tied=False)  # fmt: skip
    mine = sorted(tuple(leaf.shape) for leaf, copies, _ in of_decoder(decoder).leaves() for _ in range(copies))
    theirs: list[tuple[int, ...]] = []
    for name, weight in reference(decoder).named_parameters():
        shape = tuple(weight.shape)
        if "c_attn" in name:
            theirs += [(24, 24)] * 3 if len(shape) == 2 else [(24,)] * 3
        elif (family == "gpt2" and ".mlp." in name) or "attn.c_proj" in name:
            theirs.append(shape[::-1])
        elif "gate_up_proj" in name:
            theirs += [(40, 24)] * 2 * shape[0]
        elif "experts.down_proj" in name:
            theirs += [shape[1:]] * shape[0]
        else:
            theirs.append(shape)
    assert mine == sorted(theirs)


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


def test_a_token_of_mixtral_meets_the_experts_that_are_used() -> None:
    """Operations of a mixture are two for each matrix of the router and of the experts used, and no others."""
    one, two = (Decoder.from_family("mixtral", layers=3, width=16, heads=2, experts=4, experts_used=used)
                for used in (1, 2))  # fmt: skip
    more = operations(two, of_decoder(two), 5) - operations(one, of_decoder(one), 5)
    assert more == 2 * 3 * 3 * 16 * 64
    assert of_decoder(one).parameters == of_decoder(two).parameters


def test_bytes_of_weights() -> None:
    """Four and two bytes a parameter; at 8 and 4 bits llama.cpp's formats, rows filled up to whole groups."""
    for precision, kind in (("8 bits", "Q8_0"), ("4 bits", "Q4_0")):
        assert gguf.GGML_QUANT_SIZES[gguf.GGMLQuantizationType[kind]] == (GROUP, PRECISIONS[precision])
    tree = of_decoder(Decoder.from_family("llama", layers=1, width=33 * 2, heads=1, vocabulary=10, feed_forward=32))
    assert weight_bytes(tree, "fp32") == 2 * weight_bytes(tree, "fp16") == 4 * tree.parameters
    rows_of_66, rows_of_32, vectors = 10 + 4 * 66 + 2 * 32, 66, 3 * 66
    assert weight_bytes(tree, "4 bits") == (rows_of_66 * 3 + rows_of_32) * 18 + vectors * 4


def test_numbers_stay_exact_however_large() -> None:
    """A thousand layers of width 100,000: every digit is that of the sum by hand."""
    decoder = Decoder(layers=1_000, width=100_000, heads=1_000, vocabulary=50_257, context=1_024)
    width = 100_000
    assert of_decoder(decoder).parameters == 1_000 * (12 * width**2 + 13 * width) + (50_257 + 1_024 + 2) * width
    assert training_operations(10**15, 10**16) == 6 * 10**31


def test_no_layers_leave_embedding_and_head() -> None:
    """Without layers there is nothing to keep and nothing but the head to compute."""
    decoder = Decoder(layers=0, width=64, heads=4, vocabulary=100, context=10)
    tree = of_decoder(decoder)
    assert [part.name for part in tree.parts] == ["embedding", "positions", "norm_at_the_end", "head"]
    assert (cache_bytes(decoder, 10), operations(decoder, tree, 10)) == (0, 2 * 64 * 100)


BAD: list[tuple[dict[str, Any], str]] = [
    ({"width": 770, "heads": 12}, "heads"),
    ({"layers": -1}, "layers"),
    ({"width": 0}, "width"),
    ({"width": float("nan")}, "width"),
    ({"vocabulary": float("inf")}, "vocabulary"),
    ({"family": "gpt4"}, "family"),
    ({"kv_heads": 4}, "kv_heads"),
    ({"experts": 2}, "experts"),
    ({"window": 5}, "window"),
    ({"biases": False}, "biases"),
    ({"family": "llama", "kv_heads": 5}, "kv_heads"),
    ({"family": "llama", "head_width": 7}, "head_width"),
    ({"family": "mistral", "biases": True}, "biases"),
    ({"family": "mixtral", "biases": False}, "experts"),
    ({"family": "mixtral", "biases": False, "experts": 4, "experts_used": 5}, "experts_used"),
]


@pytest.mark.parametrize(("given", "name"), BAD, ids=str)
def test_what_cannot_be_is_refused_by_name(given: dict[str, Any], name: str) -> None:
    """A configuration that no model can have names the setting at fault."""
    with pytest.raises(SettingsError) as refused:
        Decoder(**given)
    assert refused.value.name == name


def test_a_misfit_says_what_would_fit() -> None:
    """Heads that do not divide the width: the next numbers that do, below and above."""
    with pytest.raises(MisfitError) as refused:
        Decoder(width=770, heads=12)
    assert (refused.value.rule, refused.value.other, refused.value.allowed) == ("divides", "width", (11, 14))


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
