"""The bowl on the page: a two-weight loss surface that answers under the finger, its values in the URL."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

from components import controls, shown
from components.in_browser import component, nothing, surroundings
from components.language import _
from components.lesson import PageLesson
from core.batch_learning_rate.bowl import OPTIMIZERS, PROBLEMS, STEPS, BowlSettings, ProblemName, make_problem
from core.once import once
from core.training.constants import ALPHA, BETA2, EPSILON

COMPONENT = "blr-bowl"
_VERSION = "blr bowl: values set from outside"
DEFAULTS = BowlSettings()
MOST_ARROWS = 16
ASKED = {"batch": 64, "shown": 25}
"""The descent that the page's question asks for: as often through the examples as the page's own."""
COMPARED = {"batch": DEFAULTS.batch}
"""What the question starts from."""


def bowl(lesson: PageLesson) -> BowlSettings:
    """Show the bowl; return the values the student left it on."""
    state = {name: controls.in_url(_key(name), *limits) for name, limits in _controls().items()}
    settings = _settings(state)
    start = settings.start if state["start"] else None
    labels = _labels()
    data = surroundings() | {
        "version": st.session_state.setdefault(_VERSION, 0),
        "labels": labels,
        "hidden": [name for name in _controls() if name in labels and not shown.is_shown(_key(name), labels[name])],
        "plays": lesson.plays,
        "heard": lesson.heard,
        "compared": COMPARED,
        "problems": {name: _problem(name) for name in PROBLEMS},
        "constants": {"alpha": ALPHA, "beta2": BETA2, "epsilon": EPSILON},
        "state": {
            **{name: getattr(settings, name) for name in ("problem", "optimizer", "rate", "batch", "momentum", "seed")},
            "start": start,
            "shown": state["shown"],
            "arrows": state["arrows"],
        },
    }
    mount = component("batch_learning_rate/bowl")
    mount(key=COMPONENT, data=data, on_state_change=_moved, on_played_change=nothing)
    return settings


def has_played(lesson: PageLesson) -> bool:
    """Whether the bowl has played its question since the student last asked for it."""
    return bool(st.session_state[COMPONENT].get("played") == lesson.plays)


def bowl_state(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return every value of the bowl by its name in the URL: as given, the others at their defaults."""
    return {_key(name): values.get(name, default) for name, (default, _parse) in _controls().items()}


def bowl_values(values: Mapping[str, Any]) -> None:
    """Move the bowl's controls, as a preset does. Call it in a callback."""
    controls.set_values(bowl_state(values))
    st.session_state[_VERSION] = st.session_state.get(_VERSION, 0) + 1


def _key(name: str) -> str:
    return f"blr_bowl_{name}"


def _moved() -> None:
    """Take over what the finger left, checked like any other input."""
    given = st.session_state[COMPONENT].get("state") or {}
    for name, (default, parse) in _controls().items():
        raw = given.get(name, default)
        text = ",".join(map(str, raw)) if isinstance(raw, (list, tuple)) else "" if raw is None else str(raw)
        try:
            value = parse(text)
        except ValueError:
            value = None
        st.session_state[_key(name)] = default if value is None else value


def _controls() -> dict[str, tuple[Any, Callable[[str], Any]]]:
    """Return each value's default and how its text is read; None refuses it."""
    return {
        "problem": (DEFAULTS.problem, lambda text: text if text in PROBLEMS else None),
        "optimizer": (DEFAULTS.optimizer, lambda text: text if text in OPTIMIZERS else None),
        "rate": (DEFAULTS.rate, lambda text: _finite(text, lambda value: BowlSettings(rate=value).clipped().rate)),
        "batch": (
            DEFAULTS.batch,
            lambda text: _finite(text, lambda value: BowlSettings(batch=int(value)).clipped().batch),
        ),
        "momentum": (
            DEFAULTS.momentum,
            lambda text: _finite(text, lambda v: BowlSettings(momentum=v).clipped().momentum),
        ),
        "start": ("", _start_text),
        "seed": (DEFAULTS.seed, lambda text: _finite(text, lambda value: BowlSettings(seed=int(value)).clipped().seed)),
        "shown": (STEPS, lambda text: _finite(text, lambda value: min(max(int(value), 0), STEPS))),
        "arrows": (8, lambda text: _finite(text, lambda value: min(max(int(value), 0), MOST_ARROWS))),
    }


def _finite(text: str, clip: Callable[[float], Any]) -> Any:
    value = float(text)
    return clip(value) if math.isfinite(value) else None


def _start_text(text: str) -> str | None:
    """Return a start point "1.2,-0.5" if it is one; an empty text is the problem's own start."""
    if not text:
        return ""
    first, second = (float(part) for part in text.split(","))
    return f"{first:.4g},{second:.4g}" if math.isfinite(first) and math.isfinite(second) else None


def _settings(state: Mapping[str, Any]) -> BowlSettings:
    names = ("problem", "optimizer", "rate", "batch", "momentum", "seed")
    start = None
    if state["start"]:
        first, second = (float(part) for part in state["start"].split(","))
        start = (first, second)
    return BowlSettings(**{name: state[name] for name in names}, start=start).clipped()


@once(3)
def _problem(name: ProblemName) -> dict[str, Any]:
    found = make_problem(name)
    lowest = found.minimum()
    return {
        "name": name,
        "features": found.features.tolist(),
        "targets": found.targets.tolist(),
        "window": found.window,
        "start": found.start,
        "minimum": lowest.tolist(),
        "lowest": float(found.loss(lowest)),
        "curvature": found.sharpest_curvature(),
    }


def _labels() -> dict[str, Any]:
    slope_and_intercept = (_("weight w (slope)"), _("weight b (intercept)"))
    return {
        "rate": _("Learning rate"),
        "batch": _("Batch size"),
        "optimizer": _("Optimizer"),
        "momentum": _("Momentum β"),
        "shown": _("Updates shown"),
        "arrows": _("Mini-batches drawn as arrows"),
        "problem": _("The valley"),
        "seed": _("Seed (order of the examples)"),
        "advanced": _("Advanced settings"),
        "sgd": "SGD",
        "option_momentum": _("SGD with momentum"),
        "rmsprop": "RMSprop",
        "adam": "Adam",
        "regression": _("diagonal: a line through points"),
        "aligned": _("along an axis: centred inputs"),
        "classification": _("two groups to separate"),
        "all": _("all (64)"),
        "limit": _("limit {rate}", rate="{rate}"),
        "start": _("Starting point: drag it, or move it with the arrow keys"),
        "alt": _("Contour lines of the loss, and the path of the optimizer from the starting point"),
        "dataAlt": _("The 64 examples, those of the last mini-batch in full colour, and the model"),
        "curveAlt": _("Loss over all examples after each update, on a logarithmic scale"),
        "dataTitle": _("The 64 examples; in full colour, the last mini-batch ({batch})", batch="{batch}"),
        "curveTitle": _("Loss after {update} updates: {loss}", update="{update}", loss="{loss}"),
        "axes": {
            "regression": slope_and_intercept,
            "aligned": slope_and_intercept,
            "classification": (_("weight w₁"), _("weight w₂")),
        },
        **_verdicts(),
    }


def _verdicts() -> dict[str, str]:
    """Return what is said under the map; the numbers are the browser's."""
    held = {name: f"{{{name}}}" for name in ("updates", "epochs", "loss", "first", "lowest", "bound")}
    return {
        "verdictDiverges": _("It diverges: loss {loss}. Updates: {updates}, epochs: {epochs}.", **held),
        "verdictArrives": _(
            "At the bottom: loss {loss}, the lowest is {lowest}. Updates: {updates}, epochs: {epochs}.", **held
        ),
        "verdictHigher": _(
            "Higher than at the start for now: loss {loss} instead of {first}. Updates: {updates}, epochs: {epochs}.",
            **held,
        ),
        "verdictOnTheWay": _(
            "Not there yet: loss {loss}, the lowest is {lowest}. Updates: {updates}, epochs: {epochs}.", **held
        ),
        "verdictBeyond": _(
            "The learning rate is above the limit {bound}: with all examples, the descent diverges in the end.", **held
        ),
        "verdictRestless": _(
            "The learning rate is above the limit {bound}: with all examples, the descent jumps about the bottom and "
            "cannot settle there.",
            **held,
        ),
    }
