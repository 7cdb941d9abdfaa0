"""The words' part of the embeddings page: which of its pictures is shown, and what stands below it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from components import controls
from components.embeddings.word_analogy import analogy
from components.embeddings.word_axis import bias
from components.embeddings.word_map import whole_map
from components.embeddings.word_pictures import picture
from components.embeddings.words_measured import kept, success
from components.language import _
from components.lesson import PageLesson
from core.files import DamagedFile
from core.language_models.word_vectors import FILE, Words, french_words

if TYPE_CHECKING:
    from streamlit.delta_generator import DeltaGenerator


def words_part(lesson: PageLesson, place: DeltaGenerator, under: DeltaGenerator) -> bool:
    """Show the part, or say that the file of the vectors is damaged; return whether its mission was just reached."""
    try:
        words = french_words()
    except DamagedFile:
        with place:
            st.error(
                _(
                    "The file of the word vectors is missing or damaged: {file}. The rest of the page works. "
                    "Download the course again to get it back.",
                    file=FILE.name,
                ),
                icon=":material/error:",
            )
        return False
    with place:
        view = _choose_view()
    survived = False
    match view:
        case "arrows":
            picture(words, lesson, place, under)
        case "analogy":
            survived = analogy(words, lesson, place, under)
        case "map":
            whole_map(words, lesson, place, under)
        case "bias":
            bias(words, lesson, place, under)
    with under:
        _measured(words, lesson)
    return survived


def _choose_view() -> str:
    names = {"arrows": _("Arrows"), "analogy": _("Analogies"), "map": _("The whole map"), "bias": _("Bias")}
    return controls.choice(
        _("View"), list(names), "arrows", key="emb_view", format_func=names.__getitem__, label_visibility="collapsed"
    )


def _measured(words: Words, lesson: PageLesson) -> None:
    tabs = st.tabs([_("Success rate"), _("What the axes keep")], key="emb-words", on_change="rerun")
    for tab, look in zip(tabs, (success, kept), strict=True):
        if tab.open:
            with tab:
                look(words, lesson)
