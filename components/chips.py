"""A text as chips: a student's own words plain, each token of a model coloured by its probability."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from components.in_browser import component, surroundings
from components.language import _
from core.language_models.graphemes import group

ENDS = {b"<|endoftext|>", b"<|im_end|>"}
"""Tokens that end a text; no word of a student becomes one of them."""


Piece = tuple[str, float]
"""A token as chips need it: its bytes in hexadecimal, and how probable it was."""


def chips(prompt: str, pieces: Sequence[Piece], *, key: str) -> None:
    """Show a text as chips, whole: the student's own words plain, each written token coloured by its probability.

    Args:
        prompt: the student's own words.
        pieces: the tokens after them.
        key: of the component.
    """
    labels = {
        "text": _("The text: its tokens, coloured by their probability"),
        "empty": _("Nothing yet: the model can begin a text by itself."),
        "given": _("Your text"),
        "first": "",
        "probability": _("probability %p"),
        "surprise": "",
        "tokens": _("%n tokens for one character"),
        "low": _("sure"),
        "high": _("daring"),
        "end": _("⟨end of the text⟩"),
    }
    data = {"groups": groups(prompt, pieces), "labels": labels, "mode": "probability", "whole": True}
    component("chips")(key=key, data=surroundings() | data)


def groups(prompt: str, pieces: Sequence[Piece]) -> list[dict[str, Any]]:
    """Return the visible pieces of a text: the student's own words, then the tokens, joined where they share one."""
    found: list[dict[str, Any]] = [{"text": prompt, "values": None, "first": -1, "last": 0}] if prompt else []
    tokens = [bytes.fromhex(piece) for piece, _chance in pieces]
    for item in group(tokens):
        values = [round(chance, 5) for _piece, chance in pieces[item.first : item.last]]
        is_end = tokens[item.first] in ENDS
        found.append({"text": item.shown, "values": values, "first": item.first, "last": item.last, "isEnd": is_end})
    return found
