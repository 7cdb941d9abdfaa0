"""The notebook's file, the bridge between browsers: JSON that says of itself what it is, read with mistrust."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import BinaryIO, Literal

from core.notebook.experiment import Experiment

FORMAT, COURSE, VERSION = "curseurs notebook", "curseurs", 1
LARGEST = 20_000_000
"""Bytes of a file that is read: some five thousand experiments."""
MOST = 2_000
"""Experiments of a notebook: a browser keeps the last ones, and those that bear a star or a note."""
Why = Literal["large", "cut", "foreign", "course", "version"]

_OURS = re.compile(rb'\s*\{\s*"format"\s*:\s*"curseurs notebook"')


class RefusedFile(ValueError):
    """A file that is not read.

    Attributes:
        why: it is too large; it ends too early; it is no notebook; it is another course's, or another version's.
    """

    def __init__(self, why: Why) -> None:
        super().__init__(why)
        self.why: Why = why


@dataclass(frozen=True)
class Found:
    """What a file held.

    Attributes:
        experiments: in its order.
        dropped: how many of its rows were no experiments, or too many.
    """

    experiments: list[Experiment]
    dropped: int


def write(experiments: Iterable[Experiment]) -> str:
    """Return a notebook's file."""
    rows = [each.to_json() for each in experiments]
    told = {"format": FORMAT, "course": COURSE, "version": VERSION, "experiments": rows}
    return json.dumps(told, ensure_ascii=False, indent=1) + "\n"


def read(file: BinaryIO) -> Found:
    """Read a notebook's file; no more of it than a notebook may have.

    Raises:
        RefusedFile: it is none, or none for us.
    """
    data = file.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise RefusedFile("large")
    try:
        told = json.loads(data)
    except (ValueError, RecursionError):
        raise RefusedFile("cut" if _OURS.match(data) else "foreign") from None
    if not isinstance(told, dict) or told.get("format") != FORMAT:
        raise RefusedFile("foreign")
    if told.get("course") != COURSE:
        raise RefusedFile("course")
    if told.get("version") != VERSION:
        raise RefusedFile("version")
    rows = told.get("experiments")
    if not isinstance(rows, list):
        raise RefusedFile("cut")
    found = {each.id: each for row in rows[:MOST] if (each := Experiment.from_json(row)) is not None}
    return Found(list(found.values()), len(rows) - len(found))
