"""What each recorded effect does to a prompt's answers, level by level: right answers, and where the words were put.

The prompts are those of `core.ways_to_train.effects`, after Zhao et al. 2021 and Min et al. 2022. No torch here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from statistics import fmean
from typing import Any

from core.tasks.categories.words import CATEGORIES
from core.ways_to_train.curves import effects as recorded
from core.ways_to_train.curves import recorded as curves_recorded

EFFECTS = ("order", "majority", "last", "wrong", "names")
RAW, CALIBRATED = "raw", "calibrated"
KINDS = {RAW: ("accuracy", "read"), CALIBRATED: ("calibrated", "read_calibrated")}
"""How a row of the file calls the share put rightly, and the words put into each category."""

Rows = Sequence[Mapping[str, Any]]


@dataclass(frozen=True)
class Level:
    """One strength of an effect, over its draws.

    Attributes:
        value: which one, as the file writes it: a draw, a count, a category, a share.
        right: the share of the words put rightly in each draw, 0 to 1; "raw" and "calibrated" of the prompt, and
            beside it "transfer" and "scratch", or "named": the same examples under their real names, calibrated.
        put: how many of the words went into each category, the mean over the draws, "raw" and "calibrated"; empty
            where no label is tipped.
        tipped: the place of the label that the prompt speaks for, among `CATEGORIES`; −1: none.
    """

    value: str
    right: Mapping[str, tuple[float, ...]]
    put: Mapping[str, tuple[float, ...]] = field(default_factory=dict)
    tipped: int = -1

    def mean(self, kind: str) -> float:
        """Return the share put rightly, the mean over the draws."""
        return fmean(self.right[kind])

    def drawn_in(self, kind: str) -> float:
        """Return how many words went to the tipped label, the mean over the draws."""
        return self.put[kind][self.tipped]


def levels(effect: str, label: str = CATEGORIES[0]) -> list[Level]:
    """Return the levels of an effect, in their order.

    Args:
        effect: one of `EFFECTS`.
        label: the category that has the majority; of no meaning for the other effects.

    Raises:
        OSError: the recorded file is not there.
    """
    return _OF[effect](label)


def strongest(effect: str, found: Sequence[Level]) -> Level:
    """Return the level at which an effect is seen best.

    For the order, the draw whose orders differ most; for a tipped label, the level that gives it most words; for names,
    the one that loses most against the real ones; for wrong labels, all of them wrong.
    """
    strength: Mapping[str, Callable[[Level], float]] = {
        "order": lambda level: max(level.right[RAW]) - min(level.right[RAW]),
        "wrong": lambda level: float(level.value),
        "names": lambda level: level.mean("named") - level.mean(CALIBRATED),
    }
    return max(found, key=strength.get(effect, lambda level: level.drawn_in(RAW)))


def _shares(rows: Rows) -> dict[str, tuple[float, ...]]:
    return {kind: tuple(row[name] for row in rows) for kind, (name, _read) in KINDS.items() if name in rows[0]}


def _tipped(value: str, label: str, rows: Rows) -> Level:
    put = {
        kind: tuple(fmean(row[name][place] for row in rows) for place in range(len(CATEGORIES)))
        for kind, (_share, name) in KINDS.items()
    }
    return Level(value, _shares(rows), put, CATEGORIES.index(label))


def _order(_label: str) -> list[Level]:
    return [Level(draw, _shares(rows)) for draw, rows in recorded()["order"].items()]


def _majority(label: str) -> list[Level]:
    return [_tipped(count, label, rows) for count, rows in recorded()["majority"][label].items()]


def _last(_label: str) -> list[Level]:
    return [_tipped(label, label, recorded()["blocks"][label]) for label in CATEGORIES]


def _wrong(_label: str) -> list[Level]:
    told = recorded()["wrong"]
    return [
        Level(share, _shares(rows) | {way: _shares(told[way][share])[RAW] for way in ("transfer", "scratch")})
        for share, rows in told["few_shot"].items()
    ]


def _names(_label: str) -> list[Level]:
    """Return the counts of examples; the first draws of the curves are the same examples under their real names."""
    real = curves_recorded()["ways"]["few_shot"]
    return [
        Level(count, _shares(rows) | {"named": _shares(real[count][: len(rows)])[CALIBRATED]})
        for count, rows in recorded()["meaningless"].items()
    ]


_OF: Mapping[str, Callable[[str], list[Level]]] = {
    "order": _order, "majority": _majority, "last": _last, "wrong": _wrong, "names": _names
}  # fmt: skip
