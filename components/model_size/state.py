"""Where the picture of the page on sizes stands: its values in the address, checked; presets move them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

from components import controls, shown
from components.in_browser import told
from components.language import _, number
from core.model_size.chosen import KINDS, NUMBERS, OPENING, Chosen, Repair, bounds, fitted, of_preset
from core.model_size.costs import PRECISIONS
from core.model_size.presets import presets
from core.sheets import SHEETS

COMPONENT = "ms-picture"
OWN = ("family", "tied", *NUMBERS, "precision")
"""What makes a model what it is, in the order of the text of a pin."""
MOST_DIGITS = 9
RECORDED = "recorded"
MACHINES = (RECORDED, "here", *SHEETS)
"""That speeds are predicted for; this one once it was measured."""
_PATH = re.compile(r"(?:[a-z_]+(?:\.[a-z_]+){0,3})?")
"""Of an opened part, such as "layer.attention.q"; what the model lacks of it the picture leaves."""


def names() -> dict[str, tuple[Any, Callable[[str], Any]]]:
    """Return each value's default, and how its text in the address is read; None refuses it."""
    opening = of_preset(presets()[OPENING])
    found: dict[str, tuple[Any, Callable[[str], Any]]] = {
        "family": (opening["family"], lambda text: text if text in KINDS else None),
        "tied": (opening["tied"], controls.boolean),
    }
    found |= {name: (opening[name], _number) for name in NUMBERS}
    return found | {
        "precision": ("fp16", lambda text: text if text in PRECISIONS else None),
        "machine": (RECORDED, lambda text: text if text in MACHINES else None),
        "open": ("", lambda text: text if len(text) <= 80 and _PATH.fullmatch(text) else None),
        "pin": ("", lambda text: text if text == "" or pinned(text) else None),
    }


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS else None


def state() -> dict[str, Any]:
    """Return every value, as the address and the session say."""
    return {name: controls.in_url(f"ms_{name}", *limits) for name, limits in names().items()}


def model(here: Mapping[str, Any]) -> tuple[Chosen, list[Repair]]:
    """Return the model of a state, and what had to be repaired for its numbers to fit together."""
    return fitted(here["family"], {name: here[name] for name in NUMBERS}, tied=here["tied"])


def pinned(text: str) -> tuple[Chosen, str] | None:
    """Return the model that a pin holds, and the precision of its weights; None where it holds none."""
    parts = text.split(",")
    if len(parts) != len(OWN) or parts[0] not in KINDS or parts[1] not in ("true", "false"):
        return None
    numbers = {name: _number(part) for name, part in zip(NUMBERS, parts[2:-1], strict=True)}
    if None in numbers.values() or parts[-1] not in PRECISIONS:
        return None
    found, repairs = fitted(parts[0], {name: value or 0 for name, value in numbers.items()}, tied=parts[1] == "true")
    same = all(found.numbers[name] == value for name, value in numbers.items())
    return (found, parts[-1]) if same and not repairs else None


def moved() -> None:
    """Take over what the hand left, checked like any other input."""
    take(st.session_state[COMPONENT].get("state"))


def take(given: object) -> None:
    """Take over values that a browser sent; what cannot be is left as it was."""
    told.take(given, names(), "ms_")


def values(moved: Mapping[str, Any]) -> dict[str, Any]:
    """Return every value by its name in the address: as given, the others at their defaults."""
    return {f"ms_{name}": moved.get(name, default) for name, (default, _parse) in names().items()}


def set_from_outside(moved: Mapping[str, Any]) -> None:
    """Move the picture, as a preset or the question does. Call it in a callback."""
    controls.set_values(values(moved))


def hidden() -> list[str]:
    """Return which controls of the picture a teacher's link leaves out."""
    labels = number_names() | {
        "family": _("Family"),
        "tied": _("One matrix for table and output"),
        "precision": _("Precision of the weights"),
        "machine": _("Machine"),
        "pin": _("The pin"),
    }
    return shown.left_out({f"ms_{name}": label for name, label in labels.items()})


def number_names() -> dict[str, str]:
    """Return what each number is called in the page's language."""
    return {
        "layers": _("Layers"),
        "width": _("Width"),
        "heads": _("Heads"),
        "kv_heads": _("Key–value heads"),
        "feed_forward": _("Feed-forward width"),
        "vocabulary": _("Vocabulary"),
        "context": _("Context (tokens)"),
        "window": _("Attention window"),
        "experts": _("Experts in a layer"),
        "experts_used": _("Experts used by a token"),
    }


def notice(chosen: Chosen, given: Mapping[str, Any], repairs: list[Repair]) -> str:
    """Say what a link asked for and cannot be, and what is shown instead.

    Args:
        chosen: the model as it is shown.
        given: the state as the link has it.
        repairs: what did not fit.
    """
    said = []
    for name in NUMBERS:
        least, most = bounds(chosen.family, name)
        if not least <= given[name] <= most:
            limits = {"least": number(least), "most": number(most)}
            said.append(_("{name}: from {least} to {most}.", name=number_names()[name], **limits))
    words = repair_words()
    for each in repairs:
        asked, taken = number(each.value), number(each.taken)
        said.append(words[each.name].replace("%a", asked).replace("%t", taken))
    return " ".join(said)


def repair_words() -> dict[str, str]:
    """Return what is said of a number that did not fit: `%a` was asked for, `%t` is taken."""
    values = {"asked": "%a", "taken": "%t"}
    return {
        "width": _("A width of {asked} is odd, and this family turns pairs of numbers: {taken}.", **values),
        "heads": _("{asked} heads cannot share this width in equal parts: {taken}.", **values),
        "kv_heads": _("{asked} key–value heads cannot serve equally many heads each: {taken}.", **values),
        "experts_used": _("A token cannot use {asked} experts, there are {taken}.", **values),
    }
