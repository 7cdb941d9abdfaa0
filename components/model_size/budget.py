"""A budget of training operations, split between parameters and tokens: the law's curve, and what trainings chose."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from components.in_browser import component, nothing, surroundings
from components.in_browser.told import turn
from components.lesson import PageLesson
from components.model_size.budget_state import COMPONENT, bets, hidden, moved, opens_hidden, seen, state
from components.model_size.budget_words import labels, reply
from components.model_size.kept import keep_budget
from core.model_size import budgets
from core.model_size.chinchilla import EPOCH, HOFFMANN, UNROUNDED, Law
from core.model_size.missions_budget import NEAR
from core.sheets import SHEETS

LAWS = {"epoch": EPOCH, "printed": HOFFMANN, "unrounded": UNROUNDED}


def budget(lesson: PageLesson) -> None:
    """Show it, with its words.

    Args:
        lesson: whose words they are.
    """
    data = surroundings() | {
        "laws": {name: constants(law) for name, law in LAWS.items()},
        "limits": limits(),
        "trainings": [asdict(known) | {"operations": known.operations} for known in budgets.trainings().values()],
        "cards": cards(),
        "state": {**state(), "turn": turn(COMPONENT)},
        "asks": opens_hidden(),
        "seen": seen(),
        "hidden": hidden(),
        "labels": labels(),
    }
    if placed := bets():
        data["reply"] = {"ops": placed[-1].operations, "won": placed[-1].is_won, "words": reply(placed)}
    mount = component("model_size/budget")
    mount(key=COMPONENT, data=data, on_state_change=moved, on_bet_change=nothing)
    keep_budget(lesson.stem, state())
    lesson.words("text-budget")


def cards() -> list[dict[str, Any]]:
    """Return the cards that a training can be counted in: what their data sheets promise in 16 bits."""
    return [
        {
            "id": name,
            "name": sheet.name,
            "rate": sheet.rates["bf16"],
            "kind": sheet.kinds["bf16"],
            "source": sheet.source,
        }
        for name, sheet in SHEETS.items()
    ]


def constants(law: Law) -> dict[str, float]:
    """Return a law's constants, as the browser reads them."""
    return {name: value for name, value in asdict(law).items() if name != "source"}


def limits() -> dict[str, Any]:
    """Return how far the law was tried, and how the axes are laid out."""
    return {
        "sizes": budgets.SIZES,
        "tokens": budgets.TOKENS,
        "least": budgets.LEAST,
        "lowest": budgets.least_operations(),
        "most": budgets.MOST_OPERATIONS,
        "decades": budgets.DECADES,
        "stops": budgets.STOPS,
        "rule": budgets.RULE,
        "near": NEAR,
    }
