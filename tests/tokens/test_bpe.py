"""Learned merges against Hugging Face's trainer, encodings against tiktoken, and every text comes back."""

from __future__ import annotations

import json
from itertools import pairwise

import pytest
import tiktoken
from hypothesis import given, settings
from hypothesis import strategies as st
from tokenizers import Tokenizer, models, pre_tokenizers, trainers

from core.files import ASSETS
from core.language_models.graphemes import bytes_of
from core.stories.language import corpus
from core.tokens.bpe import MOST_CHARACTERS, MOST_MERGES, Merge, alphabet, decode, encode, learn, pieces, vocabulary

GPT2 = r"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+"
REPEATS = st.one_of(
    *(st.text(letters, max_size=120) for letters in ("ab", "abc ", "aé ", "a😀", "ab\n \t", "it's 10")),
    st.lists(st.sampled_from(["ab", "abab", " aab", "aaa", " ba", "'s"]), max_size=60).map("".join),
)
"""Texts over few letters: pairs that overlap, and many ties."""


def trained(text: str, merges: int) -> list[tuple[int, int, int]]:
    """Return the merges that Hugging Face's trainer learns."""
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    letters = pre_tokenizers.ByteLevel.alphabet()
    tokenizer.train_from_iterator(
        [text],
        trainers.BpeTrainer(vocab_size=256 + merges, initial_alphabet=letters, min_frequency=0, show_progress=False),
    )
    model = json.loads(tokenizer.to_str())["model"]
    ids = model["vocab"]
    return [(ids[left], ids[right], ids[left + right]) for left, right in model["merges"]]


def reference(merges: list[Merge]) -> tiktoken.Encoding:
    """Return tiktoken's encoder with our vocabulary."""
    ranks = {string: token for token, string in enumerate(vocabulary(merges))}
    return tiktoken.Encoding("ours", pat_str=GPT2, mergeable_ranks=ranks, special_tokens={})


def triples(merges: list[Merge]) -> list[tuple[int, int, int]]:
    return [(merge.left, merge.right, merge.new) for merge in merges]


@settings(max_examples=400, deadline=None)
@given(REPEATS, st.integers(0, 60))
def test_merges_are_those_of_hugging_face(text: str, merges: int) -> None:
    """On texts full of repeats, overlaps and ties, every merge is the one that `tokenizers` learns, with its id."""
    assert triples(learn(text, merges)) == trained(text, merges)


@pytest.mark.parametrize("stem", ["gpu", "embeddings", "text_generation"])
@pytest.mark.parametrize("language", ["fr", "en"])
def test_merges_of_a_lesson(language: str, stem: str) -> None:
    """A thousand merges of a lesson, of the course's stories too, equal Hugging Face's."""
    lesson = (ASSETS / "lessons" / language / f"{stem}.md").read_text(encoding="utf-8")
    for text in (lesson[:MOST_CHARACTERS], "\n".join(corpus(60, seed=0))[:MOST_CHARACTERS]):
        assert triples(learn(text, MOST_MERGES)) == trained(text, MOST_MERGES)


def test_of_equals_the_smallest_ids_win() -> None:
    """Four pairs once each: the smallest ids first; a space is Ġ, behind every letter, so its pair comes last."""
    merges = learn("ba dc", 3)
    strings = vocabulary(merges)
    assert [strings[merge.new] for merge in merges] == [b"ba", b"dc", b" dc"]
    assert strings[0] == b"!"
    assert alphabet().index(ord("z")) < alphabet().index(ord(" "))


def test_the_example_of_minbpe() -> None:
    """Three merges on aaabdaaabac leave five tokens, as Wikipedia and minbpe have it: aaab d aaab a c."""
    text = "aaabdaaabac"
    merges = learn(text, 3)
    strings = vocabulary(merges)
    assert [strings[merge.new] for merge in merges] == [b"aa", b"ab", b"aaab"]
    tokens = encode(text, merges)
    assert [strings[token] for token in tokens] == [b"aaab", b"d", b"aaab", b"a", b"c"]
    assert tokens[0] == tokens[2] == 258
    assert merges[0].times == 4


@settings(max_examples=200, deadline=None)
@given(REPEATS, REPEATS, st.integers(0, 60))
def test_encoding_is_that_of_tiktoken(learned: str, text: str, limit: int) -> None:
    """With the first merges, of this text or another, the ids are those that tiktoken finds with our vocabulary."""
    merges = learn(learned, 60)
    assert encode(text, merges, limit) == reference(merges[:limit]).encode_ordinary(text)


@settings(max_examples=300, deadline=None)
@given(st.text(st.characters(exclude_categories=[])), st.integers(0, 40))
def test_every_text_comes_back(text: str, merges: int) -> None:
    """Any text, half surrogates included, is there again after encoding, as tiktoken gives it back."""
    learned = learn(text, merges)
    encoded = encode(text, learned)
    alone = reference([])
    assert decode(encoded, learned) == alone.decode(alone.encode_ordinary(text))
    assert "".join(pieces(text)) == decode(encoded, learned)
    if not any("\ud800" <= letter <= "\udfff" for letter in text):
        assert decode(encoded, learned) == text


def test_half_a_surrogate_pair_is_a_replacement_character() -> None:
    """A lone half becomes U+FFFD, as in tiktoken; two halves that belong together become their character."""
    assert encode("\ud83d", []) == encode("\ufffd", [])
    assert encode("\ud83d\udc4d", []) == encode("👍", [])


@settings(max_examples=300, deadline=None)
@given(REPEATS)
def test_a_string_is_one_token_in_one_way(text: str) -> None:
    """No two merges make the same string, so the last merge inside a piece is its id."""
    strings = vocabulary(learn(text, 80))
    assert len(set(strings)) == len(strings)


@settings(max_examples=200, deadline=None)
@given(REPEATS, REPEATS)
def test_one_more_merge_only_joins(learned: str, text: str) -> None:
    """The ends of tokens with one merge more are some of those before: a merge never cuts."""
    merges = learn(learned, 40)
    strings = vocabulary(merges)
    before: set[int] | None = None
    for limit in range(len(merges) + 1):
        at, ends = 0, set()
        for token in encode(text, merges, limit):
            at += len(strings[token])
            ends.add(at)
        assert before is None or ends <= before
        before = ends


@settings(max_examples=100, deadline=None)
@given(REPEATS)
def test_counts_are_those_of_the_text(text: str) -> None:
    """A merge's count is how often its pair stands in the text that the merges before it left."""
    merges = learn(text, 25)
    for number, merge in enumerate(merges):
        rows = [encode(piece, merges, number) for piece in pieces(text)]
        pairs = [pair for row in rows for pair in pairwise(row)]
        assert pairs.count((merge.left, merge.right)) == merge.times


def test_the_alphabet_is_that_of_gpt2() -> None:
    """Our 256 ids are the letters that GPT-2 writes for bytes, by code point."""
    letters = sorted(pre_tokenizers.ByteLevel.alphabet())
    assert [bytes_of(letter) for letter in letters] == [bytes([byte]) for byte in alphabet()]


@pytest.mark.parametrize(
    "text", ["a" * MOST_CHARACTERS, "é漢" * (MOST_CHARACTERS // 2), "👨‍👩‍👧" * (MOST_CHARACTERS // 5), ""]
)
def test_long_pieces_and_none(unit: str) -> None:
    """One piece of 60,000 bytes takes no longer than many small ones, and stops when it is one token."""
    text = unit * (MOST_CHARACTERS // max(1, len(unit)))
    merges = learn(text, MOST_MERGES)
    assert triples(merges) == trained(text, MOST_MERGES)
    assert len(encode(text, merges)) == len(pieces(text))
