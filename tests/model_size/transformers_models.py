"""Random decoders, and models of `transformers` built from our configurations: the oracle of every count."""

from __future__ import annotations

from typing import Any

import torch
from hypothesis import strategies as st
from transformers import (
    GPT2Config,
    GPT2LMHeadModel,
    LlamaConfig,
    LlamaForCausalLM,
    MistralConfig,
    MistralForCausalLM,
    MixtralConfig,
    MixtralForCausalLM,
)

from core.model_size.model import FAMILIES, Decoder


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
