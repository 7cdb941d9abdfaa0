"""The page on sizes through the router: addresses, presets, missions, levels, and what a browser may send."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from components.model_size.presets import source_in_words
from components.model_size.state import COMPONENT
from core.lessons import load
from core.model_size.chosen import of_preset
from core.model_size.presets import presets
from tests.helpers import open_page, small_app
from tests.model_size.test_missions import LONG, STARTS, WIDE, doubled

PIN = ("family", "tied", "layers", "width", "heads", "kv_heads", "feed_forward", "vocabulary", "context", "window",
       "experts", "experts_used")  # fmt: skip


def picture(app: AppTest) -> dict[str, Any]:
    """Return what the picture was sent."""
    (found,) = [each.proto for each in app.get("bidi_component") if COMPONENT in str(each.proto)]
    data: dict[str, Any] = json.loads(found.json)
    return data


def address(where: dict[str, Any], **more: str) -> dict[str, str]:
    return {
        f"ms_{name}": str(value).lower() if isinstance(value, bool) else str(value) for name, value in where.items()
    } | more


def messages(app: AppTest) -> str:
    return " ".join(box.value for kind in (app.info, app.warning, app.error, app.success) for box in kind)


def test_an_address_opens_its_model_and_nonsense_the_first() -> None:
    """The link is the experiment; NaN, infinity, letters and endless digits are ignored, one value at a time."""
    where = of_preset(presets()["mistral_7b"])
    told = picture(open_page("model_size", **address(where, ms_precision="4 bits", ms_open="layer.attention.q")))[
        "state"
    ]
    assert {name: told[name] for name in where} == where
    assert (told["precision"], told["open"]) == ("4 bits", "layer.attention.q")
    for nonsense in ("NaN", "-1", "1e9", "inf", "", "12.5", "9" * 400, "<b>12</b>", "１２"):
        told = picture(open_page("model_size", ms_layers=nonsense, ms_width="1024", ms_heads="16"))["state"]
        assert (told["layers"], told["width"], told["heads"]) == (12, 1_024, 16)


@pytest.mark.parametrize(
    ("query", "shown", "said"),
    [
        ({"ms_width": "770"}, {"width": 770, "heads": 11}, "12 heads cannot share this width in equal parts: 11."),
        ({"ms_family": "llama", "ms_width": "1023"}, {"width": 1_024}, "A width of 1,023 is odd"),
        ({"ms_family": "llama", "ms_kv_heads": "5"}, {"kv_heads": 4}, "5 key–value heads cannot serve"),
        ({"ms_family": "mixtral", "ms_experts": "2", "ms_experts_used": "7"}, {"experts_used": 2}, "use 7 experts"),
        ({"ms_width": "0"}, {"width": 1, "heads": 1}, "Width: from 1 to 1,000,000."),
        ({"ms_layers": "999999"}, {"layers": 10_000}, "Layers: from 0 to 10,000."),
        ({"ms_family": "letters", "ms_width": "768"}, {"width": 16}, "Width: from 1 to 16."),
        ({"ms_layers": "0"}, {"layers": 0}, ""),
        ({"ms_layers": "1000", "ms_width": "100000", "ms_heads": "100"}, {"layers": 1_000, "width": 100_000}, ""),
    ],
)  # fmt: skip
def test_numbers_that_do_not_fit_are_told_and_the_nearest_shown(
    query: dict[str, str], shown: dict[str, int], said: str
) -> None:
    """No traceback, no other model in silence: the picture says what was asked for and what it shows instead."""
    app = open_page("model_size", lang="en", opened="1", **query)
    assert not app.exception
    told = picture(app)
    assert {name: told["state"][name] for name in shown} == shown
    assert said in told["notice"]
    assert bool(said) == bool(told["notice"])
    app.session_state["model_size-levels"] = "Numbers"
    assert not app.run().exception


def test_every_model_with_a_name_is_on_the_axis() -> None:
    """All presets are sent, from 14,007 on, with all their digits; GPT-4 has none and says so."""
    told = picture(open_page("model_size", lang="en"))
    assert {each["id"]: each["parameters"] for each in told["models"]} == {
        name: str(preset.blocks.parameters) if preset.blocks else "" for name, preset in presets().items()
    }
    assert told["course"] == 14_007
    assert "size unknown" in told["labels"]["unknownSize"]
    assert "never published" in told["labels"]["unpublished"]


def test_what_was_never_published_has_no_numbers_anywhere() -> None:
    """GPT-4: no blocks, a sentence instead of the numbers and of the code, and the preset's source-backed line."""
    app = open_page("model_size", lang="en", opened="1", ms_family="gpt4")
    for level in ("Numbers", "Code"):
        app.session_state["model_size-levels"] = level
        app.run()
        assert not app.exception
        assert "OpenAI has never published its size" in messages(app)
    sentence = load("model_size", "en").section("preset-gpt4").body
    assert any(sentence in str(caption.value) for caption in app.caption)


def ticked(app: AppTest, mission: str) -> bool:
    heading = load("model_size", "en").section(f"mission-{mission}").heading
    return any(f"Mission accomplished: {heading}" in box.value.replace("**", "") for box in app.success)


def pin(where: dict[str, Any], precision: str) -> str:
    return ",".join([*(str(where[name]).lower() if name == "tied" else str(where[name]) for name in PIN), precision])


@pytest.mark.parametrize(
    ("mission", "query"),
    [("fits", address(STARTS["gpt2"] | WIDE, ms_precision="4 bits")),
     ("square", address(doubled(STARTS["gpt2"] | LONG), ms_pin=pin(STARTS["gpt2"] | LONG | {"kv_heads": 8}, "fp16")))],
)  # fmt: skip
def test_a_link_ticks_nothing_a_hand_does(mission: str, query: dict[str, str]) -> None:
    """Who opens the solved mission by a link is told so; who comes there by hand has it ticked."""
    app = open_page("model_size", lang="en", opened="1", **query)
    assert not ticked(app, mission)
    assert "The link that you opened stands there already" in messages(app)
    by_hand = open_page("model_size", lang="en", opened="1")
    for name, (default, parse) in state_names().items():
        text = query.get(f"ms_{name}")
        by_hand.session_state[f"ms_{name}"] = default if text is None else parse(text)
    by_hand.run()
    assert ticked(by_hand, mission)


def state_names() -> dict[str, Any]:
    from components.model_size.state import names

    return dict(names())


def takes_what_is_sent() -> None:
    """Run a page that takes over what a browser may send, and shows where it then stands."""
    import streamlit as st

    from components.model_size.state import model, state, take

    for told in st.session_state["told"]:
        take(told)
    here = state()
    st.write({name: here[name] for name in ("family", "layers", "width", "precision", "open", "pin")})
    st.write(model(here)[0].numbers["heads"])


@pytest.mark.parametrize(
    ("told", "stands"),
    [
        ({"layers": 24, "width": 1_024.0}, {"layers": 24, "width": 1_024}),
        ({"layers": None, "width": "wide"}, {"layers": 12, "width": 768}),
        ({"layers": 1e400, "width": float("nan")}, {"layers": 12, "width": 768}),
        ({"layers": -4, "family": "gpt9", "precision": 4}, {"layers": 12, "family": "gpt2", "precision": "fp16"}),
        ({"open": "../../etc/passwd", "pin": "x" * 5_000}, {"open": "", "pin": ""}),
        ({"open": "layer" * 100}, {"open": ""}),
        ("nonsense", {"layers": 12}),
        ({"layers": [1, 2], "tied": "perhaps"}, {"layers": 12}),
    ],
)
def test_what_a_browser_sends_is_checked_like_any_input(told: object, stands: dict[str, object]) -> None:
    """Whatever comes, what cannot be is left as it was, and the page stands."""
    app = small_app(takes_what_is_sent)
    app.session_state["told"] = [told]
    app.run()
    assert not app.exception
    found = json.loads(app.json[0].value)
    assert {name: found[name] for name in stands} == stands


def test_the_numbers_add_up_on_the_page() -> None:
    """The table of every matrix sums to the parameters, and says which one serves twice."""
    app = open_page("model_size", lang="en", opened="1", ms_family="gpt2")
    app.session_state["model_size-levels"] = "Numbers"
    app.run()
    table = app.table[0].value
    counts = [int(re.sub(r"\D", "", text)) for text in table["parameters"] if re.search(r"\d", text)]
    assert sum(counts) == 124_439_808
    assert any("it is the table" in text for text in table["parameters"])


def test_each_preset_names_its_source() -> None:
    """Where its configuration is published, with links; GPT-3 says why its count is not the article's."""
    app = open_page("model_size", lang="fr", **address(of_preset(presets()["gpt3"])))
    said = " ".join(words.value for words in app.markdown)
    assert "[Brown et al. 2020](https://arxiv.org/abs/2005.14165), tableau 2.1" in said
    assert "174,6 milliards" in said
    assert "l’article écrit 175." in said
    for name, preset in presets().items():
        words = source_in_words(preset)
        assert (preset.source is None) == (name == "mini_gpt2")
        assert preset.source is None or f"[{preset.source.article}]({preset.source.url})" in words
