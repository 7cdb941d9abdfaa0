"""A Llama of some thousand random weights with a tokenizer and a chat template: written with nothing but NumPy."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
from safetensors.numpy import save_file
from tokenizers import Tokenizer, decoders, models, pre_tokenizers

WIDTH, INNER, HEADS, LAYERS, WINDOW = 16, 32, 2, 2, 256
MARKS = ("<|end|>", "<|start|>")
TEMPLATE = (
    "{% for m in messages %}<|start|>{{ m['role'] }}\n{{ m['content'] }}<|end|>{% endfor %}"
    "{% if add_generation_prompt %}<|start|>assistant\n{% endif %}"
)


def write(folder: Path) -> None:
    """Write the model as the hub lays one out."""
    folder.mkdir()
    letters = sorted(pre_tokenizers.ByteLevel.alphabet())
    vocabulary = {word: at for at, word in enumerate([*MARKS, *letters])}
    tokenizer = Tokenizer(models.BPE(vocabulary, []))
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    tokenizer.add_special_tokens(list(MARKS))
    tokenizer.save(str(folder / "tokenizer.json"))
    told = {"tokenizer_class": "PreTrainedTokenizerFast", "eos_token": MARKS[0], "chat_template": TEMPLATE}
    (folder / "tokenizer_config.json").write_text(json.dumps(told))
    config = {
        "architectures": ["LlamaForCausalLM"], "model_type": "llama", "hidden_size": WIDTH, "intermediate_size": INNER,
        "num_attention_heads": HEADS, "num_key_value_heads": HEADS, "num_hidden_layers": LAYERS,
        "vocab_size": len(vocabulary), "max_position_embeddings": WINDOW, "tie_word_embeddings": True,
        "eos_token_id": 0, "torch_dtype": "float32",
    }  # fmt: skip
    (folder / "config.json").write_text(json.dumps(config))
    (folder / "generation_config.json").write_text(json.dumps({"do_sample": True, "eos_token_id": 0}))
    save_file(_weights(len(vocabulary)), str(folder / "model.safetensors"), metadata={"format": "pt"})


def _weights(words: int) -> dict[str, np.ndarray]:
    random = np.random.default_rng(0)
    shapes: dict[str, tuple[int, ...]] = {"model.embed_tokens": (words, WIDTH), "model.norm": (WIDTH,)}
    for layer in range(LAYERS):
        name = f"model.layers.{layer}"
        shapes |= {f"{name}.self_attn.{each}_proj": (WIDTH, WIDTH) for each in "qkvo"}
        shapes |= {f"{name}.mlp.{each}_proj": (INNER, WIDTH) for each in ("gate", "up")}
        shapes |= {f"{name}.mlp.down_proj": (WIDTH, INNER)}
        shapes |= {f"{name}.{each}_layernorm": (WIDTH,) for each in ("input", "post_attention")}
    return {f"{name}.weight": random.normal(0, 0.5, shape).astype(np.float32) for name, shape in shapes.items()}
