"""Text generation: a real language model writes, one token at a time, and shows every choice it could have made."""

from __future__ import annotations

import streamlit as st

from components import controls
from components.code_tab import code_tab
from components.language import _
from components.lesson import PageLesson
from components.text_generation.inside import inside
from components.text_generation.models import offers, ready_models
from components.text_generation.picture import prompt_and_model, writer
from components.text_generation.state import read_sampling
from components.text_generation.views import ages, own_text, side_by_side
from core import workers
from core.language_models.writings import Request
from core.text_generation.shown_code import files, sources

STEM = "text_generation"
SURPRISED = 50  # the perplexity that the mission asks for


def play_cold() -> None:
    """Set the temperature that the question is about."""
    controls.set_values({"tg_temperature": 0.0})


def main() -> None:
    """Run the page."""
    lesson = PageLesson(STEM)
    place, guide = lesson.first_screen()
    workers.start_soon()
    ready = ready_models()
    if "mini" not in ready:
        offers()
        return
    with place:
        model, prompt = prompt_and_model(lesson, ready)
        writer(lesson, model, prompt)
    with guide:
        lesson.question(play_cold, seen=True)
    how, seed = read_sampling(), int(st.session_state["tg_seed"])
    request = Request(model, prompt, (), how, seed, int(st.session_state["tg_length"]))
    offers()
    ages(lesson, prompt, how, seed)
    perplexity = own_text(lesson, ready)
    lesson.mission("surprise", perplexity is not None and perplexity >= SURPRISED)
    side_by_side(lesson, request, ready)
    lesson.levels(
        code=lambda: code_tab(STEM, lesson.lesson.title, sources(request, _), files(request, _)),
        pictures={"numbers": lambda: inside(lesson, model, prompt)},
    )
    lesson.check_yourself()


main()
