"""The whole map of the frequent words, to be walked: its true neighbours and its false ones."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import streamlit as st

from components import controls, shown
from components.embeddings.unknown_words import unknown
from components.in_browser import component, nothing, surroundings
from components.language import _, percent
from components.lesson import PageLesson
from core.embeddings.word_map import FREQUENT, NEAR, around, places
from core.files import base64_of
from core.language_models.word_vectors import UnknownWord, Words

if TYPE_CHECKING:
    from streamlit.delta_generator import DeltaGenerator

KEY = "emb-word-map"
VERSION = f"{FREQUENT}"


def whole_map(words: Words, lesson: PageLesson, place: DeltaGenerator, under: DeltaGenerator) -> None:
    """Show the map; the chosen word lives in the URL, and its neighbours are found here, word by word."""
    told = st.session_state.get(KEY, {})
    given = told.get("word")
    asked = controls.in_url("emb_near", "fromage", lambda text: text[:40], given if isinstance(given, str) else None)
    data: dict[str, Any] = surroundings() | {
        "version": VERSION,
        "searches": shown.is_shown("emb_near", _("Search for a word")),
        "labels": _labels(),
    }
    if told.get("holds") != VERSION:  # else the browser has them already
        data["words"] = "\n".join(words.words[:FREQUENT])
        data["xy"] = base64_of(places(words)[:FREQUENT])
    with place:
        data |= _chosen(words, asked)
        component("embeddings/word_map")(key=KEY, data=data, on_word_change=nothing, on_holds_change=nothing)
    with under:
        share = float(words.axes.explained[:2].sum())
        shared = NEAR - len(data["false"])
        lesson.words("text-map", kept=percent(share, 0))
        if data["chosen"]:
            st.markdown(_("{shared} of {all} neighbours in common.", shared=str(shared), all=str(NEAR)))


def _chosen(words: Words, asked: str) -> dict[str, Any]:
    """Return the chosen word with its neighbours, true and false, or what is said of one that is unknown."""
    try:
        chosen, near, misleading = around(words, words.row(asked))
    except UnknownWord as error:
        return {"chosen": None, "near": [], "false": [], "unknown": unknown(error)}
    return {"chosen": asdict(chosen), "near": [asdict(item) for item in near], "false": misleading, "unknown": ""}


def _labels() -> dict[str, str]:
    return {
        "map": _("Map of the 5,000 most frequent words: arrows walk, plus and minus zoom, the field finds a word"),
        "search": _("Search for a word"),
        "go": _("Find"),
        "closer": _("Closer"),
        "farther": _("Farther"),
        "whole": _("The whole map"),
        "near": _("Near in all 300 dimensions"),
        "false": _("Near on the picture only"),
        "choose": _("Click a word, or search for one."),
    }
