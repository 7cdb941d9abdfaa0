"""The lines of the two loops: they compile with every set of faults, and a fault damages the one line it says."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import pytest

from core.keras_pytorch.listing import keras_lines, loop_lines
from core.keras_pytorch.loops import program
from core.keras_pytorch.program import fragments, unmarked
from core.keras_pytorch.settings import COURSE, FAULTS, SUBJECTS, LoopSettings, epochs, possible
from core.training.settings import SettingsError

LONGEST = 66
"""Characters of a line that the pane shows on a laptop without scrolling sideways, more or less."""


def every_set(subject: str) -> list[LoopSettings]:
    """Return the course's training of a subject with every set of its faults."""
    faults = possible(subject)
    chosen = [some for count in range(len(faults) + 1) for some in combinations(faults, count)]
    return [replace(COURSE[subject], faults=some) for some in chosen]


def alone_and_in_pairs(subject: str) -> list[LoopSettings]:
    """Return a training without a fault, with each, with each two of them, and with all."""
    sets = every_set(subject)
    return [settings for settings in sets if len(settings.faults) < 3] + sets[-1:]


@pytest.mark.parametrize("subject", SUBJECTS)
def test_every_set_of_faults_compiles(subject: str) -> None:
    """The text of the loop, and that of Keras, are Python with any faults at once: 64 or 128 programs."""
    programs = [program(settings) for settings in every_set(subject)]
    assert len(programs) == 2 ** len(possible(subject))
    for lines in programs:
        compile(lines.source, "loop", "exec")
        compile(unmarked(lines.keras), "keras", "exec")


@pytest.mark.parametrize("subject", SUBJECTS)
def test_a_fault_damages_its_own_line_and_no_other(subject: str) -> None:
    """With one fault the statement that is named as its place runs something else; every other one as before."""
    for fault in possible(subject):
        lines = program(replace(COURSE[subject], faults=(fault,)))
        damaged = [piece.id for piece in lines.pieces if piece.damaged]
        assert damaged == [lines.at_risk[fault]]
    assert not [piece for piece in program(COURSE[subject]).pieces if piece.damaged]


@pytest.mark.parametrize("subject", SUBJECTS)
def test_the_page_shows_what_runs(subject: str) -> None:
    """The lines that are not struck out are the program, character by character; a hidden fault shows the right one."""
    settings = replace(COURSE[subject], faults=possible(subject))
    lines = program(settings)
    shown = ["".join(word.text for word in line.words) for line in loop_lines(lines) if line.state != "was"]
    assert "\n".join(line for line in shown if line) == "\n".join(filter(None, lines.source.split("\n")))
    hidden = ["".join(word.text for word in line.words) for line in loop_lines(lines, hidden=True)]
    assert [line for line in hidden if line] == [one for one in program(COURSE[subject]).source.split("\n") if one]
    keras = "\n".join("".join(word.text for word in line) for line in keras_lines(lines))
    assert keras == unmarked(lines.keras).rstrip("\n")
    assert max(len(line) for line in [*shown, *hidden]) <= LONGEST


@pytest.mark.parametrize("subject", SUBJECTS)
def test_what_is_lit_and_marked_exists(subject: str) -> None:
    """Every part of Keras that a statement lights, or a name is matched with, is a part of the Keras code."""
    lines = program(COURSE[subject])
    parts = {name for name, _text in fragments(lines.keras)}
    assert {part for piece in lines.pieces for part in piece.keras} <= parts
    assert set(lines.counterparts.values()) <= parts
    names = {word.text for line in loop_lines(lines) for word in line.words if word.kind == "name"}
    assert set(lines.counterparts) <= names


def test_fit_goes_through_the_examples_often_enough() -> None:
    """The epochs of the Keras code make the updates that were asked for, and one epoch less would not."""
    settings = LoopSettings(updates=1_000, batch_size=32)
    assert epochs(settings, 3_200) == 10
    assert epochs(settings, 3_201) == 10  # 101 batches
    assert epochs(settings, 3_000) == 11  # 94 batches: 10 epochs make 940


@pytest.mark.parametrize(
    "values",
    [{"faults": ("typo",)}, {"updates": 200_000, "batch_size": 64}, {"updates": 9}, {"learning_rate": float("nan")},
     {"subject": "photos"}, {"dropout": 1.0}],
    ids=str,
)  # fmt: skip
def test_absurd_settings_are_refused(values: dict[str, object]) -> None:
    """No worker sees an unknown fault, a training that is too long, or a number out of its bounds."""
    with pytest.raises(SettingsError):
        LoopSettings(**values)  # type: ignore[arg-type]


def test_the_order_of_faults_does_not_matter() -> None:
    """Equal sets of faults are one run, and letters have no dropout to leave on."""
    one = LoopSettings(faults=("wrong_sign", "no_reset"))
    assert one == LoopSettings(faults=("no_reset", "wrong_sign", "no_reset"))
    assert LoopSettings(faults=FAULTS, dropout=0.5) == LoopSettings(faults=possible("letters"))
