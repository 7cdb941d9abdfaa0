"""Cases to solve: a loop that reads as it should, in which one line does something else. Seeded, another each time."""

from __future__ import annotations

from dataclasses import dataclass, replace
from random import Random

from core.keras_pytorch.loops import program
from core.keras_pytorch.settings import COURSE, SUBJECTS, LoopSettings, possible

RAISING = {"letters": ("wrong_view",), "digits": ("wrong_view", "wrong_sign")}
"""Faults that Python itself finds: no case."""
CASES = tuple((subject, fault) for subject in SUBJECTS for fault in possible(subject) if fault not in RAISING[subject])
MOST = 9_999
"""The highest number of a case."""


@dataclass(frozen=True)
class Case:
    """One loop to look into.

    Attributes:
        settings: what runs, with its one fault.
        guilty: the statement that is damaged.
        suspects: the statements that may be: all of the loop, and those before it that a fault could damage.
    """

    settings: LoopSettings
    guilty: str
    suspects: tuple[str, ...]

    @property
    def fault(self) -> str:
        """What is damaged."""
        return self.settings.faults[0]


def case(number: int) -> Case:
    """Return the case of a number, from 1: each round of `CASES` brings every one, in an order of its own."""
    turn, place = divmod(number - 1, len(CASES))
    order = _order(turn)
    if turn and _order(turn - 1)[-1] == order[0]:
        order = (*order[1:], order[0])
    subject, fault = order[place]
    settings = replace(COURSE[subject], faults=(fault,))
    lines = program(settings)
    body = [piece.id for piece in lines.body] + [inner.id for piece in lines.prepare for inner in piece.inside]
    suspects = [piece.id for piece in lines.pieces if piece.id in body or piece.id in lines.at_risk.values()]
    return Case(settings, lines.at_risk[fault], tuple(suspects))


def _order(turn: int) -> tuple[tuple[str, str], ...]:
    order = list(CASES)
    Random(f"cases {turn}").shuffle(order)
    return tuple(order)
