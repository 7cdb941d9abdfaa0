"""Where the picture of the budget stands: its values in the address, checked; the curves that were seen, the bets."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import streamlit as st

from components import controls, shown
from components.in_browser import told
from components.in_browser.told import turn
from components.language import _
from core.model_size.budgets import ASSUMED, LEAST, MOST_OPERATIONS, least_operations, of_budget, trainings, window
from core.model_size.missions_budget import Bet, is_answered
from core.sheets import SHEETS

COMPONENT = "model-size-budget"
OPENING = "chinchilla"
"""The training that the picture opens with, its curve on show: its own split stands in the hollow."""
FIGURES = ("size", "tokens", "ratio", "ops", "loss", "days")
_BETS = "model_size: bets on a split"
_SEEN = "model_size: budgets whose curve was seen"
MOST_BETS = 50
MOST_SEEN = 1_000
"""Budgets that are remembered: more than the slider has places."""


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
    shown_before: list[float] = st.session_state.setdefault(_SEEN, [])
    if news := told.news(COMPONENT, "bet"):
        new = hear(news, shown_before)
        found += new
        del found[:-MOST_BETS]
        _remember([bet.operations for bet in new])  # the bet was placed by showing the curve
    # After the bet: the same message may tell that its curve is seen by now.
    _remember(budgets_in(told.told(COMPONENT, "state").get("seen")))
    return found


def hear(given: Mapping[str, Any], shown_before: Iterable[float]) -> list[Bet]:
    """Return the bet that a browser told, checked like any other input; none for nonsense.

    Args:
        given: a budget, a size, and the budgets whose curves the browser had shown before.
        shown_before: those that we know of.
    """
    spent, size = budgets_in([given.get("ops")]), told.number(given.get("size"))
    if not spent or size is None:
        return []
    low, high = window(spent[0])
    is_blind = not is_answered(spent[0], [*shown_before, *budgets_in(given.get("seen"))])
    return [Bet(spent[0], size, is_blind)] if low <= size <= high else []


def seen() -> list[float]:
    """Return the budgets whose curve this session has shown, with the one that the picture opens on."""
    bets()
    if not turn(COMPONENT) and not opens_hidden():
        _remember(budgets_in([state()["ops"]]))
    return list(st.session_state[_SEEN])


def opens_hidden() -> bool:
    """Whether the picture opens with its curve hidden: the hand chose this budget for a bet, and left the page.

    A link shows its experiment at once.
    """
    shown_before = st.session_state.get(_SEEN, [])
    return controls.were_moved(["ms_budget_ops"]) and not is_answered(state()["ops"], shown_before)


def budgets_in(given: object) -> list[float]:
    """Return the budgets in a list that a browser sent: those of which the law speaks; nonsense is left out."""
    if not isinstance(given, list):
        return []
    numbers = (told.number(each) for each in given[:MOST_SEEN])
    return [number for number in numbers if number is not None and LEAST <= number <= MOST_OPERATIONS]


def _remember(budgets: Iterable[float]) -> None:
    known: list[float] = st.session_state[_SEEN]
    known += [each for each in dict.fromkeys(budgets) if each not in known]
    del known[MOST_SEEN:]
