"""Is it real? What is said and drawn of two settings and their seeds."""

from __future__ import annotations

import math

import numpy as np
import pytest

from components.batch_learning_rate.difference import shrinking, verdict_words
from components.batch_learning_rate.difference_figure import difference_figure, history
from components.batch_learning_rate.map_figure import say_below_zero
from core.verdict import compare

LABELS = ("A", "B")


def test_the_history_begins_at_two_seeds_and_ends_with_all() -> None:
    """One interval for each number of seeds, the last over all of them; of normal draws it becomes narrow."""
    drawn = np.random.default_rng(1).normal(0.02, 0.001, 12).tolist()
    told = history(drawn)
    assert [len(summary.values) for summary in told] == list(range(2, 13))
    assert told[-1].interval < told[0].interval / 5
    assert history(drawn[:1]) == []


@pytest.mark.parametrize("metric", ["loss", "error", "updates", "seconds"])
def test_every_interval_is_drawn_and_the_axis_stays(metric: str) -> None:
    """The last interval is the thick one; with another seed the earlier ones and the axis are as they were."""
    rng = np.random.default_rng(2)
    one, two = rng.normal(0.02, 0.001, 6).tolist(), rng.normal(0.03, 0.001, 6).tolist()
    before, after = (
        difference_figure((one[:n], two[:n]), LABELS, metric)  # type: ignore[arg-type]
        for n in (5, 6)
    )
    lines = [[trace for trace in drawn["data"] if trace["mode"] == "lines"] for drawn in (before, after)]
    assert [len(found) for found in lines] == [2 * 4, 2 * 5]
    assert lines[0][0]["x"] == lines[1][0]["x"]
    assert [line["line"]["width"] for line in lines[1][:5]] == [1.5] * 4 + [5]
    scale = 100 if metric == "error" else 1
    assert lines[1][4]["x"][1] - lines[1][4]["x"][0] == pytest.approx(2 * scale * history(one)[-1].interval)


def test_runs_that_failed_are_no_points_and_no_error() -> None:
    """Diverged runs leave no mark; a side without any value is empty."""
    drawn = difference_figure(([math.nan, math.inf], [0.2, math.nan]), LABELS, "error")
    assert [trace["x"] for trace in drawn["data"]] == [[], [20.0]]


def test_the_words_weigh_what_p_says() -> None:
    """A small p is "very probably", a large one "one cannot say", with p as a share of cases; never "yes"."""
    real = verdict_words(compare([0.02, 0.021, 0.022], [0.03, 0.031, 0.032]), LABELS, "error")
    unclear = verdict_words(compare([0.02, 0.03, 0.04], [0.025, 0.03, 0.041]), LABELS, "error")
    few = verdict_words(compare([0.02], [0.03]), LABELS, "error")
    assert "réelle" in real or "real" in real
    assert "%" in real
    assert real != unclear != few
    assert not {"Oui", "Yes"} & set(real.replace(",", " ").split())


def test_an_interval_below_zero_is_not_left_without_a_word() -> None:
    """Two seeds of batch 64 give 2.3 ± 2.9 %: that cannot be, and the words say so; with three seeds, nothing."""
    two, three = ((0.025, 0.0205), (0.066, 0.0615)), ((0.025, 0.0205, 0.022), (0.0667, 0.0615, 0.059))
    for sides, is_below in ((two, True), (three, False)):
        verdict = compare(*sides)
        below = say_below_zero((verdict.first.mean, verdict.first.interval))
        assert bool(below) == is_below
        assert verdict_words(verdict, LABELS, "error").endswith(below or ").")
    assert say_below_zero((0.02, math.inf), (math.nan, math.nan)) == ""


def test_the_widths_are_told_one_after_the_other() -> None:
    """Nothing with a single interval; then an arrow from each to the next."""
    assert shrinking(([0.02, 0.03], [0.04, 0.05]), LABELS, "error") == ""
    assert shrinking(([0.02, 0.03, 0.025], [0.04, 0.05, 0.045]), LABELS, "error").count("→") == 2
