"""The same question to the model bare and inside its chat template, as the tokens that it really reads."""

from __future__ import annotations

from typing import Any

import streamlit as st

from components import controls
from components.answers import answered, known, part, waits
from components.in_browser import component, surroundings
from components.language import _
from components.lesson import PageLesson
from components.ways_to_train.missing import missing
from core.ways_to_train import intake, live
from core.ways_to_train.conversation import HOW, QUESTIONS, recorded
from core.ways_to_train.intake import IntakeError

OWN = "own"


def talk(lesson: PageLesson) -> None:
    """Show the choice of a question, and both answers."""
    lesson.words("text-talk")
    names = {str(at): question for at, question in enumerate(QUESTIONS)} | {OWN: _("A question of your own")}
    chosen = controls.choice(
        _("Question"), list(names), "0", key="ways_question", kind="select", format_func=names.__getitem__
    )
    question = names[chosen]
    if chosen == OWN:
        most = intake.MOST_QUESTION
        question = controls.text(_("Your question, in English"), "", key="ways_own_question", max_chars=most)
    part("talk", lambda: _both(lesson, question))


def _both(lesson: PageLesson, question: str) -> None:
    try:
        question = intake.question_of(question)
    except IntakeError:
        st.caption(_("Write a question, then press Enter."))
        return
    why = missing()
    found = {how: _told(how, question, why) for how in HOW}
    if why and None in found.values():
        st.info(why, icon=":material/download:")
        return
    names = {"bare": _("Bare"), "template": _("Inside its template")}
    sides = [told and {"name": names[how], "about": lesson.body(f"talk-{how}"), **told} for how, told in found.items()]
    labels = _labels() if waits("talk-bare") or waits("talk-template") else _labels() | {"waits": ""}
    data = surroundings() | {"sides": sides, "labels": labels}
    component("ways_to_train/talk")(key="ways-talk", data=data)


def _told(how: str, question: str, why: str) -> Any:
    for told in recorded()["questions"]:
        if told["question"] == question:
            return told[how]
    if why:
        return known(live.converse, question, how)
    return answered(f"talk-{how}", live.converse, question, how, quiet=True)


def _labels() -> dict[str, str]:
    return {
        "read": _("Tokens read: {number}", number="%n"),
        "written": _("Tokens written, the likeliest each time: {number}", number="%n"),
        "waits": _("SmolLM2 writes…"),
        "ended": _("It ended its answer by itself."),
        "cut": _("Cut here: it would go on."),
    }
