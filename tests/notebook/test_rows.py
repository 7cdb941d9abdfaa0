"""What becomes of a row that is there already: kept again, or brought by a file."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from components.in_browser import COMPONENTS
from core.notebook.experiment import Figure, Prediction
from tests.node import ask
from tests.notebook.rows import row

MODULE = COMPONENTS / "notebook" / "rows.js"
NOTED = replace(row(), note="mine", star=True, sequence=3, prediction=Prediction("Q", "A", False))
LATER = row(figures={"error": Figure("Error", 1.0, "%")}, time="2026-11-28T15:00:00")


def both(how: str, *cases: tuple[Any, Any]) -> list[dict[str, Any]]:
    """Return what becomes of each row and the one before."""
    given = [[one.to_json(), None if before is None else before.to_json()] for one, before in cases]
    found: list[dict[str, Any]] = ask(MODULE, f"given.map(([row, before]) => {how}(row, before, 9))", given)
    return found


def test_the_same_experiment_again_keeps_what_the_student_added() -> None:
    """New figures are taken over with their time, and the row is the newest; note, star and guess stay."""
    new, again, looked = both("again", (LATER, None), (LATER, NOTED), (row(), NOTED))
    assert new == LATER.to_json() | {"sequence": 9}
    assert again["figures"]["error"]["value"] == 1.0
    assert (again["note"], again["star"], again["sequence"]) == ("mine", True, 9)
    assert again["prediction"] == {"question": "Q", "guess": "A", "right": False}
    assert looked == NOTED.to_json(), "who only looks at it again changes nothing"


def test_a_file_adds_and_loses_nothing() -> None:
    """One's own figures win, theirs are added; both notes stay, once each, however often the file is brought."""
    theirs = replace(LATER, note="theirs", figures={"loss": Figure("Loss", 0.5)}, star=False)
    new, merged = both("merged", (theirs, None), (theirs, NOTED))
    assert new == theirs.to_json() | {"sequence": 9}
    assert set(merged["figures"]) == {"error", "loss"}
    assert merged["figures"]["error"]["value"] == 2.0
    assert (merged["note"], merged["star"], merged["sequence"]) == ("mine\n\ntheirs", True, 3)
    twice = ask(MODULE, "merged(given[0], merged(given[0], given[1], 9), 10)", [theirs.to_json(), NOTED.to_json()])
    assert twice == merged
    alone = ask(MODULE, "merged(given, given, 9)", NOTED.to_json())
    assert alone == NOTED.to_json()
