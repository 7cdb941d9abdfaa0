"""The picture of the page of tokens: a text as chips, and what eight tokenizers make of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import streamlit as st

from components.in_browser import component, nothing, surroundings
from components.in_browser.told import turn
from components.language import _
from components.lesson import PageLesson
from components.tokens.state import COMPONENT, IN_LINK, hidden, is_in_link, moved
from core.files import base64_of
from core.tokens.recorded import encodings
from core.tokens.texts import PARAGRAPH
from core.tokens.tokenizers import LONGEST, TOKENIZERS, Encoding


def show_picture(lesson: PageLesson, here: Mapping[str, Any]) -> None:
    """Show a text and its tokens.

    Args:
        lesson: knows how often the question was played.
        here: where the picture stands.
    """
    cut = encodings(here["text"])
    data = surroundings() | {
        "encodings": {name: packed(found) for name, found in cut.items()},
        "vocabularies": {name: found.vocabulary for name, found in TOKENIZERS.items()},
        "state": {**here, "turn": turn(COMPONENT)},
        "veiled": lesson.asked.plays == 0 and not lesson.asked.is_settled and here["text"] == PARAGRAPH,
        "plays": lesson.plays,
        "heard": lesson.heard,
        "hidden": hidden(),
        "longest": LONGEST,
        "labels": labels(),
    }
    component("tokens/picture")(key=COMPONENT, data=data, on_state_change=moved, on_seen_change=nothing)
    if not is_in_link(here["text"]):
        st.caption(_("A link holds the first {number} characters of this text.", number=IN_LINK))


def packed(found: Encoding | None) -> dict[str, str] | None:
    """Return an encoding as the browser reads it: little-endian int32; None stays None."""
    if found is None:
        return None
    return {
        "ids": base64_of(np.array(found.ids, "<i4")),
        "lengths": base64_of(np.array(found.lengths, "<i4")),
    }


def tokenizer_names() -> dict[str, str]:
    """Return what each tokenizer is called in the page's language."""
    return {
        "characters": _("Characters"),
        "words": _("Words"),
        "bytes": _("Bytes"),
        "mini": "Mini GPT-2",
        "smollm2": "SmolLM2",
        "gpt2": "GPT-2",
        "cl100k": "GPT-4 (cl100k)",
        "o200k": "GPT-4o (o200k)",
    }


def labels() -> dict[str, Any]:
    """Return the words of the picture."""
    return {
        "names": tokenizer_names(),
        "tokenizer": _("Tokenizer"),
        "text": _("Your text"),
        "chips": _("The text as tokens: arrows go from one to the next"),
        "numbers": _("As the model gets it"),
        "more": _("Your text"),
        "characters": _("characters"),
        "words": _("words"),
        "tokens": _("tokens"),
        "perWord": _("tokens a word"),
        "token": _("{text} · number {id} · bytes {bytes} · here {times}", text="%t", id="%i", bytes="%b", times="%n"),
        "lost": _("{text} · bytes {bytes} · this tokenizer has no token for it: it drops it", text="%t", bytes="%b"),
        "unknown": _("{text} · not in the list of 40,000 French words: number 0, “unknown”", text="%t"),
        "touched": _("{used} of {all}", used="%u", all="%a"),
        "touchedTitle": _("tokens of its vocabulary that this text uses"),
        "different": _("{used} different", used="%u"),
        "missing": _("not on this machine"),
        "hint": _("Point at a token, or press an arrow key."),
        "empty": _("Nothing to cut: write something."),
        "cut": _("Cut at {number} characters.", number="%n"),
        "pieces": _("{number} tokens for one character", number="%n"),
    }
