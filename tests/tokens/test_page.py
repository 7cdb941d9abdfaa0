"""The page of tokens through the router: addresses, what is typed, what is missing, its two missions."""

from __future__ import annotations

import json
from typing import Any

import pytest
import streamlit
from streamlit.testing.v1 import AppTest

from components.tokens import state
from components.tokens.compare import PAIR
from components.tokens.state import COMPONENT, IN_LINK
from core.files import DATA
from core.tokens import recorded, tokenizers
from core.tokens.texts import OPENING, PARAGRAPH, PRESETS
from core.tokens.tokenizers import LONGEST, encode
from tests.helpers import open_page
from tests.tokens.test_comparison import ENGLISH, FRENCH


def picture(app: AppTest, key: str = COMPONENT) -> dict[str, Any]:
    """Return what a picture was sent."""
    (found,) = [each.proto for each in app.get("bidi_component") if key in str(each.proto)]
    data: dict[str, Any] = json.loads(found.json)
    return data


def said(app: AppTest) -> str:
    kinds = (app.markdown, app.info, app.success, app.caption)
    return " ".join(str(part.value) for kind in kinds for part in kind)


def test_an_address_opens_its_text_and_nonsense_the_courses() -> None:
    """The link is the experiment: text, tokenizer, numbers only; what cannot be is ignored, one value at a time."""
    told = picture(open_page("tokens", tok_text="à\n👍", tok_tokenizer="gpt2", tok_ids="true"))["state"]
    assert (told["text"], told["tokenizer"], told["ids"]) == ("à\n👍", "gpt2", True)
    told = picture(open_page("tokens", tok_tokenizer="gpt9", tok_ids="maybe"))["state"]
    assert (told["text"], told["tokenizer"], told["ids"]) == (PARAGRAPH, OPENING, False)


def test_the_text_waits_uncut_for_the_question_and_is_cut_for_who_comes_by_a_link() -> None:
    """The question's answer is not on the screen before it; a link shows its experiment at once."""
    assert picture(open_page("tokens"))["veiled"]
    assert not picture(open_page("tokens", tok_text="hello"))["veiled"]


@pytest.mark.parametrize(
    "value", ["nan", "-1", "1e999", "<script>alert(1)</script>", "\x00\x1b", "\ufeff", "x" * 5_000]
)
def test_a_hostile_link_opens_the_page(value: str) -> None:
    """Nonsense in every parameter at once, in each part of the page: no exception, no error."""
    names = ("text", "tokenizer", "ids", "a", "b", "lesson", "price", "window")
    for part in ("learn", "compare", "cost", value):
        app = open_page("tokens", tok_part=part, **{f"tok_{name}": value for name in names})
        assert not app.exception, app.exception[0].value
        assert not app.error


def test_an_empty_text_is_a_text() -> None:
    """Nothing to cut: no token, and the page stands."""
    app = open_page("tokens", tok_text="")
    assert not app.exception


def test_every_preset_is_lit_where_it_stands() -> None:
    """The address of each preset lights it, in both languages, and its sentence is the lesson's."""
    for language in ("fr", "en"):
        for name, there in PRESETS.items():
            query = {f"tok_{key}": value for key, value in there[language].items() if value != PARAGRAPH}
            app = open_page("tokens", lang=language, opened="1", **query)
            row: Any = next(row for row in app.get("button_group") if str(row.key).startswith("tok-presets"))
            assert row.value == name, (language, name)


def test_what_a_browser_sends_is_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    """A text too long is cut, half characters are mended, unknown tokenizers and other things are refused."""
    held: dict[str, Any] = {}
    monkeypatch.setattr(streamlit, "session_state", held)
    state.take({"text": "a\ud800b", "tokenizer": "o200k", "ids": True})
    assert (held["tok_text"], held["tok_tokenizer"], held["tok_ids"]) == ("a\ufffdb", "o200k", True)
    state.take({"text": "é" * 1_000_000, "tokenizer": "<b>", "ids": "sometimes"})
    assert len(held["tok_text"]) == IN_LINK
    assert len(held[state._LONG][1]) == LONGEST
    assert (held["tok_tokenizer"], held["tok_ids"]) == ("o200k", True)
    for nonsense in (None, 7, "text", ["text"], {"text": 7}):
        state.take(nonsense)
    assert len(held[state._LONG][1]) == LONGEST


def test_a_missing_tokenizer_is_said_and_the_others_work(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without tiktoken, three bars say that they are not here; the page opens, and the prices leave it out."""
    monkeypatch.setattr(tokenizers, "RANKS", DATA / "nowhere")
    for cached in (tokenizers._tiktoken, recorded._live, recorded._one):
        cached.cache_clear()
    try:
        app = open_page("tokens", tok_text="not recorded", tok_part="cost")
        assert not app.exception
        cut = picture(app)["encodings"]
        assert {name for name, found in cut.items() if found is None} == {"gpt2", "cl100k", "o200k"}
    finally:
        for cached in (tokenizers._tiktoken, recorded._live, recorded._one):
            cached.cache_clear()


def test_what_a_lesson_costs_is_said_at_the_students_price() -> None:
    """No price is shown before one is typed; then the price of the counted tokens, in the page's language."""
    query = {"lang": "en", "opened": "1", "tok_part": "cost", "tok_tokenizer": "o200k"}
    assert "once costs" not in said(open_page("tokens", **query))
    app = open_page("tokens", tok_price="1000000", tok_window="100000", **query)
    told = picture(app, "tok-lessons")["counts"]
    tokens = told["a"]["o200k"]
    assert f"once costs {tokens:,}" in said(app)
    assert f"fits into the window {100_000 // tokens:,} times" in said(app)


def test_the_missions_are_reached_by_hand_only() -> None:
    """A link that stands there ticks nothing; the same texts written by the student do."""
    app = open_page("tokens", lang="en", opened="1", tok_part="compare", tok_a=ENGLISH, tok_b=FRENCH)
    assert picture(app, PAIR)["texts"] == {"a": ENGLISH, "b": FRENCH}
    assert len(encode(OPENING, FRENCH).ids) <= len(encode(OPENING, ENGLISH).ids)
    assert not any("French at the price" in box.value for box in app.success)
    app.session_state["tok_b"] = FRENCH + " "
    app.run()
    assert any("French at the price" in box.value for box in app.success)
