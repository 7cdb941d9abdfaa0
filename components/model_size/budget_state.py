"""Where the picture of the budget stands: its values in the address, checked; the bets that the picture told."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

from components import controls, shown
from components.in_browser import told
from components.language import _
from core.model_size.budgets import ASSUMED, MOST_OPERATIONS, least_operations, of_budget, trainings, window
from core.model_size.missions_budget import Bet
from core.sheets import SHEETS

COMPONENT = "model-size-budget"
OPENING = "chinchilla"
"""The training that the picture opens with: a curve that answers no bet of the mission."""
FIGURES = ("size", "tokens", "ratio", "ops", "loss", "days")
_BETS = "model_size: bets on a split"
MOST_BETS = 50


def names() -> dict[str, tuple[Any, Callable[[str], Any]]]:
    """Return each value's default, and how its text in the address is read; None refuses it."""
    first = trainings()[OPENING]

    def within(low: float, high: float) -> Callable[[str], float | None]:
        def parse(text: str) -> float | None:
            value = float(text)
            return value if math.isfinite(value) and low * (1 - 1e-6) <= value <= high else None

        return parse

    def one_of(*options: str) -> Callable[[str], str | None]:
        return lambda text: text if text in options else None

    def percent(text: str) -> int | None:
        value = float(text)
        return int(value) if math.isfinite(value) and 1 <= value <= 100 else None

    return {
        "ops": (first.operations, within(least_operations(), MOST_OPERATIONS)),
        "size": (float(first.parameters), within(1, MOST_OPERATIONS)),
        "card": ("h100", one_of(*SHEETS)),
        "share": (ASSUMED, percent),
        "figure": ("tokens", one_of(*FIGURES)),
    }


def state() -> dict[str, Any]:
    """Return every value, as the address and the session say; a size outside the axis comes to its end."""
    found = {name: controls.in_url(f"ms_budget_{name}", *limits) for name, limits in names().items()}
    known = of_budget(found["ops"])  # the address has ten digits of it
    operations = known.operations if known else max(found["ops"], least_operations())
    low, high = window(operations)
    return found | {"ops": operations, "size": min(max(found["size"], low), high)}


def moved() -> None:
    """Take over what the hand left, checked like any other input."""
    take(st.session_state[COMPONENT].get("state"))


def take(given: object) -> None:
    """Take over values that a browser sent; what cannot be is left as it was."""
    told.take(given, names(), "ms_budget_")


def hidden() -> list[str]:
    """Return which controls of the picture a teacher's link leaves out."""
    labels = {
        "ms_budget_ops": _("Budget of operations"),
        "ms_budget_card": _("Card"),
        "ms_budget_share": _("Share of the data sheet’s rate that is reached"),
        "ms_budget_bet": _("The bet"),
    }
    return shown.left_out(labels)


def bets() -> list[Bet]:
    """Return the bets of this session, with the one that the picture has just told."""
    found: list[Bet] = st.session_state.setdefault(_BETS, [])
    if news := told.news(COMPONENT, "bet"):
        found += hear(news)
        del found[:-MOST_BETS]
    return found


def hear(given: Mapping[str, Any]) -> list[Bet]:
    """Return the bet that a browser told, checked like any other input; none for nonsense."""
    known, size = trainings().get(str(given.get("known"))), told.number(given.get("size"))
    if known is None or size is None:
        return []
    low, high = window(known.operations)
    return [Bet(known, size)] if low <= size <= high else []
