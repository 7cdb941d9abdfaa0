"""One-hot and embeddings: a label, letters that find their place, words that do algebra."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from components import controls
from components.code_tab import code_tab
from components.embeddings import letters
from components.embeddings.inputs import inputs_part
from components.embeddings.label import label_part
from components.embeddings.letters_settings import controls_of
from components.embeddings.table import table_part
from components.embeddings.word_analogy import ANALOGY
from components.embeddings.words import words_part
from components.language import _
from components.lesson import PageLesson
from components.presets import EMPTY
from components.run_controls import say_origin
from components.trainings import keep_run
from core.embeddings.missions import beats_counting
from core.embeddings.presets import ASKED
from core.embeddings.shown_code import files, sources
from core.tasks.letters.settings import LettersSettings

if TYPE_CHECKING:
    from streamlit.delta_generator import DeltaGenerator

STEM = "embeddings"


def main() -> None:
    """Run the page."""
    lesson = PageLesson(STEM)
    place, guide, under = lesson.first_screen()
    with place:
        part = choose_part()
    settings, beaten, survived = ASKED, False, False
    match part:
        case "one_hot":
            label_part(lesson, place, under)
        case "inputs":
            inputs_part(lesson, place, under)
        case "table":
            table_part(lesson, place, under)
        case "letters":
            settings, beaten = letters_part(lesson, place, under)
        case "words":
            survived = words_part(lesson, place, under)
    with guide:
        lesson.question(play_names, seen=letters.has_played(lesson))
        lesson.mission("beat", beaten, by=controls_of(ASKED))
        lesson.mission("hidden", survived, by=ANALOGY)
    lesson.levels(code=lambda: code_tab(STEM, lesson.lesson.title, sources(settings, _), files(settings, _)))
    lesson.check_yourself()


def choose_part() -> str:
    """Let the student choose what the picture shows, in the order of the course; it opens on the question's own."""
    names = {
        "one_hot": _("One-hot"),
        "inputs": _("Inputs"),
        "table": _("Table"),
        "letters": _("Letters"),
        "words": _("Words"),
    }
    return controls.choice(
        _("Part"), list(names), "letters", key="emb_part", format_func=names.__getitem__, label_visibility="collapsed"
    )


def letters_part(lesson: PageLesson, place: DeltaGenerator, under: DeltaGenerator) -> tuple[LettersSettings, bool]:
    """Show the letters; return the settings, and whether their run reaches the mission."""
    with under:
        settings = letters.below(lesson)
    with place, letters.stage():
        run = letters.picture(lesson, settings)
    with under:
        if run is None:
            st.caption(EMPTY)
            return settings, False
        say_origin(run)
    keep_run(STEM, run, ["emb_part", *controls_of(ASKED)], seed="emb_seed")
    return settings, beats_counting(run)


def play_names() -> None:
    """Show the letters that the question is about, from the first moment of their training."""
    controls.set_values({"emb_part": "letters", "emb_frame": -1} | controls_of(ASKED))


main()
