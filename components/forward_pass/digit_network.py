"""A digit through the trained 784–200–100–75–10 network: every layer, ten probabilities, one neuron's weights."""

from __future__ import annotations

from functools import partial
from typing import Any

import numpy as np
import streamlit as st

from components import controls
from components.drawn_digit import drawn_digit
from components.in_browser import component, nothing, surroundings
from components.language import _
from components.lesson import PageLesson
from components.run_controls import course_runs, say_origin
from core.files import base64_of
from core.runs.run import Run
from core.tasks.digits import data as digits
from core.tasks.digits.in_numpy import Array, activations, softmax, weights_of
from core.tasks.digits.settings import COURSE_MLP

COMPONENT = "fp-digit"
FIRST_LAYER = "1.weight"
NEURONS = 200
NONE = -1
FIRST_DIGIT = 7
"""Of the validation set: a four that the recorded network reads rightly."""
BIGGEST = 127
"""Weights travel to the browser as bytes, -127 to 127 times one scale for each neuron: enough for a picture."""


def digit_network(lesson: PageLesson) -> None:
    """Show a real network at work on a digit that the student chooses or draws."""
    run = course_runs().find(COURSE_MLP)
    if run is None:
        st.info(_("The recorded network is missing. Train it on the page about train, validation and test."))
        return
    _show(run)
    lesson.words("text-digit")
    say_origin(run)


def _show(run: Run) -> None:
    """Mount the component; the neuron under the finger is the browser's, the chosen one and the digit in the address.

    The digits to choose from are the validation set's: the network learned from none of them, and the test is sealed.
    """
    images, _answers = digits.load("validation")
    index = controls.in_url("fp_digit", FIRST_DIGIT, partial(_below, end=len(images)))
    told = st.session_state.get(COMPONENT, {})
    drawn = drawn_digit(told.get("drawn"))
    image = np.asarray(images[index]) if drawn is None else drawn
    weights = weights_of(run.measured[-1])
    layers = activations(weights, image)
    asked = controls.in_url("fp_neuron", NONE, partial(_below, end=NEURONS))
    neuron = int(layers[1].argmax()) if asked == NONE else asked  # at first, the one that this digit excites most
    digit = {
        "neuron": neuron,
        "digit": index,
        "drawn": drawn is not None,
        "image": base64_of(image),
        "layers": [[round(float(value), 3) for value in layer] for layer in layers[1:4]],
        "sums": (weights[FIRST_LAYER] @ layers[0] + weights["1.bias"]).round(3).tolist(),
        "probabilities": softmax(layers[-1]).tolist(),
    }
    data = surroundings() | _weights(run) | digit | {"labels": _labels()}
    component("forward_pass/digit_network")(
        key=COMPONENT,
        data=data,
        default={"neuron": neuron},
        on_neuron_change=_chosen,
        on_digit_change=_another,
        on_drawn_change=nothing,
    )


@st.cache_data(max_entries=2, show_spinner=False, hash_funcs={Run: lambda run: run.run_id})
def _weights(run: Run) -> dict[str, Any]:
    """Return what the browser needs of the first layer: bytes, one scale for each neuron, biases."""
    weights = weights_of(run.measured[-1])
    packed, scales = pack(weights[FIRST_LAYER])
    biases = weights["1.bias"].round(4).tolist()
    return {"run": run.run_id, "weights": base64_of(packed), "scales": scales.tolist(), "biases": biases}


def pack(weights: Array) -> tuple[np.ndarray, np.ndarray]:
    """Return weights (neurons, inputs) as int8, and each neuron's largest absolute weight (neurons,)."""
    scales = np.abs(weights).max(axis=1)
    packed = np.round(weights / np.maximum(scales, 1e-12)[:, None] * BIGGEST).astype(np.int8)
    return packed, scales.round(5)


def _chosen() -> None:
    """Take over the neuron that the student chose."""
    neuron = st.session_state[COMPONENT].get("neuron")
    if isinstance(neuron, (int, float)) and 0 <= neuron < NEURONS:
        st.session_state["fp_neuron"] = int(neuron)


def _another() -> None:
    """Take over that the student asked for another digit."""
    digit = st.session_state[COMPONENT].get("digit")
    if isinstance(digit, (int, float)) and digit >= 0:
        st.session_state["fp_digit"] = int(digit) % len(digits.load("validation")[0])


def _below(told: str, *, end: int) -> int | None:
    """Return the number of a neuron or digit in an address; None if there is none of this number."""
    return int(told) if told.isdecimal() and len(told) < 5 and int(told) < end else None


def _labels() -> dict[str, str]:
    return {
        "input": _("Input"),
        "draw": _("Draw your digit in the square"),
        "another": _("Another digit"),
        "erase": _("Erase"),
        "seen": _("What the network sees: 28 × 28 pixels"),
        "hidden": _("Layer %n"),
        "output": _("Output"),
        "active": _("%a of %n neurons are active"),
        "choose": _("First hidden layer, 200 neurons: choose one with the arrow keys"),
        "neuron": _("Neuron %n of the first hidden layer"),
        "weights": _("Its 784 weights"),
        "product": _("Weights × pixels"),
        "sum": _("z = sum of the 784 products + b = %z, with b = %b; after ReLU: a = %a"),
        "legend": _("Blue: positive. Orange: negative. Ink here makes the neuron fire, or keeps it quiet."),
    }
