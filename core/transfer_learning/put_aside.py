"""Which photos are put aside in turn, so that each is tested by a head that did not learn from it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

MOST_TURNS = 20
NEVER = -1


@dataclass(frozen=True)
class Turns:
    """Who is put aside when.

    Attributes:
        of: (photos,), the turn in which each is put aside; `NEVER` for the only photo of a class.
        count: how many turns there are.
        alike: classes whose photos all come from one series, so that what is put aside has a twin that is learned
            from: their accuracy flatters.
    """

    of: NDArray[np.int64]
    count: int
    alike: frozenset[int]


def turns(labels: Sequence[int], series: Sequence[str], most: int = MOST_TURNS) -> Turns:
    """Put each photo aside once, with all others of its series: two photos of one moment are almost the same.

    A class whose photos are all of one series has them put aside one by one. No class is ever put aside whole.

    Args:
        labels: (photos,), the class of each.
        series: (photos,), the burst, the file or the person that each comes from.
        most: turns at most.
    """
    units: dict[int, list[list[int]]] = {}
    alike = set()
    for label in sorted(set(labels)):
        mine = [place for place, of in enumerate(labels) if of == label]
        found: dict[str, list[int]] = {}
        for place in mine:
            found.setdefault(series[place], []).append(place)
        if len(found) > 1:
            units[label] = list(found.values())
        elif len(mine) > 1:
            units[label] = [[place] for place in mine]
            alike.add(label)
    count = min(most, max((len(parts) for parts in units.values()), default=0))
    turn_of = np.full(len(labels), NEVER)
    for parts in units.values():
        for number, places in enumerate(parts):
            turn_of[places] = number % count
    return Turns(turn_of, count, frozenset(alike))
