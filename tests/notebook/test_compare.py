"""Experiments side by side: only what differs, groups over seeds, and a verdict that is core's own."""

from __future__ import annotations

import math
from dataclasses import replace

from core.notebook.compare import compared
from core.notebook.experiment import Curve, Experiment, Figure
from core.verdict import compare
from tests.notebook.rows import row

SMALL, LARGE = [2.0, 2.1, 1.9], [6.0, 6.2, 5.9]


def two_groups() -> list[Experiment]:
    """Return three seeds of each of two batch sizes, mixed."""
    rows = [row(seed, batch, error=error) for batch, errors in ((64, SMALL), (1024, LARGE))
            for seed, error in enumerate(errors, start=1)]  # fmt: skip
    return [rows[at] for at in (0, 3, 1, 4, 2, 5)]


def test_only_what_differs_is_listed_and_the_seed_last() -> None:
    """A setting that is the same in all is left out; one that a row lacks differs where another has moved it."""
    same = {"x_layers": "3"}
    rows = [replace(each, settings=dict(each.settings) | same) for each in two_groups()[:2]]
    assert [each.name for each in compared(rows).differences] == ["x_batch"]
    found = compared([rows[0], row(2, 1024)]).differences
    assert [(each.label, each.values) for each in found] == [("Batch size", ("64", "1024")), ("Seed", ("1", "2"))]
    moved = replace(row(), settings={"x_new": "7"}, moved=("x_new",), seed="")
    assert "x_new" in [each.name for each in compared([row(), moved]).differences]


def test_the_verdict_over_seeds_is_cores() -> None:
    """Two groups that differ in nothing but the seed within: p, means and intervals of Welch's test on the figures."""
    found = compared(two_groups())
    assert found.groups == ((0, 2, 4), (1, 3, 5))
    (judged,) = found.verdicts
    assert judged.verdict == compare(SMALL, LARGE)
    assert (judged.label, judged.unit, judged.verdict.kind) == ("Error", "%", "real")


def test_no_verdict_where_none_can_be() -> None:
    """One group, three groups, one seed on a side, the same seed again, other pages: nothing is judged."""
    rows = two_groups()
    assert not compared(rows[::2]).verdicts
    assert not compared([*rows, row(1, 256), row(2, 256)]).verdicts
    assert not compared([rows[0], rows[1], rows[2]]).verdicts
    again = replace(rows[1], id="f" * 16, figures={"error": Figure("Error", 7.0, "%")})
    assert not compared([rows[0], rows[2], rows[1], again]).verdicts, "a seed that comes again says nothing new"
    assert not compared([rows[0], rows[2], replace(rows[1], figures={}), rows[3]]).verdicts


def test_a_run_that_diverged_is_counted_and_left_out() -> None:
    """Not-a-number is a figure that failed: the verdict says how many."""
    rows = two_groups()
    rows[0] = replace(rows[0], figures={"error": Figure("Error", math.nan, "%")})
    (judged,) = compared(rows).verdicts
    assert judged.verdict.first.failed == 1
    assert compared([replace(each, figures={"error": Figure("Error", math.nan)}) for each in rows]).verdicts == ()


def test_a_figure_in_another_unit_is_another_figure() -> None:
    """Seconds and milliseconds are never put into one line."""
    other = replace(row(2), figures={"error": Figure("Error", 0.02, "")})
    assert [(each.unit, each.values) for each in compared([row(), other]).figures] == [
        ("%", (2.0, None)), ("", (None, 0.02)),
    ]  # fmt: skip


def test_curves_lie_together_where_their_axes_are_the_same() -> None:
    """One drawing for each kind of curve and pair of axes; experiments that differ only in the seed are drawn alike."""
    found = compared(two_groups())
    (overlay,) = found.overlays
    assert [place for place, _curve in overlay.lines] == list(range(6))
    assert found.legend(overlay) == [(0, "A = 1, 3, 5"), (1, "B = 2, 4, 6")]
    nats = replace(row(2), curves={"loss": Curve("Loss", (0.0,), (1.0,), "updates", "nats")})
    assert len(compared([row(), nats]).overlays) == 2
