"""What the notebook keeps of the page of tokens: how many the chosen tokenizer makes of the text."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from components.language import _
from components.notebook.keep import keep
from components.tokens.state import is_in_link
from core.notebook.experiment import Figure
from core.once import once
from core.tokens.bpe import MOST_MERGES, Merge, encode, learn
from core.tokens.recorded import encodings


def keep_cut(stem: str, here: Mapping[str, Any]) -> None:
    """Keep the tokens of the text on show; one that a link cannot hold is nobody's experiment."""
    found = encodings(here["text"]).get(here["tokenizer"])
    count = len(here["text"]) if here["tokenizer"] == "characters" else len(here["text"].encode())
    tokens = len(found.ids) if found is not None else count
    known = found is not None or here["tokenizer"] in {"characters", "bytes"}
    if not (tokens and known and is_in_link(here["text"])):
        return
    figures = {
        "tokens": Figure(_("Tokens"), tokens),
        "characters": Figure(_("Characters"), len(here["text"])),
        "each": Figure(_("Characters in a token"), len(here["text"]) / tokens),
    }
    keep(stem, ("tok_text", "tok_tokenizer"), figures)


def keep_merges(stem: str, here: Mapping[str, Any], texts: Mapping[str, str]) -> None:
    """Keep what the merges make of both texts; of the student's own text nothing: no link holds it.

    Args:
        stem: of the page.
        here: where the merges stand.
        texts: what they are learned from and applied to, by name.
    """
    if not {here["learn"], here["apply"]} <= set(texts):
        return
    own, other = texts[here["learn"]], texts[here["apply"]]
    counts = [len(encode(text, _learned(own), here["merges"])) for text in (own, other)]
    figures = {
        "learned": Figure(_("Tokens of the text learned from"), counts[0]),
        "applied": Figure(_("Tokens of the other text"), counts[1]),
        "each": Figure(_("Characters in a token"), len(other) / max(counts[1], 1)),
    }
    keep(stem, ("tok_part", "tok_learn", "tok_apply", "tok_merges"), figures, part="learn")


def keep_pair(stem: str, found: Mapping[str, Mapping[str, int | None]]) -> None:
    """Keep what the tokenizer of GPT-4 makes of two texts.

    Args:
        stem: of the page.
        found: tokens by text and by tokenizer; None for one that is missing here.
    """
    one, other = (found[side]["cl100k"] for side in "ab")
    if not one or not other:
        return
    figures = {
        "a": Figure(_("GPT-4: tokens of text A"), one),
        "b": Figure(_("GPT-4: tokens of text B"), other),
        "times": Figure(_("B for one of A"), other / one),
    }
    keep(stem, ("tok_part", "tok_a", "tok_b"), figures, part="compare")


@once(8)
def _learned(text: str) -> list[Merge]:
    return learn(text, MOST_MERGES)
