"""The algebra of words: a is to b as c is to which word? And what happens when no word is forbidden."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from components import controls
from components.embeddings.unknown_words import plain, say_unknown
from components.in_browser import component, surroundings
from components.language import _
from components.lesson import PageLesson
from core.embeddings.missions import Analogy, asked_freely
from core.language_models.word_vectors import UnknownWord, Words

if TYPE_CHECKING:
    from streamlit.delta_generator import DeltaGenerator

COUNT, WIDTH = 8, 140
ANALOGY = ("emb_minus", "emb_word", "emb_plus", "emb_expected")
"""The four words, in the address."""


def analogy(words: Words, lesson: PageLesson, place: DeltaGenerator, under: DeltaGenerator) -> bool:
    """Ask an analogy; return whether the student's own one has just survived with the question's words allowed."""
    with under:
        lesson.words("text-analogy")
    with place:
        a, b, c, expected = _fields()
        own = controls.toggle(_("Allow the question’s own words"), False, key="emb_own")
        try:
            answers = words.analogy(a, b, c, own=own, count=COUNT)
            asked = {words.words[words.row(word)] for word in (a, b, c)}
        except UnknownWord as error:
            say_unknown(error)
            return False
        st.markdown(f"**{plain(b)} − {plain(a)} + {plain(c)} ≈ {answers[0][0]}**")
        tried = asked_freely(words, a, b, c, expected) if own else Analogy(holds=False)
        _say_objection(tried)
        rows = [[word, round(cosine, 4), "own" if word in asked else ""] for word, cosine in answers]
        said = _("The nearest words and their cosines: {words}.", words=", ".join(word for word, _c in answers))
        labels = {"picture": said, "left": "", "right": "", "own": _("of the question")}
        data = surroundings() | {"rows": rows, "low": 0, "high": 1, "labels": labels}
        component("embeddings/word_bars")(key="emb-analogy", data=data)
    return tried.survives


def _say_objection(tried: Analogy) -> None:
    """Say why an analogy that holds is not what the mission asks for."""
    word = plain(tried.word)
    why = {
        "twice": _("“{word}” stands there twice.", word=word),
        "listed": _("two of its words are a pair of this page."),
        "function": _(
            "“{word}” is a function word, an irregular form (être, avoir, aller, meilleur…) or a number: "
            "grammar, not meaning.",
            word=word,
        ),
        "letter": _("the answer begins like “{word}”: that may be grammar.", word=word),
    }
    if tried.holds and tried.objection:
        st.info(
            _("It holds, but the mission does not count it: {why}", why=why[tried.objection]), icon=":material/flag:"
        )


def _fields() -> tuple[str, str, str, str]:
    """Ask for the three words in the order in which one says them, and for the answer that the student expects."""
    with st.container(horizontal=True):  # two and two on a phone
        a = controls.text(_("As"), "homme", key="emb_minus", max_chars=40, width=WIDTH)
        b = controls.text(_("is to"), "roi", key="emb_word", max_chars=40, width=WIDTH)
        c = controls.text(_("so"), "femme", key="emb_plus", max_chars=40, width=WIDTH)
        expected = controls.text(_("is to… (your guess)"), "reine", key="emb_expected", max_chars=40, width=WIDTH)
    return a, b, c, expected
