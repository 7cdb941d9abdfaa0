"""One-hot and embeddings: letters that find their place, words that do algebra."""

from __future__ import annotations

from components import controls
from components.code_tab import code_tab
from components.embeddings.letters import letters_part
from components.embeddings.one_hot import one_hot_part
from components.embeddings.words import words_part
from components.language import _
from components.lesson import PageLesson
from core.embeddings.presets import PRESETS
from core.embeddings.shown_code import files, sources

STEM = "embeddings"


def play_names() -> None:
    """Show the letters that the question is about."""
    controls.set_values({"emb_part": "letters"})


def main() -> None:
    """Run the page."""
    lesson = PageLesson(STEM)
    place, guide = lesson.first_screen()
    names = {"one_hot": _("One-hot"), "letters": _("Letters"), "words": _("Words")}
    part = controls.choice(
        _("Part"), list(names), "letters", key="emb_part", format_func=names.__getitem__, label_visibility="collapsed"
    )
    settings = None
    with place:
        match part:
            case "letters":
                settings = letters_part(lesson)
            case "one_hot":
                one_hot_part(lesson)
            case "words":
                words_part(lesson)
    with guide:
        lesson.question(play_names, seen=part == "letters")
    settings = settings or PRESETS["words"]
    lesson.levels(code=lambda: code_tab(STEM, lesson.lesson.title, sources(settings, _), files(settings, _)))
    lesson.check_yourself()


main()
