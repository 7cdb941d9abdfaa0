"""A prompt under the student's hands: what SmolLM2 says after it, and how many of the words it puts right."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

from components import controls
from components.answers import answered, known, waits
from components.in_browser import component, surroundings
from components.in_browser.told import count, told
from components.language import _, _n, percent
from components.lesson import PageLesson
from components.presets import control_presets
from components.ways_to_train.missing import missing
from components.ways_to_train.picture import box_names
from core.language_models.prompts import Example
from core.tasks.categories.words import CATEGORIES
from core.ways_to_train import asked, cards
from core.ways_to_train.curves import curve
from core.ways_to_train.presets import PROMPTS, WORD

COMPONENT = "ways-prompt"
SCORED = "ways: prompts that were tried on all words"


def here() -> tuple[tuple[Example, ...], str]:
    """Return the cards and the word that is asked about, as the address says."""
    text = controls.in_url("ways_cards", cards.text_of(cards.ONE_OF_EACH), _read_cards)
    word = controls.in_url("ways_word", WORD, lambda given: cards.clean(given) or None)
    return cards.read(text) or (), word


def prompt_row(lesson: PageLesson) -> None:
    """Show the prompts to start from."""
    lesson.words("text-prompt")
    values = {name: {"ways_cards": cards.text_of(some), "ways_word": word} for name, (some, word) in PROMPTS.items()}
    defaults = {"ways_cards": cards.text_of(cards.ONE_OF_EACH), "ways_word": WORD}
    control_presets(lesson, values, defaults, key="ways-prompts", section="prompt-", name=_("Prompts to start from"))


def prompt() -> None:
    """Show the prompt and its answer; the worker's come when they come."""
    there, word = here()
    shown = cards.asked(there)
    why = missing()
    found = _asked(why, "prompt-answer", asked.answer, _plain(shown), word)
    wants = cards.text_of(shown) in st.session_state.get(SCORED, ())
    score = _asked(why, "prompt-score", asked.score, _plain(shown)) if wants else None
    labels = box_names()
    data = surroundings() | {
        "state": {
            "cards": [{"word": written, "label": label} for written, label in there],
            "word": word,
            "turn": count(told(COMPONENT, "state").get("turn")) or 0,
        },
        "boxes": list(CATEGORIES),
        "called": [name if labels[name] == name else f"{name} ({labels[name]})" for name in CATEGORIES],
        "answer": found,
        "score": score,
        "busy": "scoring" if waits("prompt-score") else "answering" if waits("prompt-answer") else "",
        "missing": why,
        "most": {"cards": cards.MOST, "word": cards.WORD},
        "beside": _beside(),
        "hidden": [],
        "labels": _labels() | {"fallen": fell_out(found["fallen"] if found else 0)},
    }
    mount = component("ways_to_train/prompt")
    mount(key=COMPONENT, data=data, on_state_change=_moved, on_measure_change=_measure)


def fell_out(examples: int) -> str:
    """Say which examples found no room in the prompt; "" where all did."""
    if not examples:
        return ""
    return _n("The first example did not fit.", "The first {count} examples did not fit.", examples)


def scores() -> list[tuple[tuple[Example, ...], Mapping[str, Any]]]:
    """Return the prompts of this session that were tried on all words, with how many they put right."""
    found = []
    for text in st.session_state.get(SCORED, ()):
        some = cards.read(text) or ()
        if (score := asked_before(some)) is not None:
            found.append((some, score))
    return found


def asked_before(some: tuple[Example, ...]) -> Mapping[str, Any] | None:
    """Return the score of a prompt, if it is known by now."""
    return known(asked.score, _plain(some), shipped=asked.SHIPPED)


def _asked(why: str, slot: str, function: Callable[..., Any], *args: Any) -> Mapping[str, Any] | None:
    """Return an answer; where SmolLM2 is not here, one that is shipped."""
    if why:
        return known(function, *args, shipped=asked.SHIPPED)
    found: Mapping[str, Any] | None = answered(slot, function, *args, shipped=asked.SHIPPED, quiet=True)
    return found


def _plain(some: tuple[Example, ...]) -> list[list[str]]:
    return [list(card) for card in some]


def _beside() -> str:
    ten = next(point for point in curve("scratch") if point.examples == 10)
    return _("From scratch, 10 labelled words: {share} on average.", share=percent(ten.mean, 0))


def _moved() -> None:
    """Take over the cards and the word, checked like any other input."""
    given = st.session_state[COMPONENT].get("state")
    if not isinstance(given, Mapping):
        return
    if isinstance(word := given.get("word"), str) and (cleaned := cards.clean(word)):
        st.session_state["ways_word"] = cleaned
    there = given.get("cards")
    if not isinstance(there, list):
        return
    read = []
    for card in there[: cards.MOST]:
        if isinstance(card, Mapping) and isinstance(card.get("word"), str) and card.get("label") in CATEGORIES:
            read.append((cards.clean(card["word"]), card["label"]))
    st.session_state["ways_cards"] = cards.text_of(read)


def _measure() -> None:
    """Try the prompt that stands there on all words."""
    there, _word = here()
    tried: list[str] = st.session_state.setdefault(SCORED, [])
    text = cards.text_of(cards.asked(there))
    if text not in tried:
        tried.append(text)


def _read_cards(text: str) -> str | None:
    found = cards.read(text)
    return None if found is None else cards.text_of(found)


def _labels() -> dict[str, str]:
    return {
        "prompt": _("The prompt"),
        "word": "Word:",
        "category": "Category:",
        "add": _("Add an example"),
        "asked": _("Word to put into a box"),
        "wordOf": _("Word of example {number}", number="%n"),
        "labelOf": _("Label of example {number}", number="%n"),
        "up": _("Move example {number} up", number="%n"),
        "down": _("Move example {number} down", number="%n"),
        "away": _("Remove example {number}", number="%n"),
        "says": _("After “{word}”, SmolLM2 says:", word="%w"),
        "raw": _("as it says it"),
        "calibrated": _("calibrated"),
        "free": _("for a word that means nothing"),
        "tokens": _("{number} tokens read.", number="%n"),
        "waits": _("SmolLM2 reads…"),
        "measure": _("Try this prompt on the 150 words"),
        "scoring": _("SmolLM2 sorts 150 words…"),
        "score": _("Right: {raw}, calibrated {calibrated}.", raw="%r", calibrated="%c"),
    }
