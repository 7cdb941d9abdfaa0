"""A text as chips: a student's own words plain, each token of a model coloured by its probability."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from components.in_browser import component, nothing, surroundings
from components.language import _
from core.language_models.graphemes import group
from core.language_models.writings import Written


def chips(
    prompt: str, steps: list[Written], *, key: str, on_chosen: Callable[[], None] | None = None, whole: bool = False
) -> None:
    """Show a text as chips: the student's own words plain, each written token coloured by its probability.

    Args:
        prompt: the student's own words.
        steps: the tokens after them.
        key: of the component; its state `chosen` is the token whose chip was clicked.
        on_chosen: called after such a click; without it, chips only show.
        whole: all of the text is seen. Otherwise a long one scrolls, a class sees three lines: what stands below the
            text is to be seen with it.
    """
    selectable = on_chosen is not None
    groups: list[dict[str, Any]] = [{"text": prompt, "values": None, "first": -1}] if prompt else []
    for item in group([bytes.fromhex(step["bytes"]) for step in steps]):
        values = [step["probability"] for step in steps[item.first : item.last]]
        groups.append({"text": item.shown, "values": values, "first": item.first})
    labels = {
        "text": _("The text: its tokens, coloured by their probability"),
        "empty": _("Nothing yet: the model can begin a text by itself."),
        "given": _("Your text"),
        "first": "",
        "probability": _("probability %p; click to go back to this choice") if selectable else _("probability %p"),
        "surprise": "",
        "tokens": _("%n tokens for one character"),
        "low": _("sure"),
        "high": _("daring"),
    }
    how = {"mode": "probability", "selectable": selectable, "whole": whole}
    data = surroundings() | how | {"groups": groups, "labels": labels}
    component("chips")(key=key, data=data, on_chosen_change=on_chosen or nothing)
