"""The student's own task: typed as lines, taught in all four ways, each word where each way puts it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import streamlit as st

from components import controls
from components.answers import answered, known, waits
from components.in_browser import component, surroundings
from components.language import _
from components.lesson import PageLesson
from components.presets import control_presets
from components.ways_to_train.missing import missing
from components.ways_to_train.picture import way_names
from components.ways_to_train.prompt import fell_out
from core.ways_to_train import own as tasks
from core.ways_to_train.asked import SHIPPED
from core.ways_to_train.intake import IntakeError
from core.ways_to_train.own import OwnTask
from core.ways_to_train.presets import TASKS
from core.ways_to_train.ways import WAYS

IN_LINK = 1_000
"""Characters of each text: a link holds them whole."""
QUOTED = 60
"""Characters that are quoted of what cannot be taught."""
_SIGNS = re.compile(r"[!-/:-@\[-`{-~]")
_WANTED = "ways: the task that is to be taught"
_HEIGHT = 240


def own_row(lesson: PageLesson) -> None:
    """Show the tasks to start from."""
    lesson.words("text-own")
    values = {name: {"ways_learn": learn, "ways_try": tried} for name, (learn, tried) in TASKS.items()}
    defaults = {"ways_learn": next(iter(TASKS.values()))[0], "ways_try": next(iter(TASKS.values()))[1]}
    control_presets(lesson, values, defaults, key="ways-tasks", section="task-", name=_("Tasks to start from"))


def own() -> None:
    """Show what is typed, the button that teaches it, and what each way makes of it."""
    first = next(iter(TASKS.values()))
    left, right = st.columns(2, gap="medium")
    with left:
        label = _("To learn from: a word = its label")
        learn = controls.lines(label, first[0], key="ways_learn", max_chars=IN_LINK, height=_HEIGHT)
    with right:
        label = _("To try: a word (= its label, if you know it)")
        tried = controls.lines(label, first[1], key="ways_try", max_chars=IN_LINK, height=_HEIGHT)
    try:
        task = tasks.task_of(learn, tried)
    except IntakeError as error:
        st.warning(in_words(error), icon=":material/edit:")
        return
    found = {way: known(tasks.taught, way, *_asked(task), shipped=SHIPPED) for way in WAYS}
    why = missing()
    wanted = st.session_state.get(_WANTED) == task
    asked = [way for way in WAYS if found[way] is None and not (why and way != "scratch")]
    for way in asked if wanted else ():
        found[way] = answered(f"own-{way}", tasks.taught, way, *_asked(task), shipped=SHIPPED, quiet=True)
    if any(found[way] is None and not waits(f"own-{way}") for way in asked) or (not wanted and None in found.values()):
        st.button(
            _("Teach it in all four ways"),
            icon=":material/school:",
            type="primary",
            key="ways-teach",
            on_click=_teach,
            args=(task,),
        )
    if wanted or None not in found.values():
        _show(task, found, why)


def result() -> tuple[dict[str, int | None], int]:
    """Return how many words each way put rightly in the task that stands there, and of how many that is known."""
    learn, tried = (controls.standing(key, default) for key, default in zip(
        ("ways_learn", "ways_try"), next(iter(TASKS.values())), strict=True
    ))  # fmt: skip
    try:
        task = tasks.task_of(learn, tried)
    except IntakeError:
        return {}, 0
    labels = [label for _word, label in task.tried]
    found = {way: known(tasks.taught, way, *_asked(task), shipped=SHIPPED) for way in WAYS}
    right = {way: tasks.right(told["puts"], labels) if told else None for way, told in found.items()}
    return right, sum(map(bool, labels))


def in_words(error: IntakeError) -> str:
    """Say why a task cannot be taught, and what would do."""
    found, most = quoted(str(error.found)), error.most
    return {
        "word_empty": _("A line has no word."),
        "word_too_long": _("“{found}” is longer than {most} characters.", found=found, most=most),
        "label_empty": _("A line to learn from has no label: write “word = label”."),
        "label_too_long": _("The label “{found}” is longer than {most} characters.", found=found, most=most),
        "label_unknown": _("Nothing to learn from has the label “{found}”.", found=found),
        "too_few_labels": _("All lines to learn from have the same label: two labels are needed at least."),
        "too_many_labels": _("{found} labels: {most} can be told apart at most.", found=found, most=most),
        "too_many_examples": _("{found} lines to learn from: {most} at most.", found=found, most=most),
        "too_many_words": _("{found} words to try: {most} at most.", found=found, most=most),
        "no_words": _("Write at least one word to try."),
    }.get(error.reason, _("This cannot be taught: “{found}”.", found=found))


def quoted(text: str) -> str:
    """Return what a student typed as a message may hold it: its beginning, and none of its signs is Markdown's.

    A link may type it too: as Markdown, a picture in it would be fetched from wherever the link says.
    """
    return _SIGNS.sub(r"\\\g<0>", text[:QUOTED]) + "…" * (len(text) > QUOTED)


def _asked(task: OwnTask) -> tuple[list[list[str]], list[str]]:
    return [list(pair) for pair in task.examples], task.words


def _teach(task: OwnTask) -> None:
    st.session_state[_WANTED] = task


def _show(task: OwnTask, found: Mapping[str, Mapping[str, Any] | None], why: str) -> None:
    labels = [label for _word, label in task.tried]
    columns = [
        {
            "way": way,
            "name": way_names()[way],
            "puts": told and [{"label": label, "share": share} for label, share in told["puts"]],
            "right": tasks.right(told["puts"], labels) if told else None,
            "seconds": told["seconds"] if told else 0.0,
            "said": "" if told or waits(f"own-{way}") else (way != "scratch" and why) or "–",
            "fallen": fell_out(told["fallen"]) if told else "",
        }
        for way, told in found.items()
    ]
    data = surroundings() | {
        "words": [{"word": word, "label": label} for word, label in task.tried],
        "columns": columns,
        "labels": _labels(),
    }
    component("ways_to_train/own")(key="ways-own", data=data)


def _labels() -> dict[str, str]:
    return {
        "table": _("Where each way puts each word"),
        "word": _("word"),
        "belongs": "(%l)",
        "score": _("right: {right} of {known}", right="%r", known="%n"),
        "time": _("{seconds} of one core", seconds="%t"),
        "waits": _("A worker computes…"),
        "good": _("right"),
        "bad": _("wrong"),
    }
