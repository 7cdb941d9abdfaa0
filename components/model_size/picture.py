"""The picture of the page on sizes: a model as blocks, what it weighs and costs, and its place among all models."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from components.in_browser import component, nothing, surroundings
from components.in_browser.told import turn
from components.language import _
from components.lesson import PageLesson
from components.model_size.speed import machines
from components.model_size.state import COMPONENT, hidden, model, moved, notice
from components.model_size.words import labels
from core.model_size.chosen import OPENING, of_preset
from core.model_size.presets import presets


def show_picture(lesson: PageLesson, here: Mapping[str, Any]) -> None:
    """Show a model.

    Args:
        lesson: knows how often the question was played.
        here: where the picture stands.
    """
    chosen, repairs = model(here)
    found, known = named_models(), machines()
    said = [notice(chosen, here, repairs)]
    if here["machine"] not in {each["id"] for each in known}:
        said.append(_("This server has not been measured yet: the speeds are recorded ones."))
    data = surroundings() | {
        "state": {**here, **chosen.numbers, "turn": turn(COMPONENT)},
        "veiled": lesson.asked.plays == 0 and not lesson.asked.is_settled,
        "answered": lesson.asked.is_put_away,
        "plays": lesson.plays,
        "heard": lesson.heard,
        "hidden": hidden(),
        "models": found,
        "machines": known,
        "asked": OPENING,
        "course": int(found[0]["parameters"]),
        "notice": " ".join(filter(None, said)),
        "labels": labels(),
    }
    component("model_size/picture")(key=COMPONENT, data=data, on_state_change=moved, on_seen_change=nothing)


def named_models() -> list[dict[str, Any]]:
    """Return every model with a name: its parameters with all their digits, and where the hands stand for it."""
    course = {"letters": _("the course’s network"), "mini_gpt2": _("mini GPT-2")}
    return [
        {
            "id": preset.id,
            "name": course.get(preset.id, preset.name),
            "year": preset.year,
            "parameters": str(preset.blocks.parameters) if preset.blocks else "",
            "state": of_preset(preset),
        }
        for preset in presets().values()
    ]
