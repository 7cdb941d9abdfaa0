"""Faults in the data, to be found before anything is trained."""

from __future__ import annotations

import base64
from typing import Any

import numpy as np
import streamlit as st

from components.in_browser import component, nothing, surroundings
from components.in_browser.told import turn
from components.language import _
from components.lesson import PageLesson
from components.project import faults_state as held
from components.project.costs import costs
from components.project.faults_state import COMPONENT, hear, hidden, moved, searches
from core.once import once
from core.project.faulty import COPIED, INVERTED_IMAGES, WRONG_LABELS, planted
from core.project.findings import MOST_FALSE, missed
from core.project.looking import looks, most_unlike_but_right
from core.project.sheet import COLUMNS, sheet

FIRST = 24
"""Images that look least like their class, of which the page tells how many are right."""


def faults(lesson: PageLesson) -> None:
    """Show the set, what was found in it, and what its faults cost."""
    hear()
    lesson.words("text-faults")
    here = held.state()
    _show(lesson, here)
    if held.search(here["set"]).is_checked:
        _say_verdict(here["set"])
    costs(lesson)


def are_found() -> bool:
    """Whether this session has found the planted faults of a set, before it asked for them."""
    hear()
    return any(each.is_won for each in searches().values())


def _show(lesson: PageLesson, here: dict[str, Any]) -> None:
    seed = here["set"]
    given, seen, done = planted(seed), looks(seed), held.search(seed)
    data = surroundings() | {
        "sprite": sprite(seed),
        "columns": COLUMNS,
        "train": given.train,
        "labels": given.labels.tolist(),
        "unlike": np.minimum(seen.unlike, 9.99).round(3).tolist(),
        "twin": seen.twin.round(2).tolist(),
        "nearest": seen.nearest.tolist(),
        "brightness": seen.brightness.round(3).tolist(),
        "counts": seen.counts.tolist(),
        "kept": {"marks": list(done.marks), "empty": done.empty},
        "score": _score(seed) if done.is_checked else None,
        "state": {**here, "turn": turn(COMPONENT)},
        "plays": 0,
        "hidden": hidden(),
        "words": _words(),
    }
    mount = component("project/faults")
    mount(key=COMPONENT, data=data, on_state_change=moved, on_check_change=nothing, on_ask_change=nothing)


def _score(seed: int) -> dict[str, Any]:
    """Return what the browser is told of the last check: how many, and which only to who has asked."""
    done, result = held.search(seed), held.found(seed)
    return {
        "kinds": [
            {"kind": kind, "found": result.found[kind], "planted": result.planted[kind]} for kind in result.planted
        ],
        "falseAlarms": result.false_alarms,
        "namesEmpty": result.names_empty,
        "missed": {str(at): kind for at, kind in missed(planted(seed), done.marks).items()} if done.is_asked else {},
        "isAsked": done.is_asked,
    }


def _say_verdict(seed: int) -> None:
    """Say whether that is enough, and that what looks wrong is often right."""
    done, result = held.search(seed), held.found(seed)
    if done.is_won:
        st.success(
            _("All four kinds, and nine faulty images in ten: this set can be trained on."), icon=":material/task_alt:"
        )
    elif result.false_alarms > MOST_FALSE:
        st.info(
            _("Too many false alarms: at most {number} for the mission. Look at each image again.", number=MOST_FALSE),
            icon=":material/search:",
        )
    st.caption(
        _("Of the {number} training images that look least like their class, {right} have nothing wrong: a measure "
          "says where to look, the eye decides.", number=FIRST, right=most_unlike_but_right(seed, FIRST))
    )  # fmt: skip
    if done.is_asked:
        st.caption(
            _("You asked for what was missing here: the mission waits in another set.") if not done.is_won else ""
        )


@once(8)
def sprite(seed: int) -> str:
    """Return all images of a set in one picture (PNG), as an address that holds it."""
    written = sheet(planted(seed).images)
    return f"data:image/png;base64,{base64.b64encode(written).decode()}"


def _words() -> dict[str, str]:
    return {
        "parts": _("Which images"),
        "part_both": _("All images"),
        "part_train": _("Training"),
        "part_validation": _("Validation"),
        "order": _("In which order"),
        "order_given": _("As they come"),
        "order_unlike": _("Unlike its class"),
        "order_twin": _("Twins"),
        "order_bright": _("Brightness"),
        "order_missed": _("What I missed"),
        "hint_given": _(
            "Press an image that is wrong: its written label stands under it. Press again to take it back."
        ),
        "hint_unlike": _(
            "Distance to the nearest training image of its own label ÷ distance to the nearest of another label. Over "
            "1, the image looks more like another class. The most unlike come first."
        ),
        "hint_twin": _(
            "Each image with the nearest one of the other part, and their distance. 0: the same image stands in "
            "training and in validation."
        ),
        "hint_bright": _("The brightest first: the mean of all pixels, 0% black, 100% white."),
        "hint_missed": _("The faulty images that you had not marked, with what is wrong."),
        "classes": _("The written label, with the number of training images"),
        "classAbout": _("Label {label}: {number} training images", label="%l", number="%n"),
        "all": _("all"),
        "grid": _("The images of the set: press those that you suspect"),
        "about": _("Image {number}, label {label}, {part}", number="%n", label="%l", part="%p"),
        "inTrain": _("training"),
        "inValidation": _("validation"),
        "nothing": _("No image here."),
        "empty": _("Class without a single real example in training:"),
        "none": _("not found yet"),
        "check": _("Check my suspicions ({number})", number="%n"),
        "ask": _("Show what I missed (gives this set up)"),
        "other": _("Another set"),
        "found": _("{kind}: {found} of {planted} found", kind="%k", found="%f", planted="%n"),
        f"kind_{WRONG_LABELS}": _("wrong labels"),
        f"kind_{COPIED}": _("copies across the two parts"),
        f"kind_{INVERTED_IMAGES}": _("inverted images"),
        f"one_{WRONG_LABELS}": _("wrong label"),
        f"one_{COPIED}": _("copy"),
        f"one_{INVERTED_IMAGES}": _("inverted"),
        "emptyFound": _("class without an example: found"),
        "emptyNot": _("class without an example: not found yet"),
        "falseAlarms": _("false alarms: {number}", number="%n"),
    }
