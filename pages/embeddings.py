"""One-hot and embeddings: letters that find their place, words that do algebra."""

from __future__ import annotations

import streamlit as st

from components import controls
from components.code_tab import code_tab
from components.embeddings import letters
from components.embeddings.letters_settings import controls_of
from components.embeddings.one_hot import one_hot_part
from components.embeddings.words import words_part
from components.language import _
from components.lesson import PageLesson
from components.run_controls import say_origin
from core.embeddings.missions import beats_counting
from core.embeddings.presets import ASKED
from core.embeddings.shown_code import sources
from core.runs.run import Run
from core.tasks.letters.settings import LettersSettings

STEM = "embeddings"


def play_names() -> None:
    """Show the letters that the question is about, from the first moment of their training."""
    controls.set_values({"emb_part": "letters", "emb_frame": -1} | controls_of(ASKED))


def main() -> None:
    """Run the page."""
    lesson = PageLesson(STEM)
    place, guide = lesson.first_screen()
    under = st.container()
    run: Run | None = None
    settings: LettersSettings | None = None
    with place:
        part = choose_part()
    match part:
        case "letters":
            with under:
                settings = letters.below(lesson)
            with place:
                run = letters.picture(lesson, settings)
            if run is not None:
                with under:
                    say_origin(run)
        case "one_hot":
            with place:
                one_hot_part(lesson)
        case "words":
            with place:
                words_part(lesson)
    with guide:
        lesson.question(play_names, seen=letters.has_played(lesson))
        lesson.mission("beat", run is not None and beats_counting(run))
    lesson.levels(code=lambda: code_tab(STEM, lesson.lesson.title, sources(settings or ASKED)))
    lesson.check_yourself()


def choose_part() -> str:
    """Let the student choose what the picture shows, in the order of the course."""
    names = {"one_hot": _("One-hot"), "letters": _("Letters"), "words": _("Words")}
    return controls.choice(
        _("Part"), list(names), "letters", key="emb_part", format_func=names.__getitem__, label_visibility="collapsed"
    )


main()
