"""Three more looks at a language model: at younger ages, on the student's own text, beside another one."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import streamlit as st

from components import controls
from components.chips import chips
from components.curves import Figure
from components.in_browser import component, nothing, surroundings
from components.language import _, current, number
from components.lesson import PageLesson
from components.projection import is_projected
from core import jobs, workers
from core.language_models import writings
from core.language_models.catalogue import MODELS
from core.language_models.sampling import Sampling
from core.language_models.writings import Answer, Request
from core.tasks.mini_gpt2 import published
from core.text_generation import inside as inside_model

SECONDS = 90
"""The longest a view waits for a worker; the first use of a large model reads it from disk."""


def ask(function: Callable[..., Any], *args: Any) -> Any:
    """Compute on a worker and wait; a failure is said, and gives None."""
    try:
        with st.spinner(_("A worker computes…")):
            return jobs.ask(function, *args, seconds=SECONDS)
    except workers.WorkersUnavailable as error:
        st.error(_("The computing cluster does not answer ({address}).", address=error), icon=":material/cloud_off:")
    except Exception:  # whatever happened on the worker is shown to the student, never raised here
        st.error(
            _("The computation failed: its worker was lost twice or ran out of time. You can start it again."),
            icon=":material/error:",
        )
    return None


@st.cache_data(max_entries=200, show_spinner=False)
def _written(request: Request) -> Answer | None:
    answer: Answer | None = ask(writings.write_all, request)
    return answer


def ages(lesson: PageLesson, prompt: str, how: Sampling, seed: int) -> int:
    """Show the mini GPT-2 at the age of a slider: its loss on the curve, and how it goes on with the prompt."""
    st.subheader(lesson.heading("text-ages"), anchor=False)
    record = published.record()
    lesson.words("text-ages", floor=number(record["floor"]["nats_per_token_on_validation"], 3))
    kept = published.checkpoints()
    age = controls.steps(_("Age: updates"), kept, kept[-1], key="tg_age")
    left, right = st.columns([2, 3], gap="medium")
    with left:
        st.plotly_chart(curve(record, age, projected=is_projected(), language=current()), key="tg-curve",
                        config={"displayModeBar": False}, alt=_alt(record, age))  # fmt: skip
    with right:
        answer = _written(Request(f"mini@{age}", prompt, (), how, seed, 80))
        if answer is not None:
            chips(prompt, answer["steps"], key="tg-age-chips")
    return age


def curve(record: dict[str, Any], age: int, *, projected: bool = False, language: str = "fr") -> Figure:
    """Draw the validation loss against the updates, both on log axes, the entropy floor dashed, the age marked."""
    points = [point for point in record["curve"] if point["update"] > 0]
    floor = record["floor"]["nats_per_token_on_validation"]
    size, thick = (20, 4) if projected else (14, 2.5)
    last = points[-1]["update"]
    here = min(points, key=lambda point: abs(point["update"] - max(age, 1)))
    axis = {"type": "log", "automargin": True, "exponentformat": "power", "dtick": 1}
    return {
        "data": [
            {"type": "scatter", "mode": "lines", "name": _("validation loss"), "x": [p["update"] for p in points],
             "y": [p["validation_loss"] for p in points], "line": {"color": "#E69F00", "width": thick}},
            {"type": "scatter", "mode": "lines", "name": _("entropy of the stories"), "x": [1, last],
             "y": [floor, floor], "line": {"color": "#6E6E6E", "dash": "dash", "width": 2}},
            {"type": "scatter", "mode": "markers", "name": _("this age"), "x": [here["update"]],
             "y": [here["validation_loss"]], "marker": {"color": "#CC79A7", "symbol": "diamond", "size": 15}},
        ],
        "layout": {
            "height": 460 if projected else 300,
            "margin": {"l": 10, "r": 10, "t": 10, "b": 10},
            "font": {"size": size},
            "xaxis": axis | {"title": {"text": _("updates")}},
            "yaxis": {"type": "log", "automargin": True, "tickvals": [0.25, 0.5, 1, 2, 4, 8],
                      "title": {"text": _("nats per token")}},
            "legend": {"orientation": "h", "y": 1.02, "yanchor": "bottom", "x": 0},
            "separators": ", " if language == "fr" else ".,",
        },
    }  # fmt: skip


def _alt(record: dict[str, Any], age: int) -> str:
    kept = {item["update"]: item["validation_loss"] for item in record["checkpoints"]}
    return _("Validation loss against updates. After {age} updates: {loss} nats per token.", age=number(age),
             loss=number(kept[age], 3))  # fmt: skip


def own_text(lesson: PageLesson, ready: list[str]) -> float | None:
    """Show the surprise of every token of the student's text; return its perplexity under the first model."""
    st.subheader(lesson.heading("text-own"), anchor=False)
    lesson.words("text-own")
    default = lesson.body("text-own-example")
    own = controls.text(_("Your own text"), default, key="tg_own", max_chars=2_000)
    model = "mini"
    if len(ready) > 1:
        model = controls.choice(_("Read by"), ready, "mini", key="tg_own_model",
                                format_func=lambda name: MODELS[name].name)  # fmt: skip
    groups = _surprises(model, own)
    if not groups:
        return None
    labels = {
        "text": _("The text: its tokens, coloured by their surprise"), "empty": "", "given": "",
        "first": _("the first token: nothing stands before it"), "probability": "",
        "surprise": _("surprise %s nats: probability %p"), "tokens": _("%n tokens for one character"),
        "low": _("expected"), "high": _("surprising"),
    }  # fmt: skip
    shown = [{"text": item["text"], "values": item["surprises"], "first": place} for place, item in enumerate(groups)]
    data = {"groups": shown, "mode": "surprise", "selectable": False, "labels": labels}
    component("chips")(key="tg-own-chips", data=surroundings() | data, on_chosen_change=nothing)
    values = [value for item in groups for value in item["surprises"] if value is not None]
    if not values:
        return None
    mean = sum(values) / len(values)
    perplexity = math.exp(min(mean, 50))
    st.markdown(
        _("Mean surprise {mean} nats per token: **perplexity {perplexity}**. In all {bits} bits, {per} per character.",
          mean=number(mean, 3), perplexity=number(perplexity, 3), bits=number(round(sum(values) / math.log(2))),
          per=number(sum(values) / math.log(2) / max(1, len(own)), 3))
    )  # fmt: skip
    return perplexity


@st.cache_data(max_entries=200, show_spinner=False)
def _surprises(model: str, text: str) -> list[dict[str, Any]] | None:
    found: list[dict[str, Any]] | None = ask(inside_model.surprises, model, text)
    return found


def side_by_side(lesson: PageLesson, request: Request, ready: list[str]) -> None:
    """Show the same prompt and seed with two settings, or two models."""
    st.subheader(lesson.heading("text-beside"), anchor=False)
    lesson.words("text-beside")
    if not controls.toggle(_("Write both"), False, key="tg_beside"):
        return
    temperatures = [0.0, 0.3, 0.7, 1.0, 1.3, 2.0, 5.0]
    for side, column, default in zip(("left", "right"), st.columns(2, gap="medium"), (0.3, 1.3), strict=True):
        with column:
            model = request.model if request.model in ready else "mini"
            if len(ready) > 1:
                model = controls.choice(_("Model"), ready, model, key=f"tg_{side}_model",
                                        format_func=lambda name: MODELS[name].name)  # fmt: skip
            heat = controls.steps(_("Temperature"), temperatures, default, key=f"tg_{side}_temperature")
            answer = _written(replace(request, model=model, how=replace(request.how, temperature=heat), tokens=80))
            if answer is not None:
                chips(request.prompt, answer["steps"], key=f"tg-{side}-chips")
