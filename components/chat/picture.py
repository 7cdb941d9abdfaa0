"""The picture of the page on talking with a model: the conversation, and what the model really receives."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from components.chat.faults import sentence
from components.chat.state import COMPONENT, conversation
from components.in_browser import component, nothing, surroundings, told
from components.in_browser.told import turn as told_turn
from components.language import _
from components.lesson import PageLesson
from core import limits
from core.chat import answering
from core.chat.answering import State
from core.chat.answers import Answer
from core.chat.conversation import Turn
from core.chat.requests import How
from core.chat.servers import Server
from core.chat.told import received_as_json, tokens_as_json

FIRST = 1.0
"""Seconds that the first letters of an answer are waited for before the picture is drawn again: the browser shows the
question by itself, and drawing that once more would delay them."""


def show_picture(lesson: PageLesson, server: Server, how: How, window: int | None, refused: str) -> None:
    """Show the conversation; while an answer is on its way, the browser asks again and again for what there is of it.

    Args:
        lesson: knows how often the question was played.
        server: whom the next question goes to.
        how: how it is answered.
        window: a smaller window than the model's.
        refused: why nothing can be asked, in the page's language.
    """
    before = _what_others_show()

    @st.fragment
    def drawn() -> None:
        _obey(server, how, window, refused)
        _mount(lesson, refused)
        if _what_others_show() != before:
            st.rerun()

    drawn()


def _what_others_show() -> tuple[object, ...]:
    """Return what the rest of the page depends on: the question played, the conversation, how many answers are over."""
    talk = conversation()
    seen = st.session_state.get(COMPONENT, {}).get("seen")
    return seen, talk.begun, sum(turn.is_over for turn in talk.turns)


def _obey(server: Server, how: How, window: int | None, refused: str) -> None:
    """Do what the hand has asked for, once."""
    asked = told.news(COMPONENT, "wish")
    talk = conversation()
    if asked is None:
        return
    text = str(asked.get("text", ""))[: limits.current().prompt].strip()
    match asked.get("wish"):
        case "wake" if server.inside and not refused:
            answering.warm_up()
        case "stop":
            talk.stop()
        case "new" if not talk.is_busy:
            talk.begin_anew()
        case "again" if not refused:
            talk.again(server, how, window=window)
            talk.wait_for_letters(FIRST)
        case "send" if text and not refused and not talk.is_busy:
            talk.send(text, server, how, window=window)
            talk.wait_for_letters(FIRST)


def _mount(lesson: PageLesson, refused: str) -> None:
    talk = conversation()
    state = told.told(COMPONENT, "state")
    here = {name: _chosen(state.get(name)) for name in ("shown", "token")}
    data = surroundings() | {
        "turns": [_turn(turn) for turn in talk.turns],
        "state": {**here, "turn": told_turn(COMPONENT)},
        "busy": talk.is_busy,
        "looks": told.count(st.session_state.get(COMPONENT, {}).get("looks")) or 0,
        "refused": refused,
        "longest": limits.current().prompt,
        "veiled": lesson.asked.plays == 0 and not lesson.asked.is_settled,
        "plays": lesson.plays,
        "heard": lesson.heard,
        "begun": talk.begun,
        "labels": _labels(),
    }
    component("chat/picture")(
        key=COMPONENT, data=data, on_state_change=nothing, on_wish_change=nothing, on_seen_change=nothing,
        on_looks_change=nothing,
    )  # fmt: skip


def _chosen(given: object) -> int:
    """Return a turn or a token that was chosen; −1 for none, and for nonsense."""
    count = told.count(given)
    return -1 if count is None else count


def _turn(turn: Turn) -> dict[str, Any]:
    state, place, answer = turn.snapshot()
    return {
        "question": turn.question,
        "answer": answer.text,
        "tokens": tokens_as_json(answer.tokens) if state != State.WRITING else [],
        "received": None if turn.received is None else received_as_json(turn.received),
        "window": turn.window,
        "fallen": turn.fallen,
        "state": str(state),
        "note": _note(turn, state, place, answer),
    }


def _note(turn: Turn, state: State, place: int, answer: Answer) -> str:
    if answer.error is not None:
        return sentence(answer.error)
    if state == State.WAITING and place:
        return _("{place} in the queue", place=place)
    if state == State.STOPPED:
        return _("Stopped here.")
    if answer.reason == "length":
        return _("Cut off: the longest answer is reached.")
    return ""


def part_names() -> Mapping[str, str]:
    """Return what each part of what the model receives is called in the page's language."""
    return {
        "template": _("marks"),
        "system": _("system message"),
        "user": _("said before"),
        "assistant": _("answered before"),
        "tool": _("result of a tool"),
        "question": _("the question"),
        "generation": _("beginning of the answer"),
    }


def _labels() -> dict[str, Any]:
    return {
        "talk": _("The conversation"),
        "look": _("See what the model received"),
        "field": _("Write to the model…"),
        "send": _("Send"),
        "stop": _("Stop"),
        "again": _("Write the answer again"),
        "fresh": _("New conversation"),
        "fallen": _("Above: fallen out of the window. The model does not receive it any more."),
        "veiled": _("What does the model receive?"),
        "received": _("What the model receives: {all} tokens, {question} of them the question",
                      all="%n", question="%q"),
        "unknown": _("What is sent; this server does not say what its model receives"),
        "nothing": _("What the model receives stands here."),
        "chips": _("The tokens that the model receives, in order"),
        "window": _("{used} of {window} tokens of the window, {answer} kept for the answer",
                    used="%n", window="%w", answer="%a"),
        "chosen": _("{used} of the {window} tokens that you allow it, {answer} kept for the answer",
                    used="%n", window="%w", answer="%a"),
        "over": _("{used} tokens do not fit into a window of {window}: nothing was sent", used="%n", window="%w"),
        "place": _("In place of “{token}”, the model also thought of:", token="%t"),
        "point": _("Point at a word of the answer: what else could have stood there?"),
        "parts": part_names(),
    }  # fmt: skip
