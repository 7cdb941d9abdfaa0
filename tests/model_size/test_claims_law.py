"""Every sentence of the lesson on the law that was measured, computed from the recorded rows. Names are its claims'."""

from __future__ import annotations

import json
import statistics
from typing import Any

import pytest

from components.model_size.law import study
from components.model_size.law_state import names
from core.model_size.law import fit, recorded
from core.model_size.measured_law import (
    FIRST,
    STORIES,
    WIDTHS,
    Point,
    exponents,
    floor,
    law_of_all_parameters,
    law_of_first,
    points,
)
from core.model_size.scaling import FOLDER, MUCH

EVERY = len(WIDTHS)


def at(stories: int, inside: int) -> Point:
    """Return a point by its N."""
    return next(point for point in points().values() if (point.stories, point.inside) == (stories, inside))


def test_law_trainings() -> None:
    """Eight sizes, five amounts of stories, three seeds: 120 rows."""
    seeds = {row["seed"] for row in recorded()}
    assert (len(WIDTHS), len(STORIES), len(seeds), len(recorded())) == (8, 5, 3, 120)


def test_law_floor() -> None:
    """The recorded floor, one for all rows, rounds to 0.244, and every loss lies above it by its excess."""
    assert {round(row["floor"], 3) for row in recorded()} == {0.244} == {round(floor(), 3)}
    assert all(row["validation_loss"] - row["floor"] == pytest.approx(row["excess"]) for row in recorded())


def test_law_first_three() -> None:
    """The picture opens predicting, with the three smallest sizes known."""
    defaults = {name: default for name, (default, _parse) in names().items()}
    assert (defaults["mode"], defaults["known"], FIRST) == ("predict", 3, 3)
    assert [size["inside"] for size in study()["sizes"]][:3] == sorted(row["inside"] for row in recorded())[::15][:3]


def test_law_predicts_from_known() -> None:
    """The law that predicts a size was fitted on the rows of the smaller ones, and on no other row."""
    for known in range(FIRST, EVERY):
        rows = [row for row in recorded() if row["width"] < WIDTHS[known]]
        assert study()["laws"][str(known)] == vars(fit(rows))


def test_law_exponents() -> None:
    """α 1.36 (1.23 to 1.47), β 1.04 (1.00 to 1.08): fitted, and over seeds drawn again."""
    law, between = law_of_first(EVERY), exponents()
    assert (round(law.alpha, 2), round(law.beta, 2)) == (1.36, 1.04)
    assert [round(end, 2) for end in between["alpha"]] == [1.23, 1.47]
    assert [round(end, 2) for end in between["beta"]] == [1.0, 1.08]


def test_law_near_the_floor() -> None:
    """The widest models that read all stories end 0.004 nats above the floor, in the mean."""
    assert round(points()[STORIES[-1], WIDTHS[-1]].mean, 3) == 0.004


def test_law_embeddings_dominate() -> None:
    """Of the smallest model more than nine tenths of the parameters are the two embeddings."""
    smallest = points()[STORIES[0], WIDTHS[0]]
    assert (smallest.parameters - smallest.inside) / smallest.parameters > 0.9


def test_law_which_n() -> None:
    """The exponent of size, with all parameters as N, is 2.56."""
    assert round(law_of_all_parameters().alpha, 2) == 2.56


def test_law_residual() -> None:
    """The root mean square of the logarithms of measured over law is that of a factor of 1.6."""
    assert round(2.718281828 ** law_of_first(EVERY).residual, 1) == 1.6


def test_law_more_can_harm() -> None:
    """With 1,024 stories each size from 3,312 to 200,064 is worse than the one before; the law falls everywhere."""
    rising = [at(1_024, inside) for inside in (3_312, 14_496, 59_240, 200_064)]
    means = [point.mean for point in rising]
    assert means == sorted(means)
    assert means[-1] / means[0] == pytest.approx(2.5, abs=0.05)
    law = law_of_first(EVERY)
    assert min(law.a, law.b, law.alpha, law.beta) > 0


def test_law_seeds_apart() -> None:
    """The seeds of one point differ by up to ten times, and that point is near the floor."""
    worst = max(points().values(), key=lambda point: point.seeds[-1] / point.seeds[0])
    assert worst.seeds[-1] / worst.seeds[0] == pytest.approx(10, abs=0.1)
    assert worst.mean < statistics.median(point.mean for point in points().values()) / 10


def test_law_depends_on_rows() -> None:
    """Without the largest amount of data α is 1.09, below its interval over seeds."""
    found = fit([row for row in recorded() if row["stories"] < 262_144])
    assert STORIES[-1] == 262_144
    assert round(found.alpha, 2) == 1.09 < exponents()["alpha"][0]


def test_law_one_tokenizer() -> None:
    """The stories of a seed and budget are the same tokens for all sizes: their counts are equal."""
    counts: dict[tuple[int, int], set[int]] = {}
    for row in recorded():
        counts.setdefault((row["stories"], row["seed"]), set()).add(row["tokens"])
    assert {len(found) for found in counts.values()} == {1}


def test_law_rates_changed_after() -> None:
    """The first try differs in its rates from 65,536 stories on, where two seeds of the widest leave the floor."""
    text = (FOLDER / "scaling-first-try.jsonl").read_text(encoding="utf-8")
    first: list[dict[str, Any]] = [json.loads(line) for line in text.splitlines()]
    now = {(row["width"], row["stories"], row["seed"]): row for row in recorded()}
    pairs = [(row, now[row["width"], row["stories"], row["seed"]]) for row in first]
    changed = {row["stories"] for row, other in pairs if row["rate"] != pytest.approx(other["rate"])}
    assert changed == {stories for stories in STORIES if stories >= MUCH} == set(STORIES[-2:])
    widest = [(row, other) for row, other in pairs if (row["width"], row["stories"]) == (WIDTHS[-1], STORIES[-1])]
    assert sum(row["excess"] > 5 * other["excess"] for row, other in widest) == 2


def test_law_each_story_once() -> None:
    """At the smallest budget 128 updates of 8 stories are the 1,024 stories of the budget, none twice."""
    smallest = [row for row in recorded() if row["stories"] == STORIES[0]]
    assert {(row["updates"], row["updates"] * row["batch"]) for row in smallest} == {(128, STORIES[0])}
