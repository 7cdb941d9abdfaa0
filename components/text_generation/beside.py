"""The same beginning written twice at once: two temperatures, two models, one seed or two."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import streamlit as st

from components import controls
from components.chips import groups
from components.in_browser import component, surroundings
from components.language import _, number
from components.lesson import PageLesson
from components.text_generation.waiting import answered
from core.language_models.catalogue import MODELS
from core.language_models.writings import Answer, Request
from core.text_generation import inside as inside_model
from core.text_generation.missions import first_difference

COMPONENT, _ASKED = "tg-both", "tg: both are to be written"
TOKENS = 80
TEMPERATURES = [0.0, 0.3, 0.7, 1.0, 1.3, 2.0, 5.0]


def side_by_side(lesson: PageLesson, request: Request, ready: list[str]) -> None:
    """Show two columns that write at the same time."""
    st.subheader(lesson.heading("text-beside"), anchor=False)
    lesson.words("text-beside")
    names = {
        "left": (_("Model on the left"), _("Temperature on the left")),
        "right": (_("Model on the right"), _("Temperature on the right")),
    }
    left, right = (
        _side(column, request, ready, side, names[side], default)
        for side, column, default in zip(names, st.columns(2, gap="medium"), (0.0, 1.0), strict=True)
    )
    if not controls.toggle(_("The same seed on both sides"), True, key="tg_same_seed"):
        right = replace(right, seed=(right.seed + 1) % 2**31)
    sides: list[tuple[Request, Answer]] = []
    if st.session_state.get(_ASKED):
        for name, one in (("left", left), ("right", right)):
            answer = answered(f"beside-{name}", inside_model.both, *_asked(one))
            if answer is not None:
                sides.append((one, answer))
    whole = len(sides) == 2
    tokens = [[step["token"] for step in answer["steps"]] for _one, answer in sides]
    data = surroundings() | {
        "sides": [_shown(one, answer) for one, answer in sides] if whole else [],
        "parted": first_difference(*tokens) if whole else -1,
        "run": repr((left, right)),
        "busy": bool(st.session_state.get(_ASKED)) and not whole,
        "end": sides[0][1]["picture"]["end"] if sides else -1,
        "labels": _labels(),
    }
    component("text_generation/beside")(key=COMPONENT, data=data, on_write_change=_write)


def _side(
    column: Any, request: Request, ready: list[str], side: str, names: tuple[str, str], default: float
) -> Request:
    its_model, its_temperature = names  # each says its side: two controls of one name would not be told apart
    with column:
        model = request.model if request.model in ready else "mini"
        if len(ready) > 1:
            model = controls.choice(
                its_model, ready, model, key=f"tg_{side}_model", format_func=lambda name: MODELS[name].name
            )
        temperature = controls.steps(its_temperature, TEMPERATURES, default, key=f"tg_{side}_temperature")
    return replace(request, model=model, how=replace(request.how, temperature=temperature), tokens=TOKENS)


def _asked(one: Request) -> tuple[Any, ...]:
    return one.model, one.prompt, one.how.to_json(), one.seed, one.tokens


def _shown(one: Request, answer: Answer) -> dict[str, Any]:
    steps = answer["steps"]
    seed = _("seed {seed}", seed=one.seed)
    return {
        "name": f"{MODELS[one.model].name} · T = {number(one.how.temperature, 2)} · {seed}",
        "groups": groups(one.prompt, [(step["bytes"], step["probability"]) for step in steps]),
        "tokens": len(steps),
        "written": [step["token"] for step in steps],
        "choices": [step["choice"] for step in steps],
    }


def _write() -> None:
    st.session_state[_ASKED] = True


def _labels() -> dict[str, str]:
    return {
        "both": _("Write both"),
        "stop": _("Stop"),
        "fast": _("Fast"),
        "busy": _("A worker computes…"),
        "parted": _("They part at token %n."),
        "alike": _("The same so far."),
        "text": _("The text: its tokens, coloured by their probability"),
        "empty": "",
        "given": _("Your text"),
        "first": "",
        "probability": _("probability %p"),
        "tokens": _("%n tokens for one character"),
        "rest": _("%n others"),
        "end": _("⟨end of the text⟩"),
        "choose": "",
    }
