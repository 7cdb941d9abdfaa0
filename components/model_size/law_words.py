"""The words of the picture of the law."""

from __future__ import annotations

from typing import Any

from components.language import _


def labels() -> dict[str, Any]:
    """Return every word that the browser shows; %n and the like are filled there."""
    return _hands() | _axes() | _said() | _duel() | {
        "map": _("Measured ÷ law: where the law is off"),
        "mapAxes": _("rows: stories; columns: parameters"),
        "fitted": _("Law fitted: excess ≈"),
        "cell": _("{number} parameters, {stories} stories: what was measured is {times} times what the law says",
                  number="%n", stories="%s", times="%t"),
        "overSeeds": _("N without the embeddings. 95% interval over seeds: {low} to {high} for N, "
                       "{lowest} to {highest} for D.", low="%a", high="%b", lowest="%c", highest="%d"),
        "whole": _("Fitted on all parameters, the exponent of N would be {alpha}.", alpha="%a"),
    }  # fmt: skip


def _hands() -> dict[str, Any]:
    return {
        "mode": _("Predict, or see everything"),
        "modes": {"predict": _("Predict the next size"), "all": _("See everything")},
        "axis": _("Along the axis"),
        "axes": {"parameters": _("Parameters"), "tokens": _("Tokens"), "operations": _("Operations")},
        "embeddings": _("Count the embeddings in N"),
        "budget": _("Data"),
        "stories": _("{number} stories", number="%n"),
        "size": _("Size"),
        "parameters": _("{number} parameters", number="%n"),
        "knownName": _("Sizes already known"),
        "known": _("{number} of {all}", number="%n", all="%m"),
        "guess": _("Your prediction for {number} parameters", number="%n"),
        "reveal": _("Show the truth"),
        "next": _("Next size"),
        "anyway": _("See everything anyway"),
        "more": _("More settings"),
    }


def _axes() -> dict[str, Any]:
    return {
        "alt": _("Excess of the loss over the floor, log–log: a line for each amount of data or each size."),
        "yName": _("Excess over the floor (nats a token), log scale"),
        "xNames": {
            "parameters": _("parameters N, embeddings aside (log scale)"),
            "parametersWith": _("all parameters, embeddings included (log scale)"),
            "tokens": _("tokens D read while learning (log scale)"),
            "tokensWith": _("tokens D read while learning (log scale)"),
            "operations": _("operations 6·N·D, embeddings aside (log scale)"),
            "operationsWith": _("operations 6·N·D, embeddings included (log scale)"),
        },
        "stories_": _("stories read"),
        "seed": _("one seed"),
        "mean": _("mean of three, 95% interval"),
        "law": _("what the law says"),
        "you": _("you"),
        "parameters_": _("parameters"),
    }


def _said() -> dict[str, Any]:
    return {
        "point": _("{inside} parameters ({all} with the embeddings), {tokens} tokens", inside="%n", all="%m",
                   tokens="%t"),
        "sum": _("loss {loss} = floor {floor} + excess {excess}", loss="%l", floor="%f", excess="%e"),
        "interval": _("Mean of three seeds; 95% interval of the excess: {low} to {high}", low="%a", high="%b"),
        "lawRight": _("The law says {law}: right here.", law="%w"),
        "lawTooLow": _("The law says {law}: what was measured is {times} times higher.", law="%w", times="%n"),
        "lawTooHigh": _("The law says {law}: what was measured is {times} times lower.", law="%w", times="%n"),
        "asks": _("You know {known} sizes. Where will the next one be, of {number} parameters, with {stories} stories? "
                  "Drag the mark.", known="%k", number="%n", stories="%s"),
        "saysSame": _("You say: the same excess as the size before. Growing brings nothing there."),
        "saysMore": _("You say: an excess {times} times higher than the size before. Growing harms there.", times="%n"),
        "saysLess": _("You say: an excess {times} times lower than the size before.", times="%n"),
        "truth": _("Truth: {truth}. You: {you}. The law of the known sizes: {law}.", truth="%t", you="%y", law="%w"),
        "exact": _("right on it"),
        "tooHigh": _("{times} times too high", times="%n"),
        "tooLow": _("{times} times too low", times="%n"),
        "youNearer": _("You beat the law!"),
        "lawNearer": _("The law was nearer."),
        "tie": _("As near as the law."),
        "grown": {
            "helps": _("From the size before, the excess is divided by {times}: size helps.", times="%n"),
            "little": _("From the size before, the excess is divided by {times}: size helps little.", times="%n"),
            "not": _("From the size before, the excess is multiplied by {times}: size does not help.", times="%n"),
        },
        "practice": _("You have already seen this point: a prediction here is practice."),
        "countsFrom": _("For the mission, predictions count from {number} parameters on.", number="%n"),
        "practised": _("A point that you had already seen: this counts as practice."),
        "spoils": _("If you look at everything now, you see the answers."),
        "first": _("Then your predictions no longer count for the mission. Predict first: two good ones are enough."),
    }  # fmt: skip


def _duel() -> dict[str, Any]:
    return {
        "score": _("You {you} – {law} the law", you="%y", law="%w"),
        "noScore": _("You against the law: who will be nearer?"),
        "truth_": _("truth"),
        "which": _("size · stories"),
        "goal": _("For the mission, two in a row in the green band:"),
        "kinds": {"helps": _("where size helps"), "not": _("where it does not help")},
        "closed": _("You have seen too many points for the mission “Predict the next size”. You can still look for "
                    "where the law is off, and why. The mission comes back at your next visit, once the points are "
                    "forgotten."),
        "row": _("You {you}, the law {law}", you="%y", law="%w"),
    }  # fmt: skip
