"""Tokens are bytes, readers see characters: every byte is kept, none is shown by half."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from core.language_models.graphemes import bytes_of, group, visible


@settings(max_examples=300, deadline=None)
@given(st.text(), st.lists(st.integers(1, 5), max_size=60))
def test_groups_hold_every_byte_and_whole_characters(text: str, lengths: list[int]) -> None:
    """However the bytes of a text are cut into tokens, the groups give it back, none shows half a character."""
    data, tokens, at = text.encode(), [], 0
    for length in lengths:
        tokens.append(data[at : at + length])
        at += length
    tokens.append(data[at:])
    groups = group(tokens)
    assert "".join(item.text for item in groups) == text
    assert [item.first for item in groups[1:]] == [item.last for item in groups[:-1]]
    assert not any("⟨" in item.shown and "⟨" not in text for item in groups)


def test_half_a_character_waits_for_its_other_half() -> None:
    """One token with half an é is shown as its byte; with the other half they are one group, é."""
    first, second = "é".encode()[:1], "é".encode()[1:]
    assert [item.shown for item in group([b"caf", first])] == ["caf", "⟨C3⟩"]
    assert [item.shown for item in group([b"caf", first, second, b"s"])] == ["caf", "é", "s"]


def test_an_accent_and_an_emoji_family_are_one_character() -> None:
    """An e with a combining accent, and four people joined to a family, stay together."""
    accent = [b"e", "\u0301".encode()]
    family = "👨\u200d👩\u200d👧"
    assert [item.text for item in group(accent)] == ["e\u0301"]
    assert [item.text for item in group([letter.encode() for letter in family])] == [family]


@given(st.binary())
def test_bytes_that_are_no_text_survive_too(data: bytes) -> None:
    """Any bytes, one token each, are all in the groups, and are shown without an error."""
    groups = group([bytes([byte]) for byte in data])
    assert b"".join(item.text.encode("utf-8", "surrogateescape") for item in groups) == data
    visible("".join(item.text for item in groups)).encode()


def test_the_vocabulary_is_read_as_transformers_does() -> None:
    """GPT-2's table of letters for bytes equals transformers' own."""
    from transformers.convert_slow_tokenizer import bytes_to_unicode

    assert {bytes_of(letter): byte for byte, letter in bytes_to_unicode().items()} == {
        bytes([byte]): byte for byte in range(256)
    }
