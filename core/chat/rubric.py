"""A student's judgement of answers by the criteria of each use, and what it adds up to for each model.

Everything is plain data: a judgement is a dictionary that a page keeps with the student's results.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from core.chat.uses import IDS, Use

MARKS = {"yes": 1.0, "partly": 0.5, "no": 0.0}
"""What an answer to a criterion is worth."""
MOST_MODEL = 80
"""Characters of a model's name."""


class RubricError(ValueError):
    """A judgement that is none: another use, criterion or mark."""


def judgement(model: str, use: Use, marks: Mapping[str, str]) -> dict[str, Any]:
    """Return a judgement as data: `{"model", "use", "marks": {criterion: mark}}`.

    Args:
        model: whose answer it is.
        use: what was asked.
        marks: one of `MARKS` for each criterion; those not judged yet are left out.

    Raises:
        RubricError: an unknown criterion or mark.
    """
    known = {criterion.id for criterion in use.criteria}
    for criterion, mark in marks.items():
        if criterion not in known or mark not in MARKS:
            raise RubricError(f"{use.id}: {criterion[:40]} is {str(mark)[:40]}")
    kept = {criterion.id: marks[criterion.id] for criterion in use.criteria if criterion.id in marks}
    return {"model": " ".join(model.split())[:MOST_MODEL], "use": use.id, "marks": kept}


def kept(judged: Mapping[str, Mapping[str, Mapping[str, str]]], uses: Mapping[str, Use]) -> list[dict[str, Any]]:
    """Return the judgements of a student's results: by model, by use, by criterion, as `core.progress` keeps them.

    What is of no use or criterion here is left out.
    """
    return [
        judgement(model, uses[use], {one.id: marks[one.id] for one in uses[use].criteria if one.id in marks})
        for model, by_use in judged.items()
        for use, marks in by_use.items()
        if use in uses
    ]


def scores(judgements: Iterable[object]) -> dict[str, dict[str, Any]]:
    """Return what judgements add up to, by model, in the order in which the models come.

    Of each model and use the last judgement counts; whatever is no judgement is left out: it may come from a file.
    Every use weighs the same, whatever the number of its criteria.

    Returns:
        by model `{"share": mean over its uses, from 0 to 1, "uses": how many, "by_use": {use: share}}`.
    """
    found: dict[str, dict[str, float]] = {}
    for told in judgements:
        if (read := _read(told)) is not None:
            model, use, share = read
            found.setdefault(model, {})[use] = share
    return {
        model: {"share": sum(by_use.values()) / len(by_use), "uses": len(by_use), "by_use": by_use}
        for model, by_use in found.items()
    }


def _read(told: object) -> tuple[str, str, float] | None:
    if not isinstance(told, Mapping):
        return None
    model, use, marks = told.get("model"), told.get("use"), told.get("marks")
    if not isinstance(model, str) or use not in IDS or not isinstance(marks, Mapping) or not marks:
        return None
    worth = [MARKS[mark] for mark in marks.values() if isinstance(mark, str) and mark in MARKS]
    if len(worth) < len(marks):
        return None
    return model[:MOST_MODEL], str(use), sum(worth) / len(worth)
