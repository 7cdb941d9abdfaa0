"""Cases: one hidden fault each, another each time, all of them in every round."""

from __future__ import annotations

from itertools import pairwise

from core.keras_pytorch.cases import CASES, case
from core.keras_pytorch.loops import program
from core.runs.store import RunStore


def test_a_round_brings_every_case_once_and_none_twice_in_a_row() -> None:
    """Fifty rounds: each holds all cases, and no case follows itself; the same number is the same case."""
    found = [(case(number).settings.subject, case(number).fault) for number in range(1, 50 * len(CASES) + 1)]
    for first in range(0, len(found), len(CASES)):
        assert sorted(found[first : first + len(CASES)]) == sorted(CASES)
    assert all(one != other for one, other in pairwise(found))
    assert case(7) == case(7)
    assert len({tuple(found[first : first + len(CASES)]) for first in range(0, 500, len(CASES))}) > 40


def test_the_guilty_line_is_among_many_suspects() -> None:
    """It is the damaged statement, one of ten or more lines that may be named, and every suspect is a line."""
    for number in range(1, len(CASES) + 1):
        now = case(number)
        lines = program(now.settings)
        assert [piece.id for piece in lines.pieces if piece.damaged] == [now.guilty]
        assert now.guilty in now.suspects
        assert len(now.suspects) >= 10
        assert set(now.suspects) <= {piece.id for piece in lines.pieces}


def test_every_case_is_recorded_and_runs_to_its_end() -> None:
    """A case opens at once: its run is shipped, and no line of it raises, since Python would name it."""
    shipped = RunStore(url="/nonexistent")
    for number in range(1, len(CASES) + 1):
        run = shipped.find(case(number).settings)
        assert run is not None
        assert run.frames[-1].update == run.settings.total_updates
