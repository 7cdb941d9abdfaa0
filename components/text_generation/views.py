"""Two more looks at a language model: at younger ages, and on the student's own text."""

from __future__ import annotations

import math
from typing import Any

import streamlit as st

from components import controls
from components.chips import chips
from components.in_browser import component, surroundings
from components.language import _, _n, number
from components.lesson import PageLesson
from components.text_generation.waiting import answered
from core.language_models.catalogue import MODELS
from core.tasks.mini_gpt2 import published
from core.text_generation import inside as inside_model
from core.text_generation.missions import unsurprised
from core.text_generation.recorded import AGED

PERPLEXITY = "tg: perplexity of the student's text"
_TOLD = "tg: the missions were told of the surprising text"


def ages(lesson: PageLesson, prompt: str, seed: int) -> None:
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
        pieces = answered("ages", inside_model.aged, f"mini@{age}", prompt, seed, AGED)
        if pieces is not None:
            chips(prompt, pieces, key="tg-age-chips")


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
        "curve": _points(record),
        "here": next(_point(item) for item in record["checkpoints"] if item["update"] == age),
        "floor": record["floor"]["nats_per_token_on_validation"],
        "labels": labels,
    }
    component("text_generation/ages")(key="tg-curve", data=surroundings() | data)


def _points(record: dict[str, Any]) -> list[dict[str, float]]:
    """Return the measured losses after the first update, those of the ages among them, in order."""
    measured = {item["update"]: _point(item) for item in [*record["curve"], *record["checkpoints"]]}
    return [measured[update] for update in sorted(measured) if update > 0]


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


def own_text(lesson: PageLesson, ready: list[str]) -> None:
    """Show the surprise of every token of the student's text, and its perplexity."""
    st.subheader(lesson.heading("text-own"), anchor=False)
    lesson.words("text-own")
    default = lesson.body("text-own-example")
    own = controls.text(_("Your own text"), default, key="tg_own", max_chars=2_000)
    model = "mini"
    if len(ready) > 1:
        model = controls.choice(_("Read by"), ready, "mini", key="tg_own_model", format_func=_model_name)
    st.session_state[PERPLEXITY] = None
    groups = answered("own", inside_model.surprises, model, own)
    if not groups:
        return
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
        "end": "",
    }
    shown = [{"text": item["text"], "values": item["surprises"], "first": place} for place, item in enumerate(groups)]
    data = {"groups": shown, "mode": "surprise", "whole": True, "labels": labels}
    component("chips")(key="tg-own-chips", data=surroundings() | data)
    values = [value for item in groups for value in item["surprises"] if value is not None]
    if not values:
        return
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
    st.session_state[PERPLEXITY] = (model, own, perplexity)
    if unsurprised(own, default, perplexity) and not st.session_state.get(_TOLD):
        st.session_state[_TOLD] = True
        st.rerun()  # the missions stand elsewhere on the page


def _model_name(name: str) -> str:
    return MODELS[name].name
