"""What is written and by whom: the beginning of the text, the model, the seed, the length; below the picture."""

from __future__ import annotations

from typing import Any

import streamlit as st

from components import controls
from components.language import _
from components.lesson import PageLesson
from components.presets import control_presets
from core import limits
from core.language_models.catalogue import MODELS
from core.language_models.sampling import Sampling
from core.language_models.writings import Request
from core.text_generation import opening
from core.text_generation.prompts import COLD, PROMPTS

LENGTHS = [20, 40, 80, 160, 320]


def settings(lesson: PageLesson, ready: list[str], how: Sampling) -> Request:
    """Show the settings of the text; return what is to be written."""
    names = {name: about.name for name, about in MODELS.items()}
    most = limits.current().tokens
    left, middle, right = st.columns([4, 2, 3], vertical_alignment="bottom", gap="medium")
    with left:
        model = controls.choice(_("Model"), ready, "mini", key="tg_model", format_func=names.__getitem__)
    with middle:
        seed = controls.number(_("Seed"), 0, 2**31 - 1, opening.STORY.seed, key="tg_seed", step=1)
    with right:
        lengths = [length for length in LENGTHS if length <= most]
        length = controls.steps(_("Tokens to write"), lengths, min(most, opening.STORY.tokens), key="tg_length")
    longest = limits.current().prompt
    prompt = controls.text(_("Beginning of the text"), opening.PROMPT, key="tg_prompt", max_chars=longest)
    prompts = {
        f"{model}-{place}": _standing(text, opening.COLD if place in COLD[model] else opening.WARM)
        for place, text in enumerate(PROMPTS[model])
    }
    defaults = _standing(opening.PROMPT, opening.WARM)
    control_presets(lesson, prompts, defaults, key=f"tg-starters-{model}", section="prompt-")
    return Request(model, prompt, (), how, seed, length)


def _standing(prompt: str, how: Sampling) -> dict[str, Any]:
    """Return where the controls stand for a beginning: what its sentence says is what the page then writes."""
    return {"tg_prompt": prompt} | {f"tg_{name}": value for name, value in how.to_json().items()}
