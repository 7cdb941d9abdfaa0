"""The student's own classes: photos from a camera or from files, learned in seconds, tried at once.

Photos stay in this session's memory: nothing here writes or logs a byte of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from components import shown
from components.in_browser import component, surroundings
from components.language import _
from components.lesson import PageLesson
from components.transfer_learning import own_words as words
from components.transfer_learning.own_sent import ANSWERED, data_url, is_new, sent_file
from components.transfer_learning.own_try import forget_tried, try_own, try_signs
from core import limits, workers
from core.transfer_learning.collection import FEWEST, MOST, Collection, OwnClass

COLLECTION, COMPONENT = "tl: own classes", "tl-own"
MOST_FILES = 30
"""Files in one message; our own script sends ten."""
_SAID = "tl: own: files not taken"


@st.fragment
def own_classes(lesson: PageLesson) -> None:
    """Show the part of the page where a student makes classes, unless a teacher's link leaves it out."""
    heading = lesson.heading("text-own")
    if not shown.is_shown("tl-own", heading):
        return
    st.subheader(heading, anchor=False)
    lesson.words("text-own")
    workers.start_soon()
    own = collection()
    component("transfer_learning/own")(key=COMPONENT, data=surroundings() | _drawn(own), on_act_change=_act)
    try_own(own)


@st.fragment
def live_signs(lesson: PageLesson) -> None:
    """Show the part where a hand sign is held up to the camera, unless a teacher's link leaves it out."""
    heading = lesson.heading("text-signs")
    if not shown.is_shown("tl-signs", heading):
        return
    st.subheader(heading, anchor=False)
    lesson.words("text-signs")
    workers.start_soon()
    try_signs()


def collection() -> Collection:
    """Return this session's classes."""
    if COLLECTION not in st.session_state:
        st.session_state[COLLECTION] = Collection(_names(FEWEST))
    found: Collection = st.session_state[COLLECTION]
    return found


def _names(count: int) -> list[str]:
    return [_class_name(number) for number in range(1, count + 1)]


def _class_name(number: int) -> str:
    return _("Class {number}", number=number)


def _drawn(own: Collection) -> dict[str, Any]:
    bounds = limits.current()
    said: Mapping[str, Mapping[str, int]] = st.session_state.get(_SAID, {})
    return {
        "classes": [
            {
                "id": each.id,
                "name": each.name,
                "photos": [{"id": photo.id, "thumb": data_url(photo.thumb)} for photo in each.photos],
                "said": words.refusals(said.get(each.id, {})),
            }
            for each in own.classes
        ],
        "most": bounds.photos,
        "fewestClasses": FEWEST,
        "mostClasses": MOST,
        "mostBytes": bounds.upload_mb * 1_000_000,
        "answered": st.session_state.get(f"{ANSWERED} {COMPONENT}", ""),
        "faults": words.faults_of_camera(),
        "labels": words.collecting(),
    }


def _act() -> None:
    """Do what the cards ask for."""
    told = is_new(COMPONENT)
    if told is None:
        return
    own = collection()
    own_class = own.find(str(told.get("class", "")))
    match told.get("act"):
        case "photos" if own_class is not None:
            _take(own, own_class, told)
        case "rename" if own_class is not None:
            own.rename(own_class, str(told.get("name", "")))
        case "remove_class" if own_class is not None:
            own.remove_class(own_class)
        case "remove_photo":
            own.remove_photo(str(told.get("photo", "")))
        case "add_class":
            own.add_class(_free_name(own))
        case "ready" if own.is_empty:
            st.session_state.pop(_SAID, None)
            own.fill(lambda sign: _("Sign {digit}", digit=sign))
        case "forget":
            st.session_state.pop(_SAID, None)
            own.forget(_names(FEWEST))
            forget_tried()


def _take(own: Collection, own_class: OwnClass, told: Mapping[str, Any]) -> None:
    """Take the photos of a message; a choice of many files comes in several, whose refusals add up."""
    photos = told.get("photos")
    files = [sent_file(sent) for sent in photos[:MOST_FILES]] if isinstance(photos, list) else []
    refused = own.add(own_class, files, str(told.get("series", ""))[:40])
    left_out = told.get("too_many")
    if isinstance(left_out, int) and 0 < left_out < 1_000_000:
        refused["too_many"] = refused.get("too_many", 0) + left_out
    all_said: dict[str, dict[str, int]] = st.session_state.setdefault(_SAID, {})
    before = {} if told.get("first", True) else all_said.get(own_class.id, {})
    all_said[own_class.id] = {reason: before.get(reason, 0) + refused.get(reason, 0) for reason in (before | refused)}


def _free_name(own: Collection) -> str:
    """Return a name that no class has."""
    taken = {each.name.casefold() for each in own.classes}
    return next(name for number in range(1, MOST + 2) if (name := _class_name(number)).casefold() not in taken)
