"""The code beside the picture: the text cut by `tiktoken`, merges learned by `tokenizers`, and the same by hand."""

from __future__ import annotations

from core.notebooks import Translate, cell

MERGES = 100
"""Merges that the shown code learns."""


def sources(text: str, _: Translate) -> dict[str, str]:
    """Return the three versions by name, for a text."""
    return {
        "tiktoken": tiktoken_source(text, _),
        "tokenizers": tokenizers_source(text, _),
        "Python": by_hand_source(text, _),
    }


def tiktoken_source(text: str, _: Translate) -> str:
    """Return the text as the tokens of GPT-2, GPT-4 and GPT-4o, by OpenAI's library."""
    fetched = _("the first time, it fetches the tokenizer's file")
    told = _("{name}: {len(ids)} tokens for {len(text)} characters")
    cut = cell(
        _("A text as tokens"),
        f"""
# pip install tiktoken
import tiktoken

text = {text!r}
found = {{}}
for name in ("r50k_base", "cl100k_base", "o200k_base"):
    encoding = tiktoken.get_encoding(name)  # {fetched}
    found[name] = ids = encoding.encode_ordinary(text)
    print(f"{told}")
""",
    )
    one = cell(
        _("Each token: its number and its bytes"),
        """
for number in found["o200k_base"]:
    print(number, encoding.decode_single_token_bytes(number))
""",
    )
    back = cell(_("And back: nothing is lost"), "assert encoding.decode(ids) == text")
    return "\n".join([cut, one, back])


def tokenizers_source(text: str, _: Translate) -> str:
    """Return byte-level BPE learned from the text, by Hugging Face's library."""
    room = _("the bytes, then the merges")
    train = cell(
        _("Learn a tokenizer from the text"),
        f"""
# pip install tokenizers
from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers

text = {text!r}
tokenizer = Tokenizer(models.BPE())
tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
tokenizer.decoder = decoders.ByteLevel()
trainer = trainers.BpeTrainer(
    vocab_size=256 + {MERGES},  # {room}
    initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
    show_progress=False,
)
tokenizer.train_from_iterator([text], trainer)
""",
    )
    use = cell(
        _("Cut with it"),
        """
ids = tokenizer.encode(text).ids
print(len(text.encode()), "→", len(ids))
print(tokenizer.encode(text).tokens[:30])
assert tokenizer.decode(ids) == text
""",
    )
    return "\n".join([train, use])


def by_hand_source(text: str, _: Translate) -> str:
    """Return the same, by hand: the most frequent pair becomes a token, again and again."""
    in_order = _("the 256 bytes in GPT-2's order: those that print come first")
    ties = _("equal counts: the smallest numbers")
    pieces = cell(
        _("The text in pieces, as GPT-2 cuts it: no token goes over their edges"),
        f"""
# pip install regex
from collections import Counter
import regex

text = {text!r}
PIECES = r"'(?:[sdmt]|ll|ve|re)| ?\\p{{L}}+| ?\\p{{N}}+| ?[^\\s\\p{{L}}\\p{{N}}]+|\\s+(?!\\S)|\\s+"
# {in_order}
printable = [*range(33, 127), *range(161, 173), *range(174, 256)]
order = printable + [byte for byte in range(256) if byte not in printable]
vocabulary = [bytes([byte]) for byte in order]
words = Counter(tuple(order.index(byte) for byte in piece.encode()) for piece in regex.findall(PIECES, text))
""",
    )
    learn = cell(
        _("The most frequent pair becomes a token, again and again"),
        f"""
def merged(word, pair, new):
    found = []
    for token in word:
        if found and (found[-1], token) == pair:
            found[-1] = new
        else:
            found.append(token)
    return tuple(found)

merges = []
for _ in range({MERGES}):
    counts = Counter()
    for word, times in words.items():
        for pair in zip(word, word[1:]):
            counts[pair] += times
    if not counts:
        break
    pair = min(counts, key=lambda pair: (-counts[pair], pair))  # {ties}
    token = vocabulary[pair[0]] + vocabulary[pair[1]]
    if token not in vocabulary:
        vocabulary.append(token)
    new = vocabulary.index(token)
    words = Counter({{merged(word, pair, new): times for word, times in words.items()}})
    merges.append(pair)
    print(len(merges), vocabulary[pair[0]], "+", vocabulary[pair[1]], counts[pair])
""",
    )
    length = cell(
        _("How many tokens the text has now"),
        """
length = sum(len(word) * times for word, times in words.items())
print(len(text.encode()), "→", length)
""",
    )
    return "\n".join([pieces, learn, length])
