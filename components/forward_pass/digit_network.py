"""A digit through the trained 784–200–100–75–10 network: every layer, ten probabilities, one neuron's weights."""

from __future__ import annotations

from typing import Any

import numpy as np
import streamlit as st

from components import controls
from components.digit_input import digit_input
from components.in_browser import component, surroundings
from components.language import _
from components.lesson import PageLesson
from components.run_controls import course_runs, say_origin
from core.files import base64_of
from core.runs.run import Run
from core.tasks.digits.data import Images
from core.tasks.digits.in_numpy import Array, activations, softmax, weights_of
from core.tasks.digits.settings import COURSE_MLP

COMPONENT = "fp-digit"
FIRST_LAYER = "1.weight"
NEURONS = 200
NONE = -1
BIGGEST = 127
"""Weights travel to the browser as bytes, -127 to 127 times one scale for each neuron: enough for a picture."""


def digit_network(lesson: PageLesson) -> None:
    """Show a real network at work on a digit that the student chooses or draws."""
    run = course_runs().find(COURSE_MLP)
    if run is None:
        st.info(_("The recorded network is missing. Train it on the page about train, validation and test."))
        return
    with st.container(horizontal=True, vertical_alignment="bottom", key="fp-digit-input"):
        image = digit_input("fp", split="validation", default=7)
    if image is not None:
        _show(run, image)
    lesson.words("text-digit")
    say_origin(run)


def _show(run: Run, image: Images) -> None:
    """Mount the component; the neuron under the finger is the browser's, the chosen one is in the address."""
    weights = weights_of(run.measured[-1])
    layers = activations(weights, image)
    asked = controls.in_url("fp_neuron", NONE, _read_neuron)
    neuron = int(layers[1].argmax()) if asked == NONE else asked  # at first, the one that this digit excites most
    digit = {
        "neuron": neuron,
        "image": base64_of(image),
        "layers": [[round(float(value), 3) for value in layer] for layer in layers[1:4]],
        "sums": (weights[FIRST_LAYER] @ layers[0] + weights["1.bias"]).round(3).tolist(),
        "probabilities": softmax(layers[-1]).tolist(),
    }
    data = surroundings() | _weights(run) | digit | {"labels": _labels()}
    component("forward_pass/digit_network")(
        key=COMPONENT, data=data, default={"neuron": neuron}, on_neuron_change=_chosen
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


def _read_neuron(told: str) -> int | None:
    return int(told) if told.isdecimal() and len(told) < 4 and int(told) < NEURONS else None


def _labels() -> dict[str, str]:
    return {
        "input": _("Input"),
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
