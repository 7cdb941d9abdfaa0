"""What the lesson says of each model with a name, computed from what is shipped."""

from __future__ import annotations

import json
from math import prod

import pytest
from safetensors import safe_open

from components.model_size.presets import TABLE
from core.files import MODELS
from core.gpu.recorded import card
from core.model_size.costs import weight_bytes
from tests.model_size.models import STARTS, blocks, model, parameters, share

MILLION = 1_000_000


def test_letters_are_mostly_output() -> None:
    """Of 14,007 more than half are in the output, from 200 neurons to 37 signs."""
    assert parameters("letters") == 14_007
    assert share("letters", "head") > 0.5
    assert [leaf.shape for leaf, _, _ in blocks("letters").leaves() if leaf.name == "output"] == [(37, 200)]


def test_mini_is_the_one_that_writes() -> None:
    """Its weights, as they are shipped for the page of text generation, are as many numbers: 1.1 million."""
    with safe_open(str(MODELS / "mini_gpt2" / "model.safetensors"), "pt") as weights:
        shapes = [weights.get_slice(name).get_shape() for name in weights.keys()]  # noqa: SIM118 (no mapping)
    assert sum(prod(shape) for shape in shapes) == parameters("mini_gpt2")
    assert round(parameters("mini_gpt2") / MILLION, 1) == 1.1
    config = json.loads((MODELS / "mini_gpt2" / "config.json").read_text(encoding="utf-8"))
    assert (config["n_layer"], config["n_embd"]) == (STARTS["mini_gpt2"]["layers"], STARTS["mini_gpt2"]["width"])


def test_medium_is_larger() -> None:
    """Twice the layers, a third more width: 2.9 times GPT-2."""
    assert STARTS["gpt2_medium"]["layers"] == 2 * STARTS["gpt2"]["layers"]
    assert STARTS["gpt2_medium"]["width"] / STARTS["gpt2"]["width"] == pytest.approx(4 / 3)
    assert round(parameters("gpt2_medium") / parameters("gpt2"), 1) == 2.9


def test_table_shrinks() -> None:
    """The table of tokens is 8 % of GPT-2 large, and less in each larger model of the family."""
    assert round(100 * share("gpt2_large", "embedding")) == 8
    found = [share(name, "embedding") for name in ("gpt2", "gpt2_medium", "gpt2_large", "gpt2_xl", "gpt3")]
    assert found == sorted(found, reverse=True)


def test_xl_is_larger() -> None:
    """48 layers of width 1,600: 12.5 times GPT-2."""
    assert (STARTS["gpt2_xl"]["layers"], STARTS["gpt2_xl"]["width"]) == (48, 1_600)
    assert round(parameters("gpt2_xl") / parameters("gpt2"), 1) == 12.5


def test_gpt3_is_larger() -> None:
    """1,400 times GPT-2, of its family; its table is 0.4 % of it (0.35, rounded up)."""
    assert STARTS["gpt3"]["family"] == STARTS["gpt2"]["family"]
    assert round(parameters("gpt3") / parameters("gpt2"), -2) == 1_400
    assert round(100 * share("gpt3", "embedding"), 1) == 0.4


def test_smollm2_is_deep() -> None:
    """8 % larger than GPT-2; 30 layers, each narrower than GPT-2's 12; 9 heads on 3 pairs of keys and values."""
    assert 1 < parameters("smollm2_135m") / parameters("gpt2") < 1.1
    where = STARTS["smollm2_135m"]
    assert (where["layers"], where["heads"] // where["kv_heads"]) == (30, 3)
    assert where["width"] < STARTS["gpt2"]["width"]


def test_shared_keys() -> None:
    """Four heads of Llama 3 8B to a pair; with a pair for each head its cache would be four times as large."""
    where = STARTS["llama3_8b"]
    assert where["heads"] == 4 * where["kv_heads"]
    assert model("llama3_8b", kv_heads=where["heads"]).cache() == 4 * model("llama3_8b").cache()


def test_too_large_for_one_card() -> None:
    """141 GB of weights in FP16; the recorded H100 has 80."""
    assert round(weight_bytes(blocks("llama3_70b"), "fp16") / 1e9) == 141
    assert "80GB" in card("h100").machine


def test_window_stops_the_cache() -> None:
    """537 MB at 4,096 tokens, at 30,000 and at a million: the cache of Mistral does not grow beyond its window."""
    found = {model("mistral_7b", context=tokens).cache() for tokens in (4_096, 30_000, 1_000_000)}
    assert [round(size / 1e6) for size in found] == [537]
    assert model("mistral_7b", context=4_095).cache() < found.pop()
    assert STARTS["mistral_7b"]["window"] == 4_096


def test_mixtral_uses_a_part() -> None:
    """46.7 billion parameters, 12.9 of them for a token: two experts of eight."""
    found = blocks("mixtral_8x7b")
    assert [round(count / 1e9, 1) for count in (found.parameters, found.active)] == [46.7, 12.9]
    assert (STARTS["mixtral_8x7b"]["experts_used"], STARTS["mixtral_8x7b"]["experts"]) == (2, 8)


def test_almost_a_table() -> None:
    """99 % of the bad preset is the table of its 256,000 tokens; two layers of width 64."""
    assert round(100 * share("gpt2", "embedding", **TABLE)) == 99
    assert (TABLE["layers"], TABLE["width"], TABLE["vocabulary"]) == (2, 64, 256_000)
