"""What the lesson of the batch size and learning rate page states, computed from what is shipped."""

from __future__ import annotations

import ast
import importlib.util
import math
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from plotly import graph_objects

from components.batch_learning_rate.bowl import ASKED, COMPARED
from components.batch_learning_rate.difference import PAIRS
from components.batch_learning_rate.link import read_pin
from components.batch_learning_rate.map_figure import map_figure
from components.batch_learning_rate.presets import BOWL_PRESETS
from components.batch_learning_rate.runs import RUN_PRESETS
from components.batch_learning_rate.settings import DEFAULTS
from core.batch_learning_rate.bowl import (
    BATCHES,
    EXAMPLES,
    STEPS,
    BowlSettings,
    ProblemName,
    batches,
    descend,
    gradient_noise,
    make_problem,
)
from core.batch_learning_rate.comparison import who_leads
from core.batch_learning_rate.missions import GOOD_ERROR, LARGE_BATCH, arrival
from core.batch_learning_rate.rate_map import METRICS, RateMap, cell_settings
from core.batch_learning_rate.settings import RateSettings, budget, finder_settings
from core.runs.run import Run
from core.tasks.digits.data import TRAIN
from core.verdict import Verdict, compare, summarise
from tests.batch_learning_rate.valleys import NOTCHES, best_arrivals


def preset(name: str) -> BowlSettings:
    return BowlSettings(**{key: value for key, value in BOWL_PRESETS[name].items() if key != "arrows"})


def heights(settings: BowlSettings) -> np.ndarray:
    """Return how high above the lowest loss each point of a descent lies: 1 at the start."""
    problem, path = make_problem(settings.problem), descend(settings)
    above = problem.loss(path.points) - problem.loss(problem.minimum())
    return np.asarray(above / above[0])


def jumps(settings: BowlSettings) -> np.ndarray:
    return np.asarray(np.linalg.norm(np.diff(descend(settings).points, axis=0), axis=1))


def cell(shipped: RateMap, rate: float, batch: int, seed: int = 1) -> Run:
    found = shipped.run(cell_settings(rate, batch, seed, "sgd"))
    assert found is not None
    return found


def error(run: Run) -> float:
    return run.measured[-1].metrics["validation_error"]


def percent(share: float) -> str:
    return f"{100 * share:.1f}"


def test_200_updates_are_25_epochs() -> None:
    """8 examples of 64 an update; and the question asks for as many epochs, in 8 times fewer updates."""
    before, asked = BowlSettings(batch=COMPARED["batch"]), BowlSettings(batch=ASKED["batch"])
    assert (before.batch, before.rate, STEPS) == (8, 0.1, 200)
    assert STEPS * before.batch / EXAMPLES == 25 == ASKED["shown"] * asked.batch / EXAMPLES
    assert STEPS / ASKED["shown"] == 8


def test_fewer_updates_stop_higher() -> None:
    """21 % of the height is left after the question's descent, less than 1 % after the page's own."""
    assert round(heights(BowlSettings(batch=64))[ASKED["shown"]], 2) == 0.21
    assert heights(BowlSettings(batch=COMPARED["batch"]))[-1] < 0.01


def test_all_examples_arrive_without_trembling() -> None:
    """With 200 updates the descent on all examples is at the bottom, and never went up."""
    found = heights(BowlSettings(batch=64))
    assert found[-1] < 0.001
    assert (np.diff(found) < 0).all()


def test_less_noise_in_larger_batches() -> None:
    """The gradient of a batch lies nearer to that of all examples, and an epoch has fewer updates."""
    problem = make_problem("regression")
    noise = [gradient_noise(problem, np.array(problem.start), batch) for batch in BATCHES]
    assert noise == sorted(noise, reverse=True)
    updates = [RateSettings(batch_size=batch).updates_per_epoch for batch in BATCHES]
    assert updates == sorted(updates, reverse=True)


def test_best_rates_on_the_diagonal() -> None:
    """Over all rates of the slider: 14 updates for SGD, 19 for Adam, whose preset stands on its best rate."""
    updates, rate = best_arrivals("regression", "sgd")
    assert updates == 14 == arrival(BowlSettings(rate=rate, batch=EXAMPLES))
    assert best_arrivals("regression", "adam")[0] == 19 == arrival(preset("adam"))
    assert preset("adam").rate in NOTCHES


def test_best_rates_along_an_axis() -> None:
    """Where the valley follows an axis: 22 updates for Adam, whose preset stands on its best rate, 40 for SGD."""
    assert best_arrivals("aligned", "sgd")[0] == 40
    assert best_arrivals("aligned", "adam")[0] == 22 == arrival(preset("aligned"))


def test_the_table_of_valleys() -> None:
    """Every number of the table, over all rates of the slider; the last row turns the problem by 45°."""
    optimizers = ("sgd", "momentum", "adam")
    rows = (("regression", 0), ("aligned", 0), ("aligned", 45))
    found = [[best_arrivals(name, optimizer, degrees)[0] for optimizer in optimizers] for name, degrees in rows]
    assert found == [[14, 21, 19], [40, 33, 22], [40, 33, 31]]


def test_rotation_matters_to_adam_alone() -> None:
    """Turned by 45°, SGD and momentum are as fast at the same best rate; Adam is not."""
    for optimizer in ("sgd", "momentum", "adam"):
        straight, turned = (best_arrivals("aligned", optimizer, degrees) for degrees in (0, 45))
        assert (straight == turned) == (optimizer != "adam")


def test_the_right_step_arrives_and_trembles() -> None:
    """At the end the descent stays at the bottom, and still climbs a little now and then."""
    found = heights(preset("good"))
    assert found[-50:].max() < 0.05
    assert np.diff(found[-50:]).max() > 0.001


def test_the_small_step_is_still_far_away() -> None:
    """Nothing breaks, and more than half of the way down is left."""
    assert not descend(preset("small")).diverged
    assert heights(preset("small"))[-1] > 0.5


def test_the_large_step_falls_then_explodes() -> None:
    """Just above the limit: the loss falls, then every jump is longer than the one before until it explodes."""
    settings = preset("large")
    bound = make_problem("regression").largest_stable_rate()
    assert bound < settings.rate < 1.1 * bound
    found, path = heights(settings), descend(settings)
    lowest = int(np.argmin(found))
    assert lowest > 0
    assert found[lowest] < 0.6
    assert path.diverged
    assert (np.diff(jumps(settings)[lowest:]) > 0).all()


def test_one_example_at_a_time_staggers_and_arrives() -> None:
    """One update in four or more goes uphill, and the descent arrives all the same."""
    found = heights(preset("noise"))
    assert (np.diff(found) > 0).mean() > 0.25
    assert found[-1] < 0.02


def test_momentum_is_faster_and_overshoots() -> None:
    """It is at the bottom to stay in less than half of SGD's updates at its rate, having left it on the other side."""
    settings = preset("momentum")
    problem, found = make_problem("regression"), heights(settings)
    arrived, plain = arrival(settings), arrival(replace(settings, optimizer="sgd"))
    assert arrived is not None
    assert arrived < (plain or STEPS) / 2
    valley = np.linalg.eigh(problem.hessian(problem.minimum()))[1][:, 0]
    along = (descend(settings).points - problem.minimum()) @ valley
    assert np.sign(along[0]) * along.min() < 0 or np.sign(along[0]) * along.max() < 0
    assert found[-1] < 0.001


def test_too_small_too_large() -> None:
    """One preset of each kind: the first is not there after all its updates, the second diverges."""
    assert arrival(preset("small")) is None
    assert descend(preset("large")).diverged


def test_steps_shrink_at_a_constant_rate() -> None:
    """On the page's descent with all examples, each step is shorter than the one before, and so is the gradient."""
    assert (np.diff(jumps(BowlSettings(batch=64))) < 0).all()


def test_no_seed_saves_a_rate_past_the_bound() -> None:
    """At 0.9, each of the seeds 0 to 9 diverges."""
    assert all(descend(BowlSettings(rate=0.9, seed=seed)).diverged for seed in range(10))


def test_a_smaller_rate_trembles_less() -> None:
    """0.1 is lower than 0.01 after 20 updates; from the minimum, its loss trembles more than five times as much."""
    large, small = (heights(BowlSettings(rate=rate)) for rate in (0.1, 0.01))
    assert large[20] < small[20]
    noisy, calm = (BowlSettings(rate=rate, start=tuple(make_problem("regression").minimum())) for rate in (0.1, 0.01))
    problem = make_problem("regression")
    spread = [float(np.ptp(problem.loss(descend(settings).points))) for settings in (noisy, calm)]
    assert spread[0] > 5 * spread[1]


def test_ten_times_the_rate_is_ten_times_adam_s_step() -> None:
    """Adam's first step has the length of the rate in each weight, whatever the batch."""
    for batch in BATCHES:
        asked = BowlSettings(optimizer="adam", rate=0.01, batch=batch)
        one, ten = (np.abs(np.diff(descend(replace(asked, rate=rate), 1).points, axis=0)) for rate in (0.01, 0.1))
        np.testing.assert_allclose(ten, 10 * one, rtol=1e-6)
        np.testing.assert_allclose(one, 0.01, rtol=1e-5)


def test_every_example_once_an_epoch() -> None:
    """The batches of one pass hold all examples once."""
    order = batches(8, seed=3)
    assert sorted(np.concatenate([next(order) for _ in range(EXAMPLES // 8)])) == list(range(EXAMPLES))


def test_four_times_the_examples_halve_the_noise() -> None:
    """From 1 to 4 and from 4 to 16 of 64 examples: divided by 2 within 15 %; doubling divides by √2 likewise."""
    problem = make_problem("regression")
    noise = {batch: gradient_noise(problem, np.array(problem.start), batch) for batch in BATCHES}
    for small in (1, 4):
        assert noise[small] / noise[4 * small] == pytest.approx(2, rel=0.15)
        assert noise[small] / noise[2 * small] == pytest.approx(math.sqrt(2), rel=0.15)


def test_all_examples_have_no_noise() -> None:
    """All 64 together are the gradient itself."""
    problem = make_problem("regression")
    assert gradient_noise(problem, np.array(problem.start), EXAMPLES) == 0


def test_the_noise_formula() -> None:
    """The root mean square distance of many sampled batches from the whole gradient is the formula's."""
    problem, weights, rng = make_problem("regression"), np.array([0.0, 1.0]), np.random.default_rng(0)
    each = np.stack([problem.gradient(weights, np.array([i])) for i in range(EXAMPLES)])
    size, n = 8, EXAMPLES
    formula = math.sqrt(np.trace(np.cov(each.T, bias=True)) / size * (n - size) / (n - 1))
    drawn = [each[rng.choice(n, size, replace=False)].mean(axis=0) - each.mean(axis=0) for _ in range(4000)]
    assert math.sqrt(np.mean(np.sum(np.square(drawn), axis=1))) == pytest.approx(formula, rel=0.05)


def parabola(curvature: float, rate: float, updates: int = 200) -> list[float]:
    """Return the weights of a descent on λw²/2 from 1."""
    weights = [1.0]
    for _ in range(updates):
        weights.append(weights[-1] - rate * curvature * weights[-1])
    return weights


def test_the_parabola_s_bound() -> None:
    """Each update multiplies by 1 - ηλ; the weight approaches 0 just below 2/λ, and leaves just above."""
    for curvature in (0.5, 2.0, 7.0):
        below, above = (parabola(curvature, share * 2 / curvature) for share in (0.95, 1.05))
        assert abs(below[-1]) < 1e-6
        assert abs(above[-1]) > 1e6
        assert all(b / a == pytest.approx(1 - 0.95 * 2) for a, b in pairwise(below[:50]))


def test_the_parabola_s_cases() -> None:
    """At 1/λ one update arrives; between 1/λ and 2/λ the sign changes each time, and the distance shrinks."""
    assert parabola(4.0, 0.25)[1] == 0
    found = parabola(4.0, 0.4, 20)
    assert all(a * b < 0 and abs(b) < abs(a) for a, b in pairwise(found))


@pytest.mark.parametrize("name", ["regression", "aligned"])
def test_the_mark_is_two_over_lambda(name: ProblemName) -> None:
    """The largest stable rate is 2 divided by the largest eigenvalue of the Hessian, found by differences."""
    problem, step = make_problem(name), 1e-3
    centre, axes = problem.minimum(), np.eye(2) * step
    hessian = np.array([
        [problem.loss(centre + a + b) - problem.loss(centre + a) - problem.loss(centre + b) + problem.loss(centre)
         for b in axes] for a in axes]) / step**2  # fmt: skip
    assert problem.largest_stable_rate() == pytest.approx(2 / np.linalg.eigvalsh(hessian)[-1], rel=1e-3)


def test_the_bound_with_momentum() -> None:
    """Below 2(1 + β)/λ the descent on all examples comes nearer, above it runs away."""
    bound = make_problem("regression").largest_stable_rate(0.9)
    asked = BowlSettings(optimizer="momentum", momentum=0.9, batch=EXAMPLES)
    assert not descend(replace(asked, rate=0.97 * bound), 1000).diverged
    assert descend(replace(asked, rate=1.03 * bound), 1000).diverged


def test_no_sgd_gets_to_3_percent_with_1024(shipped: RateMap) -> None:
    """No rate and no seed of the map gets there, at any measured moment."""
    runs = [cell(shipped, rate, LARGE_BATCH, seed) for rate in shipped.rates for seed in shipped.seeds]
    assert all(frame.metrics["validation_error"] > GOOD_ERROR for run in runs for frame in run.measured)


def preset_runs(shipped: RateMap, name: str) -> tuple[Run, Run | None]:
    """Return the run of a preset of the real networks, and the one that it is compared with."""
    values: dict[str, Any] = DEFAULTS | RUN_PRESETS[name]
    pinned = read_pin(values["blr_pin"])
    return cell(shipped, values["blr_rate"], values["blr_batch"]), shipped.run(pinned) if pinned else None


def shows(name: str) -> tuple[str, str]:
    """Return what a preset draws of its runs, against what."""
    return RUN_PRESETS[name]["blr_measure"], RUN_PRESETS[name]["blr_axis"]


def test_the_axis_changes_the_winner(shipped: RateMap) -> None:
    """On the runs that the page opens on, and on the preset's: the large batch by updates, the small one by epochs."""
    opening = cell(shipped, DEFAULTS["blr_rate"], DEFAULTS["blr_batch"]), cell(shipped, 0.03, 1024)
    for small, large in (opening, preset_runs(shipped, "epochs")):
        assert large is not None
        leads = [who_leads((small.settings, small.frames), (large.settings, large.frames), axis)  # type: ignore[arg-type]
                 for axis in ("updates", "epochs")]  # fmt: skip
        assert [lead and lead.winner for lead in leads] == [1, 0]


def test_batches_of_16_beat_1024_by_epoch(shipped: RateMap) -> None:
    """2.4 % after 2.4 epochs, against 6.7 % after 5: the error, which the preset shows, against the epochs."""
    assert shows("epochs") == ("error", "epochs")
    small, large = preset_runs(shipped, "epochs")
    assert large is not None
    assert (percent(error(small)), f"{small.frames[-1].epoch:.1f}") == ("2.4", "2.4")
    assert (percent(error(large)), f"{large.frames[-1].epoch:.1f}") == ("6.7", "5.0")


def test_batches_of_1024_beat_16_by_update(shipped: RateMap) -> None:
    """After 265 updates the large batch has the lower loss and, as the preset shows, the lower error."""
    assert shows("updates") == ("error", "updates")
    small, large = preset_runs(shipped, "updates")
    assert large is not None
    for metric in ("loss", "error"):
        lead = who_leads((small.settings, small.frames), (large.settings, large.frames), "updates", metric)  # type: ignore[arg-type]
        assert lead is not None
        assert (lead.winner, lead.at) == (1, 265)


def test_a_larger_rate_helps_1024(shipped: RateMap) -> None:
    """4.1 % at 0.3, 6.7 % at 0.1, both after 5 epochs: the error, which the preset shows, against the epochs."""
    assert shows("follows") == ("error", "epochs")
    fast, slow = preset_runs(shipped, "follows")
    assert slow is not None
    assert (percent(error(fast)), percent(error(slow))) == ("4.1", "6.7")
    assert fast.frames[-1].epoch == pytest.approx(slow.frames[-1].epoch)


def test_a_rate_of_3_breaks(shipped: RateMap) -> None:
    """The preset's run has a loss that grows from measurement to measurement, and is no number after 11 updates."""
    assert shows("broken") == ("loss", "updates")
    run, _ = preset_runs(shipped, "broken")
    assert run.status == "diverged"
    losses = [frame.metrics["validation_loss"] for frame in run.frames]
    assert losses[:-1] == sorted(losses[:-1])
    assert losses[-2] > 1e6
    assert math.isnan(losses[-1])
    assert run.frames[-1].update == 11


def test_the_best_rate_grows_then_stays(shipped: RateMap) -> None:
    """0.01 at batch 1, 0.3 at 256: 30 times as much for 256 times the batch; then 0.3 up to all 54,000."""
    best = {batch: shipped.best(batch) for batch in shipped.batches}
    assert (best[1], best[256]) == (0.01, 0.3)
    upwards = [best[batch] or 0 for batch in shipped.batches]
    assert upwards == sorted(upwards)
    assert {best[batch] for batch in shipped.batches if batch >= 256} == {0.3}


def test_the_exponent_of_the_map(shipped: RateMap) -> None:
    """A straight line through the logarithms of the best rates, from 1 to 256, has slope 0.58."""
    small = [batch for batch in shipped.batches if batch <= 256]
    slope = float(np.polyfit(np.log(small), np.log([shipped.best(batch) or math.nan for batch in small]), 1)[0])
    assert round(slope, 2) == 0.58
    assert abs(slope - 0.5) < abs(slope - 1)


def test_the_budget_of_a_cell(shipped: RateMap) -> None:
    """5 epochs, at most 8,000 updates, at least 25: what the columns of the map saw."""
    epochs = {batch: budget(batch) / math.ceil(TRAIN / batch) for batch in shipped.batches}
    assert round(epochs[1], 2) == 0.15
    assert epochs[TRAIN] == 25
    assert [batch for batch, seen in epochs.items() if seen == 5] == [64, 256, 1024, 4096]
    assert [budget(batch) for batch in (1, 4, 16)] == [8_000] * 3
    assert all(25 <= budget(batch) <= 8_000 for batch in shipped.batches)


def test_seeds_alone_differ_that_much(shipped: RateMap) -> None:
    """The three seeds of rate 0.1 and batch 64 end at 2.1, 2.2 and 2.5 %."""
    errors = sorted(error(cell(shipped, 0.1, 64, seed)) for seed in shipped.seeds)
    assert [percent(found) for found in errors] == ["2.1", "2.2", "2.5"]


def test_small_differences_can_be_real(shipped: RateMap) -> None:
    """With the map's own spread between seeds, 50 runs a side establish a gap of 0.2 points."""
    spread = float(np.std([error(cell(shipped, 0.1, 64, seed)) for seed in shipped.seeds], ddof=1))
    noise = spread * np.random.default_rng(0).standard_normal((2, 50))
    centred = noise - noise.mean(axis=1, keepdims=True)
    assert compare((0.029 + centred[0]).tolist(), (0.031 + centred[1]).tolist()).kind == "real"


def test_an_epoch_is_rounded_up() -> None:
    """The updates of an epoch are examples / batch, rounded up; a run's total and epochs follow."""
    for batch in (1, 7, 64, 128, 1024, TRAIN):
        settings = RateSettings(batch_size=batch, updates=budget(batch))
        assert settings.updates_per_epoch == -(-TRAIN // batch)
        assert settings.total_updates == budget(batch)


def test_the_finder_grows_from_small_to_large() -> None:
    """From 0.00001 at the first update to 10 at the last, larger at every one."""
    test = finder_settings(RateSettings(batch_size=64))
    rates = [test.rate_at(update, test.updates) for update in range(test.updates)]
    assert (rates[0], rates[-1]) == pytest.approx((1e-5, 10))
    assert rates == sorted(set(rates))


def test_the_four_schedules() -> None:
    """Constant; a tenth from halfway on; a cosine that only falls, to nearly nothing; a rise over the first tenth."""
    total = 1_000

    def rates(schedule: str) -> list[float]:
        settings = RateSettings(learning_rate=0.1, schedule=schedule, updates=total)
        return [settings.rate_at(update, total) for update in range(total)]

    assert set(rates("constant")) == {0.1}
    assert set(rates("step")[:500]) == {0.1}
    assert rates("step")[500:] == pytest.approx([0.01] * 500)
    assert rates("cosine") == sorted(rates("cosine"), reverse=True)
    assert rates("cosine")[-1] < 1e-6
    warm = rates("warmup")
    assert warm[:100] == sorted(set(warm[:100]))
    assert warm[99:] == pytest.approx([0.1] * 901)


def test_the_course_s_422_updates() -> None:
    """54,000 / 128 = 421.9, and the smaller last batch counts."""
    assert round(TRAIN / 128, 1) == 421.9
    assert RateSettings(batch_size=128).updates_per_epoch == 422


def test_keras_adam_defaults_to_0_001() -> None:
    """As Keras' own source says."""
    spec = importlib.util.find_spec("keras")
    assert spec is not None
    assert spec.origin is not None
    tree = ast.parse((Path(spec.origin).parent / "src" / "optimizers" / "adam.py").read_text())
    init = next(node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef) and node.name == "__init__")
    defaults = dict(
        zip([arg.arg for arg in init.args.args[-len(init.args.defaults) :]], init.args.defaults, strict=True)
    )
    assert ast.literal_eval(defaults["learning_rate"]) == 0.001


def test_nan_stays_nan() -> None:
    """A weight that is not a number is none after an update, whatever the gradient."""
    assert all(math.isnan(math.nan - 0.1 * gradient) for gradient in (0.0, 1.0, -1e9, math.inf))


def test_the_widest_direction_is_the_slowest() -> None:
    """On the page's descent with all examples, what is left at the end lies along the direction of least curvature."""
    problem = make_problem("regression")
    directions = np.linalg.eigh(problem.hessian(problem.minimum()))[1]
    along = (descend(BowlSettings(batch=64)).points - problem.minimum()) @ directions
    left = np.abs(along[50] / along[0])
    assert left[0] > 100 * left[1]


def test_every_cell_is_real_runs(shipped: RateMap) -> None:
    """Each cell holds a run of each seed, with the date, the machine and the versions that made it."""
    assert shipped.made.all()
    assert len(set(shipped.seeds)) == len(shipped.seeds) == 3
    assert all(origin.date and origin.machine and origin.versions for origin in shipped.origins)


def test_a_batch_s_gradient_is_a_mean() -> None:
    """The gradient of all examples is the mean of their gradients: twice the examples do not make it twice as long."""
    problem, weights = make_problem("regression"), np.array([0.0, 1.0])
    each = np.stack([problem.gradient(weights, np.array([i])) for i in range(EXAMPLES)])
    np.testing.assert_allclose(problem.gradient(weights), each.mean(axis=0))


def test_draws_with_replacement_repeat_some() -> None:
    """In as many draws as there are examples, some come twice and some do not come."""
    drawn = np.bincount(np.random.default_rng(0).integers(0, EXAMPLES, EXAMPLES), minlength=EXAMPLES)
    assert drawn.max() > 1
    assert drawn.min() == 0


def test_an_interval_holds_the_truth_19_times_in_20() -> None:
    """Of 2,000 samples of five seeds, about 95 % of the intervals hold the true mean."""
    drawn = np.random.default_rng(0).normal(3.0, 1.0, (2_000, 5))
    inside = [abs(summary.mean - 3.0) <= summary.interval for summary in map(summarise, drawn.tolist())]
    assert np.mean(inside) == pytest.approx(19 / 20, abs=0.02)


def pair(shipped: RateMap, name: str) -> Verdict:
    """Return the verdict on the errors of a preset pair, with the seeds that it shows."""
    seeds = PAIRS[name]["blr_seeds"]
    assert seeds == 3
    other = read_pin(PAIRS[name]["blr_pin"])
    assert other is not None
    cells = ((PAIRS[name]["blr_rate"], PAIRS[name]["blr_batch"]), (other.learning_rate, other.batch_size))
    one, two = ([error(cell(shipped, rate, batch, seed)) for seed in range(1, seeds + 1)] for rate, batch in cells)
    return compare(one, two)


def test_three_seeds_settle_a_clear_gap(shipped: RateMap) -> None:
    """Welch's p is below 0.05 with three seeds a side; the intervals that are drawn lie apart, and above 0."""
    found = pair(shipped, "clear")
    assert found.kind == "real"
    assert found.first.mean - found.first.interval > 0
    assert found.first.mean + found.first.interval < found.second.mean - found.second.interval


def test_three_seeds_leave_a_doubt(shipped: RateMap) -> None:
    """It is not with three, for the doubtful pair, whose intervals overlap."""
    found = pair(shipped, "doubt")
    assert found.kind == "unclear"
    assert abs(found.first.mean - found.second.mean) < found.first.interval + found.second.interval


def test_peeking_finds_what_is_not() -> None:
    """Of 4,000 pairs of equal settings, one in six falls below 5 % at some look from 2 to 12 seeds; one in 20 at 12."""
    from scipy.stats import ttest_ind

    drawn = np.random.default_rng(0).standard_normal((2, 4_000, 12))
    p = np.stack([ttest_ind(*drawn[..., :count], axis=1, equal_var=False).pvalue for count in range(2, 13)])
    assert (p < 0.05).any(axis=0).mean() == pytest.approx(1 / 6, abs=0.02)
    assert (p[-1] < 0.05).mean() == pytest.approx(0.05, abs=0.01)


def test_the_lower_the_brighter(shipped: RateMap) -> None:
    """Whatever is measured, the cells' colours run from dark at the highest value to bright at the lowest."""
    for metric in METRICS:
        cells = map_figure(shipped, metric, spread=False, selected=None)["data"][0]
        found = graph_objects.Heatmap(colorscale=cells["colorscale"], reversescale=cells["reversescale"])
        (_low, dark), *_between, (_high, bright) = found.colorscale
        assert sum(bytes.fromhex(dark[1:])) < sum(bytes.fromhex(bright[1:]))
        assert found.reversescale
        assert cells["zmin"] < cells["zmax"]
