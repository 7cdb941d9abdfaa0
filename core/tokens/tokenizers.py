"""Eight ways to cut a text into tokens, from characters to the tokenizer of GPT-4o, behind one function.

OpenAI's come from its own library, `tiktoken`, with the rank files shipped here; the mini GPT-2's and SmolLM2's from
Hugging Face's `tokenizers`. A text is cut on its bytes (UTF-8), so a token may end inside a character.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha1
from typing import TYPE_CHECKING

import regex

from core.files import DATA, sha256_of
from core.language_models.graphemes import bytes_of
from core.once import once
from core.tokens.bpe import MOST_CHARACTERS, readable

if TYPE_CHECKING:
    import tiktoken
    from tokenizers import Tokenizer

LONGEST = MOST_CHARACTERS
RANKS = DATA / "tiktoken"
LOST = -1
"""The id of bytes that a tokenizer has no token for: it drops them."""
UNKNOWN = 0
"""The id of a word that the list of words does not hold."""
_WORD = regex.compile(r"\s*\S+|\s+$")
"""A word: what stands between spaces, with those before it."""


class TokenizerMissing(RuntimeError):
    """Its package is not installed, or its files are missing or damaged."""


@dataclass(frozen=True)
class Encoding:
    """A text as tokens.

    Attributes:
        ids: their numbers.
        lengths: bytes of each; together they are all bytes of the text.
    """

    ids: Sequence[int]
    lengths: Sequence[int]

    def touched(self) -> int:
        """Return how many different tokens the text uses."""
        return len(set(self.ids) - {LOST})


@dataclass(frozen=True)
class Description:
    """What is known of a tokenizer without loading it.

    Attributes:
        id: its stable identifier, in links.
        vocabulary: how many tokens it has, special ones left out; 0 for those without a list.
        ranks: `tiktoken`'s name for it, and the hash of its file; None for the others.
    """

    id: str
    vocabulary: int
    ranks: tuple[str, str] | None = None


_R50K = ("r50k_base", "306cd27f03c1a714eca7108e03d66b7dc042abe8c258b44c199a7ed9838dd930")
_CL100K = ("cl100k_base", "223921b76ee99bde995b7ff738513eef100fb51d18c93597a113bcffe865b2a7")
_O200K = ("o200k_base", "446a9538cb6c348e3516120d7c08b09f57c36495e2acfffe59a5bf8b0cfb1a2d")
"""`tiktoken`'s names and the hashes that it checks too."""
TOKENIZERS = {
    found.id: found
    for found in (
        Description("characters", 0),
        Description("words", 40_000),
        Description("bytes", 256),
        Description("mini", 1_023),
        Description("smollm2", 49_135),
        Description("gpt2", 50_256, _R50K),
        Description("cl100k", 100_256, _CL100K),
        Description("o200k", 199_998, _O200K),
    )
}  # fmt: skip
"""In the order of the page."""
LEARNED = ("mini", "smollm2", "gpt2", "cl100k", "o200k")
"""Those that learned their tokens: byte-level BPE (Sennrich et al. 2016; Radford et al. 2019)."""


def clean(text: str) -> str:
    """Return a text as every tokenizer can read it: at most `LONGEST` characters, no half ones (lone surrogates)."""
    return readable(text)[:LONGEST]


def encode(name: str, text: str) -> Encoding:
    """Cut a text, one that `clean` returned.

    Raises:
        KeyError: there is no such tokenizer.
        TokenizerMissing: it cannot be loaded here.
    """
    data = text.encode()
    ids, pieces = _ENCODERS[name](text)
    return _covering(data, ids, pieces)


def _covering(data: bytes, ids: Sequence[int], pieces: Iterable[bytes]) -> Encoding:
    """Say which bytes each token stands for; what was dropped on the way becomes a token of its own, `LOST`.

    A library drops bytes that no token of its vocabulary holds, and goes on as if its neighbours touched: of a byte
    that was dropped inside a token, we say that the token stands for it too.
    """
    found: list[int] = []
    lengths: list[int] = []
    at = 0
    for number, piece in zip(ids, pieces, strict=True):
        begin = data.index(piece[0], at)
        found += [LOST] * (begin - at)
        lengths += [1] * (begin - at)
        at = begin
        for byte in piece:
            at = data.index(byte, at) + 1
        found.append(number)
        lengths.append(at - begin)
    found += [LOST] * (len(data) - at)
    lengths += [1] * (len(data) - at)
    return Encoding(found, lengths)


def _characters(text: str) -> tuple[Sequence[int], Sequence[bytes]]:
    return [ord(character) for character in text], [character.encode() for character in text]


def _bytes(text: str) -> tuple[Sequence[int], Sequence[bytes]]:
    return list(text.encode()), [bytes([byte]) for byte in text.encode()]


def _words(text: str) -> tuple[Sequence[int], Sequence[bytes]]:
    pieces = _WORD.findall(text)
    known = _word_list()
    return [known.get(piece.strip().lower(), UNKNOWN) for piece in pieces], [piece.encode() for piece in pieces]


@once()
def _word_list() -> dict[str, int]:
    """Return each word's number in the list of 40,000 French words, the most frequent first, from 1 on."""
    words = (DATA / "words_fr.txt").read_text(encoding="utf-8").split()
    return {word: number for number, word in enumerate(words, start=UNKNOWN + 1)}


def _with_tiktoken(name: str) -> Callable[[str], tuple[Sequence[int], Sequence[bytes]]]:
    def encoded(text: str) -> tuple[Sequence[int], Sequence[bytes]]:
        encoding = _tiktoken(name)
        ids = encoding.encode_ordinary(text)
        return ids, encoding.decode_tokens_bytes(ids)

    return encoded


@once(8)
def _tiktoken(name: str) -> tiktoken.Encoding:
    """Load one of OpenAI's tokenizers from the files shipped here; the library would fetch a damaged one anew."""
    ranks = TOKENIZERS[name].ranks
    assert ranks is not None
    base, expected = ranks
    address = f"https://openaipublic.blob.core.windows.net/encodings/{base}.tiktoken"
    file = RANKS / sha1(address.encode(), usedforsecurity=False).hexdigest()
    try:
        import tiktoken

        if sha256_of(file) != expected:
            raise TokenizerMissing(name)
        os.environ["TIKTOKEN_CACHE_DIR"] = str(RANKS)
        return tiktoken.get_encoding(base)
    except (ImportError, OSError) as error:
        raise TokenizerMissing(name) from error


def _with_tokenizers(load: Callable[[], Tokenizer]) -> Callable[[str], tuple[Sequence[int], Sequence[bytes]]]:
    def encoded(text: str) -> tuple[Sequence[int], Sequence[bytes]]:
        found = load().encode(text, add_special_tokens=False)
        return found.ids, [bytes_of(token) for token in found.tokens]

    return encoded


@once()
def _mini() -> Tokenizer:
    from core.tasks.mini_gpt2 import published

    tokenizer = published.tokenizer()
    mine = type(tokenizer).from_str(tokenizer.to_str())  # the cached one belongs to others too
    mine.encode_special_tokens = True  # a student's "<|endoftext|>" is their own words
    return mine


@once()
def _smollm2() -> Tokenizer:
    """Build SmolLM2's tokenizer: every digit is a token of its own (Ben Allal et al., "SmolLM2", 2025)."""
    from tokenizers import Tokenizer, models, pre_tokenizers

    shipped = json.loads((DATA / "smollm2_tokenizer.json").read_text(encoding="utf-8"))
    merges = [tuple(merge.split(" ")) for merge in shipped["merges"]]
    tokens = [*shipped["special"], *shipped["bytes"], *(left + right for left, right in merges)]
    tokenizer = Tokenizer(models.BPE({token: number for number, token in enumerate(tokens)}, merges))
    digits, by_byte = pre_tokenizers.Digits(individual_digits=True), pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence([digits, by_byte])
    return tokenizer


_ENCODERS: dict[str, Callable[[str], tuple[Sequence[int], Sequence[bytes]]]] = {
    "characters": _characters,
    "words": _words,
    "bytes": _bytes,
    "mini": _with_tokenizers(_mini),
    "smollm2": _with_tokenizers(_smollm2),
    "gpt2": _with_tiktoken("gpt2"),
    "cl100k": _with_tiktoken("cl100k"),
    "o200k": _with_tiktoken("o200k"),
}
