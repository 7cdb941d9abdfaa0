"""The script of the chips against Python: the same characters, bytes and groups for any text."""

from __future__ import annotations

from typing import Any

import pytest

from components.in_browser import COMPONENTS
from components.tokens.picture import packed
from core.language_models.graphemes import group
from core.tokens.texts import FAMILY, IN_FRENCH, PARAGRAPH
from core.tokens.tokenizers import TOKENIZERS, clean, encode
from tests.node import ask

MODULE = COMPONENTS / "tokens" / "pieces.js"
TEXTS = [
    PARAGRAPH,
    IN_FRENCH,
    FAMILY,
    "",
    "é",
    "e\u0301tat",
    "\r\n\t\x00\x1b",
    "שלום عربي abc",
    "नमस्ते",
    "🇫🇷🇩🇪",
    "<b>&amp;</b>",
]


@pytest.mark.parametrize("text", TEXTS)
def test_groups_end_where_characters_end(text: str) -> None:
    """Tokens that share a character are joined exactly as Python joins them, for every tokenizer."""
    readable = clean(text)
    asked: dict[str, Any] = {name: packed(encode(name, readable)) for name in TOKENIZERS}
    told = ask(
        MODULE,
        "Object.fromEntries(Object.entries(given.cut)"
        ".map(([name, cut]) => [name, groupsOf(given.text, unpacked(cut))]))",
        {"text": readable, "cut": asked},
    )
    for name in TOKENIZERS:
        data, at, tokens = readable.encode(), 0, []
        for length in encode(name, readable).lengths:
            tokens.append(data[at : at + length])
            at += length
        expected = [{"first": each.first, "last": each.last, "text": each.text} for each in group(tokens)]
        assert told[name] == expected, name


@pytest.mark.parametrize("text", TEXTS)
def test_the_browser_cuts_characters_and_bytes_as_python_does(text: str) -> None:
    """Code points and bytes, with their lengths."""
    readable = clean(text)
    read = "[charactersOf(given), singleBytesOf(given)].map(({ ids, lengths }) => [[...ids], [...lengths]])"
    characters, single = ask(MODULE, read, readable)
    for name, found in (("characters", characters), ("bytes", single)):
        expected = encode(name, readable)
        assert found == [list(expected.ids), list(expected.lengths)]


def test_what_has_no_form_is_drawn() -> None:
    """Spaces, line ends, tabs, no-break spaces, control characters and lone joiners; everything else as it is."""
    told = ask(MODULE, "given.map(visible)", [" a\n", "\t", "\u00a0", "\x00\x1b\x7f", "\u200d", "<b>", FAMILY])
    assert told == ["·a⏎", "⇥", "⍽", "␀␛␡", "U+200D", "<b>", FAMILY]
