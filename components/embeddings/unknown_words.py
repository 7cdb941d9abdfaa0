"""What is said of a word that has no vector."""

from __future__ import annotations

import re

import streamlit as st

from components.language import _
from core.language_models.word_vectors import UnknownWord


def say_unknown(error: UnknownWord) -> None:
    """Say that a word has no vector, and which known ones are spelled like it."""
    st.warning(unknown(error))


def unknown(error: UnknownWord) -> str:
    """Return what is said of a word that has no vector: which known ones are spelled like it."""
    if not error.nearest:
        return _("“{word}” is not among the 20,000 words.", word=plain(error.word))
    near = ", ".join(error.nearest)
    return _("“{word}” is not among the 20,000 words. Nearest spellings: {near}.", word=plain(error.word), near=near)


def plain(text: str) -> str:
    """Return typed text without what Markdown would read as its own."""
    return re.sub(r"[^\w'’ -]", "", text)[:40]
