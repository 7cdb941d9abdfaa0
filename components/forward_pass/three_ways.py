"""One product, four ways: the picture's numbers by loops, NumPy, torch and Keras, and their times on this machine."""

from __future__ import annotations

from typing import Any

import numpy as np
import streamlit as st

from components.figures import BLUE, GREEN, PURPLE, VERMILION, Figure, log_axis, show, stroke
from components.figures import figure as laid_out
from components.language import _, _n, current, number
from components.lesson import PageLesson
from components.projection import is_projected
from components.run_controls import still_here
from core import workers
from core.forward_pass import three_ways
from core.forward_pass.network import Network, forward
from core.forward_pass.three_ways import Comparison

NAMES = {"loops": "Python", "numpy": "NumPy", "torch": "torch.nn.Linear", "keras": "keras.layers.Dense"}
COLOURS = {"loops": VERMILION, "numpy": BLUE, "torch": GREEN, "keras": PURPLE}
SYMBOLS = {"loops": "circle", "numpy": "square", "torch": "diamond", "keras": "triangle-up"}
DASHES = {"loops": "solid", "numpy": "dash", "torch": "dot", "keras": "dashdot"}
_ASKED = "fp: three ways, asked for"
_TIMED = "fp: three ways, times"


def compare(lesson: PageLesson, network: Network) -> None:
    """Show the button that runs the four ways on a worker, then their answers and times."""
    lesson.words("text-three-ways")
    workers.start_soon()
    st.button(_("Run the four ways"), icon=":material/timer:", key="fp-three-ways", on_click=_ask, args=(network,))
    if refusal := st.session_state.pop("fp: refused", None):
        st.warning(refusal, icon=":material/cloud_off:")
    asked: Comparison | None = st.session_state.get(_ASKED)
    if asked is not None:
        _wait(asked)
        return
    if _TIMED in st.session_state:
        _show(network, *st.session_state[_TIMED])


def figure(timed: list[dict[str, Any]], *, projected: bool = False, language: str = "fr") -> Figure:
    """Draw seconds against the number of multiplications, log–log, one curve for each way."""
    sizes = [measure["rows"] * measure["columns"] for measure in timed]
    shapes = [f"{measure['columns']} → {measure['rows']}" for measure in timed]
    traces = [
        {
            "type": "scatter",
            "mode": "lines+markers",
            "name": NAMES[way],
            "x": sizes,
            "y": [measure["seconds"][way] * 1e6 for measure in timed],
            "text": shapes,
            "line": {"color": COLOURS[way], "dash": DASHES[way], "width": stroke(2.5, projected)},
            "marker": {"symbol": SYMBOLS[way], "size": stroke(9, projected)},
            "hovertemplate": "%{text}<br>%{y:.3~s} µs",
        }
        for way in three_ways.WAYS
    ]
    return laid_out(
        traces,
        x=log_axis(_("multiplications (inputs × outputs)")),
        y=log_axis(_("microseconds for one product")),
        height=520 if projected else 360,
        projected=projected,
        language=language,
    )


def _ask(network: Network) -> None:
    """Send the picture's numbers and one random layer of each size to a worker."""
    weights = network.weights.astype(np.float32)
    x, bias = network.inputs[:, 0].astype(np.float32), network.biases[:, 0].astype(np.float32)
    try:
        st.session_state[_ASKED] = three_ways.start(weights, x, bias, wanted=still_here())
    except workers.WorkersUnavailable as error:
        said = _("The computing cluster does not answer ({address}). Recorded runs still replay.", address=error)
        st.session_state["fp: refused"] = said


def _wait(asked: Comparison) -> None:
    """Look twice a second whether the worker is done; the rest of the page stays free."""

    @st.fragment(run_every=0.5)
    def waiting() -> None:
        st.progress(asked.progress, text=_("A worker loops, multiplies and times"))
        if not asked.job.over:
            return
        del st.session_state[_ASKED]
        if asked.job.result is None:
            st.session_state["fp: refused"] = _("The computation was interrupted: start it again.")
        else:
            st.session_state[_TIMED] = asked.job.result
        st.rerun()

    waiting()


def _show(network: Network, answers: dict[str, list[float]], timed: list[dict[str, Any]]) -> None:
    """Show the four answers, the largest difference of all comparisons, and the times."""
    if not _are_answers_of(network, answers["loops"]):
        st.caption(_("The picture’s numbers have changed since: run the four ways again."))
    table = {"": [NAMES[way] for way in answers]}
    for row in range(len(answers["loops"])):
        table[f"z{row + 1}"] = [number(round(answers[way][row], 6), 6) for way in answers]
    left, right = st.columns([2, 3], gap="medium")
    with left:
        st.table(table)
        apart = max(abs(a - b) for way in answers for a, b in zip(answers[way], answers["loops"], strict=True))
        largest = max(measure["difference"] for measure in timed)
        st.markdown(
            _(
                "Largest difference on these numbers: **{apart}**. Over all sizes: **{largest}**: the same sums, added "
                "in another order and rounded to 32 bits.",
                apart=number(apart, 2),
                largest=number(largest, 2),
            )
        )
        gain = timed[-1]["seconds"]["loops"] / timed[-1]["seconds"]["torch"]
        st.markdown(
            _n(
                "At 1024 × 1024, torch is **{count} time** faster than the loops.",
                "At 1024 × 1024, torch is **{count} times** faster than the loops.",
                round(gain),
            )
        )
    with right:
        drawn = figure(timed, projected=is_projected(), language=current())
        alt = _("Time of one product against its size, for loops, NumPy, torch and Keras; log–log.")
        show(drawn, key="fp-times", alt=alt)


def _are_answers_of(network: Network, answer: list[float]) -> bool:
    """Whether an answer holds the sums of the picture as it now stands, but for a rounding."""
    sums = forward(network)["z"][:, 0]
    return len(sums) == len(answer) and bool(np.allclose(sums, answer, atol=1e-4))
