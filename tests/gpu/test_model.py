"""The model of a machine: it finds a machine again, and what it is worth is told by points that it has not seen."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.files import ROOT
from core.gpu.model import Machine, Point, errors_left_out, fit, parts, predicted
from core.gpu.record import fit_all
from core.gpu.recorded import CARDS, card, fits, here, line_of
from core.gpu.work import BATCHES, PRECISIONS, WIDTHS, moved_bytes, operations
from core.sheets import T4

GRID = [(width, batch) for batch in BATCHES for width in WIDTHS]


def times_of(machine: Machine) -> list[Point]:
    return [Point(width, batch, parts(machine, width, batch).total) for width, batch in GRID]


@settings(deadline=None)
@given(
    overhead=st.floats(5e-5, 1e-3),
    bandwidth=st.floats(5e9, 2e11),
    rate=st.floats(1e10, 5e12),
)
def test_a_machine_is_found_again_from_its_own_times(overhead: float, bandwidth: float, rate: float) -> None:
    """Fitted to times that a machine of the model takes, it takes nearly the same: a percent, a tenth at an edge."""
    machine = Machine(overhead, bandwidth, rate)
    points = times_of(machine)
    errors = np.abs(predicted(fit(points), points) / np.array([point.seconds for point in points]) - 1)
    assert np.median(errors) < 0.01
    assert errors.max() < 0.1
    assert np.median(np.abs(errors_left_out(points))) < 0.02


def test_known_numbers_are_kept() -> None:
    """Where copies and products have told bandwidth and rate, only the overhead moves."""
    points = times_of(Machine(4e-4, 1e11, 1e12))
    found = fit(points, known=(1e11, 1e12))
    assert (found.bandwidth, found.rate) == (1e11, 1e12)
    assert found.overhead == pytest.approx(4e-4, rel=1e-3)


def test_the_longer_of_memory_and_arithmetic_counts() -> None:
    """The total is launch, transfer, and the longer one alone; the part that rules is the longest of the four."""
    machine = Machine(1e-4, 1e10, 1e11)
    for width, batch in GRID:
        cut = parts(machine, width, batch, transfer=2e-4)
        memory, arithmetic = moved_bytes(width, batch) / 1e10, operations(width, batch) / 1e11
        assert cut.total == pytest.approx(1e-4 + 2e-4 + max(memory, arithmetic))
        assert getattr(cut, cut.rules) == max(cut.launch, cut.transfer, cut.memory, cut.arithmetic)


def test_one_disturbed_measurement_does_not_bend_the_model() -> None:
    """A point that took fifty times too long moves the other points' prediction by a tenth at most."""
    points = times_of(Machine(2e-4, 2e10, 6e10))
    disturbed = [*points]
    disturbed[7] = Point(points[7].width, points[7].batch, 50 * points[7].seconds)
    before, after = predicted(fit(points), points), predicted(fit(disturbed), points)
    assert np.abs(after / before - 1).max() < 0.1


@pytest.mark.parametrize("name", ["here", *CARDS])
def test_the_recorded_lines_keep_the_bar_on_points_left_out(name: str) -> None:
    """Median relative error at most 0.25 on every line of the recorded machine and cards."""
    lines = here().lines if name == "here" else card(name).lines
    for line in lines.values():
        assert line.error <= 0.25, (name, line.name, line.precision)


def test_the_recorded_models_are_those_of_the_recorded_points() -> None:
    """Fitted again, every line's three numbers and its error are those that the page opens with."""
    again = fit_all()
    assert set(again) == set(fits())
    for name, numbers in fits().items():
        assert numbers == pytest.approx(again[name], rel=1e-3), name


def test_what_is_recorded_is_drawn_without_scipy() -> None:
    """Every recorded line is read without it: it would be a tenth of the web process's memory."""
    read = "[read(name) for name in CARDS for read in (card, host)]"
    code = f"import sys; from core.gpu.recorded import *; here(); {read}; sys.exit('scipy' in sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT)


def test_with_few_points_there_is_no_model() -> None:
    """A measurement that was stopped early shows its points, and claims nothing beyond them."""
    rows = [{"width": 16, "batch": batch, "seconds": 1e-3} for batch in BATCHES[:5]]
    line = line_of("one", "fp32", rows)
    assert line.machine is None
    assert len(line.points) == 5


def test_the_sheet_of_the_t4() -> None:
    """8.1 and 65 TFLOPS, 320 GB/s, and no TF32: as two independent sheets say."""
    assert (T4.rates["fp32"], T4.rates["bf16"], T4.bandwidth) == (8.1e12, 65e12, 320e9)
    assert set(T4.rates) == set(PRECISIONS) - {"tf32"}
    assert T4.kinds["bf16"] == "FP16"
