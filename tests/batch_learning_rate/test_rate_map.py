"""The shipped map of 351 runs: whole, true, and drawn with holes."""

from __future__ import annotations

import math
import re
from itertools import product
from pathlib import Path

import numpy as np
import pytest

from components.batch_learning_rate.difference import value_of
from components.batch_learning_rate.map_figure import map_figure, mean_written, written
from core.batch_learning_rate import rate_map
from core.batch_learning_rate.comparison import reached
from core.batch_learning_rate.rate_map import METRICS, Metric, RateMap, cell_settings, from_runs
from core.batch_learning_rate.settings import RateSettings
from core.runs.run import DamagedRun, Run
from core.tasks.registry import frames
from core.verdict import summarise
from tests.small_runs import losses


def test_the_shipped_map_is_whole_and_small(shipped: RateMap) -> None:
    """At least 11 × 8 cells of 3 seeds, every run with its curves and where it was computed, within 6 MB."""
    assert len(shipped.rates) >= 11
    assert len(shipped.batches) >= 8
    assert len(shipped.seeds) >= 3
    assert shipped.made.all()
    assert rate_map.path("sgd").stat().st_size <= 6e6
    assert all(origin.date and origin.machine for origin in shipped.origins)


def test_every_cell_replays(shipped: RateMap) -> None:
    """Each recorded run has its settings, and rising updates from 0 to its budget or its divergence."""
    for run in rate_map.runs_of(shipped):
        updates = [f.update for f in run.frames]
        assert updates[0] == 0
        assert updates == sorted(set(updates))
        if run.status == "finished":
            assert isinstance(run.settings, RateSettings)
            assert updates[-1] == run.settings.updates
        else:
            assert run.frames[-1].diverged
        assert run.frames[-1].seconds > 0


def test_a_recorded_cell_is_what_training_it_gives(shipped: RateMap) -> None:
    """The first 30 updates of a cell, trained here, follow the recorded curve."""
    settings = cell_settings(0.1, 256, 2, "sgd")
    run = shipped.run(settings)
    assert run is not None
    recorded = {f.update: f.metrics["validation_loss"] for f in run.measured}
    for made in frames(settings):
        if made.measured:
            assert made.metrics["validation_loss"] == pytest.approx(recorded[made.update], rel=2e-3)
        if made.update > 30:
            break


def test_the_best_rate_grows_with_the_batch(shipped: RateMap) -> None:
    """What the page says of the diagonal holds: larger batches ask for larger rates, up to a ceiling."""
    best = [rate for batch in shipped.batches if (rate := shipped.best(batch)) is not None]
    assert len(best) == len(shipped.batches)
    assert best == sorted(best)
    assert best[0] < best[3] <= best[-1]
    assert best[-2] == best[-1]


def test_the_map_s_numbers_are_those_of_its_runs(shipped: RateMap) -> None:
    """Final loss and error are the last measured ones; updates to 95 % lie between the measurements around it."""
    values = {metric: shipped.values(metric) for metric in METRICS}
    for i, j, k in [(8, 3, 0), (8, 2, 1), (9, 4, 0), (0, 0, 0), (12, 0, 0)]:
        run = shipped.run(cell_settings(shipped.rates[i], shipped.batches[j], shipped.seeds[k], "sgd"))
        assert run is not None
        if run.status == "diverged":
            assert np.isnan(values["loss"][i, j, k])
            continue
        assert values["loss"][i, j, k] == pytest.approx(losses(run)[-1])
        first = reached(run.frames)
        if first is None:
            assert np.isnan(values["updates"][i, j, k])
        else:
            before = run.measured[run.measured.index(first) - 1]
            assert before.update <= values["updates"][i, j, k] <= first.update


@pytest.mark.parametrize("metric", METRICS)
def test_a_cell_says_what_is_real_says_of_the_same_runs(shipped: RateMap, metric: Metric) -> None:
    """Mean and 95 % interval of a cell are those of the comparison, for every cell: one ± on the page."""
    mean, intervals = shipped.mean_and_spread(metric)[0], shipped.intervals(metric)
    for (i, rate), (j, batch) in product(enumerate(shipped.rates), enumerate(shipped.batches)):
        if metric == "seconds" and shipped.made_by[i, j].any():
            continue  # seconds of different machines do not compare: the map leaves them out
        runs = [shipped.run(cell_settings(rate, batch, seed, "sgd")) for seed in shipped.seeds]
        found = summarise([value_of(run, metric) for run in runs if run is not None])
        assert intervals[i, j] == pytest.approx(found.interval, rel=1e-6)
        if math.isfinite(mean[i, j]):
            assert mean[i, j] == pytest.approx(found.mean, rel=1e-6)


def test_the_map_and_its_hover_write_the_interval(shipped: RateMap) -> None:
    """At rate 0.1 and batch 64 both say 2.3 % ± 0.6 %, as "Is it real?" does; of one seed, the value alone."""
    marks = map_figure(shipped, "error", spread=False, selected=None)["data"][-1]
    here = marks["text"][marks["customdata"].index([0.1, 64])]
    assert re.match(r"2[,.]3.?% ±\u00a00[,.]6.?%<br>", here)
    assert mean_written(0.02, math.inf, "error") == written(0.02, "error")


def test_a_map_survives_its_file_and_damage_is_no_map(
    shipped: RateMap, small: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Bytes come back equal; a cut or foreign file is refused, and the page then has no map instead of an error."""
    again = RateMap.from_bytes(shipped.to_bytes())
    np.testing.assert_array_equal(again.curves, shipped.curves)
    assert again.origins == shipped.origins
    for bad in (shipped.to_bytes()[:5_000], b"", small.to_bytes()):
        with pytest.raises(DamagedRun):
            RateMap.from_bytes(bad)
    (tmp_path / "rate-map-sgd.safetensors").write_bytes(b"nonsense")
    monkeypatch.setattr(rate_map, "RECORDED", tmp_path)
    assert rate_map.recorded.__wrapped__("sgd") is None


def test_a_map_with_holes_is_drawn(small: Run) -> None:
    """While a sweep fills it, missing cells are empty and nothing fails; a map without any run is drawn too."""
    empty = from_runs([], "adam", [1], [0.01, 0.1], [64, 256], small.origin)
    for metric in METRICS:
        figure = map_figure(empty, metric, spread=False, selected=(0.1, 64))
        assert figure["data"][0]["z"] == [[None, None], [None, None]]
    assert empty.best(64) is None
