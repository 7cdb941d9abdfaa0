"""Loops, NumPy and torch: equal answers, each timed, all drawn."""

from __future__ import annotations

import numpy as np
from numpy.testing import assert_allclose

from components.forward_pass.three_ways import figure
from core.forward_pass import three_ways
from core.forward_pass.network import (
    Network,
    forward,
)


def test_three_ways_agree_at_every_size() -> None:
    """Loops, NumPy and torch differ by rounding only, and each is timed."""
    for rows, columns in three_ways.SIZES:
        measured = three_ways.measure(rows, columns)
        assert measured["difference"] < 1e-4
        assert set(measured["seconds"]) == set(three_ways.WAYS)
        assert all(seconds > 0 for seconds in measured["seconds"].values())


def test_the_three_answers_are_the_pictures() -> None:
    """The numbers of the picture, computed three ways, are its sums."""
    network = Network(step="bias")
    weights, x = network.weights.astype(np.float32), network.inputs[:, 0].astype(np.float32)
    found = three_ways.answers(weights, x, network.biases[:, 0].astype(np.float32))
    for way in three_ways.WAYS:
        assert_allclose(found[way], forward(network)["z"][:, 0], atol=1e-5)


def test_the_times_are_drawn_log_log_with_one_marker_for_each_way() -> None:
    """Four curves over the number of multiplications, told apart by more than colour."""
    timed = [{"rows": 3, "columns": 4, "seconds": dict.fromkeys(three_ways.WAYS, 1e-6), "difference": 0.0}]
    drawn = figure(timed)
    assert [trace["x"] for trace in drawn["data"]] == [[12]] * 4
    assert len({trace["marker"]["symbol"] for trace in drawn["data"]}) == 4
    assert drawn["layout"]["xaxis"]["type"] == drawn["layout"]["yaxis"]["type"] == "log"
