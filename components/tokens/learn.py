"""BPE learned live: merges from one text cut it and another, in the browser; what that is given, what it tells."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

from components import controls, shown
from components.in_browser import component, surroundings, transport_labels
from components.in_browser.told import count, take, turn
from components.language import _, current
from components.lesson import PageLesson
from components.tokens.kept import keep_merges
from core.once import once
from core.stories.language import corpus
from core.tokens.bpe import MOST_CHARACTERS, MOST_MERGES, readable
from core.tokens.cost import lesson_text
from core.tokens.missions import became_one_token

COMPONENT = "tok-learn-picture"
OPENING = 100
"""Merges that the picture opens with."""
_TEXTS = ("fr", "en", "stories", "own")
_OWN = "tok: own text that teaches"
_REACHED = "tok: one token reached"
_LONGEST_WORD = 60
_STORIES = 60
"""More stories than a picture reads."""


def learn(lesson: PageLesson) -> None:
    """Show the merges.

    Args:
        lesson: whose texts in both languages can be learned from.
    """
    data = surroundings() | {
        "texts": texts(lesson.stem),
        "own": st.session_state.get(_OWN, ""),
        "state": state() | {"turn": turn(COMPONENT)},
        "most": {"merges": MOST_MERGES, "characters": MOST_CHARACTERS},
        "hidden": hidden(),
        "labels": labels(),
    }

    def answered() -> None:
        _answered(lesson.stem)

    component("tokens/learn")(
        key=COMPONENT,
        data=data,
        on_state_change=_moved,
        on_own_change=_written,
        on_answer_change=answered,
    )
    keep_merges(lesson.stem, state(), texts(lesson.stem))


def has_become_one() -> bool:
    """Whether the student has found the merge that makes a word of theirs one token."""
    return bool(st.session_state.get(_REACHED))


def texts(stem: str) -> dict[str, str]:
    """Return what can be learned from by name, the student's own text aside: as much as the picture reads."""
    lessons = {language: lesson_text(stem, language)[:MOST_CHARACTERS] for language in ("fr", "en")}
    return lessons | {"stories": _stories()}


def names() -> dict[str, tuple[Any, Callable[[str], Any]]]:
    """Return each value's default, and how its text in the address is read; None refuses it."""

    def text(told: str) -> str | None:
        return told if told in _TEXTS else None

    def merges(told: str) -> int | None:
        value = float(told)
        return int(value) if math.isfinite(value) and 0 <= value <= MOST_MERGES else None

    here = current()
    return {"learn": (here, text), "apply": ("en" if here == "fr" else "fr", text), "merges": (OPENING, merges)}


def state() -> dict[str, Any]:
    """Return every value, as the address and the session say."""
    return {name: controls.in_url(f"tok_{name}", *limits) for name, limits in names().items()}


def hidden() -> list[str]:
    """Return which controls of the picture a teacher's link leaves out."""
    offered = {
        "tok_learn": _("Merges learned from"),
        "tok_apply": _("Applied to"),
        "tok_merges": _("Number of merges"),
    }
    return shown.left_out(offered)


@once()
def _stories() -> str:
    return "\n".join(corpus(_STORIES, seed=0))[:MOST_CHARACTERS]


def _told(name: str) -> object:
    return st.session_state[COMPONENT].get(name)


def _moved() -> None:
    """Take over where the hand rests, checked like any other input."""
    take(_told("state"), names(), "tok_")


def _written() -> None:
    """Keep the student's own text while the session lasts."""
    given = _told("own")
    if isinstance(given, str):
        st.session_state[_OWN] = readable(given)[:MOST_CHARACTERS]


def _answered(stem: str) -> None:
    """Check an answer to the mission: the picture has said already what it thinks of it."""
    if is_right(_told("answer"), texts(stem) | {"own": st.session_state.get(_OWN, "")}):
        st.session_state[_REACHED] = True


def is_right(answer: object, known: Mapping[str, str]) -> bool:
    """Whether an answer that a browser sent is right: a word of a text, and the merges that make it one token.

    Args:
        answer: anything.
        known: texts by name.
    """
    if not isinstance(answer, Mapping):
        return False
    word, merges, name = answer.get("word"), count(answer.get("merges")), answer.get("learn")
    if not isinstance(word, str) or merges is None or not 1 <= merges <= MOST_MERGES:
        return False
    return became_one_token(known.get(str(name), ""), word[:_LONGEST_WORD], merges)


def labels() -> dict[str, Any]:
    """Return the words of the picture."""
    moving = transport_labels(_("Number of merges"), back=_("One merge back"), forward=_("Next merge"))
    return moving | _choices() | _mission() | {
        "merge": _("merge {number}: {left} + {right} → {new}, {times} times", number="%n", left="%l", right="%r",
                   new="%m", times="%t"),
        "none": _("No merge yet: every byte is a token."),
        "empty": _("Nothing to learn: no two letters stand side by side."),
        "place": _("{number} of {all}", number="%n", all="%m"),
        "list": _("Merges around this one: how often the pair stood in the text"),
        "times": _("{times} times", times="%t"),
        "learnTitle": _("Learned from: {text}", text="%s"),
        "applyTitle": _("Applied to: {text}", text="%s"),
        "learnBox": _("The text that teaches, as tokens: arrows go from one to the next"),
        "applyBox": _("The other text, as tokens: arrows go from one to the next"),
        "counts": _("{characters} characters, {tokens} tokens, {each} characters a token", characters="%c", tokens="%t",
                    each="%e"),
        "find": _("Next place of the new token"),
        "hint": _("Point at a token, or press an arrow key in the text. Framed: what this merge made."),
        "about": _("{text} · number {id} · bytes {bytes} · {times} in the text that teaches, {others} in the other",
                   text="%k", id="%i", bytes="%b", times="%l", others="%a"),
        "split": _("It is a part of {character}, which is still {parts} tokens.", character="%c", parts="%n"),
        "size": _("Vocabulary: {bytes} bytes + {merges} merges = {all}", bytes="%b", merges="%m", all="%v"),
        "fewer": _("After {merges} merges no pair is left.", merges="%n"),
        "chart": _("Tokens of both texts against the size of the vocabulary."),
        "tokensAxis": _("tokens"),
        "vocabularyAxis": _("size of the vocabulary"),
    }  # fmt: skip


def _choices() -> dict[str, Any]:
    return {
        "learn": _("Merges learned from"),
        "apply": _("Applied to"),
        "swap": _("Swap the two texts"),
        "names": {
            "fr": _("the French lesson"),
            "en": _("the English lesson"),
            "stories": _("the French stories"),
            "own": _("my text"),
        },
        "own": _("My text"),
        "ownPlaceholder": _("Write or paste a text here; it is written nowhere."),
        "cut": _("The first {most} characters are read; {left} are left out.", most="%n", left="%m"),
        "speed": _("Speed"),
        "speeds": {"slow": _("slow"), "middle": _("medium"), "fast": _("fast")},
    }


def _mission() -> dict[str, str]:
    return {
        "word": _("A word of the text that teaches, of five letters at least"),
        "placeholder": _("a word"),
        "here": _("Here it becomes one token"),
        "tooShort": _("Five letters at least, and nothing but letters."),
        "notThere": _("This word does not stand alone in the text."),
        "early": _("Too early: “{word}” is still in several tokens.", word="%w"),
        "late": _("Too late: “{word}” was one token already, one merge before.", word="%w"),
        "exact": _("Exactly here: “{word}” has just become one token.", word="%w"),
        "never": _("“{word}” never becomes one token with these merges.", word="%w"),
    }
