"""The speed of writing and reading: what is counted is what torch really touches, and the browser says the same."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, replace
from typing import Any

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch.utils._python_dispatch import TorchDispatchMode
from torch.utils.flop_counter import FlopCounterMode
from transformers import DynamicCache

from components.in_browser import COMPONENTS
from components.model_size.speed import by_sheet
from core.model_size.blocks import of_decoder
from core.model_size.costs import PRECISIONS, cache_bytes, weight_bytes
from core.model_size.model import FAMILIES, Decoder
from core.model_size.presets import presets
from core.model_size.speed import (
    Engine,
    Machine,
    Memory,
    Work,
    met,
    passes,
    reading,
    reading_speed,
    writing,
    writing_speed,
)
from core.sheets import H100, T4
from tests.model_size.transformers_models import decoders, reference
from tests.node import ask

Touch = Callable[[str, torch.Tensor], None]
PLAIN = Machine(dict.fromkeys(PRECISIONS, 1e12), Memory(1e9), Memory(1e10), 0, dict.fromkeys(FAMILIES, Engine()))


class Touched(TorchDispatchMode):
    """Tells of every tensor that an operation reads or writes; operations that only look at it otherwise touch none."""

    def __init__(self, tell: Touch) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.tell = tell

    def __torch_dispatch__(self, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        """Compute, and tell."""
        out = func(*args, **(kwargs or {}))
        read = [each for part in args for each in (part if isinstance(part, (list, tuple)) else [part])]
        inside = [each for each in read if isinstance(each, torch.Tensor)]
        outside = [out] if isinstance(out, torch.Tensor) else []
        where = {each.untyped_storage().data_ptr() for each in inside}
        if not any(each.untyped_storage().data_ptr() in where for each in outside):
            for each in (*inside, *outside):
                self.tell(str(func), each)
        return out


def weights_touched(decoder: Decoder) -> int:
    """Return the bytes of all parameters that a real model reads for one token; of a table that is looked up, a row."""
    model = reference(decoder, "cpu").eval()
    model.config._experts_implementation = "eager"
    own = {weight.untyped_storage().data_ptr() for weight in model.parameters()}
    found: dict[tuple[int, int, bool], int] = {}

    def tell(name: str, tensor: torch.Tensor) -> None:
        place = tensor.untyped_storage().data_ptr()
        if place in own:
            looked_up = "embedding" in name
            count = tensor.shape[-1] if looked_up else tensor.numel()
            found[place, int(tensor.storage_offset()), looked_up] = count * tensor.element_size()

    with torch.no_grad(), Touched(tell):
        model(torch.zeros(1, 1, dtype=torch.long), use_cache=False)
    return sum(found.values())


@settings(max_examples=25, deadline=None)
@given(decoders())
def test_the_bytes_counted_are_those_that_torch_touches(decoder: Decoder) -> None:
    """For random decoders of all families: each matrix that a token meets once, the experts used, a row of a table."""
    assert met(of_decoder(decoder), "fp32", used=True)[0] == weights_touched(decoder)


def test_a_tied_head_is_read_whole_and_an_own_table_by_a_row() -> None:
    """Tied, a token reads the one table as head; with its own head it reads that one, and of the table a row."""
    given = {"layers": 1, "width": 64, "heads": 4, "vocabulary": 1_000, "context": 8}
    tied, apart = (of_decoder(Decoder.from_family("llama", tied=tied, **given)) for tied in (True, False))
    assert met(tied, "fp32", used=True) == met(apart, "fp32", used=True)
    assert weight_bytes(apart, "fp32") - weight_bytes(tied, "fp32") == 4 * 64 * 1_000
    assert met(tied, "fp32", used=True)[0] == weight_bytes(tied, "fp32") + 4 * 64


def test_writing_meets_the_experts_used_and_a_prompt_all() -> None:
    """Mixtral 8×7B: 12.9 billion parameters for a token, 46.7 billion for a prompt."""
    mixtral = presets()["mixtral_8x7b"]
    decoder, tree = mixtral.decoder, mixtral.blocks
    assert decoder is not None
    assert tree is not None
    table = 2 * decoder.width * (decoder.vocabulary - 1)
    assert writing(decoder, tree, "fp16", 1).weights == 2 * tree.active - table
    assert reading(decoder, tree, "fp16", 1).weights == 2 * tree.parameters - table


def test_a_window_stops_what_is_read_of_the_cache() -> None:
    """Mistral's cache stops at 4,096 tokens, and with it what a token costs."""
    mistral = presets()["mistral_7b"]
    decoder, tree = mistral.decoder, mistral.blocks
    assert decoder is not None
    assert tree is not None
    at = {tokens: writing(decoder, tree, "fp16", tokens) for tokens in (2_048, 4_096, 32_768)}
    assert at[2_048].cache * 2 == at[4_096].cache
    assert at[4_096] == at[32_768]


def test_rows_are_those_of_the_matrices() -> None:
    """By hand, a layer of Llama: q and o, k and v, gate and up, down; then two norms, the last one, head, a row."""
    decoder = Decoder.from_family("llama", layers=3, width=64, heads=4, kv_heads=2, vocabulary=100, feed_forward=96)
    layer = 64 + 64 + 32 + 32 + 96 + 96 + 64 + 2
    assert met(of_decoder(decoder), "fp32", used=True)[1] == 3 * layer + 1 + 100 + 1


@pytest.mark.parametrize("precision", PRECISIONS)
def test_fewer_bits_move_fewer_bytes(precision: str) -> None:
    """At 16, 8 and 4 bits the same token moves what the weights weigh there."""
    llama = presets()["llama3_8b"]
    decoder, tree = llama.decoder, llama.blocks
    assert decoder is not None
    assert tree is not None
    row = writing(decoder, tree, precision, 1).weights - weight_bytes(tree, precision)
    table = decoder.vocabulary * decoder.width * PRECISIONS[precision] // (32 if "bits" in precision else 1)
    assert row == table // decoder.vocabulary - table


@pytest.mark.parametrize(("heads", "kv_heads"), [(4, 4), (4, 2), (8, 2), (8, 4)])
def test_transformers_moves_a_cache_as_often_as_is_counted(heads: int, kv_heads: int) -> None:
    """What its operations read and write of keys and values, for a long text: within a tenth of the passes counted."""
    decoder = Decoder.from_family("llama", layers=2, width=heads * 64, heads=heads, kv_heads=kv_heads, vocabulary=50,
                                  context=800, feed_forward=32)  # fmt: skip
    model, before = reference(decoder, "cpu").eval(), 700
    cache = DynamicCache(config=model.config)
    moved = 0

    def tell(_name: str, tensor: torch.Tensor) -> None:
        nonlocal moved
        if before + 1 in tensor.shape[-2:] or before in tensor.shape[-2:]:
            own = [size for size, stride in zip(tensor.shape, tensor.stride(), strict=True) if stride]
            moved += torch.Size(own).numel() * tensor.element_size()

    with torch.no_grad():
        model(torch.zeros(1, before, dtype=torch.long), past_key_values=cache)
        with Touched(tell):
            model(torch.zeros(1, 1, dtype=torch.long), past_key_values=cache)
    assert moved == pytest.approx(passes(heads // kv_heads) * cache_bytes(decoder, before + 1, 4), rel=0.1)


def test_a_prompt_computes_what_torch_counts() -> None:
    """PyTorch's counter, over a prompt of 12 tokens whose head answers for the last one alone."""
    decoder = Decoder.from_family("llama", layers=2, width=32, heads=4, vocabulary=50, context=64)
    model = reference(decoder, "cpu").eval()
    with torch.no_grad(), FlopCounterMode(display=False) as counter:
        model(torch.zeros(1, 12, dtype=torch.long), use_cache=False, logits_to_keep=1)
    assert counter.get_total_flops() == reading(decoder, of_decoder(decoder), "fp32", 12).operations


def test_writing_waits_for_the_slower_of_memory_and_arithmetic() -> None:
    """By hand: a thousand bytes a microsecond, two orders, and whichever of memory and arithmetic takes longer."""
    work = Work(weights=3_000_000, cache=1_000_000, shared=1, rows=0, operations=1_000_000, layers=2, width=10)
    assert writing_speed(work, PLAIN, "gpt2", "fp32") == pytest.approx(1 / 4e-3)
    slow = replace(PLAIN, rates={"fp32": 1e8})
    assert writing_speed(work, slow, "gpt2", "fp32") == pytest.approx(1 / 10e-3)
    orders = replace(PLAIN, engines={"gpt2": Engine(token=1e-3, layer=0.2e-3, number=0.03e-3)})
    assert writing_speed(work, orders, "gpt2", "fp32") == pytest.approx(1 / 6e-3)
    rows = replace(PLAIN, far=Memory(1e9, row=1e-7))
    assert writing_speed(replace(work, rows=10_000), rows, "gpt2", "fp32") == pytest.approx(1 / 5e-3)
    near = replace(PLAIN, fits=4_000_000)
    assert writing_speed(work, near, "gpt2", "fp32") == pytest.approx(1 / 0.4e-3)
    assert writing_speed(replace(work, cache=1_000_001), near, "gpt2", "fp32") == pytest.approx(1 / 4e-3)


def test_reading_shares_what_is_fetched_among_its_tokens() -> None:
    """By hand: 3 ms of weights and 5 of arithmetic for a prompt of 16 tokens."""
    work = Work(weights=3_000_000, cache=0, shared=1, rows=0, operations=5_000_000_000, layers=2, width=10)
    assert reading_speed(work, PLAIN, "gpt2", "fp32", 16) == pytest.approx(16 / 8e-3)


def test_llama_3_on_an_h100_by_its_sheet() -> None:
    """8 billion parameters in 16 bits, less the table: 15.0 GB in 4.5 ms; a T4 would take 47, and has no room."""
    llama = presets()["llama3_8b"]
    decoder, tree = llama.decoder, llama.blocks
    assert decoder is not None
    assert tree is not None
    work = writing(decoder, tree, "fp16", 1)
    assert work.weights == pytest.approx(15.0e9, rel=0.01)
    assert 1 / writing_speed(work, by_sheet(H100), "llama", "fp16") == pytest.approx(15.0e9 / 3.35e12, rel=0.01)
    assert 1 / writing_speed(work, by_sheet(T4), "llama", "fp16") == pytest.approx(0.047, rel=0.01)
    assert weight_bytes(tree, "fp16") > T4.memory


@st.composite
def machines(draw: st.DrawFn) -> Machine:
    """Draw a machine."""
    memory = st.builds(Memory, st.floats(1e8, 1e13), st.floats(0, 1e-6))
    engine = st.builds(Engine, st.floats(0, 1e-2), st.floats(0, 1e-2), st.floats(0, 1e-5), st.booleans())
    rates = dict.fromkeys(PRECISIONS, draw(st.floats(1e8, 1e15)))
    engines = {family: draw(engine) for family in FAMILIES}
    return Machine(rates, draw(memory), draw(memory), draw(st.sampled_from((0, 10_000, 10**8))), engines)


@settings(max_examples=3, deadline=None)
@given(st.lists(st.tuples(decoders(), machines(), st.sampled_from(list(PRECISIONS)), st.integers(1, 99)), min_size=20,
                max_size=20))  # fmt: skip
def test_the_browser_says_the_same(cases: list[tuple[Decoder, Machine, str, int]]) -> None:
    """Random decoders on random machines, written and read: the same tokens a second to the last digits."""
    sent, expected = [], []
    for decoder, machine, precision, tokens in cases:
        tree, family = of_decoder(decoder), decoder.family
        wrote, read = (work(decoder, tree, precision, tokens) for work in (writing, reading))
        expected.append([writing_speed(wrote, machine, family, precision),
                         reading_speed(read, machine, family, precision, tokens)])  # fmt: skip
        sent.append([asdict(wrote), asdict(read), asdict(machine), family, precision, tokens])
    told = ask(
        COMPONENTS / "model_size" / "speed.js",
        "given.map(([wrote, read, ...rest]) => [writingSpeed(wrote, ...rest), readingSpeed(read, ...rest)])",
        sent,
    )
    for mine, theirs in zip(expected, told, strict=True):
        assert theirs == pytest.approx(mine, rel=1e-12)
