"""Text generation: a real language model writes, one token at a time, and shows every choice it could have made."""

from __future__ import annotations

import streamlit as st

from components import controls
from components.answers import part
from components.code_tab import code_tab
from components.language import _
from components.lesson import PageLesson
from components.text_generation.beside import side_by_side
from components.text_generation.follow import followed
from components.text_generation.inside import inside
from components.text_generation.models import offers, ready_models
from components.text_generation.picture import picture, warm
from components.text_generation.settings import settings
from components.text_generation.state import PICTURE, begin, read_sampling, state
from components.text_generation.views import PERPLEXITY, ages, own_text
from core import workers
from core.language_models.writings import Request
from core.text_generation.missions import made_lose, unsurprised
from core.text_generation.opening import COLD, STORY
from core.text_generation.shown_code import files, sources

STEM = "text_generation"


def play_cold() -> None:
    """Set exactly what the question is about: that beginning, temperature 0, told ten times."""
    sampling = {f"tg_{name}": value for name, value in COLD.to_json().items()}
    controls.set_values({"tg_model": STORY.model, "tg_prompt": STORY.prompt, "tg_seed": STORY.seed, **sampling})
    begin(STORY)
    state().update(ten=True, steps=[], picture=None, playing=False)


def main() -> None:
    """Run the page."""
    lesson = PageLesson(STEM)
    place, guide, below = lesson.first_screen()
    workers.start_soon()
    ready = ready_models()
    if "mini" not in ready:
        offers()
        return
    with below:  # its widgets decide what the picture shows
        request = settings(lesson, ready, read_sampling())
    begin(request)
    warm(request.model)
    with guide:  # before the picture, which runs the page again when it has been seen
        lesson.question(play_cold, seen=lesson.has_played(PICTURE))
        missions(lesson, request)
    with place:
        picture(lesson, request)
    with below:
        offers()
    part("follow", lambda: followed(lesson, request.model))
    part("beside", lambda: side_by_side(lesson, request, ready))
    part("ages", lambda: ages(lesson, request.prompt, request.seed))
    part("own", lambda: own_text(lesson, ready))
    lesson.levels(
        code=lambda: code_tab(STEM, lesson.lesson.title, sources(request, _), files(request, _)),
        pictures={"numbers": lambda: part("inside", lambda: inside(lesson, request.model, request.prompt))},
    )
    lesson.check_yourself()


def missions(lesson: PageLesson, request: Request) -> None:
    """Tick what the student reached."""
    text = state()
    lost = not text["playing"] and made_lose(request.prompt, text["steps"], text["by_hand"])
    lesson.mission("branch", lost and request.model == "mini")
    read = st.session_state.get(PERPLEXITY)
    example = lesson.body("text-own-example")
    surprised = not (read and read[0] == "mini" and unsurprised(read[1], example, read[2]))
    lesson.mission("surprise", not surprised, by=["tg_own"])


main()
