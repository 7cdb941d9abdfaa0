"""Tokens: a text cut into the numbers that a model reads; how a tokenizer learns to cut, and what it costs."""

from __future__ import annotations

import streamlit as st

from components import controls
from components.code_tab import code_tab
from components.language import _
from components.lesson import PageLesson
from components.presets import presets, standing_on
from components.tokens.compare import compare, cost, missions
from components.tokens.kept import keep_cut
from components.tokens.learn import has_become_one, learn
from components.tokens.picture import show_picture
from components.tokens.state import COMPONENT, presets_here, set_from_outside, state, values
from core.tokens.shown_code import sources

STEM = "tokens"


def main() -> None:
    """Run the page."""
    lesson = PageLesson(STEM)
    experiment(lesson)
    lesson.check_yourself()


@st.fragment
def experiment(lesson: PageLesson) -> None:
    """Show everything that the picture's hands change; moving one reruns this fragment, not the rest of the page."""
    place, guide, below = lesson.first_screen(wide=True)
    here = state()
    with place:
        show_picture(lesson, here)
    keep_cut(STEM, here)
    with guide:
        lesson.question(lambda: set_from_outside({}), seen=lesson.has_played(COMPONENT), wide=True)
        lesson.mission("one-token", has_become_one())
        missions(lesson)
    with below:
        presets_row(lesson)
    parts(lesson, here["tokenizer"])
    lesson.levels(code=lambda: code_tab(STEM, lesson.lesson.title, sources(here["text"], _)))


def presets_row(lesson: PageLesson) -> None:
    """Show the presets: the course's text, and one for each thing that tokens explain."""
    found = presets_here()
    only_shown = ("tok_ids",)

    def experiment_of(moved: dict[str, object]) -> dict[str, object]:
        return {key: value for key, value in values(moved).items() if key not in only_shown}

    presets(
        lesson,
        found,
        lit=standing_on({name: experiment_of(preset) for name, preset in found.items()}, experiment_of({})),
        apply=lambda name: set_from_outside(found[name]),
        key="tok-presets",
    )


def parts(lesson: PageLesson, tokenizer: str) -> None:
    """Show one of the further pictures: only the chosen one is computed.

    Args:
        lesson: holds their words.
        tokenizer: the one that the picture stands on.
    """
    names = {name: lesson.heading(f"text-{name}") for name in ("learn", "compare", "cost")}
    part = controls.choice(_("To go further"), list(names), "learn", key="tok_part", format_func=names.__getitem__)
    if part == "learn":
        lesson.words("text-learn")
        learn(lesson)
    elif part == "compare":
        compare(lesson)
    else:
        cost(lesson, tokenizer)


main()
