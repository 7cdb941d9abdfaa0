"""The words of the picture of the budget, and what a bet is told."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from components.language import _
from components.language import number as written
from core.model_size.budgets import Training
from core.model_size.missions_budget import Bet, bets_won


def reply(bets: Sequence[Bet]) -> str:
    """Return what the last bet is told: won or not, whether it counts, and that a model too small may be a good choice.

    Args:
        bets: of this session, oldest first; one at least.
    """
    bet = bets[-1]
    rival = bet.rival
    said = [_against(rival, bet) if rival else _against_best(bet)]
    if rival and rival.parameters < bet.best[0]:
        said.append(
            _("Yet {known} is no mistake: a small model trained for long costs less at each answer, and it will give "
              "many.", known=rival.name)
        )  # fmt: skip
    if not bet.is_blind:
        said.append(_("It was for practice: the hollow had been shown."))
    elif bet.is_won and not bets_won(bets):
        said.append(_("One more in a row, and the mission is yours."))
    return " ".join(said)


def _against(rival: Training, bet: Bet) -> str:
    theirs = Bet(bet.operations, rival.parameters, is_blind=False).loss
    values = {"known": rival.name, "mine": three(bet.loss), "theirs": three(theirs)}
    if bet.is_won:
        return _("Bet on {known}’s budget: won. The law expects {mine} of your split, {theirs} of theirs.", **values)
    if bet.loss < theirs:
        return _(
            "Bet on {known}’s budget: better than theirs ({mine} against {theirs}), but {times} times too {side}.",
            **values,
            **_off(bet),
        )
    return _("Bet on {known}’s budget: lost. The law expects {mine} of your split, {theirs} of theirs.", **values)


def _against_best(bet: Bet) -> str:
    values = {"mine": three(bet.loss), "best": three(bet.best[1])}
    if bet.is_won:
        return _("Bet on this budget: won. The law expects {mine} of your split, {best} of the best.", **values)
    return _(
        "Bet on this budget: lost. The law expects {mine} of your split, {best} of the best: your model is {times} "
        "times too {side}.",
        **values,
        **_off(bet),
    )


def _off(bet: Bet) -> dict[str, str]:
    ratio = bet.parameters / bet.best[0]
    return {"times": written(max(ratio, 1 / ratio), 2), "side": _("large") if ratio > 1 else _("small")}


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
        "bettingOwn": _("Where is the hollow of this budget? Slide the ruler, then show the curve."),
        "practice": _("This hollow has been shown already: the bet is for practice."),
        "practiceNext": _("The curve of {known} is still to be discovered: a bet on it counts.", known="%n"),
        "practiceOwn": _("Slide the budget to twice or half of those you have seen: there a bet counts."),
        "practiceNone": _("You have seen all budgets: bets count again at your next visit."),
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
        "fitted": _("among those tried"),
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
