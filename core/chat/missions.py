"""When the missions about talking with a model are reached."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction

from core.chat.answering import State
from core.chat.calculator import CalculatorError, calculate
from core.chat.compared import Comparison, holds
from core.chat.conversation import Turn
from core.chat.tool_asks import Told

_NAMED = re.compile(r"(?:my name is|i am called|call me|je m['’]appelle|mon prénom est|mon nom est)\s+(\w{2,40})", re.I)
_ASKED = re.compile(r"\bname\b|am i called|who am i|prénom|mon nom|m['’]appelle|qui suis-je", re.I)


def forgotten(turns: Sequence[Turn]) -> bool:
    """Whether the model was told a name here, was asked for it when it had fallen out of the window, and missed it.

    Args:
        turns: of the conversation, the oldest first; recorded ones do not count.
    """
    names: list[tuple[int, str]] = []
    messages = 0
    for turn in turns:
        state, _place, answer = turn.snapshot()
        if turn.is_live and state == State.FINISHED and _ASKED.search(turn.question):
            missed = [name for at, name in names if turn.fallen > at and name.lower() not in answer.text.lower()]
            if missed and not _NAMED.search(turn.question):
                return True
        if turn.is_live and (found := _NAMED.search(turn.question)):
            names.append((messages, found[1]))
        messages += 1 + bool(answer.text)
    return False


def right_with_document(comparison: Comparison) -> bool:
    """Whether a question was answered right with a document and wrong without, both answers written to their end.

    The question or the document is the student's own, and so is the word that makes an answer right: it was said before
    asking, stands in the passages and not in the question, which a model may just repeat.
    """
    ends = [talk.turns[-1].snapshot()[0] for talk in (comparison.without, comparison.with_document)]
    passages = comparison.sent.removesuffix(comparison.question)
    without, with_document = comparison.answers
    return (
        comparison.is_own
        and ends == [State.FINISHED, State.FINISHED]
        and holds(passages, comparison.word)
        and not holds(comparison.question, comparison.word)
        and holds(with_document, comparison.word)
        and not holds(without, comparison.word)
        and bool(without.strip())
    )


_SUM = re.compile(r"[\d(][\d\s.,()+*/×÷−^-]*[\d)]")
"""A calculation in a sentence: what has figures and signs, and nothing else."""
_NUMBER = re.compile(r"\d+(?:[,\s\u00a0\u202f]\d{3})+(?!\d)|\d+(?:\.\d+)?")


def calculated(question: str, told: Told, without: str) -> bool:
    """Whether a calculation was missed without tools, and answered rightly with the calculator.

    Args:
        question: with the calculation in figures, which our own calculator reads: `37 * 41`.
        told: what came of it with tools.
        without: the answer without.
    """
    if not told.over or not any(call.tool == "calculator" and call.went_well for call in told.calls):
        return False
    value = _value(question)
    return value is not None and bool(without) and value in _numbers(told.answer) and value not in _numbers(without)


def _value(question: str) -> Fraction | None:
    """Return the value of the calculation in a question; None if it holds none, or one that is a number already."""
    for found in sorted((match[0] for match in _SUM.finditer(question)), key=len, reverse=True):
        try:
            value = Fraction(calculate(found))
        except (CalculatorError, ValueError):
            continue
        if value not in _numbers(found):
            return value
    return None


def _numbers(text: str) -> set[Fraction]:
    """Return the numbers of a text, thousands apart or not."""
    return {Fraction(re.sub(r"[,\s\u00a0\u202f]", "", found[0])) for found in _NUMBER.finditer(text)}
