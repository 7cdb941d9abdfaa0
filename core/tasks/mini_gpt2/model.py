"""The mini GPT-2 itself: GPT-2's architecture at the size of the settings, with its own initial weights."""

from __future__ import annotations

import math

import torch
from transformers import GPT2Config, GPT2LMHeadModel

from core.tasks.mini_gpt2.settings import MiniGPT2Settings


def config_of(settings: MiniGPT2Settings) -> GPT2Config:
    """Return the architecture in GPT-2's own words."""
    return GPT2Config(
        vocab_size=settings.vocabulary,
        n_positions=settings.context,
        n_embd=settings.width,
        n_layer=settings.layers,
        n_head=settings.heads,
        embd_pdrop=0.0,
        attn_pdrop=0.0,
        resid_pdrop=0.0,
        activation_function="gelu_pytorch_tanh",  # GPT-2's own formula ("gelu_new") in one fused operation
        bos_token_id=0,
        eos_token_id=0,
        dtype="float32",
    )


def empty_model(settings: MiniGPT2Settings, attention: str = "sdpa") -> GPT2LMHeadModel:
    """Return the model before any weights are given to it; nobody else's randomness is touched."""
    config = config_of(settings)
    config._attn_implementation = attention
    with torch.random.fork_rng(devices=[]):
        return GPT2LMHeadModel(config)


def initialise(model: GPT2LMHeadModel, generator: torch.Generator) -> None:
    """Draw the weights as GPT-2 does (Radford et al. 2019, section 2.3), from one generator.

    Normal with standard deviation 0.02, divided by the square root of the number of residual layers where a layer
    adds to the residual stream; biases 0, layer normalisation 1.
    """
    residual = 1 / math.sqrt(2 * model.config.n_layer)
    with torch.no_grad():
        for name, weight in model.named_parameters():
            if weight.ndim >= 2:
                weight.normal_(0, 0.02 * (residual if name.endswith("c_proj.weight") else 1), generator=generator)
            elif ".ln_" in name and name.endswith("weight"):
                weight.fill_(1)
            else:
                weight.zero_()
