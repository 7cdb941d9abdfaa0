"""Eight ways to cut a text: each equals its reference, keeps every byte, and reads nothing from a network."""

from __future__ import annotations

import json
import socket
import sys
from pathlib import Path

import pytest
import regex
from hypothesis import given, settings
from hypothesis import strategies as st
from tokenizers import Tokenizer

from core.files import DATA
from core.tasks.mini_gpt2 import published
from core.tokens import recorded, tokenizers
from core.tokens.texts import shipped
from core.tokens.tokenizers import LEARNED, LONGEST, LOST, TOKENIZERS, TokenizerMissing, clean, encode

TEXTS = st.text(st.characters(exclude_categories=()), max_size=60)  # half surrogates too


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Block every socket."""

    def refused(*_args: object, **_named: object) -> None:
        raise OSError("a tokenizer asked for the network")

    monkeypatch.setattr(socket.socket, "connect", refused)


@pytest.mark.parametrize(
    ("name", "text", "ids"),
    [
        ("gpt2", "hello world", [31373, 995]),
        ("cl100k", "hello world", [15339, 1917]),
        ("cl100k", "'rer", [2351, 81]),
        ("cl100k", "👍", [9468, 239, 235]),
    ],
)
def test_the_published_examples(name: str, text: str, ids: list[int]) -> None:
    """The ids that tiktoken's own tests expect (tests/test_encoding.py)."""
    assert list(encode(name, text).ids) == ids


def test_half_a_surrogate_is_the_replacement_character() -> None:
    """As in tiktoken's tests; two halves that belong together are their character."""
    assert clean("\ud83d") == "\ufffd"
    assert clean("\ud83d\udc4d") == "👍"
    assert encode("cl100k", clean("\ud83d")).ids == encode("cl100k", "\ufffd").ids


@pytest.mark.parametrize("name", TOKENIZERS)
@settings(max_examples=60, deadline=None)
@given(text=TEXTS)
def test_the_lengths_cover_every_byte(name: str, text: str) -> None:
    """Whatever the text, the tokens' bytes are its bytes: nothing is shown twice or left out."""
    readable = clean(text)
    found = encode(name, readable)
    assert sum(found.lengths) == len(readable.encode())
    assert all(length > 0 for length in found.lengths)
    assert len(found.ids) == len(found.lengths)


def test_what_a_vocabulary_lacks_is_shown_where_it_stood() -> None:
    """SmolLM2 has no token for the byte 6, and reads its neighbours as if they touched: ":/" is one token."""
    together = encode("smollm2", ":/")
    assert list(together.lengths) == [2]
    inside, between = encode("smollm2", ":\x06/"), encode("smollm2", "\x06:/\x06")
    assert (list(inside.ids), list(inside.lengths)) == (list(together.ids), [3])
    assert (list(between.ids), list(between.lengths)) == ([LOST, *together.ids, LOST], [1, 2, 1])


@pytest.mark.parametrize("name", ["gpt2", "cl100k", "o200k"])
@settings(max_examples=60, deadline=None)
@given(text=TEXTS)
def test_openais_are_their_own_library(name: str, text: str) -> None:
    """The ids are those of tiktoken, and decode to the text: every Unicode text comes back."""
    reference = tokenizers._tiktoken(name)
    readable = clean(text)
    found = encode(name, readable)
    assert list(found.ids) == reference.encode_ordinary(readable)
    assert reference.decode(list(found.ids)) == readable


@settings(max_examples=60, deadline=None)
@given(text=TEXTS)
def test_the_minis_is_the_published_one(text: str) -> None:
    """The ids of the published tokenizer, and back to the text."""
    readable = clean(text)
    found = encode("mini", readable)
    assert list(found.ids) == published.tokenizer().encode(readable).ids
    assert published.tokenizer().decode(list(found.ids)) == readable


@settings(max_examples=60, deadline=None)
@given(text=st.text(st.characters(exclude_categories=("N", "Cs")), max_size=60))
def test_smollm2s_is_the_one_in_the_package(text: str) -> None:
    """Without digits, which its own tokenizer cuts one by one, the ids of transformers' reading of the GGUF file."""
    reference = _of_the_package()
    found = encode("smollm2", text)
    assert [number for number in found.ids if number != LOST] == reference.encode(text, add_special_tokens=False).ids


def test_smollm2_reads_digits_one_by_one() -> None:
    """No token of its vocabulary has a digit and anything else: each digit stands alone, and so do spaces before it."""
    shipped_file = json.loads((DATA / "smollm2_tokenizer.json").read_text(encoding="utf-8"))
    merged = [merge.replace(" ", "", 1) for merge in shipped_file["merges"]]
    assert not [token for token in merged if regex.search(r"\d", token)]
    assert len(encode("smollm2", "a  12").ids) == 4


def test_smollm2s_vocabulary_is_the_packages() -> None:
    """Token for token and number for number."""
    assert tokenizers._smollm2().get_vocab() == _of_the_package().get_vocab()


def test_every_recorded_text_is_cut_as_now() -> None:
    """What the page opens with is what the tokenizers make of it today, for each shipped text."""
    for text in shipped():
        for name, found in recorded.encodings(text).items():
            now = encode(name, text)
            assert found is not None
            assert (list(found.ids), list(found.lengths)) == (list(now.ids), list(now.lengths)), (name, text)


def test_what_opens_loads_no_tokenizer() -> None:
    """The shipped texts are answered without tiktoken's tables: 140 MB that an idle server does not hold."""
    tokenizers._tiktoken.cache_clear()
    for text in shipped():
        recorded.encodings(text)
    assert len(tokenizers._tiktoken.cache) == 0  # type: ignore[attr-defined]


@pytest.mark.parametrize("text", ["a" * 20_000, " " * 20_000, "\n" * 20_000, "👍" * 10_000, "ab" * 10_000, ""])
def test_the_worst_texts_are_cut(text: str) -> None:
    """One endless word, spaces, line ends, nothing: every tokenizer answers, and keeps every byte."""
    for name in TOKENIZERS:
        assert sum(encode(name, text).lengths) == len(text.encode())


def test_a_megabyte_is_cut_to_its_beginning() -> None:
    """Of a text that is too long, its first characters stay."""
    assert clean("é" * 1_000_000) == "é" * LONGEST


def test_a_damaged_file_is_missing_and_not_fetched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Tiktoken would remove such a file and fetch it anew: here it is missing, stays, and the others still work."""
    for file in tokenizers.RANKS.iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes()[:-9])
    monkeypatch.setattr(tokenizers, "RANKS", tmp_path)
    tokenizers._tiktoken.cache_clear()
    try:
        for name in ("gpt2", "cl100k", "o200k"):
            with pytest.raises(TokenizerMissing):
                encode(name, "a text that is not recorded")
        assert len(list(tmp_path.iterdir())) == 3
        found = recorded._live.__wrapped__("a text that is not recorded")
        assert {name for name, cut in found.items() if cut is None} == {"gpt2", "cl100k", "o200k"}
    finally:
        tokenizers._tiktoken.cache_clear()


def test_without_the_package_they_are_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where tiktoken is not installed, its three are missing; the learned ones of tokenizers are there."""
    monkeypatch.setitem(sys.modules, "tiktoken", None)
    tokenizers._tiktoken.cache_clear()
    with pytest.raises(TokenizerMissing):
        encode("cl100k", "hello")
    assert set(LEARNED) - {"gpt2", "cl100k", "o200k"} == {"mini", "smollm2"}
    assert encode("mini", "hello").ids


def _of_the_package() -> Tokenizer:
    """Return the tokenizer as transformers reads it from the GGUF file, converted once on this machine."""
    from core.language_models import catalogue

    return catalogue.load("smollm2").tokenizer
