"""Parameters, cache and operations of a configuration against models of `transformers` built from the same one."""

from __future__ import annotations

from typing import Any

import pytest
import torch
from hypothesis import given, settings

from core.model_size.blocks import of_decoder
from core.model_size.costs import (
    cache_bytes,
    operations,
    training_operations,
)
from core.model_size.model import FAMILIES, Decoder, MisfitError
from core.model_size.presets import LETTERS, presets
from core.tasks.letters import corpus
from core.tasks.letters.task import Bengio
from core.training.settings import SettingsError
from tests.model_size.transformers_models import counted, decoders, reference


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


def test_a_token_of_mixtral_meets_the_experts_that_are_used() -> None:
    """Operations of a mixture are two for each matrix of the router and of the experts used, and no others."""
    one, two = (Decoder.from_family("mixtral", layers=3, width=16, heads=2, experts=4, experts_used=used)
                for used in (1, 2))  # fmt: skip
    more = operations(two, of_decoder(two), 5) - operations(one, of_decoder(one), 5)
    assert more == 2 * 3 * 3 * 16 * 64
    assert of_decoder(one).parameters == of_decoder(two).parameters


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
