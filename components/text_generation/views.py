"""Three more looks at a language model: at younger ages, on the student's own text, beside another one."""

from __future__ import annotations

import logging
import math
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any, TypeVar

import streamlit as st

from components import controls
from components.chips import chips
from components.in_browser import component, nothing, surroundings
from components.language import _, _n, number
from components.lesson import PageLesson
from components.run_controls import why
from core import jobs, turns
from core.language_models import writings
from core.language_models.catalogue import MODELS
from core.language_models.sampling import Sampling
from core.language_models.writings import Answer, Request
from core.tasks.mini_gpt2 import published
from core.text_generation import inside as inside_model

T = TypeVar("T")
log = logging.getLogger(__name__)
SECONDS = 90
"""The longest a view waits for a worker; the first use of a large model reads it from disk."""


def ask(function: Callable[..., Any], *args: Any) -> Any:
    """Compute on a worker and wait for the answer.

    Raises:
        WorkersUnavailable: the cluster does not answer.
        Exception: whatever happened on the worker, or a `TimeoutError`.
    """
    return jobs.ask(function, *args, seconds=SECONDS)


def answered(compute: Callable[[], T]) -> T | None:
    """Wait for what workers compute; a failure is logged, said in the page's language, and gives None.

    What is cached stands inside and raises; the failure is caught out here, since a cache would keep it, in the first
    student's language.
    """
    turns.give_back()  # a cache may hold this thread too, while another one waits for the same answer
    try:
        with st.spinner(_("A worker computes…")):
            return compute()
    except Exception as error:  # whatever happened on the worker is told to the student, never raised here
        log.exception("a worker's answer is missing")
        st.error(why(error), icon=":material/error:")
    return None


@st.cache_data(max_entries=200, show_spinner=False)
def _written(request: Request) -> Answer:
    answer: Answer = ask(writings.write_all, request)
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
        curve(record, age)
    with right:
        request = Request(f"mini@{age}", prompt, (), how, seed, 80)
        answer = answered(partial(_written, request))
        if answer is not None:
            chips(prompt, answer["steps"], key="tg-age-chips", whole=True)
    return age


def curve(record: dict[str, Any], age: int) -> None:
    """Draw the validation loss against the updates, and the entropy floor; the age is marked.

    In the browser, not with Plotly: reading Plotly would hold up, for more than a second, the text that the student
    came to write.
    """
    labels = {
        "alt": _alt(record, age),
        "updates": _("updates"),
        "loss": _("validation loss, nats per token"),
        "floor": _("entropy of the stories"),
    }
    data = {
        "curve": [_point(item) for item in record["curve"] if item["update"] > 0],
        "here": next(_point(item) for item in record["checkpoints"] if item["update"] == age),
        "floor": record["floor"]["nats_per_token_on_validation"],
        "labels": labels,
    }
    component("text_generation/ages")(key="tg-curve", data=surroundings() | data)


def _point(measured: dict[str, Any]) -> dict[str, float]:
    return {"update": measured["update"], "loss": measured["validation_loss"]}


def _alt(record: dict[str, Any], age: int) -> str:
    kept = {item["update"]: item["validation_loss"] for item in record["checkpoints"]}
    return _n(
        "Validation loss against updates. After {count} update: {loss} nats per token.",
        "Validation loss against updates. After {count} updates: {loss} nats per token.",
        age,
        loss=number(kept[age], 3),
    )


def own_text(lesson: PageLesson, ready: list[str]) -> float | None:
    """Show the surprise of every token of the student's text; return its perplexity under the first model."""
    st.subheader(lesson.heading("text-own"), anchor=False)
    lesson.words("text-own")
    default = lesson.body("text-own-example")
    own = controls.text(_("Your own text"), default, key="tg_own", max_chars=2_000)
    model = "mini"
    if len(ready) > 1:
        model = controls.choice(_("Read by"), ready, "mini", key="tg_own_model", format_func=_model_name)
    groups = answered(partial(_surprises, model, own))
    if not groups:
        return None
    labels = {
        "text": _("The text: its tokens, coloured by their surprise"),
        "empty": "",
        "given": "",
        "first": _("the first token: nothing stands before it"),
        "probability": "",
        "surprise": _("surprise %s nats: probability %p"),
        "tokens": _("%n tokens for one character"),
        "low": _("expected"),
        "high": _("surprising"),
    }
    shown = [{"text": item["text"], "values": item["surprises"], "first": place} for place, item in enumerate(groups)]
    data = {"groups": shown, "mode": "surprise", "selectable": False, "whole": True, "labels": labels}
    component("chips")(key="tg-own-chips", data=surroundings() | data, on_chosen_change=nothing)
    values = [value for item in groups for value in item["surprises"] if value is not None]
    if not values:
        return None
    mean, bits = sum(values) / len(values), sum(values) / math.log(2)
    perplexity = math.exp(min(mean, 50))
    surprise = _(
        "Mean surprise {mean} nats per token: **perplexity {perplexity}**.",
        mean=number(mean, 3),
        perplexity=number(perplexity, 3),
    )
    length = _n(
        "In all {count} bit, {each} per character.",
        "In all {count} bits, {each} per character.",
        round(bits),
        each=number(bits / max(1, len(own)), 3),
    )
    st.markdown(f"{surprise} {length}")
    return perplexity


@st.cache_data(max_entries=200, show_spinner=False)
def _surprises(model: str, text: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = ask(inside_model.surprises, model, text)
    return found


def _model_name(name: str) -> str:
    return MODELS[name].name


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
                model = controls.choice(_("Model"), ready, model, key=f"tg_{side}_model", format_func=_model_name)
            temperature = controls.steps(_("Temperature"), temperatures, default, key=f"tg_{side}_temperature")
            asked = replace(request, model=model, how=replace(request.how, temperature=temperature), tokens=80)
            answer = answered(partial(_written, asked))
            if answer is not None:
                chips(request.prompt, answer["steps"], key=f"tg-{side}-chips", whole=True)
