"""What a page shows of a question and its answer, as JSON: what the model received, and the tokens that it wrote."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import exp
from typing import Any

from core.chat import answers
from core.chat.received import Received, Token
from core.chat.templates import Part


def received_as_json(received: Received) -> dict[str, Any]:
    """Return what the model received: its tokens' texts, and the part, mark and message of each.

    Consecutive tokens of one part and message stand together: a run is [part, message, texts, marks].
    """
    runs: list[list[Any]] = []
    for token in received.tokens:
        if not runs or runs[-1][:2] != [token.part.value, token.message]:
            runs.append([token.part.value, token.message, [], []])
        runs[-1][2].append(token.text)
        runs[-1][3].append(int(token.special))
    return {
        "runs": runs,
        "window": received.window,
        "answer": received.answer,
        "known": received.is_known,
        "sent": list(received.sent),
    }


def tokens_as_json(tokens: Sequence[answers.Token]) -> list[list[Any]]:
    """Return each token's text, its probability, and the likeliest ones at its place with theirs."""
    return [
        [token.text, _probability(token), [[each.text, _probability(each)] for each in token.alternatives]]
        for token in tokens
    ]


def _probability(token: answers.Token) -> float:
    return round(exp(token.logprob), 5)


def received_from_json(told: Mapping[str, Any]) -> Received:
    """Return what `received_as_json` has told; the numbers of the tokens are not kept."""
    tokens = tuple(
        Token(0, text.encode(), Part(part), bool(special), message)
        for part, message, texts, specials in told["runs"]
        for text, special in zip(texts, specials, strict=True)
    )
    text = "".join(token.text for token in tokens) if told["known"] else None
    return Received(tuple(told["sent"]), text, tokens, told["window"], told["answer"])
