"""Every sentence of the lesson about a model's size that states a fact, computed from what is shipped."""

from __future__ import annotations

import io
from contextlib import redirect_stdout
from itertools import pairwise
from math import prod

import pytest

from components.model_size.state import names
from core.model_size.costs import GROUP, PRECISIONS, weight_bytes
from core.model_size.missions import ROOM, TOKENS
from core.model_size.presets import presets
from core.model_size.scaling import SIZES
from core.model_size.shown_code import sources
from core.tasks.mini_gpt2.settings import MiniGPT2Settings
from tests.helpers import execute
from tests.model_size.models import STARTS, blocks, model, parameters, parts, share, twice
from tests.model_size.transformers_models import counted, reference

MILLION = 1_000_000


def test_question_asked() -> None:
    """The page opens with the model of the question: 124 million, 12 layers of width 768, 50,257 tokens."""
    defaults = {name: default for name, (default, _parse) in names().items()}
    assert {name: defaults[name] for name in STARTS["gpt2"]} == STARTS["gpt2"]
    assert (defaults["layers"], defaults["width"], defaults["vocabulary"]) == (12, 768, 50_257)
    assert round(parameters("gpt2") / MILLION) == 124


def test_shares_of_gpt2() -> None:
    """57 million are feed-forward, 39 the table, 28 attention: 46, 31 and 23 %; in every larger decoder too it wins."""
    found = parts("gpt2")
    assert [round(found[part] / MILLION) for part in ("feed_forward", "embedding", "attention")] == [57, 39, 28]
    assert [round(100 * share("gpt2", part)) for part in ("embedding", "attention")] == [31, 23]
    for name, preset in presets().items():
        if preset.decoder:
            assert parts(name).most_common(1)[0][0] == "feed_forward", name
    assert share("mini_gpt2", "embedding") > 10 * share("gpt3", "embedding")


def test_table_can_win() -> None:
    """The smallest model of the recorded study is nearly all table."""
    small = SIZES[0]
    given = {"layers": small.layers, "width": small.width, "heads": small.heads, "feed_forward": 4 * small.width,
             "vocabulary": MiniGPT2Settings().vocabulary, "context": MiniGPT2Settings().context}  # fmt: skip
    assert parts("gpt2", **given).most_common(1)[0][0] == "embedding"


def test_feed_forward_is_four_wide() -> None:
    """Its two matrices have four times the width on one side."""
    where = STARTS["gpt2"]
    assert where["feed_forward"] == 4 * where["width"]
    shapes = [leaf.shape for leaf, _, _ in blocks("gpt2").leaves() if leaf.name in ("up", "down")]
    assert shapes == [(3_072, 768), (768, 3_072)]


def test_precision_is_not_enough() -> None:
    """GPT-3's smaller sister of 6.7 billion (32 layers of 4,096), widened to 7, does not fit in 4 bits: the cache."""
    where = {"layers": 32, "width": 4_096, "feed_forward": 16_384, "heads": 32, "context": TOKENS}
    below = model("gpt2", **where)
    assert parameters("gpt2", **where) < 7e9
    assert below.memory("4 bits") < ROOM
    seven = {"layers": 34} | {name: value for name, value in where.items() if name != "layers"}
    assert parameters("gpt2", **seven) >= 7e9
    assert model("gpt2", **seven).memory("4 bits") > ROOM
    assert weight_bytes(blocks("gpt2", **seven), "4 bits") < ROOM


def test_width_is_squared() -> None:
    """Twice as wide, each matrix of a layer has four times the numbers, the table twice; no other slider does that."""
    before, after = parts("gpt2"), parts("gpt2", width=2 * 768, feed_forward=2 * 3_072)
    matrices = [
        {leaf.name: prod(leaf.shape) for leaf, _, _ in tree.leaves() if len(leaf.shape) == 2 and leaf.name != "head"}
        for tree in (blocks("gpt2"), blocks("gpt2", width=2 * 768, feed_forward=2 * 3_072))
    ]
    for name, size in matrices[0].items():
        assert matrices[1][name] / size == (2 if name in ("embedding", "positions") else 4)
    assert after["embedding"] == 2 * before["embedding"]
    for name in ("layers", "heads", "feed_forward", "vocabulary", "context"):
        grown = blocks("gpt2", **{name: 2 * STARTS["gpt2"][name]})
        sizes = {leaf.name: prod(leaf.shape) for leaf, _, _ in grown.leaves() if len(leaf.shape) == 2}
        assert all(sizes[matrix] <= 2 * size for matrix, size in matrices[0].items())


def test_half_the_bytes() -> None:
    """FP16 is half of FP32, for every model."""
    for name, preset in presets().items():
        if preset.blocks:
            assert 2 * weight_bytes(blocks(name), "fp16") == weight_bytes(blocks(name), "fp32")


def test_bits_of_a_number() -> None:
    """32 numbers and a scale of 2 bytes: 34 bytes in 8 bits, 18 in 4, so 4.5 bits a number."""
    assert GROUP == 32
    assert PRECISIONS["8 bits"] == 32 + 2
    assert PRECISIONS["4 bits"] == 32 // 2 + 2
    assert 8 * PRECISIONS["4 bits"] / GROUP == 4.5


def test_layers_are_added() -> None:
    """Each layer has as many parameters as the others; twelve more are 85 million."""
    counts = [parameters("gpt2", layers=layers) for layers in range(25)]
    assert len({after - before for before, after in pairwise(counts)}) == 1
    assert round((counts[24] - counts[12]) / MILLION) == 85


def test_cache_by_shape() -> None:
    """A token's keys and values: 4.7 MB in GPT-3, 0.33 in Llama 3 70B, which has two fifths of its parameters.

    And two models of as many parameters: with one pair of keys for all heads or one for each, the cache differs.
    """
    gpt3, llama = model("gpt3", context=1).cache(), model("llama3_70b", context=1).cache()
    assert (round(gpt3 / 1e6, 1), round(llama / 1e6, 2)) == (4.7, 0.33)
    assert gpt3 / llama > 5 * parameters("gpt3") / parameters("llama3_70b")
    deep, wide = (
        {"layers": 48, "width": 512, "feed_forward": 2_048},
        {"layers": 12, "width": 1_024, "feed_forward": 4_096},
    )
    matrices = [parts("gpt2", **shape)["attention"] for shape in (deep, wide)]
    assert matrices[0] == pytest.approx(matrices[1], rel=0.002)
    assert model("gpt2", **deep).cache() == 2 * model("gpt2", **wide).cache()


@pytest.mark.parametrize("name", [name for name, preset in presets().items() if preset.decoder])
def test_counts_are_those_of_transformers(name: str) -> None:
    """The rows of the table add up to what the model of `transformers` has."""
    decoder = model(name).decoder
    assert decoder is not None
    assert sum(parts(name).values()) == counted(reference(decoder))


def test_twelve_squares() -> None:
    """Attention 4 d², feed-forward 8 d²; 12 L d² + V d is 123.5 million for GPT-2, right to 1 %."""
    where = STARTS["gpt2"]
    squares = {
        part: sum(
            copies * prod(leaf.shape)
            for leaf, copies, _ in blocks("gpt2").leaves()
            if leaf.kind == part and len(leaf.shape) == 2
        )
        for part in ("attention", "feed_forward")
    }
    assert squares["attention"] == 4 * where["layers"] * where["width"] ** 2
    assert squares["feed_forward"] == 8 * where["layers"] * where["width"] ** 2
    about = 12 * 12 * 768**2 + 50_257 * 768
    assert round(about / MILLION, 1) == 123.5
    assert about == pytest.approx(parameters("gpt2"), rel=0.01)
    missing = parameters("gpt2") - about
    rest = [prod(leaf.shape) * copies for leaf, copies, _ in blocks("gpt2").leaves()
            if len(leaf.shape) == 1 or leaf.name == "positions"]  # fmt: skip
    assert missing == sum(rest)


def test_by_hand_is_the_same() -> None:
    """`transformers` on meta and the lines by hand find the parameters of the picture."""
    for source in sources(model("gpt2"), str).values():
        with redirect_stdout(io.StringIO()):
            assert execute(source)["parameters"] == parameters("gpt2")


def test_gpt3_doubled() -> None:
    """Twice as wide, GPT-3 has 3.99 times its parameters; with twice the layers besides, nearly 8 times."""
    assert round(twice("gpt3"), 2) == 3.99
    where = STARTS["gpt3"]
    both = parameters("gpt3", width=2 * where["width"], feed_forward=2 * where["feed_forward"], layers=192)
    assert both / parameters("gpt3") == pytest.approx(8, abs=0.05)


def test_gpt2_doubled() -> None:
    """Twice as wide, GPT-2 has 3.4 times its parameters: 31 % of them are in the table."""
    assert round(twice("gpt2"), 1) == 3.4
    assert share("gpt2", "embedding") == pytest.approx(1 / 3, abs=0.03)


def test_llama_has_no_window() -> None:
    """The cache of Llama 3 8B at 30,000 tokens is seven times that of 4,096."""
    assert STARTS["llama3_8b"]["window"] == 0
    assert model("llama3_8b", context=30_000).cache() / model("llama3_8b", context=4_096).cache() == pytest.approx(
        7, abs=0.4
    )


def test_cache_stays() -> None:
    """Weights of fewer bits than 16 do not change the cache: two bytes a number."""
    where, found = STARTS["mistral_7b"], model("mistral_7b")
    numbers = 2 * where["layers"] * where["kv_heads"] * (where["width"] // where["heads"]) * where["window"]
    assert found.cache() == 2 * numbers
    for precision in ("fp16", "8 bits", "4 bits"):
        assert found.memory(precision) - weight_bytes(blocks("mistral_7b"), precision) == found.cache()


def test_mixtral_needs_all() -> None:
    """93 GB of weights in FP16, though a token costs fewer operations than one of a model of 20 billion."""
    assert round(weight_bytes(blocks("mixtral_8x7b"), "fp16") / 1e9) == 93
    assert model("mixtral_8x7b", context=1).operations < 2 * 20e9


def test_mixtral_is_not_56() -> None:
    """Neither 7 billion nor 56: eight times Mistral 7B would be 57.9, but attention and tables are there once."""
    assert 7e9 < parameters("mixtral_8x7b") < 56e9
    names_ = ("attention", "embedding")
    assert all(parts("mixtral_8x7b")[name] == parts("mistral_7b")[name] for name in names_)
    assert parts("mixtral_8x7b")["feed_forward"] == 8 * parts("mistral_7b")["feed_forward"]


def test_memory_is_both() -> None:
    """What the picture calls memory is weights and cache, of every model and precision."""
    for name, preset in presets().items():
        if preset.blocks:
            for precision in PRECISIONS:
                found = model(name)
                assert found.memory(precision) == weight_bytes(blocks(name), precision) + found.cache(precision)


def test_other_families() -> None:
    """Three matrices in a feed-forward part, keys narrower than queries, an output of their own: the large presets."""
    for name in ("llama3_8b", "llama3_70b", "mistral_7b", "mixtral_8x7b"):
        shapes = {leaf.name: leaf.shape for leaf, _, _ in blocks(name).leaves()}
        assert {"gate", "up", "down"} <= shapes.keys()
        assert shapes["k"][0] < shapes["q"][0]
        assert not STARTS[name]["tied"]
    assert STARTS["smollm2_135m"]["tied"]  # often, not always
    assert "gate" not in {leaf.name for leaf, _, _ in blocks("gpt2").leaves()}
