"""What a session has written and asks for: the text, its next choice, and the worker that is busy with it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import streamlit as st

from components import controls
from components.language import _
from components.run_controls import still_here, why
from core import workers
from core.files import from_base64
from core.language_models import writings
from core.language_models.catalogue import ModelMissing
from core.language_models.sampling import Sampling
from core.language_models.writings import Picture, Request, Writing, Written
from core.training.settings import SettingsError

STATE, LIVE, ASKED = "tg: text", "tg: live", "tg: asked"
CHIPS, BARS = "tg-chips", "tg-bars"
PATIENCE = 0.5
"""Seconds that a click waits for the worker before the page follows it live."""
DEFAULTS: dict[str, Any] = Sampling().to_json()


def state() -> dict[str, Any]:
    """Return the session's text: what decides it, its tokens, the next choice, the speed, the choices made by hand."""
    found: dict[str, Any] = st.session_state.setdefault(
        STATE, {"of": None, "steps": [], "picture": None, "speed": None, "picked": 0}
    )
    return found


def read_sampling() -> Sampling:
    """Return the sampling settings of the address, each checked."""
    values = {
        name: controls.in_url(f"tg_{name}", default, _reader(name, default)) for name, default in DEFAULTS.items()
    }
    return Sampling(**values)


def act(model: str, prompt: str, how: Sampling) -> None:
    """Do what a chip, a bar or a button asked for; look at the first choice of a new text."""
    asked = st.session_state.pop(ASKED, None)
    text = state()
    if isinstance(asked, int):
        _ask(_request(model, prompt, how, tokens=asked))
    elif st.session_state.get(LIVE) is None and text["picture"] is None and "failed" not in text:
        _ask(_request(model, prompt, how, tokens=0))


def _request(model: str, prompt: str, how: Sampling, tokens: int) -> Request:
    written = tuple(step["token"] for step in state()["steps"])
    return Request(model, prompt, written, how, int(st.session_state["tg_seed"]), tokens)


def _ask(request: Request) -> None:
    """Send a text to the workers; a short one is awaited, a long one followed."""
    try:
        live = writings.start(request, still_here())
    except workers.WorkersUnavailable as error:
        state()["failed"] = _("The computing cluster does not answer ({address}).", address=error)
        return
    st.session_state[LIVE] = live
    if live.job.wait(PATIENCE):
        take_over(live)
    else:
        st.rerun()


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
    if live.request.model == "mini":
        writings.warm("mini")
    if live.request.tokens:
        text["speed"] = live.speed


def _why(error: BaseException) -> str:
    if isinstance(error, ModelMissing):
        return _("The model is not on this machine, or its files are damaged.")
    return why(error)


def stop() -> None:
    """Stop what is being written; what was received is kept."""
    live: Writing | None = st.session_state.get(LIVE)
    if live is not None:
        live.stop()


def undo() -> None:
    """Take the last token back."""
    keep(len(state()["steps"]) - 1)


def keep(steps: int) -> None:
    """Go back to the choice after so many tokens."""
    text = state()
    text.update(steps=text["steps"][:steps], picture=None)


def sampled() -> None:
    """Take over the cards' values, checked like any other input."""
    given = st.session_state[BARS].get("sampling")
    for name, default in DEFAULTS.items():
        value = given.get(name) if isinstance(given, Mapping) else None
        if value is not None and (checked := _reader(name, default)(str(value))) is not None:
            st.session_state[f"tg_{name}"] = checked


def picked() -> None:
    """Write the token whose bar was chosen."""
    token, text = st.session_state[BARS].get("token"), state()
    picture: Picture | None = text["picture"]
    if picture is None or not isinstance(token, int) or str(token) not in picture["vocabulary"]:
        return
    logits = from_base64(picture["logits"]).astype(float)
    surprise = float(np.log(np.exp(logits).sum()) - logits[token])
    step = Written(
        token=token, probability=float(np.exp(-surprise)), surprise=surprise, bytes=picture["bytes"][str(token)]
    )
    text.update(steps=[*text["steps"], step], picture=None, picked=text["picked"] + 1)


def went_back() -> None:
    """Return to the choice whose chip was clicked."""
    first = st.session_state[CHIPS].get("chosen")
    if isinstance(first, (int, float)) and 0 <= first < len(state()["steps"]):
        keep(int(first))


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
