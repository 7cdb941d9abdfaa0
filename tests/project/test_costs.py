"""What a fault costs is what a training on the set with it gives, now as when it was recorded."""

from __future__ import annotations

import pytest

from core.project.costs import ALL, CLEAN, DRAWS, MODELS, VARIANTS, costs, measure, recorded, verdict


def test_every_variant_was_recorded() -> None:
    """Two models, six variants, fifty draws."""
    assert set(costs()) == {(model, variant) for model in MODELS for variant in VARIANTS}
    assert all(len(cost.fresh) == len(cost.own) == DRAWS for cost in costs().values())


def test_a_draw_gives_what_was_recorded() -> None:
    """The second set, trained on again: every row, to a few of its 5,600 fresh digits."""
    rows = measure([2])
    kept = [row for row in recorded()["rows"] if row["seed"] == 2]
    assert [(row["variant"], row["model"]) for row in rows] == [(row["variant"], row["model"]) for row in kept]
    for row, before in zip(rows, kept, strict=True):
        assert row["fresh"] == pytest.approx(before["fresh"], abs=0.002)
        assert row["own"] == pytest.approx(before["own"], abs=0.02)


def test_a_verdict_is_of_the_first_draws() -> None:
    """Ten draws are the first ten of each side; the set in order against itself is no difference."""
    said = verdict("logistic", ALL, 10)
    assert said.first.values == costs()["logistic", ALL].fresh[:10]
    assert said.second.values == costs()["logistic", CLEAN].fresh[:10]
    assert verdict("logistic", CLEAN, 10).p == pytest.approx(1)
