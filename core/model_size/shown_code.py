"""The code beside the picture: the model on show built by `transformers` without memory, and counted by hand."""

from __future__ import annotations

from core.model_size.chosen import Chosen
from core.model_size.model import Decoder
from core.model_size.presets import LETTERS
from core.notebooks import Translate, cell

CONFIGS = {
    "gpt2": ("GPT2Config", "GPT2LMHeadModel"),
    "llama": ("LlamaConfig", "LlamaForCausalLM"),
    "mistral": ("MistralConfig", "MistralForCausalLM"),
    "mixtral": ("MixtralConfig", "MixtralForCausalLM"),
}

MANY_LAYERS = 1_000
"""From so many on, building the model takes seconds: these layers are 12,000 objects of torch."""


def sources(chosen: Chosen, _: Translate) -> dict[str, str]:
    """Return the versions by name, for the model on show; none where nothing was published."""
    if chosen.decoder is not None:
        return {"transformers": transformers_source(chosen.decoder, _), "Python": by_hand_source(chosen.decoder, _)}
    if chosen.family == "letters":
        return {"PyTorch": letters_source(chosen, _), "Keras": letters_keras_source(chosen, _)}
    return {}


def transformers_source(decoder: Decoder, _: Translate) -> str:
    """Return the model of `transformers` on the device `meta`: shapes, no numbers."""
    config, model = CONFIGS[decoder.family]
    head = cell(
        _("The configuration"),
        f"""
# pip install torch transformers
import torch
from transformers import {config}, {model}

{_config_lines(decoder, config)}
""",
    )
    nothing = _("on “meta” a tensor has a shape and no memory")
    if decoder.layers >= MANY_LAYERS:
        nothing += "; " + _("so many layers take a while")
    tied = _("a matrix that serves twice is counted once")
    count = cell(
        _("The model, and its parameters"),
        f"""
with torch.device("meta"):  # {nothing}
    model = {model}(config)
parameters = sum(weight.numel() for weight in model.parameters())  # {tied}
print(f"{{parameters:,}}")
""",
    )
    alike = _("the other layers, or experts, have the same shapes")
    listed = cell(
        _("Every matrix of the first layer, and those outside the layers"),
        f"""
for name, weight in model.named_parameters():
    if all(part == "0" for part in name.split(".") if part.isdigit()):  # {alike}
        print(name, tuple(weight.shape))
""",
    )
    return "\n".join([head, count, listed])


def _config_lines(decoder: Decoder, config: str) -> str:
    given: dict[str, object]
    if decoder.family == "gpt2":
        given = {"n_layer": decoder.layers, "n_embd": decoder.width, "n_head": decoder.heads,
                 "n_inner": decoder.feed_forward, "vocab_size": decoder.vocabulary, "n_positions": decoder.context,
                 "tie_word_embeddings": decoder.tied}  # fmt: skip
    else:
        given = {"num_hidden_layers": decoder.layers, "hidden_size": decoder.width,
                 "num_attention_heads": decoder.heads, "num_key_value_heads": decoder.kv_heads,
                 "intermediate_size": decoder.feed_forward, "vocab_size": decoder.vocabulary,
                 "max_position_embeddings": decoder.context, "tie_word_embeddings": decoder.tied,
                 "pad_token_id": None}  # fmt: skip
        if decoder.family == "mistral":
            given["sliding_window"] = decoder.window or None
        if decoder.family == "mixtral":
            given |= {"num_local_experts": decoder.experts, "num_experts_per_tok": decoder.experts_used}
    lines = "\n".join(f"    {name}={value!r}," for name, value in given.items())
    return f"config = {config}(\n{lines}\n)"


def by_hand_source(decoder: Decoder, _: Translate) -> str:
    """Return the counts by hand: parameters, cache and operations, in a few lines."""
    given = cell(
        _("The numbers of the model"),
        f"""
layers, width, heads, kv_heads = {decoder.layers}, {decoder.width}, {decoder.heads}, {decoder.kv_heads}
feed_forward, vocabulary, context = {decoder.feed_forward}, {decoder.vocabulary}, {decoder.context}
head_width = width // heads
""",
    )
    parts = cell(_("Parameters"), _by_hand(decoder, _))
    reach = f"min(context, {decoder.window})" if decoder.window else "context"
    cache = cell(
        _("The cache of keys and values, in bytes (16 bits)"),
        f"""
reach = {reach}
print(f"{{2 * layers * kv_heads * head_width * 2 * reach:,}}")
""",
    )
    used = "" if decoder.experts == 0 else f" + layers * ({decoder.experts_used} * expert + router)"
    block = "attention_matrices + feed_forward_matrices" if not decoder.experts else "attention_matrices"
    operations = cell(
        _("Operations for the last token"),
        f"""
matrices = layers * ({block}){used} + vocabulary * width
print(f"{{2 * matrices + 4 * layers * heads * head_width * reach:,}}")
""",
    )
    return "\n".join([given, parts, cache, operations])


def _by_hand(decoder: Decoder, _: Translate) -> str:
    queries, three, two = _("Q and O, then K and V"), _("gate, up, down"), _("two norms")
    outputs, scales = _("one for each output of a matrix"), _("two norms, a scale and a shift each")
    lines = [f"attention_matrices = 2 * width * width + 2 * kv_heads * head_width * width  # {queries}"]
    tables = "vocabulary * width" if decoder.tied else "2 * vocabulary * width"
    if decoder.family == "gpt2":
        lines += [
            "feed_forward_matrices = 2 * width * feed_forward",
            f"biases = 4 * width + feed_forward + width  # {outputs}",
            f"norms = 2 * 2 * width  # {scales}",
            "layer = attention_matrices + feed_forward_matrices + biases + norms",
            f"parameters = {tables} + context * width + layers * layer + 2 * width",
        ]
    elif decoder.experts:
        lines += [
            f"expert = 3 * width * feed_forward  # {three}",
            f"router = {decoder.experts} * width",
            f"layer = attention_matrices + {decoder.experts} * expert + router + 2 * width",
            f"parameters = {tables} + layers * layer + width",
        ]
    else:
        lines += [
            f"feed_forward_matrices = 3 * width * feed_forward  # {three}",
            f"layer = attention_matrices + feed_forward_matrices + 2 * width  # {two}",
            f"parameters = {tables} + layers * layer + width",
        ]
    return "\n" + "\n".join([*lines, 'print(f"{parameters:,}")']) + "\n"


def letters_source(chosen: Chosen, _: Translate) -> str:
    """Return the course's network on letters in PyTorch, counted."""
    context, width, hidden = (chosen.numbers[name] for name in ("context", "width", "feed_forward"))
    return cell(
        _("The network, and its parameters"),
        f"""
from torch import nn

model = nn.Sequential(
    nn.Embedding({LETTERS}, {width}),
    nn.Flatten(),
    nn.Linear({context} * {width}, {hidden}),
    nn.Tanh(),
    nn.Linear({hidden}, {LETTERS}),
)
parameters = sum(weight.numel() for weight in model.parameters())
print(f"{{parameters:,}}")
""",
    )


def letters_keras_source(chosen: Chosen, _: Translate) -> str:
    """Return the same in Keras."""
    context, width, hidden = (chosen.numbers[name] for name in ("context", "width", "feed_forward"))
    return cell(
        _("The network, and its parameters"),
        f"""
import os

os.environ["KERAS_BACKEND"] = "torch"
import keras
from keras import layers

model = keras.Sequential(
    [
        keras.Input(({context},)),
        layers.Embedding({LETTERS}, {width}),
        layers.Flatten(),
        layers.Dense({hidden}, activation="tanh"),
        layers.Dense({LETTERS}),
    ]
)
parameters = model.count_params()
print(f"{{parameters:,}}")
""",
    )
