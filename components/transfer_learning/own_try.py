"""Training on the own classes, and trying: live, a file, a ready photo; and the same with the ten signs."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

import streamlit as st

from components.in_browser import component, surroundings
from components.language import _
from components.run_controls import still_here
from components.transfer_learning import own_words as words
from components.transfer_learning.own_map import heat_of
from components.transfer_learning.own_sent import ANSWERED, data_url, is_new, sent_file
from core import limits
from core.files import DamagedFile
from core.transfer_learning import own, signs_head
from core.transfer_learning.collection import Collection, chances_of
from core.transfer_learning.head import Features, Head
from core.transfer_learning.intake import IntakeError, Photo, encoded, photo_of
from core.transfer_learning.occlusion import Occlusion
from core.transfer_learning.ready import ready

OWN, SIGNS = "tl-try-own", "tl-try-signs"
SEED = 1
_TRIED = "tl: tried in "


class Tried:
    """What was tried last in one of the two parts.

    Attributes:
        photo: the photo, if there is one.
        features: what the base makes of it.
        is_live: whether the camera still shows what comes after it.
        heat: its map, and the head that it is of.
        said: what went wrong.
        ready_at: how many ready photos were tried.
    """

    def __init__(self) -> None:
        self.photo: Photo | None = None
        self.features: Features | None = None
        self.is_live = False
        self.heat: tuple[Head, Occlusion] | None = None
        self.said = ""
        self.ready_at = 0

    def look(self, photo: Photo, *, is_live: bool) -> None:
        """Have a worker look at a photo."""
        self.photo, self.features, self.heat, self.is_live = photo, None, None, is_live
        self.features = own.features(photo, still_here())

    def explain(self, head: Head) -> None:
        """Have a worker make the map of the photo that was tried."""
        if self.photo is not None:
            self.is_live = False
            self.heat = (head, own.explain(self.photo, head, still_here()))


@st.fragment
def try_own(collection: Collection) -> None:
    """Show the training of the own classes, and what tries it."""
    failed = collection.settle()
    tried = _tried(OWN)
    if failed is not None:
        tried.said = words.failure(failed)
    progress = words.progress(collection) if collection.is_learning else None
    data = {
        "trains": True,
        "problem": words.problem(collection.problem),
        "progress": {"said": progress[0], "share": progress[1]} if progress else None,
        "result": words.result(collection),
        "hasReady": collection.is_ready,
    }
    _mount(OWN, data, collection.head, collection.names, partial(_act_own, collection))


@st.fragment
def try_signs() -> None:
    """Show what reads a hand sign."""
    head = None
    try:
        head = signs_head.head()
    except (OSError, DamagedFile):
        _tried(SIGNS).said = _("The recorded head is missing: git checkout -- {file} brings it back.", file=words.HEAD)
    data = {"trains": False, "problem": "", "progress": None, "result": None, "hasReady": True}
    _mount(SIGNS, data, head, [str(sign) for sign in range(10)], _act_signs)


def _mount(
    key: str, own_data: Mapping[str, Any], head: Head | None, names: Sequence[str], act: Callable[[], None]
) -> None:
    tried, bounds = _tried(key), limits.current()
    chances = chances_of(tried.features, head) if head is not None and tried.features is not None else []
    still = tried.photo is not None and not tried.is_live and bool(chances)
    heat = tried.heat[1] if tried.heat is not None and tried.heat[0] is head else None
    data = {
        "can": head is not None,
        "names": list(names),
        "chances": chances,
        "url": data_url(encoded(tried.photo)) if still and tried.photo is not None else "",
        "heat": heat_of(heat, names) if heat is not None else None,
        "said": tried.said,
        "pause": 1_000 * bounds.frame_seconds,
        "mostBytes": bounds.upload_mb * 1_000_000,
        "answered": st.session_state.get(f"{ANSWERED} {key}", ""),
        "faults": words.faults_of_camera(),
        "labels": words.trying(),
        **surroundings(),
        **own_data,
    }
    component("transfer_learning/own_try")(key=key, data=data, on_act_change=act)


def _tried(key: str) -> Tried:
    found: Tried = st.session_state.setdefault(_TRIED + key, Tried())
    return found


def forget_tried() -> None:
    """Forget the photos that were tried."""
    for key in (OWN, SIGNS):
        st.session_state.pop(_TRIED + key, None)


def _act_own(collection: Collection) -> None:
    told = is_new(OWN)
    if told is None:
        return
    match told.get("act"):
        case "train":
            _tried(OWN).said = ""
            try:
                collection.start(SEED, still_here())
            except Exception as error:  # no cluster: said in words
                _tried(OWN).said = words.failure(error)
        case "stop":
            collection.stop()
        case _:
            _try(OWN, told, collection.head)


def _act_signs() -> None:
    told = is_new(SIGNS)
    if told is not None:
        _try(SIGNS, told, signs_head.head())


def _try(key: str, told: Mapping[str, Any], head: Head | None) -> None:
    """Do what was asked for with a photo; whatever goes wrong is said."""
    tried = _tried(key)
    if head is None or told.get("act") not in ("look", "ready", "explain"):  # a list is hashed by no set
        return
    tried.said = ""
    try:
        match told["act"]:
            case "look":
                is_live = told.get("live") is True
                file = sent_file(told.get("photo"))
                if isinstance(file, str):
                    raise IntakeError(file)
                tried.look(photo_of(file, limits.current().upload_mb * 1_000_000), is_live=is_live)
            case "ready":
                tests = ready()[1]
                photo = tests[tried.ready_at % len(tests)]
                tried.ready_at += 1
                tried.look(photo_of(photo.data), is_live=False)
            case "explain":
                tried.explain(head)
    except IntakeError as error:
        tried.said = words.refusals({error.reason: 1})
    except Exception as error:  # no cluster, a worker lost, no weights: said in words, never a traceback
        tried.said = words.failure(error)
