"""What a session has written and asks for: the text, its next choice, and the worker that is busy with it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import streamlit as st

from components import controls
from components.answers import are_starting
from components.language import _
from components.run_controls import still_here, why
from core import jobs, workers
from core.files import from_base64
from core.jobs import Job
from core.language_models import writings
from core.language_models.catalogue import ModelMissing
from core.language_models.sampling import Sampling
from core.language_models.writings import Picture, Request, Writing, Written
from core.text_generation import opening
from core.training.settings import SettingsError

STATE, LIVE, ASKED, TELLING = "tg: text", "tg: live", "tg: asked", "tg: telling"
PICTURE = "tg-picture"
PATIENCE = 0.5
"""Seconds that a click waits for the worker before the page follows it live."""
DEFAULTS: dict[str, Any] = Sampling().to_json()


def state() -> dict[str, Any]:
    """Return the session's text.

    `of` decides it; `steps` are its tokens; `picture` is the next choice; `speed` in tokens per second; `by_hand` are
    the places whose token the student chose; `run` counts the writings, `since` is where the last began, `goal` where
    it ends and `playing` whether the student is still to see it; `ten` whether the beginning is told ten times;
    `awaited` whether the workers are still on their way.
    """
    found: dict[str, Any] = st.session_state.setdefault(STATE, _empty(None) | {"run": 0})
    return found


def _empty(of: list[Any] | None) -> dict[str, Any]:
    return {
        "of": of,
        "steps": [],
        "picture": None,
        "speed": None,
        "by_hand": set(),
        "since": 0,
        "goal": 0,
        "playing": False,
        "ten": False,
        "awaited": False,
    }


def begin(request: Request) -> None:
    """Begin another text where model, prompt or seed have changed; a first one is in the middle of being written."""
    of, text = [request.model, request.prompt, request.seed], state()
    if text["of"] == of:
        return
    is_first = text["of"] is None
    stop()
    text.update(_empty(of) | {"ten": text["ten"]})
    text.pop("failed", None)
    st.session_state.pop(TELLING, None)
    as_recorded = (request.model, request.prompt, request.how, request.seed) == (
        opening.STORY.model, opening.STORY.prompt, opening.STORY.how, opening.STORY.seed,
    )  # fmt: skip
    if is_first and as_recorded:
        text["steps"] = opening.begun()


def read_sampling() -> Sampling:
    """Return the sampling settings of the address, each checked."""
    values = {
        name: controls.in_url(f"tg_{name}", default, _reader(name, default)) for name, default in DEFAULTS.items()
    }
    return Sampling(**values)


def act(request: Request) -> None:
    """Do what the picture asked for; look at the first choice of a new text."""
    asked = st.session_state.pop(ASKED, None)
    text = state()
    written = tuple(step["token"] for step in text["steps"])
    if isinstance(asked, int):
        _ask(Request(request.model, request.prompt, written, request.how, request.seed, asked))
    elif st.session_state.get(LIVE) is None and text["picture"] is None and "failed" not in text:
        _ask(Request(request.model, request.prompt, written, request.how, request.seed, 0))
    if text["ten"]:
        _tell(request)


def _ask(request: Request) -> None:
    """Send a text to the workers; a short one is awaited, a long one followed. What is recorded needs none."""
    text, known = state(), opening.answer(request)
    text["awaited"] = known is None and are_starting()
    if text["awaited"]:
        st.session_state[ASKED] = request.tokens or None
        return
    if request.tokens:
        since = len(text["steps"])
        text.update(run=text["run"] + 1, since=since, goal=since + request.tokens, playing=True)
    if known is not None:
        text.update(steps=[*text["steps"], *known["steps"]], picture=known["picture"])
        return
    try:
        live = writings.start(request, still_here())
    except workers.WorkersUnavailable as error:
        text["failed"] = _unavailable(error)
        return
    st.session_state[LIVE] = live
    if live.job.wait(PATIENCE):
        take_over(live)
    else:
        st.rerun()


def _tell(request: Request) -> None:
    """Have the beginning told ten times with these settings, unless it is, or is being told."""
    telling: tuple[Request, Job] | None = st.session_state.get(TELLING)
    if opening.told(request) is not None or (telling and telling[0] == request) or are_starting():
        return
    if telling:
        telling[1].stop()
    try:
        job = jobs.start(opening.tell, request, key=f"ten-{hash(request)}", priority=10, wanted=still_here())
    except workers.WorkersUnavailable as error:
        state()["failed"] = _unavailable(error)
        return
    st.session_state[TELLING] = (request, job)
    if not job.wait(PATIENCE):
        st.rerun()


def told(request: Request) -> list[list[str]]:
    """Return the beginning as it was told ten times; nothing while a worker still tells it."""
    known = opening.told(request)
    telling: tuple[Request, Job] | None = st.session_state.get(TELLING)
    if known is None and telling is not None and telling[0] == request:
        known = telling[1].result
    return known or []


def is_busy() -> bool:
    """Whether a worker is writing for this session."""
    live: Writing | None = st.session_state.get(LIVE)
    telling: tuple[Request, Job] | None = st.session_state.get(TELLING)
    text = state()
    if text["awaited"]:
        return True
    return (live is not None and not live.over) or (text["ten"] and telling is not None and not telling[1].over)


def take_over(live: Writing) -> None:
    """Take over what a worker has written."""
    st.session_state.pop(LIVE, None)
    text = state()
    text.pop("failed", None)
    if live.error is not None:
        text["failed"] = _why(live.error)
    if list(live.request.written) != [step["token"] for step in text["steps"]]:
        return
    text["steps"] = [*text["steps"], *live.steps]
    text["picture"] = live.answer["picture"] if live.answer else None
    if live.request.tokens:
        text["speed"] = live.speed


def _unavailable(error: BaseException) -> str:
    return _("The computing cluster does not answer ({address}).", address=error)


def _why(error: BaseException) -> str:
    if isinstance(error, ModelMissing):
        return _("The model is not on this machine, or its files are damaged.")
    return why(error)


def stop() -> None:
    """Stop what is being written; what was received is kept."""
    live: Writing | None = st.session_state.get(LIVE)
    if live is not None:
        live.stop()
        take_over(live)


def keep(steps: int) -> None:
    """Go back to the choice after so many tokens; what stands there already stays."""
    text = state()
    if steps >= len(text["steps"]):
        return
    by_hand = {place for place in text["by_hand"] if place < steps}
    text.update(steps=text["steps"][:steps], picture=None, by_hand=by_hand)


def acted() -> None:
    """Hear what the student did in the picture."""
    told = st.session_state[PICTURE].get("act")
    if not isinstance(told, Mapping):
        return
    text, act = state(), told.get("act")
    if text["playing"]:  # what was not seen yet was never written
        stop()
        keep(_count(told.get("shown")))
        text["playing"] = False
    if act in ("ten", "one"):
        text["ten"] = act == "ten"
        return
    text["ten"] = text["ten"] and act == "rested"
    if act == "step":
        st.session_state[ASKED] = 1
    elif act == "write":
        st.session_state[ASKED] = int(st.session_state["tg_length"])
    elif act == "undo":
        keep(len(text["steps"]) - 1)
    elif act == "clear":
        keep(0)
    elif act == "back":
        keep(_count(told.get("first")))
    elif act == "pick":
        _pick(told.get("token"))


def sampled() -> None:
    """Take over the cards' values, checked like any other input; a text that is being written goes on with them."""
    given = st.session_state[PICTURE].get("sampling")
    if not isinstance(given, Mapping):
        return
    for name, default in DEFAULTS.items():
        value = given.get(name)
        if value is not None and (checked := _reader(name, default)(str(value))) is not None:
            st.session_state[f"tg_{name}"] = checked
    text = state()
    if text["playing"] and isinstance(given.get("shown"), (int, float)):
        goal = text["goal"]
        stop()
        keep(_count(given["shown"]))
        if goal > len(text["steps"]):
            st.session_state[ASKED] = goal - len(text["steps"])


def is_ended() -> bool:
    """Whether the text ends with the token that ends a text: nothing can be written after it."""
    steps, picture = state()["steps"], state()["picture"]
    return bool(steps) and picture is not None and steps[-1]["token"] == picture["end"]


def _pick(token: object) -> None:
    """Write the token whose bar was chosen."""
    text = state()
    picture: Picture | None = text["picture"]
    if picture is None or not isinstance(token, int) or str(token) not in picture["vocabulary"] or is_ended():
        return
    logits = from_base64(picture["logits"]).astype(float)
    surprise = float(np.log(np.exp(logits).sum()) - logits[token])
    step = Written(
        token=token,
        probability=float(np.exp(-surprise)),
        surprise=surprise,
        bytes=picture["bytes"][str(token)],
        choice=None,
    )
    by_hand = {*text["by_hand"], len(text["steps"])}
    text.update(steps=[*text["steps"], step], picture=None, by_hand=by_hand)


def _count(told: object) -> int:
    """Return a number of tokens that the browser told; anything else is all of them."""
    most = len(state()["steps"])
    return min(max(0, int(told)), most) if isinstance(told, (int, float)) else most


def _reader(name: str, default: float) -> Callable[[str], Any]:
    """Return what reads a sampling setting from an address."""

    def read(told: str) -> float | int | None:
        value = int(told) if isinstance(default, int) else float(told)
        settings: dict[str, Any] = {name: value}
        try:
            Sampling(**settings)
        except SettingsError:
            return None
        return value

    return read
