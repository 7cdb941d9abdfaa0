"""Two texts side by side, and the lessons of the course in both languages, counted by every tokenizer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from components import controls
from components.in_browser import component, surroundings
from components.language import _, current
from components.language import number as written
from components.lesson import PageLesson
from components.tokens.kept import keep_pair
from components.tokens.picture import tokenizer_names
from components.tokens.state import IN_LINK
from core.course import concepts
from core.lessons import load
from core.tokens.comparison import as_cheap, counts, three_times
from core.tokens.cost import WINDOW, fits, lesson_counts, price
from core.tokens.texts import COMPARED
from core.tokens.tokenizers import clean

PAIR = "tok-pair"
MOST_PRICE, MOST_WINDOW = 1_000_000.0, 100_000_000
STEM = "tokens"


def pair() -> tuple[str, str]:
    """Return the two texts that are compared, as the address and the session say."""
    first, second = (
        controls.in_url(f"tok_{side}", default, lambda told: clean(told)[:IN_LINK])
        for side, default in zip("ab", COMPARED, strict=True)
    )
    return first, second


def compare(lesson: PageLesson) -> None:
    """Show two texts to write, and what each takes."""
    lesson.words("text-compare")
    texts = dict(zip("ab", pair(), strict=True))
    found = {side: counts(text) for side, text in texts.items()}
    data = {
        "texts": texts,
        "longest": IN_LINK,
        "names": {"a": _("Text A"), "b": _("Text B")},
        "counts": found,
    }
    _mount(data, PAIR)
    keep_pair(lesson.stem, found)


def missions(lesson: PageLesson) -> None:
    """Tick what the student reached with two texts."""
    one, other = pair()
    were_moved = controls.were_moved(["tok_a", "tok_b"])
    lesson.mission("equal", were_moved and three_times(one, other), by=["tok_a", "tok_b"])
    lesson.mission("translation", were_moved and as_cheap(one, other), by=["tok_a", "tok_b"])


def cost(lesson: PageLesson, tokenizer: str) -> None:
    """Show what a lesson takes in each language, at the student's price and window.

    Args:
        lesson: holds the words above.
        tokenizer: the one that the picture stands on: prices are told for it.
    """
    lesson.words("text-cost")
    titles = {concept.stem: load(concept.stem, current()).short for concept in concepts()}
    left, middle, right = st.columns(3, gap="medium", vertical_alignment="bottom")
    with left:
        label = _("Lesson")
        stem = controls.choice(
            label, list(titles), STEM, key="tok_lesson", kind="select", format_func=titles.__getitem__
        )
    with middle:
        per_million = controls.number(
            _("Price of a million tokens (your own)"), 0.0, MOST_PRICE, 0.0, key="tok_price", step=0.1
        )
    with right:
        window = controls.number(_("Context window, in tokens"), 1, MOST_WINDOW, WINDOW, key="tok_window", step=1024)
    found = lesson_counts(stem)
    names = {"a": _("French"), "b": _("English")}
    data = {"texts": None, "longest": 0, "names": names, "counts": {"a": found["fr"], "b": found["en"]}}
    _mount(data, "tok-lessons")
    said = tokenizer_names()[tokenizer]
    for language, name in zip(("fr", "en"), names.values(), strict=True):
        tokens = found[language][tokenizer]
        if tokens:
            st.caption(_told(said, name, tokens, per_million, window))


def _told(tokenizer: str, language: str, tokens: int, per_million: float, window: int) -> str:
    """Say what a lesson takes: its tokens, its price where one was typed, and how it fits into the window."""
    values = {"tokenizer": tokenizer, "language": language, "tokens": written(tokens)}
    said = _("{tokenizer}, {language}: {tokens} tokens.", **values)
    if per_million > 0:
        costs = written(price(tokens, per_million), 3)
        said += " " + _("To read it once costs {price}.", price=costs)
    times = fits(tokens, window)
    if times >= 1:
        said += " " + _("It fits into the window {times} times.", times=written(int(times)))
    else:
        said += " " + _("{share}% of it fits into the window.", share=written(100 * times, 2))
    return said


def _mount(data: Mapping[str, Any], key: str) -> None:
    labels = {
        "names": tokenizer_names(),
        "tokens": _("{number} tokens", number="%n"),
        "characters": _("{number} characters", number="%n"),
        "missing": _("not on this machine"),
        "table": _("Tokens of both texts, by tokenizer"),
    }
    sent = surroundings() | {"labels": labels} | dict(data)
    component("tokens/compare")(key=key, data=sent, on_texts_change=_written)


def _written() -> None:
    """Take over the two texts, checked like any other input."""
    given = st.session_state[PAIR].get("texts")
    if not isinstance(given, Mapping):
        return
    for side in "ab":
        if isinstance(text := given.get(side), str):
            st.session_state[f"tok_{side}"] = clean(text[: 2 * IN_LINK])[:IN_LINK]
