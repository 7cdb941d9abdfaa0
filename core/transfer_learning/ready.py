"""Photos that are there at once: a class sees the whole of it without a camera. Three signs, people told apart."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from core.once import once
from core.tasks.signs import photos as signs

SIGNS = (1, 2, 5)
EACH, TESTS = 10, 6
"""People whose photos are learned from, and others whose photos are tried: one photo a sign of each."""


@dataclass(frozen=True)
class Ready:
    """One photo of the shipped ones.

    Attributes:
        sign: the digit shown.
        person: whose hand it is.
        data: the image file.
    """

    sign: int
    person: int
    data: bytes


@once()
def ready() -> tuple[list[Ready], list[Ready]]:
    """Return the photos to learn from, and those of other people to try, mixed; always the same ones."""
    found, random = signs.load(), np.random.default_rng(1)
    shows = {sign: dict(zip(*_first(found, sign), strict=True)) for sign in SIGNS}
    everybody = random.permutation([person for person in shows[SIGNS[0]] if all(person in of for of in shows.values())])
    learned, tried = everybody[:EACH], everybody[EACH : EACH + TESTS]

    def of(people: np.ndarray) -> list[Ready]:
        return [Ready(sign, int(who), found.image(shows[sign][who])) for sign in SIGNS for who in people]

    tests = of(tried)
    return of(learned), [tests[place] for place in random.permutation(len(tests))]


def _first(found: signs.Photos, sign: int) -> tuple[list[int], list[int]]:
    """Return who shows a sign, and the place of the first photo in which they do."""
    places = np.flatnonzero(found.signs == sign)
    people, first = np.unique(found.people[places], return_index=True)
    return people.tolist(), places[first].tolist()
