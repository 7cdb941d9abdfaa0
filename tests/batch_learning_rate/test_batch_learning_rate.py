"""Batch size and learning rate: schedules, live changes, comparisons, the map, the code and the page."""

from __future__ import annotations

import contextlib
import io
import math
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import settings as example_settings
from hypothesis import strategies as st
from scipy import stats
from streamlit.testing.v1 import AppTest

from components.batch_learning_rate.link import read_changes, read_pin, write_changes, write_pin
from components.batch_learning_rate.map_figure import map_figure
from components.batch_learning_rate.sweep import Grid, read_grid
from core.batch_learning_rate import rate_map
from core.batch_learning_rate.comparison import AXES, position, reached, who_leads
from core.batch_learning_rate.missions import edge_reached, fast_reached
from core.batch_learning_rate.range_test import read_range_test
from core.batch_learning_rate.rate_map import METRICS, RateMap, cell_settings, from_runs
from core.batch_learning_rate.settings import BATCHES, RATES, RateSettings, budget, finder_settings, milestones
from core.batch_learning_rate.shown_code import keras_source, torch_source
from core.files import ROOT
from core.runs.live import RunOver, Runs
from core.runs.record import record
from core.runs.run import DamagedRun, Run
from core.runs.store import RunStore
from core.tasks.digits.data import TRAIN
from core.tasks.registry import frames, settings_from_json
from core.training.frames import Frame
from core.training.schedules import factor
from core.training.settings import SettingsError
from core.verdict import compare, summarise
from tests.helpers import until

ROUTER = str(ROOT / "components" / "router.py")
TINY = RateSettings(examples=500, updates=24, batch_size=50, learning_rate=0.2)


@pytest.fixture(scope="module")
def shipped() -> RateMap:
    found = rate_map.recorded("sgd")
    assert found is not None
    return found


@pytest.fixture(scope="module")
def tiny() -> Run:
    return record(TINY)


def losses(run: Run) -> list[float]:
    return [frame.metrics["validation_loss"] for frame in run.measured]


# ---------------------------------------------------------------- rates during a run


@pytest.mark.parametrize("total", [1, 10, 200])
def test_schedules_are_those_of_torch(total: int) -> None:
    """Cosine, step and warm-up give at every update the rate of torch.optim.lr_scheduler."""
    schedulers = {
        "constant": lambda optimizer: torch.optim.lr_scheduler.ConstantLR(optimizer, factor=1.0),
        "cosine": lambda optimizer: torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, T_max=total),
        "step": lambda optimizer: torch.optim.lr_scheduler.MultiStepLR(optimizer, [math.ceil(total / 2)], gamma=0.1),
        "warmup": lambda optimizer: torch.optim.lr_scheduler.LinearLR(
            optimizer, start_factor=1 / max(1, round(total / 10)), total_iters=max(1, round(total / 10)) - 1
        ),
    }
    for name, make in schedulers.items():
        optimizer = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=0.3)
        scheduler = make(optimizer)
        for update in range(total):
            assert 0.3 * factor(name, update, total) == pytest.approx(scheduler.get_last_lr()[0], rel=1e-6, abs=1e-9)
            optimizer.step()
            scheduler.step()


def test_a_change_of_rate_is_a_run_of_two_halves(tiny: Run) -> None:
    """A run changed at update 10 has the frames of the unchanged run before, and others after."""
    changed = replace(TINY, rate_changes=((10, 0.01),))
    before, after = tiny, record(changed)
    same = [frame.update for frame in before.frames if frame.update <= 10]
    for update in same:
        one, two = (next(f for f in run.frames if f.update == update) for run in (before, after))
        np.testing.assert_equal(dict(one.metrics), dict(two.metrics))
    assert losses(before)[-1] != losses(after)[-1]


def test_settings_with_changes_survive_json_and_their_order_does_not_matter() -> None:
    """A link's settings come back equal; two orders of the same changes are one run."""
    one = replace(TINY, rate_changes=((20, 0.01), (10, 0.05)))
    assert settings_from_json(one.to_json()) == one
    assert one.run_id == replace(TINY, rate_changes=((10, 0.05), (20, 0.01))).run_id
    assert TINY.changed(10, 0.05).changed(20, 0.01) == one


@pytest.mark.parametrize(
    "changes",
    [((-1, 0.1),), ((3, 11.0),), ((3, float("nan")),), "abc", ((1, 2, 3),), tuple((k, 0.1) for k in range(30))],
)
def test_changes_that_cannot_be_are_refused(changes: object) -> None:
    """Negative updates, rates out of bounds, too many or malformed changes raise the error that pages translate."""
    with pytest.raises(SettingsError):
        replace(TINY, rate_changes=changes)  # type: ignore[arg-type]


@given(st.text(max_size=60))
def test_any_text_of_a_link_is_read_or_refused(text: str) -> None:
    """Changes, pins and grids of a link: nonsense is no change, no pin, no grid; never an error."""
    assert isinstance(read_changes(text), tuple)
    for read in (read_pin, read_grid):
        read(text)


def test_links_come_back_as_they_were_written() -> None:
    """What the page writes into the address, it reads again."""
    assert read_changes(write_changes(((3, 0.05), (9, 1e-5)))) == ((3, 0.05), (9, 1e-5))
    pinned = RateSettings(learning_rate=0.3, batch_size=256, seed=2, schedule="cosine", updates=budget(256))
    assert read_pin(write_pin(pinned)) == pinned
    assert read_pin(write_pin(None)) is None
    grid = Grid("adam", (0.001, 0.01), (64, 256), 2)
    assert read_grid(str(grid)) == grid


@pytest.fixture
def runs(tmp_path: Path, cluster: None) -> Runs:
    return Runs(RunStore(url=str(tmp_path / "runs"), recorded=tmp_path / "none"))


def test_a_live_change_is_taken_recorded_and_replayed(runs: Runs) -> None:
    """The running run takes the new rate, its settings say when, and training them again gives the same frames."""
    asked = replace(TINY, updates=20_000, learning_rate=0.01)
    live = runs.start(asked, "A")
    until(lambda: len(live.frames) > 3)
    name = runs.change_rate(asked.run_id, "A", 10.0)  # this one diverges, and so ends at once
    assert runs.live(name) is live
    until(lambda: live.over)
    run = live.run
    assert run is not None, live.error
    assert isinstance(run.settings, RateSettings)
    ((update, rate),) = run.settings.rate_changes
    assert rate == 10.0
    assert update > 0
    assert runs.find(run.settings) is not None
    assert runs.find(asked) is None
    again = record(run.settings)
    assert [frame.update for frame in again.frames] == [frame.update for frame in run.frames]
    np.testing.assert_equal(losses(again), losses(run))


def test_a_change_after_the_end_is_refused(runs: Runs) -> None:
    """A rate changed once the run has ended changes nothing and says so."""
    live = runs.start(TINY, "A")
    until(lambda: live.over)
    with pytest.raises(RunOver):
        runs.change_rate(TINY.run_id, "A", 0.01)


def test_a_run_that_another_student_follows_is_left_to_them(runs: Runs) -> None:
    """With two followers the change makes a run of its own; the other student's settings stay as they are."""
    asked = replace(TINY, updates=20_000)
    live = runs.start(asked, "A")
    runs.start(asked, "B")
    until(lambda: live.frames)
    name = runs.change_rate(asked.run_id, "A", 0.001)
    forked = runs.live(name)
    assert forked is not None
    assert forked is not live
    assert live.followers == {"B"}
    assert live.settings == asked
    runs.leave("A")
    runs.leave("B")


# ---------------------------------------------------------------- budgets, axes, comparisons


@given(st.integers(1, TRAIN), st.integers(100, TRAIN))
def test_every_budget_is_five_epochs_within_its_bounds(batch: int, examples: int) -> None:
    """5 epochs, but between 25 and 8,000 updates; measured at the end, and no more than 40 times."""
    updates = budget(batch, examples)
    epochs = 5 * math.ceil(examples / batch)
    assert updates == min(max(epochs, 25), 8_000)
    measured = milestones(updates)
    assert measured[-1] == updates
    assert measured == sorted(set(measured))
    assert measured[0] >= 1
    assert len(measured) <= 40


def test_the_course_s_422_steps_come_from_the_settings() -> None:
    """54,000 / 128 = 421.9: an epoch has 422 updates, and the last batch is smaller."""
    assert RateSettings(batch_size=128).updates_per_epoch == 422
    assert pytest.approx(421.9, abs=0.05) == TRAIN / 128


def test_a_batch_larger_than_the_data_is_all_the_data() -> None:
    """Batch 54,000 on 500 examples: one update per epoch, the same run as batch 500."""
    large, exact = (record(replace(TINY, batch_size=size, updates=3)) for size in (54_000, 500))
    assert large.settings.updates_per_epoch == 1  # type: ignore[attr-defined]
    assert losses(large) == losses(exact)
    assert position(large.frames[-1], "examples", 54_000, 500) == 1_500


def frame(update: int, epoch: float, seconds: float, loss: float) -> Frame:
    return Frame(update, epoch, seconds, {"running_loss": loss, "validation_loss": loss, "validation_error": loss / 3})


def test_the_conclusion_changes_with_the_axis() -> None:
    """At equal updates the large batch leads, at equal epochs the small one: both are said, where both have come."""
    small = RateSettings(batch_size=16), [frame(k * 100, k * 100 / 3375, k * 0.1, 2.0 / (k + 1)) for k in range(40)]
    large = RateSettings(batch_size=1024), [frame(k * 10, k * 10 / 53, k * 1.0, 2.0 / (k + 1)) for k in range(25)]
    by_updates, by_epochs = (who_leads(small, large, axis) for axis in ("updates", "epochs"))
    assert by_updates is not None
    assert by_epochs is not None
    assert (by_updates.winner, by_updates.at) == (1, 240)
    assert by_epochs.winner == 0
    assert by_epochs.at == pytest.approx(3900 / 3375)


def test_a_run_is_level_with_itself(tiny: Run) -> None:
    """On every axis, a run compared with itself leads by nothing."""
    one = TINY, tiny.frames
    for axis in AXES:
        lead = who_leads(one, one, axis)
        assert lead is not None
        assert lead.winner is None
        assert lead.first == lead.second


@given(
    st.lists(st.integers(0, 1_000).map(lambda k: k / 1_000), min_size=2, max_size=8),
    st.lists(st.integers(0, 1_000).map(lambda k: k / 1_000), min_size=2, max_size=8),
)
@example_settings(deadline=None, max_examples=60)
def test_the_verdict_is_welch_s(first: list[float], second: list[float]) -> None:
    """P and the mean's interval are computed here from the published formulas and agree."""
    verdict = compare(first, second)
    a, b = np.array(first), np.array(second)
    va, vb = a.var(ddof=1) / len(a), b.var(ddof=1) / len(b)
    if va + vb < 1e-12:  # no spread: only the means speak
        assert verdict.kind in {"equal", "real"}
        return
    t = (a.mean() - b.mean()) / math.sqrt(va + vb)
    freedom = (va + vb) ** 2 / (va**2 / (len(a) - 1) + vb**2 / (len(b) - 1))
    assert verdict.p == pytest.approx(2 * stats.t.sf(abs(t), freedom), rel=1e-6, abs=1e-12)
    assert (verdict.kind == "real") == (verdict.p < 0.05)
    assert verdict.first.interval == pytest.approx(stats.t.ppf(0.975, len(a) - 1) * math.sqrt(va), rel=1e-9)


def test_an_interval_holds_the_truth_nineteen_times_in_twenty() -> None:
    """Of 2,000 samples of five seeds, about 95 % of the intervals hold the true mean."""
    drawn = np.random.default_rng(0).normal(3.0, 1.0, (2_000, 5))
    inside = [abs(summary.mean - 3.0) <= summary.interval for summary in map(summarise, drawn.tolist())]
    assert np.mean(inside) == pytest.approx(0.95, abs=0.02)


def test_runs_that_failed_are_left_out_and_counted() -> None:
    """Diverged seeds do not enter the mean; with a single good run nothing is claimed."""
    verdict = compare([0.1, math.nan, 0.12], [0.3, math.inf, math.nan])
    assert verdict.first.failed == 1
    assert verdict.second.failed == 2
    assert verdict.kind == "too_few"


# ---------------------------------------------------------------- the finder


def test_the_finder_s_range_lies_where_the_loss_falls() -> None:
    """On a curve flat until 1e-3, falling until 0.3, then exploding, the range is found, with a margin."""
    rates = np.geomspace(1e-5, 10, 200)
    fall = np.clip((np.log10(rates) + 3) / 2.5, 0, 1)
    curve = 2.3 - 2.0 * fall + np.where(rates > 0.3, 5 * np.log10(rates / 0.3), 0.0)
    curve[-10:] = np.nan
    found = read_range_test(rates.tolist(), curve.tolist())
    assert found.lowest is not None
    assert found.highest is not None
    assert 1e-3 < found.lowest < 1e-2
    assert 0.1 < found.highest < 0.6
    assert found.suggested == pytest.approx(found.highest / 3)
    assert len(found.rates) == 190


@pytest.mark.parametrize("curve", [[2.3] * 50, [math.nan] * 50, [2.3], []])
def test_a_finder_that_learns_nothing_suggests_nothing(curve: list[float]) -> None:
    """A flat, broken or empty curve gives no range instead of a wrong one."""
    assert read_range_test([0.1] * len(curve), curve).suggested is None


def test_the_finder_suggests_a_rate_that_learns() -> None:
    """Its real run on MNIST suggests a rate which, trained with, reaches a fair accuracy."""
    test = finder_settings(RateSettings(batch_size=64, examples=5_000))
    run = record(replace(test, updates=200))
    seen = run.frames[1:]
    rates = [run.settings.rate_at(f.update - 1, 200) for f in seen]
    found = read_range_test(rates, [f.metrics["running_loss"] for f in seen])
    assert found.suggested is not None
    trained = record(RateSettings(batch_size=64, examples=5_000, updates=150, learning_rate=found.suggested))
    assert trained.measured[-1].metrics["validation_error"] < 0.25


# ---------------------------------------------------------------- the map


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
            assert updates[-1] == run.settings.updates  # type: ignore[attr-defined]
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
    best = [shipped.best(batch) for batch in shipped.batches]
    assert all(rate is not None for rate in best)
    assert best == sorted(best)  # type: ignore[type-var]
    assert best[0] < best[3] <= best[-1]  # type: ignore[operator]
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


def test_a_map_survives_its_file_and_damage_is_no_map(
    shipped: RateMap, tiny: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Bytes come back equal; a cut or foreign file is refused, and the page then has no map instead of an error."""
    again = RateMap.from_bytes(shipped.to_bytes())
    np.testing.assert_array_equal(again.curves, shipped.curves)
    assert again.origins == shipped.origins
    for bad in (shipped.to_bytes()[:5_000], b"", tiny.to_bytes()):
        with pytest.raises(DamagedRun):
            RateMap.from_bytes(bad)
    (tmp_path / "rate-map-sgd.safetensors").write_bytes(b"nonsense")
    monkeypatch.setattr(rate_map, "RECORDED", tmp_path)
    assert rate_map.recorded.__wrapped__("sgd") is None


def test_a_map_with_holes_is_drawn(tiny: Run) -> None:
    """While a sweep fills it, missing cells are empty and nothing fails; a map without any run is drawn too."""
    empty = from_runs([], "adam", [1], [0.01, 0.1], [64, 256], tiny.origin)
    for metric in METRICS:
        figure = map_figure(empty, metric, spread=False, selected=(0.1, 64))
        assert figure["data"][0]["z"] == [[None, None], [None, None]]
    assert empty.best(64) is None


# ---------------------------------------------------------------- missions


def test_missions_are_read_from_the_frames(shipped: RateMap) -> None:
    """97 % within 2 epochs: batch 16 at rate 0.1 does it, the first settings do not; the edge needs two stops."""
    good, first = (shipped.run(cell_settings(rate, batch, 1, "sgd")) for rate, batch in ((0.1, 16), (0.03, 64)))
    assert good is not None
    assert first is not None
    assert fast_reached(good)
    assert not fast_reached(first)
    assert edge_reached({0.5: True, 1.0: False})
    assert not edge_reached({0.1: True, 1.0: False})
    assert not edge_reached({0.5: False, 1.0: False})
    assert not edge_reached({})


# ---------------------------------------------------------------- the code beside the picture


def executed(source: str, monkeypatch: pytest.MonkeyPatch) -> dict[str, object]:
    monkeypatch.chdir(ROOT / "assets" / "data")
    names: dict[str, object] = {}
    with contextlib.redirect_stdout(io.StringIO()):
        exec(compile(source, "notebook", "exec"), names)
    return names


@pytest.mark.parametrize(
    "settings",
    [
        TINY,
        replace(TINY, schedule="cosine", optimizer="adam", learning_rate=0.003),
        replace(TINY, schedule="step", rate_changes=((7, 0.05),), optimizer="momentum", learning_rate=0.05),
        replace(TINY, schedule="warmup", batch_size=500, optimizer="rmsprop", learning_rate=0.001),
    ],
)
def test_the_torch_code_gets_the_picture_s_loss(settings: RateSettings, monkeypatch: pytest.MonkeyPatch) -> None:
    """Executed as the notebook would be, the code ends at the run's validation loss."""
    names = executed(torch_source(settings), monkeypatch)
    assert names["validation_loss"] == pytest.approx(losses(record(settings))[-1], rel=1e-4)


def test_the_keras_code_runs_and_counts_the_same_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    """The course's version executes; its fit makes as many steps as the settings say, at the schedule's rates."""
    settings = replace(TINY, updates=20, schedule="step")
    names = executed(keras_source(settings), monkeypatch)
    assert names["total"] == settings.updates == 20
    assert float(names["model"].optimizer.learning_rate) == pytest.approx(0.02)  # type: ignore[attr-defined]
    assert len(names["history"].history["loss"]) == 2  # type: ignore[attr-defined]


# ---------------------------------------------------------------- the page


def opened(**query: str) -> AppTest:
    app = AppTest.from_file(ROUTER, default_timeout=60)
    for name, value in ({"lang": "en"} | query).items():
        app.query_params[name] = value
    app.run()
    return app.switch_page("../pages/batch_learning_rate.py").run()


def shown(app: AppTest) -> str:
    return " ".join(str(part.value) for kind in (app.markdown, app.info, app.warning, app.caption) for part in kind)


@pytest.fixture(autouse=True)
def _own_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    from core.runs import live as core_runs

    monkeypatch.setenv("CURSEURS_RUNS", str(tmp_path / "store"))
    core_runs.default.cache_clear()
    yield
    core_runs.default.cache_clear()


HOSTILE = ["nan", "-1", "1e999", "<script>", "", "'; drop", "999999999999", "a~b~c~d~e", "0:0;0:0", ",", "~~~"]


@pytest.mark.parametrize("value", HOSTILE)
def test_a_hostile_link_opens_the_page(value: str) -> None:
    """Nonsense in every parameter of the page at once: no exception, and the controls stand on allowed values."""
    names = ["rate", "batch", "axis", "measure", "scale", "optimizer", "schedule", "seed", "examples", "changes", "pin",
             "view", "sweep", "map_metric", "map_spread", "cell_rate", "cell_batch", "bowl_problem", "bowl_optimizer",
             "bowl_rate", "bowl_batch", "bowl_momentum", "bowl_start", "bowl_seed", "bowl_shown",
             "bowl_arrows"]  # fmt: skip
    app = opened(**{f"blr_{name}": value for name in names})
    assert not app.exception, app.exception[0].value
    assert app.session_state["blr_rate"] in RATES
    assert app.session_state["blr_batch"] in BATCHES


def test_a_link_to_a_cell_that_is_no_more_shows_its_neighbour() -> None:
    """A rate and batch the map lacks: the nearest cell is shown, and that is said."""
    app = opened(blr_cell_rate="0.07", blr_cell_batch="48")
    assert not app.exception
    assert "no cell at rate 0.07 and batch 48" in shown(app)


@pytest.mark.parametrize("view", ["map", "difference", "finder", "schedules", "elsewhere"])
@pytest.mark.parametrize("lang", ["fr", "en"])
def test_every_view_opens(view: str, lang: str) -> None:
    """Each view is drawn without an exception, and leaves no English in a French page's numbers."""
    app = opened(lang=lang, blr_view=view)
    assert not app.exception, app.exception[0].value
    if view == "elsewhere":
        assert re.search("54.000 / 64 = 843[.,]8", shown(app))


def test_the_sentence_names_the_axis_that_disagrees() -> None:
    """On opening, batch 64 and batch 1,024 are compared, and the sentence says what another axis would say."""
    app = opened(blr_rate="0.1", blr_pin="0.1~1024~sgd~1~constant")
    said = shown(app)
    assert "At equal number of updates (265)" in said
    assert "But at equal" in said
