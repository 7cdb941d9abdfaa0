"""A model as the hands choose it: whatever is asked for, what is shown fits together and can be built."""

from __future__ import annotations

from dataclasses import asdict, fields
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from components.in_browser import COMPONENTS
from components.model_size.state import names, pinned
from core.model_size.chosen import BOUNDS, BOUNDS_OF_LETTERS, KINDS, NUMBERS, bounds, fitted, of_preset
from core.model_size.costs import PRECISIONS, weight_bytes
from core.model_size.model import Decoder
from core.model_size.presets import presets
from core.model_size.speed import reading, writing
from core.tasks.letters.settings import LettersSettings
from tests.node import ask

MODEL, COUNTS = (COMPONENTS / "model_size" / f"{name}.js" for name in ("model", "counts"))
SMALL = {
    "layers": (0, 5),
    "width": (1, 96),
    "heads": (1, 40),
    "kv_heads": (1, 40),
    "feed_forward": (1, 300),
    "vocabulary": (1, 300),
    "context": (1, 300),
    "window": (0, 300),
    "experts": (1, 12),
    "experts_used": (1, 12),
}
LARGE = {"layers": (0, 10_000), "width": (1, 100_000), "heads": (1, 300), "kv_heads": (1, 300),
         "feed_forward": (1, 400_000), "vocabulary": (1, 300_000), "context": (1, 1_000_000), "window": (0, 10_000),
         "experts": (1, 256), "experts_used": (1, 256)}  # fmt: skip
TOLD = """given.map((asked) => {
    const { model, repairs } = fitted(asked);
    return { model, repairs: repairs.map(({ name, value, taken }) => [name, value, taken]) };
})"""
COUNTED = """given.map((model) => {
    const tree = treeOf(model);
    const each = (count) => Object.fromEntries(PRECISIONS.map((name) => [name, String(count(name))]));
    return { parameters: String(tree.parameters), active: String(tree.active),
        operations: String(operationsOf(model, tree)), cache: each((name) => cacheBytes(model, name)),
        bytes: each((name) => weightBytes(tree, name)) };
})"""


@st.composite
def asked(draw: st.DrawFn) -> dict[str, Any]:
    """Draw what hands may ask for: small numbers, that meet often, or large ones, within the bounds of the family."""
    family = draw(st.sampled_from([kind for kind in KINDS if kind != "gpt4"]))
    ranges = draw(st.sampled_from([SMALL, LARGE]))
    numbers = {name: draw(st.integers(*ranges[name])) for name in NUMBERS}
    if family == "letters":
        numbers |= {name: draw(st.integers(*limits)) for name, limits in BOUNDS_OF_LETTERS.items()}
    return {"family": family, "tied": draw(st.booleans()), **numbers}


def fit(model: dict[str, Any]) -> Any:
    return fitted(model["family"], {name: model[name] for name in NUMBERS}, tied=model["tied"])


@settings(max_examples=300, deadline=None)
@given(asked())
def test_whatever_is_asked_for_a_model_can_be_built(model: dict[str, Any]) -> None:
    """The repaired numbers make a decoder that refuses nothing; fitting them again changes nothing."""
    chosen, repairs = fit(model)
    assert chosen.blocks is not None
    again, none = fitted(chosen.family, chosen.numbers, tied=chosen.tied)
    assert (again, none) == (chosen, [])
    assert all(chosen.numbers[each.name] == each.taken != each.value for each in repairs)
    if chosen.family != "letters":
        assert isinstance(chosen.decoder, Decoder)


@settings(max_examples=4, deadline=None)
@given(st.lists(asked(), min_size=120, max_size=120))
def test_the_browser_fits_and_counts_as_python_does(models: list[dict[str, Any]]) -> None:
    """For random models, absurd ones among them: the same repairs, and the same counts to the last digit."""
    told = ask(MODEL, TOLD, models)
    fits = [fit(model) for model in models]
    for answer, (chosen, repairs) in zip(told, fits, strict=True):
        assert {name: answer["model"][name] for name in NUMBERS} == dict(chosen.numbers)
        assert answer["repairs"] == [[each.name, each.value, each.taken] for each in repairs]
    given_ = [{"family": chosen.family, "tied": chosen.tied, **chosen.numbers} for chosen, _ in fits]
    for answer, (chosen, _) in zip(ask(COUNTS, COUNTED, given_), fits, strict=True):
        blocks = chosen.blocks
        assert answer["parameters"] == str(blocks.parameters)
        assert answer["active"] == str(blocks.active)
        assert answer["cache"] == {name: str(chosen.cache(name)) for name in PRECISIONS}
        assert answer["operations"] == str(chosen.operations)
        assert answer["bytes"] == {name: str(weight_bytes(blocks, name)) for name in PRECISIONS}


@settings(max_examples=3, deadline=None)
@given(st.lists(st.tuples(asked(), st.sampled_from(list(PRECISIONS))), min_size=80, max_size=80))
def test_the_browser_knows_the_work_of_a_token_and_of_a_prompt(cases: list[tuple[dict[str, Any], str]]) -> None:
    """Bytes, rows and operations of random decoders, written and read over their whole context, equal Python's."""
    sent, expected = [], []
    for model, precision in cases:
        chosen, _ = fit(model)
        decoder, tree = chosen.decoder, chosen.blocks
        if decoder is None or tree is None:
            continue
        sent.append([{"family": chosen.family, "tied": chosen.tied, **chosen.numbers}, precision])
        expected.append([asdict(work(decoder, tree, precision, decoder.context)) for work in (writing, reading)])
    told = ask(MODEL.with_name("work.js"), f"""(async () => {{
        const {{ treeOf }} = await import("{COUNTS.as_uri()}");
        return given.map(([model, precision]) => [writingWork, readingWork].map((work) =>
            work(model, treeOf(model), precision)));
    }})()""", sent)  # fmt: skip
    for mine, theirs in zip(expected, told, strict=True):
        for one, other in zip(mine, theirs, strict=True):
            assert other == pytest.approx(one, rel=1e-12)


def test_bounds_are_those_of_the_settings_in_both_languages() -> None:
    """A slider, an address and the settings allow the same numbers."""
    allowed = {each.name: each.metadata["range"] for each in fields(Decoder) if "range" in each.metadata}
    for name, (least, most) in BOUNDS.items():
        low, high = allowed[name]
        assert (max(low, least), most) == (least, high)
    letters = {each.name: each.metadata["range"] for each in fields(LettersSettings) if "range" in each.metadata}
    assert {"width": letters["embedding"], "feed_forward": letters["hidden"],
                                 "context": letters["context"]} == BOUNDS_OF_LETTERS  # fmt: skip
    pairs = [[family, name] for family in ("letters", "gpt2") for name in NUMBERS]
    told = ask(MODEL, "given.map(([family, name]) => boundsOf(family, name))", pairs)
    assert [tuple(limits) for limits in told] == [bounds(family, name) for family, name in pairs]


@pytest.mark.parametrize("preset", presets().values(), ids=lambda preset: preset.id)
def test_the_hands_stand_for_every_preset(preset: Any) -> None:
    """A preset's hands give back its configuration, need no repair, and stand on stops of their sliders."""
    where = of_preset(preset)
    chosen, repairs = fit(where)
    assert not repairs
    assert chosen.decoder == preset.decoder
    if preset.blocks is not None:
        assert chosen.blocks == preset.blocks
    shown = {"letters": ["width", "feed_forward", "context"], "gpt4": []}.get(chosen.family, ask(
        MODEL, "HAS[given]", chosen.family))  # fmt: skip
    stops = ask(MODEL, "given.names.map((name) => stopsOf(given.model, name))", {"model": where, "names": shown})
    for name, found in zip(shown, stops, strict=True):
        assert where[name] in found, name


def test_every_stop_of_a_slider_fits_or_is_repaired_by_the_heads_alone() -> None:
    """From each preset, every stop of every slider is a model in which that slider stands where it was put."""
    for preset in presets().values():
        where = of_preset(preset)
        if where["family"] == "gpt4":
            continue
        named = ask(MODEL, "HAS[given.family].map((name) => [name, stopsOf(given, name)])", where)
        for name, stops in named:
            for stop in stops:
                chosen, repairs = fit(where | {name: stop})
                assert chosen.numbers[name] == stop
                assert {each.name for each in repairs} <= {"heads", "kv_heads", "experts_used"}


def test_a_thousand_layers_of_a_hundred_thousand_are_exact() -> None:
    """Past what a double counts, the parameters are right to the last digit, in both languages."""
    asked = of_preset(presets()["gpt2"]) | {"layers": 9_999, "width": 100_001, "feed_forward": 9_999_999, "heads": 11}
    chosen, repairs = fit(asked)
    assert not repairs
    assert chosen.blocks is not None
    width, wide = 100_001, 9_999_999
    layer = 4 * width * width + 2 * width * wide + 4 * width + wide + width + 4 * width
    assert chosen.blocks.parameters == 9_999 * layer + (50_257 + 1_024) * width + 2 * width
    told = ask(COUNTS, COUNTED, [{"family": "gpt2", "tied": True, **chosen.numbers}])
    assert told[0]["parameters"] == str(chosen.blocks.parameters)
    assert int(float(chosen.blocks.parameters)) != chosen.blocks.parameters


@pytest.mark.parametrize(
    "text",
    ["", "gpt2", "gpt2,true", "gpt2,true,NaN,768,12,12,3072,50257,1024,0,8,2,fp16",
     "gpt2,true,12,768,13,13,3072,50257,1024,0,8,2,fp16", "gpt2,maybe,12,768,12,12,3072,50257,1024,0,8,2,fp16",
     "gpt9,true,12,768,12,12,3072,50257,1024,0,8,2,fp16", "gpt2,true,12,768,12,12,3072,50257,1024,0,8,2,fp17",
     "gpt2,true,99999999999999,768,12,12,3072,50257,1024,0,8,2,fp16", "gpt2,true,12,0,12,12,3072,50257,1024,0,8,2,fp16",
     "letters,true,12,17,12,12,3072,50257,1024,0,8,2,fp16"],
)  # fmt: skip
def test_a_pin_that_holds_no_model_is_refused(text: str) -> None:
    """Nonsense, numbers that do not fit and those out of bounds pin nothing."""
    assert pinned(text) is None
    _default, parse = names()["pin"]
    assert parse(text) in (None, "")


def test_a_pin_holds_a_model() -> None:
    """The text of a pin, as the browser writes it, is the model and its precision."""
    found = pinned("gpt2,true,12,768,12,12,3072,50257,1024,0,8,2,4 bits")
    assert found is not None
    assert found[0].decoder == presets()["gpt2"].decoder
    assert found[1] == "4 bits"
