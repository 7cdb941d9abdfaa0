"""A budget of training operations, split between parameters and tokens: the law's curve, and what trainings chose."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from components.in_browser import component, nothing, surroundings
from components.in_browser.told import turn
from components.language import _
from components.language import number as written
from components.lesson import PageLesson
from components.model_size.budget_state import COMPONENT, bets, hidden, moved, state
from core.model_size import budgets
from core.model_size.chinchilla import EPOCH, HOFFMANN, UNROUNDED, Law
from core.model_size.missions_budget import Bet
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
        "hidden": hidden(),
        "labels": labels(),
    }
    placed = bets()
    if placed:
        data["reply"] = {"known": placed[-1].known.id, "won": placed[-1].is_won, "words": reply(placed[-1])}
    mount = component("model_size/budget")
    mount(key=COMPONENT, data=data, on_state_change=moved, on_bet_change=nothing)
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
    }


def reply(bet: Bet) -> str:
    """Return what a bet is told: won or not, and that a model too small for its budget may still be a good choice."""
    values = {"known": bet.known.name, "mine": three(bet.loss), "theirs": three(bet.known_loss)}
    if bet.is_won:
        said = _("Bet on {known}’s budget: won. The law expects {mine} of your split, {theirs} of theirs.", **values)
    elif bet.is_better:
        said = _(
            "Bet on {known}’s budget: better than theirs ({mine} against {theirs}), but {times} times too {side}.",
            **values,
            times=written(max(bet.parameters / bet.best, bet.best / bet.parameters), 2),
            side=_("large") if bet.parameters > bet.best else _("small"),
        )
    else:
        said = _("Bet on {known}’s budget: lost. The law expects {mine} of your split, {theirs} of theirs.", **values)
    if bet.side < 0:
        said += " " + _(
            "Yet {known} is no mistake: a small model trained for long costs less at each answer, and it will give "
            "many.",
            known=bet.known.name,
        )
    return said


def three(loss: float) -> str:
    """Write a loss with three decimals."""
    return written(round(loss, 3))


def labels() -> dict[str, Any]:
    """Return the words of the picture."""
    return _hands() | _chart() | _verdicts() | _figures() | _map() | {
        "counts": [[_("million"), _("millions")], [_("billion"), _("billions")], [_("trillion"), _("trillions")]],
        "spans": {
            "second": [_("second"), _("seconds")],
            "minute": [_("minute"), _("minutes")],
            "hour": [_("hour"), _("hours")],
            "day": [_("day"), _("days")],
            "year": [_("year"), _("years")],
        },
    }  # fmt: skip


def _hands() -> dict[str, str]:
    return {
        "trainings": _("Known trainings"),
        "budget": _("Budget of operations"),
        "source": _("{known}: {source}.", known="%k", source="%s"),
        "betHide": _("Hide the curve and bet"),
        "betShow": _("Show the curve: here is my split"),
        "card": _("Card"),
        "share": _("Share of the data sheet’s rate that is reached (assumed)"),
        "more": _("Card, and four answers"),
    }


def _chart() -> dict[str, str]:
    return {
        "chartAlt": _("The loss that the law expects against the number of parameters, at this budget."),
        "ruler": _("Parameters: the ruler on the chart"),
        "lossAxis": _("loss (nats a token)"),
        "dashed": _("dashed: extrapolated"),
        "sizeAxis": _("parameters N"),
        "tokensAxis": _("tokens D that are left"),
        "best": _("best: {number}", number="%n"),
        "where": _("Where is the hollow?"),
        "silent": _("Here the law says nothing."),
        "bestFrame": _("the best"),
        "areaTitle": _("The area is the budget: it stays the same"),
        "areaAlt": _("A rectangle: width N = {parameters}, height D = {tokens}.", parameters="%n", tokens="%d"),
        "wide": _("width: N = {number}", number="%n"),
        "high": _("height: D = {number}", number="%d"),
    }  # fmt: skip


def _verdicts() -> dict[str, str]:
    return {
        "betting": _("Would you do better than {known}? Slide the ruler, then show the curve.", known="%k"),
        "silentWhy": _("The law was fitted to models of 70 million parameters and more: of a budget so small it says "
                       "nothing."),
        "nearBest": _("You are in the hollow: expected loss {loss}.", loss="%h"),
        "tooLarge": _("Expected loss {loss}, {over} above the best: the model is {times} times too large, and has read "
                      "too little.", loss="%h", over="%o", times="%x"),
        "tooSmall": _("Expected loss {loss}, {over} above the best: the model is {times} times too small for all that "
                      "it reads.", loss="%h", over="%o", times="%x"),
        "better": _("For {known} the law expects more loss ({loss}).", known="%k", loss="%l"),
        "worse": _("For {known} the law expects less loss ({loss}).", known="%k", loss="%l"),
        "same": _("For {known} the law expects as much loss ({loss}).", known="%k", loss="%l"),
    }  # fmt: skip


def _figures() -> dict[str, Any]:
    return {
        "figuresOf": _("Which figure’s formula is shown"),
        "figures": {
            "size": _("Parameters"),
            "tokens": _("Tokens read"),
            "ratio": _("Tokens a parameter"),
            "ops": _("Operations"),
            "loss": _("Expected loss"),
            "days": _("GPU-days"),
        },
        "sizeFormula": _("N: the ruler sets it. The budget C = 6·N·D is fixed, so D follows."),
        "opsFormula": _("for each parameter and token, 2 operations forward, 4 backward"),
        "daysFormula": _("C / (rate × share × seconds of a day)"),
        "sheet": _("rate in {kind}: {source}", kind="%k", source="%s"),
        "oneCard": _("1 × {card}: {time}", card="%k", time="%t"),
        "fitted": _("among the models tried"),
        "beyond": _("extrapolated"),
    }


def _map() -> dict[str, Any]:
    return {
        "mapTitle": _("How many tokens a parameter? Four answers, and what people did"),
        "mapAlt": _("Tokens a parameter at the best split, against the budget, by three fits of the law and by the "
                    "rule of 20; known trainings as points."),
        "tried": _("budgets tried"),
        "budgetAxis": _("budget of operations C"),
        "opinions": {
            "epoch": _("the new fit by Besiroglu and colleagues (2024), drawn above"),
            "printed": _("the constants as Hoffmann’s article prints them (2022)"),
            "unrounded": _("the same, before rounding"),
            "rule": _("what the article recommends"),
        },
    }  # fmt: skip
