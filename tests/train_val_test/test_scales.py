"""The chart's axes, which stay while a run grows. Asked from Node."""

from __future__ import annotations

import pytest

from core.files import ROOT
from tests.node import ask

SCALES = ROOT / "components" / "train_val_test" / "scales.js"
SHARED = ROOT / "components" / "in_browser" / "scales.js"


@pytest.mark.parametrize(("values", "high"), [([0.484, 0.3], 0.6), ([0.034, 0.0396], 0.05), ([], 0.25), ([5.0], 1)])
def test_a_linear_axis_leaves_room_above_the_curves(values: list[float], high: float) -> None:
    """The first round number above the highest value; before there is any, a quarter; never more than everything."""
    found = ask(SCALES, 'axisOf("error", "linear", given)', values)
    assert found == {"scale": "linear", "low": 0, "high": high}


def moments(*epochs: float, lost: bool = False) -> list[dict[str, object]]:
    """Return moments of a run whose errors are its epochs: the training error ten times smaller."""
    measured = [({"error": at / 10, "loss": None}, {"error": at, "loss": None if lost else 2.0}) for at in epochs]
    return [{"epoch": at, "train": one, "validation": two} for at, (one, two) in zip(epochs, measured, strict=True)]


def test_an_axis_leaves_the_start_out_unless_the_run_ended_there() -> None:
    """What comes before the first epoch is left out; a run that is over has all its moments drawn if that is all."""

    def values(given: list[dict[str, object]], measure: str, growing: str) -> object:
        return ask(SCALES, f'valuesOf(given, "{measure}", {growing})', given)

    assert values(moments(0, 0.5, 1, 2), "error", "false") == pytest.approx([0.1, 1, 0.2, 2])
    assert values(moments(0, 0.14), "error", "false") == pytest.approx([0, 0, 0.014, 0.14])
    assert values(moments(0, 0.14), "error", "true") == []
    assert values(moments(0, 1), "loss", "false") == [2]
    assert values(moments(0, 1, lost=True), "loss", "false") == []


def test_a_logarithmic_axis_is_the_same_for_every_run() -> None:
    """Whatever the values; a tick at each power of ten."""
    axes = [ask(SCALES, 'axisOf("loss", "log", given)', values) for values in ([0.5], [1e-7, 99])]
    assert axes[0] == axes[1]
    assert ask(SHARED, "ticksOf(given)", axes[0]) == pytest.approx([1e-4, 1e-3, 1e-2, 0.1, 1, 10])


@pytest.mark.parametrize("epochs", [1, 3, 12, 60, 100])
def test_epochs_are_written_whole_and_not_too_many(epochs: int) -> None:
    """From zero, at most as many as there is room for, the last not beyond the end."""
    found = ask(SCALES, "epochTicks(given, 10)", epochs)
    assert found[0] == 0
    assert found[-1] <= epochs
    assert len(found) <= 11


def test_values_that_are_near_stand_in_layers() -> None:
    """Near ones go above and below the axis in turn; no two of one layer are nearer than that; far ones stay on it."""
    values = [0.5, 0.1, 0.5, 0.505, 0.9, 0.5]
    layers = ask(SHARED, "stacked(given, 0.01)", values)
    assert layers == [0, 0, 1, 2, 0, -1]
    placed = list(zip(layers, values, strict=True))
    assert all(a != b or abs(x - y) >= 0.01 for i, (a, x) in enumerate(placed) for b, y in placed[:i])
