"""Every sentence of the lesson that states a fact, computed from what is shipped. Names are those of its claims."""

from __future__ import annotations

import re

import pytest

from components.tokens.state import names
from core.course import concepts
from core.lessons import LESSONS
from core.stories import language as stories
from core.tokens import bpe
from core.tokens.cost import LANGUAGES, lesson_text
from core.tokens.shown_code import MERGES, by_hand_source, tokenizers_source
from core.tokens.texts import ADDITION, FAMILY, IN_FRENCH, OPENING, PARAGRAPH, PRESETS
from core.tokens.tokenizers import LEARNED, LOST, TOKENIZERS, UNKNOWN, encode
from tests.helpers import execute


def count(name: str, text: str) -> int:
    return len(encode(name, text).ids)


def pieces(name: str, text: str) -> list[str]:
    """Return what each token of a text says; bytes that are no character as such."""
    data, at, found = text.encode(), 0, []
    for length in encode(name, text).lengths:
        found.append(data[at : at + length].decode(errors="backslashreplace"))
        at += length
    return found


def preset(name: str, language: str) -> tuple[str, str]:
    """Return a preset's tokenizer and text."""
    found = {key: default for key, (default, _parse) in names().items()} | PRESETS[name][language]
    return found["tokenizer"], found["text"]


def test_the_course_example() -> None:
    """301 characters, 48 words, 58 tokens of GPT-4: 1.21 a word; the page opens with it."""
    assert preset("course", "fr") == preset("course", "en") == (OPENING, PARAGRAPH) == ("cl100k", PARAGRAPH)
    assert (len(PARAGRAPH), len(PARAGRAPH.split()), count("cl100k", PARAGRAPH)) == (301, 48, 58)
    assert round(58 / 48, 2) == 1.21


def test_signs_and_rare_words() -> None:
    """Most of its words are one token with the space before them; the others differ by signs, or by rare parts."""
    found = pieces("cl100k", PARAGRAPH)
    words = PARAGRAPH.split()
    whole = [word for word in words if f" {word}" in found]
    cut = set(words) - set(whole)
    assert len(whole) > len(words) / 2
    assert all(re.search(r"[^a-zA-Z]", word) or word.isupper() for word in cut), cut
    assert {"(", "'s", ",", "."} <= {piece.strip() for piece in found}
    assert {"G", "PT"} <= {piece.strip() for piece in found}


def test_characters_are_longer() -> None:
    """Characters make five times as many pieces of the paragraph as GPT-4's tokens."""
    assert 5 <= count("characters", PARAGRAPH) / count("cl100k", PARAGRAPH) < 5.5


def test_a_count_names_nobody() -> None:
    """GPT-4 and GPT-2 both count 58, with other numbers; GPT-4o 57."""
    assert [count(name, PARAGRAPH) for name in ("cl100k", "gpt2", "o200k")] == [58, 58, 57]
    assert encode("cl100k", PARAGRAPH).ids != encode("gpt2", PARAGRAPH).ids


def test_french_costs_more() -> None:
    """17 characters more (6 %), 24 tokens more (41 %) for GPT-4, because fewer of its words are one token."""
    assert (len(IN_FRENCH), len(IN_FRENCH) - len(PARAGRAPH)) == (318, 17)
    assert (count("cl100k", IN_FRENCH), count("cl100k", IN_FRENCH) - count("cl100k", PARAGRAPH)) == (82, 24)
    assert (round(100 * 17 / 301), round(100 * 24 / 58)) == (6, 41)
    shares = []
    for text in (PARAGRAPH, IN_FRENCH):
        words = re.findall(r" (\w{2,})", text)
        shares.append(sum(f" {word}" in pieces("cl100k", text) for word in words) / len(words))
    assert shares[1] < shares[0]


def test_accents_are_few() -> None:
    """UTF-8 makes 13 bytes more than characters of the French paragraph."""
    assert len(IN_FRENCH.encode()) - len(IN_FRENCH) == 13


def test_letters_are_hidden() -> None:
    """The French word is four numbers, the English one a single one: nothing but numbers arrives."""
    _name, french = preset("letters", "fr")
    assert [piece.strip() for piece in pieces("cl100k", french)][6:10] == ["fram", "bo", "is", "ier"]
    _name, english = preset("letters", "en")
    assert " strawberry" in pieces("cl100k", english)


def test_strawberry_is_one() -> None:
    """` strawberry` is token 73700 of GPT-4; its bytes are eleven, one a letter and the space."""
    found = encode("cl100k", " strawberry")
    assert (list(found.ids), list(found.lengths)) == ([73700], [11])


def test_digits_in_threes() -> None:
    """Three digits a token from the left: the sum is 111, 111, 111, 0, its terms are 3 + 3 + 3."""
    digits = [piece for piece in pieces("cl100k", ADDITION) if piece.isdigit()]
    assert digits == ["123", "456", "789", "987", "654", "321", "111", "111", "111", "0"]


def test_rhymes_are_hidden() -> None:
    """In French the last token of each line's last word differs from the others; in English each word is another."""
    _name, french = preset("rhymes", "fr")
    ends = []
    for word in ("printemps", "longtemps", "attend", "s’étend"):
        assert re.search(rf"{word}[,.]?(\n|$)", french)
        ends.append(encode("cl100k", f" {word}").ids[-1])
    assert len(set(ends)) == 4
    _name, english = preset("rhymes", "en")
    assert len(set(encode("cl100k", english).ids)) == len(english.split()) == 4


def test_capitals_are_others() -> None:
    """`bonjour` 2 and `BONJOUR` 4 tokens, `hello` 1 and `HELLO` 2, without a common one; as in the presets."""
    for language, small, large in (("fr", 2, 4), ("en", 1, 2)):
        name, text = preset("capitals", language)
        first, _middle, last = text.split()
        assert (first.upper(), text.startswith(first)) == (last, True)
        low, high = encode(name, first).ids, encode(name, f" {last}").ids
        assert (len(low), len(high)) == (small, large)
        assert not set(low) & set(high)


def test_rare_names_are_cut() -> None:
    """Frequent first names are one token of GPT-4o, rare ones several."""
    for language, expected in (("fr", [1, 1, 3, 3]), ("en", [1, 1, 4, 2])):
        name, text = preset("name", language)
        assert name == "o200k"
        first, *others = text.split()
        assert [count(name, word) for word in (first, *(f" {other}" for other in others))] == expected


def test_one_emoji() -> None:
    """One sign: 11 code points, 41 bytes, 30 tokens of GPT-4."""
    assert preset("emoji", "fr")[1] == preset("emoji", "en")[1] == FAMILY
    assert (len(FAMILY), len(FAMILY.encode()), count("cl100k", FAMILY)) == (11, 41, 30)


def test_words_are_unknown() -> None:
    """`tokens,` is not in the list of 40,000 words; a word of the list with a comma is not either."""
    assert TOKENIZERS["words"].vocabulary == 40_000
    assert encode("words", "tokens,").ids == [UNKNOWN]
    assert encode("words", "maison").ids != [UNKNOWN]
    assert encode("words", "maison,").ids == [UNKNOWN]


@pytest.mark.parametrize("name", [name for name in LEARNED if name != "smollm2"])
def test_every_text_comes_back(name: str) -> None:
    """Any byte is a token of a byte-level tokenizer: nothing is unknown (SmolLM2's list leaves some bytes out)."""
    text = "".join(map(chr, range(0x250))) + "".join(chr(0x800 << shift) for shift in range(6))
    found = encode(name, text)
    assert LOST not in found.ids
    assert sum(found.lengths) == len(text.encode())


def test_vocabularies() -> None:
    """As many tokens as the libraries themselves have, special ones left out."""
    import tiktoken
    from tokenizers import Tokenizer

    from core.tasks.mini_gpt2 import published
    from core.tokens import tokenizers

    encode("o200k", "")  # sets where tiktoken finds its files
    for name, base in (("gpt2", "r50k_base"), ("cl100k", "cl100k_base"), ("o200k", "o200k_base")):
        assert TOKENIZERS[name].vocabulary == len(tiktoken.get_encoding(base)._mergeable_ranks)
    assert TOKENIZERS["mini"].vocabulary == published.tokenizer().get_vocab_size() - 1
    smollm2: Tokenizer = tokenizers._smollm2()
    assert TOKENIZERS["smollm2"].vocabulary == smollm2.get_vocab_size() - 17
    shown = [TOKENIZERS[name].vocabulary for name in LEARNED]
    assert shown == [1_023, 49_135, 50_256, 100_256, 199_998]


def test_twice_the_vocabulary() -> None:
    """GPT-4o has twice GPT-4's tokens; it takes one less for the paragraph, 17 less for its translation: 65."""
    assert 1.99 < TOKENIZERS["o200k"].vocabulary / TOKENIZERS["cl100k"].vocabulary < 2.01
    assert count("cl100k", PARAGRAPH) - count("o200k", PARAGRAPH) == 1
    assert (count("o200k", IN_FRENCH), count("cl100k", IN_FRENCH) - count("o200k", IN_FRENCH)) == (65, 17)


def test_mini_prefers_french() -> None:
    """189 tokens for the English paragraph, 166 for the longer French one."""
    assert (count("mini", PARAGRAPH), count("mini", IN_FRENCH)) == (189, 166)


def test_the_classic_example() -> None:
    """Three merges of aaabdaaabac: aa, ab, aaab; five tokens are left of eleven."""
    merges = bpe.learn("aaabdaaabac", 3)
    strings = bpe.vocabulary(merges)
    assert strings[bpe.BYTES :] == [b"aa", b"ab", b"aaab"]
    assert len(bpe.encode("aaabdaaabac", merges, 0)) == 11
    assert len(bpe.encode("aaabdaaabac", merges)) == 5


def test_by_hand_is_tokenizers() -> None:
    """Both versions of the code tab learn the same merges: the same ones as the page's own."""
    for text in (PARAGRAPH, IN_FRENCH):
        library, by_hand = execute(tokenizers_source(text, str)), execute(by_hand_source(text, str))
        learned = bpe.learn(text, MERGES)
        assert [tuple(merge[:2]) for merge in by_hand["merges"]] == [(merge.left, merge.right) for merge in learned]
        assert library["tokenizer"].encode(text).ids == bpe.encode(text, learned)
        assert by_hand["length"] == len(library["ids"])


def test_later_merges_save_less() -> None:
    """On 20,000 characters of stories the first 500 merges take over half of the tokens, the rest under a tenth."""
    text = "\n".join(stories.corpus(300, 1))[: bpe.MOST_CHARACTERS]
    assert len(text) == 20_000
    merges = bpe.learn(text, 100_000)
    start, half, end = (len(bpe.encode(text, merges, limit)) for limit in (0, 500, len(merges)))
    assert len(merges) > 500
    assert (start - half) / start > 0.5
    assert (half - end) / start < 0.1


def test_frequent_pairs_first() -> None:
    """No pair is more frequent than the one merged before; the last of 800 are far rarer, and longer."""
    text = "\n".join(stories.corpus(300, 1))[: bpe.MOST_CHARACTERS]
    merges = bpe.learn(text, 800)
    times = [merge.times for merge in merges]
    assert times == sorted(times, reverse=True)
    assert times[0] > 100 * times[-1]
    lengths = [len(string) for string in bpe.vocabulary(merges)[bpe.BYTES :]]
    assert sum(lengths[-100:]) > 2 * sum(lengths[:100])


def test_lessons_are_pairs() -> None:
    """Every lesson of the course stands in both languages, and can be counted in both."""
    assert LANGUAGES == ("fr", "en")
    french, english = ({file.stem for file in (LESSONS / language).glob("*.md")} for language in LANGUAGES)
    assert french == english
    assert all(lesson_text(concept.stem, language) for concept in concepts() for language in LANGUAGES)


def test_second_text_gains_less() -> None:
    """Merges of either lesson shorten it more than the other, whichever teaches, at any of the slider's marks."""
    lessons = [lesson_text("tokens", language)[: bpe.MOST_CHARACTERS] for language in LANGUAGES]
    for teaching, other in (lessons, lessons[::-1]):
        merges = bpe.learn(teaching, bpe.MOST_MERGES)
        for limit in (50, 100, 250, 500, 1_000):
            kept = [len(bpe.encode(text, merges, limit)) / len(text.encode()) for text in (teaching, other)]
            assert kept[0] < kept[1] < 1
