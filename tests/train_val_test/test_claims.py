"""Every sentence of the lesson that states a fact, computed from what is shipped. Names are those of its claims."""

from __future__ import annotations

import importlib
import math
import re
from dataclasses import asdict
from pathlib import Path

import numpy as np
import pytest

from core.files import ROOT
from core.lessons import LESSONS
from core.lessons import load as load_lesson
from core.runs.run import Run
from core.tasks.digits import data as digits
from core.tasks.digits.data import TEST, TRAIN, VALIDATION
from core.tasks.digits.settings import DigitsSettings
from core.train_val_test.keras_log import BATCH, BATCHES, NAMES, Epoch, batch_size, load
from core.train_val_test.presets import PRESETS
from core.train_val_test.seeds import SEEDS, SETTINGS, wrong
from tests.helpers import open_page
from tests.node import ask
from tests.train_val_test.shipped import readings, shipped

DRAWS = ROOT / "components" / "train_val_test" / "draws.js"
BEST = 9
"""The epoch of the question's run with the lowest validation loss, as the lesson says."""


def column(run: Run, metric: str) -> list[float]:
    return [frame.metrics[metric] for frame in run.measured]


def test_question_is_recorded() -> None:
    """The question's run is shipped: 300 digits, 60 epochs, each one pass over them."""
    run = shipped("overfit")
    assert (run.settings.examples, run.settings.epochs) == (300, 60)  # type: ignore[attr-defined]
    assert [frame.epoch for frame in run.measured] == list(range(61))


def test_no_training_mistake_left() -> None:
    """From epoch 8 to the end not one of the 300 digits is misread; before that, some are."""
    errors = column(shipped("overfit"), "train_error")
    assert set(errors[8:]) == {0.0}
    assert min(errors[:8]) > 0


def test_validation_error_stays() -> None:
    """From epoch 9 on it lies between 16 and 17 %."""
    errors = column(shipped("overfit"), "validation_error")[BEST:]
    assert min(errors) > 0.16
    assert max(errors) < 0.17


def test_loss_climbs_not_the_error() -> None:
    """The validation loss is lowest at epoch 9, and ends a third higher; the error hardly differs from epoch 9 on."""
    losses, errors = (column(shipped("overfit"), f"validation_{name}") for name in ("loss", "error"))
    assert int(np.argmin(losses)) == BEST
    assert 1.30 < losses[-1] / losses[BEST] < 1.37
    assert abs(errors[-1] - errors[BEST]) < 0.003
    assert max(errors[BEST:]) - errors[BEST] < 0.005


def test_training_falls_to_the_end() -> None:
    """The training loss of the last ten epochs is lower than of the ten before, while the validation loss is higher."""
    for name, sign in (("train_loss", -1), ("validation_loss", 1)):
        losses = column(shipped("overfit"), name)
        assert sign * (np.mean(losses[-10:]) - np.mean(losses[-20:-10])) > 0


def test_course_network_ends() -> None:
    """54,000 examples, 12 epochs, 2.35 % at the end."""
    run = shipped("course_mlp")
    assert asdict(run.settings) == asdict(DigitsSettings(examples=54_000, epochs=12))
    assert column(run, "validation_error")[-1] == pytest.approx(0.0235, abs=5e-5)


def test_course_network_best() -> None:
    """Its lowest validation loss is that of epoch 7."""
    assert int(np.argmin(column(shipped("course_mlp"), "validation_loss"))) == 7


def test_cnn_fewer_weights_and_mistakes() -> None:
    """Two convolutions, five epochs; the numbers of weights and of validation mistakes, both compared."""
    cnn, mlp = shipped("course_cnn"), shipped("course_mlp")
    counts = [sum(array.size for array in run.measured[-1].weights.values()) for run in (cnn, mlp)]
    assert sum(array.ndim == 4 for array in cnn.measured[-1].weights.values()) == 2
    assert cnn.settings.epochs == 5  # type: ignore[attr-defined]
    assert counts[0] < counts[1]
    assert column(cnn, "validation_error")[-1] < column(mlp, "validation_error")[-1] / 2


def test_too_short_misses_its_own() -> None:
    """One epoch on 5,000 examples: 10.5 % on validation, 11 % on its own."""
    run = shipped("too_short")
    assert (run.settings.examples, run.settings.epochs) == (5_000, 1)  # type: ignore[attr-defined]
    assert column(run, "validation_error")[-1] == pytest.approx(0.105, abs=5e-4)
    assert column(run, "train_error")[-1] == pytest.approx(0.11, abs=5e-3)


def test_too_fast_diverges() -> None:
    """A rate of 2 with SGD: the run ends as diverged at its 11th update, the loss not finite."""
    run = shipped("too_fast")
    assert (run.settings.learning_rate, run.settings.optimizer) == (2.0, "sgd")
    assert run.status == "diverged"
    assert run.frames[-1].update == 11
    assert not math.isfinite(run.frames[-1].metrics["running_loss"])


def test_repair_starts_at() -> None:
    """The question's run ends at a validation loss of 0.77."""
    assert column(shipped("overfit"), "validation_loss")[-1] == pytest.approx(0.77, abs=5e-3)


def test_seal_counts_its_openings() -> None:
    """Opening the test set for one run says once; opening it for another one says twice."""
    app = open_page("train_val_test", opened="1")
    for said in ("1 fois", "2 fois"):
        app.button(key="open-test").click().run()
        assert any(said in str(info.value) for info in app.info)
        for name, value in asdict(PRESETS["course_mlp"]).items():
            app.session_state[f"tvt_{name}"] = value
        app.run()


def test_three_sets() -> None:
    """54,000, 6,000 and 10,000 digits."""
    assert [len(digits.load(split)[1]) for split in ("train", "validation", "test")] == [54_000, 6_000, 10_000]


@pytest.mark.slow
def test_split_takes_the_last() -> None:
    """Keras' own split of the 60,000 keeps the last tenth for validation, in order."""
    importlib.import_module("core.tasks.digits.keras_engine")  # sets Keras' backend before it is imported
    from keras.src.trainers.data_adapters.array_slicing import train_validation_split

    labels = np.concatenate([digits.load(split)[1] for split in ("train", "validation")])
    ((kept,), (put_aside,)) = train_validation_split((labels,), validation_split=0.1)
    assert len(labels) == 60_000
    assert np.array_equal(kept, digits.load("train")[1])
    assert np.array_equal(put_aside, digits.load("validation")[1])


def test_ten_thousand_know_two_percent() -> None:
    """The half-width of the 95 % interval of a share of 2 % among 10,000."""
    assert round(100 * 1.96 * math.sqrt(0.02 * 0.98 / TEST), 1) == 0.3


def test_curves_measured_alike() -> None:
    """Training, validation and test error come from one pass of one resting model, without dropout, over whole sets."""
    import torch

    from core.tasks.digits.task import Digits
    from core.training.loop import measure

    task = Digits(DigitsSettings(examples=300, dropout=0.9))
    model = task.model(torch.Generator().manual_seed(1))
    first, second = measure(task, model).metrics, measure(task, model).metrics
    assert first == second  # dropout would draw anew
    model.eval()
    for split, examples in task.splits.items():
        with torch.no_grad():
            error = (model(examples.inputs).argmax(1) != examples.targets).float().mean().item()
        assert first[f"{split}_error"] == pytest.approx(error, abs=1e-6)


def test_hesitation_costs_ln_ten() -> None:
    """−ln 0.1 = ln 10 ≈ 2.303."""
    assert -math.log(0.1) == pytest.approx(math.log(10))
    assert round(math.log(10), 3) == 2.303


def test_curves_start_near_ln_ten() -> None:
    """Every shipped run begins within 3 % of ln 10, on train and on validation."""
    for preset in PRESETS:
        for split in ("train", "validation"):
            assert column(shipped(preset), f"{split}_loss")[0] == pytest.approx(math.log(10), rel=0.03)


def test_sure_mistake_costs() -> None:
    """−ln 0.001 ≈ 6.9."""
    assert round(-math.log(0.001), 1) == 6.9


def test_surer_of_its_mistakes() -> None:
    """The mean probability of the answers that are wrong, by the weights shipped for epochs 9 and 60."""
    run = shipped("overfit")
    for epoch, said in ((BEST, 0.64), (60, 0.78)):
        chances, labels = readings(run.measured[epoch])
        mistaken = chances.argmax(axis=1) != labels
        assert chances.max(axis=1)[mistaken].mean() == pytest.approx(said, abs=5e-3)


def test_same_mistakes() -> None:
    """Of the 986 mistakes of epoch 60, 859 are mistakes of epoch 9 too, by the shipped weights."""
    run = shipped("overfit")
    before, after = (
        chances.argmax(axis=1) != labels for chances, labels in (readings(run.measured[epoch]) for epoch in (BEST, 60))
    )
    assert abs(int(after.sum()) - 986) <= 1
    assert abs(int((before & after).sum()) - 859) <= 2  # another BLAS may round another way


def test_pytorch_gives_the_numbers() -> None:
    """The test that executes the code tab compares its losses with the run's."""
    source = Path(__file__).with_name("test_shown_code.py").read_text()
    assert "def test_the_pytorch_code_shown_gives_the_pictures_numbers" in source
    assert 'assert_allclose(shown["validation_losses"], expected' in source


# ---- the log


def test_log_is_real() -> None:
    """Five lines in Keras' own form, of the course's network."""
    form = "422/422 ━+ \\d+s \\d+ms/step" + "".join(rf" - {name}: 0\.\d{{4}}" for name in NAMES)
    lines = [epoch.line for epoch in load()]
    assert len(lines) == 5
    assert all(re.fullmatch(form, line) for line in lines), lines
    source = (ROOT / "core" / "train_val_test" / "record_log.py").read_text()
    assert "model.fit(x, y, batch_size=BATCH, epochs=EPOCHS, validation_split=0.1" in source
    assert "MLP_WIDTHS" in source


def test_log_422_batches() -> None:
    """⌈54,000 / 128⌉, the last one of 112, each recorded: one update a batch."""
    assert BATCHES == math.ceil(TRAIN / BATCH) == 422
    sizes = [batch_size(batch) for batch in range(BATCHES)]
    assert sizes == [128] * 421 + [112]
    assert sum(sizes) == TRAIN
    for epoch in load():
        assert len(epoch.right) == len(epoch.losses) == BATCHES
        assert epoch.line.startswith("422/422")


def test_log_means_of_the_batches() -> None:
    """The printed accuracy is all right answers over 54,000; the printed loss is the batches’ mean, by their size."""
    sizes = [batch_size(batch) for batch in range(BATCHES)]
    for epoch in load():
        assert all(0 <= right <= size for right, size in zip(epoch.right, sizes, strict=True))
        assert f"{sum(epoch.right) / TRAIN:.4f}" == epoch.printed["accuracy"]
        assert float(epoch.printed["loss"]) == pytest.approx(np.average(epoch.losses, weights=sizes), abs=1.5e-4)


def test_log_val_is_measured_after() -> None:
    """Our own measurement of the resting network on the last 6,000 digits is what Keras printed, each epoch."""
    for epoch in load():
        assert f"{epoch.after['validation_accuracy']:.4f}" == epoch.printed["val_accuracy"]
        assert epoch.after["validation_loss"] == pytest.approx(float(epoch.printed["val_loss"]), abs=1e-4)
        assert epoch.after["validation_accuracy"] * VALIDATION == pytest.approx(
            round(epoch.after["validation_accuracy"] * VALIDATION), abs=0.01
        )


@pytest.mark.slow
def test_log_read_before_they_move() -> None:
    """Keras' loss of a batch is that of the weights before the step, however large the step is."""
    keras = importlib.import_module("core.tasks.digits.keras_engine").keras  # sets its backend first

    x, y = digits.to_inputs(digits.load("train")[0][:64]).reshape(-1, 784), digits.load("train")[1][:64]
    model = keras.Sequential([keras.Input((784,)), keras.layers.Dense(10, activation="softmax")])
    model.compile(keras.optimizers.SGD(1.0), "sparse_categorical_crossentropy", metrics=["accuracy"])
    before = model.evaluate(x, y, verbose=0, return_dict=True)
    printed = model.fit(x, y, batch_size=64, verbose=0).history
    after = model.evaluate(x, y, verbose=0, return_dict=True)
    assert printed["loss"][0] == pytest.approx(before["loss"], rel=1e-4)
    assert printed["accuracy"][0] == pytest.approx(before["accuracy"], abs=1e-6)
    assert abs(after["loss"] - before["loss"]) > 0.1


def test_log_trap() -> None:
    """At epoch 1 the printed accuracy is the lower one; at rest, nine tenths of the gap are gone."""
    first: Epoch = load()[0]
    accuracy, val_accuracy = (float(first.printed[name]) for name in ("accuracy", "val_accuracy"))
    for language in ("fr", "en"):
        text = (LESSONS / language / "train_val_test.md").read_text()
        for name in ("accuracy", "val_accuracy"):
            assert f"`{name}: {first.printed[name]}`" in text
        said = f"{100 * first.after['train_accuracy']:.1f}"
        assert (said.replace(".", ",") if language == "fr" else said) in text
    assert accuracy < val_accuracy
    assert abs(val_accuracy - first.after["train_accuracy"]) < 0.15 * (val_accuracy - accuracy)


# ---- choosing on the test set


def draws(size: int, times: int = 2_000) -> tuple[np.ndarray, np.ndarray]:
    """Return how much the chosen network, and the first, look better on a small test set than on the other digits."""
    mistakes, rng = np.ascontiguousarray(wrong().T), np.random.default_rng(1)
    totals = mistakes.sum(axis=0)
    chosen, named = [], []
    for _draw in range(times):
        counts = mistakes[rng.permutation(TEST)[:size]].sum(axis=0)
        small, fresh = counts / size, (totals - counts) / (TEST - size)
        best = small.argmin()
        chosen.append(fresh[best] - small[best])
        named.append(fresh[0] - small[0])
    return np.array(chosen), np.array(named)


def test_twenty_same_networks() -> None:
    """Twenty rows of 10,000; the recorder changes the seed of one and the same settings."""
    assert wrong().shape == (20, 10_000)
    assert SEEDS == 20
    assert "replace(SETTINGS, seed=seed)" in (ROOT / "core" / "train_val_test" / "seeds.py").read_text()
    assert SETTINGS.examples == 1_000
    assert len({row.tobytes() for row in wrong()}) == 20


def test_choosing_flatters() -> None:
    """1.2 points on average with 500 digits: by NumPy, and by the script that the page runs."""
    chosen, _named = draws(500)
    assert chosen.mean() == pytest.approx(0.012, abs=6e-4)
    found = of_the_page(500)
    assert f"{100 * found['chosen']['mean']:.1f}" == "1.2"  # the page writes it beside the sentence
    assert found["chosen"]["above"] > 0.75
    for language, figure in (("fr", "1,1\u00a0% d’erreur"), ("en", "1.1% error")):  # the page measures errors
        assert figure in load_lesson("train_val_test", language).section("quiz-2").heading


def test_smaller_flatters_more() -> None:
    """The mean flattery falls with each larger size that the page offers."""
    means = [draws(size, 500)[0].mean() for size in (100, 200, 500, 1_000, 2_000, 5_000)]
    assert means == sorted(means, reverse=True)
    assert means[-1] > 0


def test_named_beforehand_is_not_flattered() -> None:
    """The first network's mean difference is less than a tenth of a point; that of the chosen one, over a point."""
    chosen, named = draws(500)
    assert abs(named.mean()) < 0.001
    assert chosen.mean() > 0.01


def of_the_page(size: int) -> dict[str, dict[str, float]]:
    """Return the summaries that the page writes, computed by its own script."""
    given = {"packed": np.packbits(wrong(), axis=1).reshape(-1).tolist(), "size": size}
    found: dict[str, dict[str, float]] = ask(
        DRAWS,
        """(() => {
            const masks = masksOf(Uint8Array.from(given.packed), 20, 10000);
            const { chosen, named } = many(masks, totalsOf(masks, 20), given.size, 1000);
            return { chosen: summary(chosen), named: summary(named) };
        })()""",
        given,
    )
    return found
