"""What the forward pass page shows: the component that computes under the finger, and its presets."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

from components import controls, glossary, shown
from components.in_browser import component, nothing, surroundings
from components.language import _
from components.lesson import PageLesson
from components.presets import presets
from core.forward_pass.network import ACTIVATIONS, LENGTHS, STEPS, Network, read_numbers, to_numbers, write_numbers
from core.forward_pass.presets import PRESETS

COMPONENT = "fp-picture"
DEFAULT = Network()
_VERSION = "fp: times that the values were set from outside"
_FURTHEST = "fp: the furthest step seen"
_BETWEEN = ("identity", "relu", "tanh", "sigmoid")


def picture(lesson: PageLesson) -> Network:
    """Show the network and its product; return the numbers the student left them on."""
    network = read_network()
    here = STEPS.index(network.step)
    furthest = max(st.session_state.get(_FURTHEST, 0), here)
    st.session_state[_FURTHEST] = furthest
    texts = {name: controls.in_url(f"fp_{name}", *limits) for name, limits in _controls().items()}
    names = _activations()
    data = surroundings() | {
        # A link opened in the same tab changes the values without a callback: the texts tell.
        "version": f"{st.session_state.get(_VERSION, 0)}",
        "steps": list(STEPS),
        "activations": list(_BETWEEN if network.step == "collapse" else ACTIVATIONS),
        "furthest": furthest,
        "plays": lesson.plays,
        "heard": lesson.heard,
        "hidden": _hidden(),
        "terms": glossary.in_picture(COMPONENT, names[network.function]),
        "labels": _labels(lesson) | {"activations": names},
        "state": {name: list(to_numbers(text)) if name in LENGTHS else text for name, text in texts.items()},
    }
    component("forward_pass/picture")(key=COMPONENT, data=data, on_state_change=_moved, on_counted_change=nothing)
    return network


def ask_the_slide() -> None:
    """Show the layer that the question is about: the course's slide, whose weights the picture then counts."""
    _apply_preset("course")


def has_counted(lesson: PageLesson) -> bool:
    """Whether the picture has counted the weights since the student last asked for it."""
    return bool(st.session_state[COMPONENT].get("counted") == lesson.plays)


def read_network() -> Network:
    """Return what the address and the session say, each value checked."""
    told = {name: controls.in_url(f"fp_{name}", *limits) for name, limits in _controls().items()}
    values: dict[str, Any] = {name: to_numbers(text) if name in LENGTHS else text for name, text in told.items()}
    return Network(**values)


def control_names() -> list[str]:
    """Return the names, in the address, of what the finger moves here."""
    return [f"fp_{name}" for name in _controls()]


def presets_row(lesson: PageLesson) -> None:
    """Show the presets, good and bad; the lit one has the numbers that its step shows."""
    network = read_network()
    lit = next((name for name, preset in PRESETS.items() if _same(preset, network)), None)
    presets(lesson, PRESETS, lit=lit, apply=_apply_preset, key="fp-presets")


def _same(preset: Network, network: Network) -> bool:
    """Whether the numbers that the preset's step shows are the network's."""
    return all(getattr(preset, name) == getattr(network, name) for name in ("step", "function", "x", "w", "b"))


def _apply_preset(name: str) -> None:
    preset = PRESETS[name]
    controls.set_values({f"fp_{field}": _stored(field, getattr(preset, field)) for field in _controls()})
    st.session_state[_VERSION] = st.session_state.get(_VERSION, 0) + 1


def _moved() -> None:
    """Take over what the finger left, checked like any other input."""
    given = st.session_state[COMPONENT].get("state") or {}
    for name, (_default, parse) in _controls().items():
        raw = given.get(name) if isinstance(given, Mapping) else None
        if raw is None:
            continue
        try:
            value = parse(",".join(map(str, raw)) if isinstance(raw, (list, tuple)) else str(raw))
        except ValueError:
            value = None
        if value is not None:
            st.session_state[f"fp_{name}"] = value


def _controls() -> dict[str, tuple[Any, Callable[[str], Any]]]:
    """Return each value's default, and how its text in the address is read; None refuses it."""

    def one_of(options: tuple[str, ...]) -> Callable[[str], str | None]:
        return lambda text: text if text in options else None

    def below(end: int) -> Callable[[str], int | None]:
        return lambda text: int(text) if text.isdecimal() and len(text) < 3 and int(text) < end else None

    def numbers(name: str) -> Callable[[str], str | None]:
        return lambda text: read_numbers(name, text)

    return {
        "step": (DEFAULT.step, one_of(STEPS)),
        "activation": (DEFAULT.activation, one_of(ACTIVATIONS)),
        "between": (DEFAULT.between, one_of(_BETWEEN)),
        "output": (DEFAULT.output, below(5)),
        "example": (DEFAULT.example, below(3)),
        **{name: (write_numbers(getattr(DEFAULT, name)), numbers(name)) for name in LENGTHS},
    }


def _stored(name: str, value: Any) -> Any:
    return write_numbers(value) if name in LENGTHS else value


def _hidden() -> list[str]:
    names = {"fp_step": _("Steps"), "fp_activation": _("Activation")}
    return shown.left_out(names)


def _activations() -> dict[str, str]:
    return {"identity": _("identity"), "relu": "ReLU", "tanh": "tanh", "sigmoid": _("sigmoid"), "softmax": "softmax"}


def _labels(lesson: PageLesson) -> dict[str, Any]:
    return {
        "steps": {step: lesson.heading(f"text-step-{step}") for step in STEPS},
        "words": {step: lesson.body(f"text-step-{step}") for step in STEPS},
        "activation": _("Activation"),
        "network": _("The network: inputs on the left, outputs on the right, one line per weight"),
        "product": _("The same computation as a matrix product"),
        "faceNetwork": _("Network"),
        "faceProduct": _("Matrices and sum"),
        "next": _("Next step"),
        "locked": _("First open the step before"),
        "example": _("example"),
        "equal": _("Equal: the two layers are one."),
        "alike": _("Equal, but for these inputs only."),
        "weights": _("%n weights"),
        "different": _("Different, by up to %s: the activation keeps them apart."),
    }
