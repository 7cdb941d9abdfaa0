"""The digits task: equal to a hand-written loop, to Keras, and to the code that the page shows."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import settings as example_settings
from hypothesis import strategies as st

from core.runs.record import record
from core.runs.store import RunStore
from core.tasks.digits import data as digits
from core.tasks.digits.in_numpy import logits, weights_of
from core.tasks.digits.settings import DigitsSettings
from core.tasks.digits.task import Digits
from core.tasks.registry import frames
from core.train_val_test.missions import learned_from_few, overfitted
from core.train_val_test.presets import PRESETS
from core.train_val_test.shown_code import course_source, keras_source, torch_source
from core.training.settings import SettingsError

SMALL = DigitsSettings(examples=400, epochs=2, batch_size=64)


@pytest.fixture
def notebook_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder with mnist.npz, made the working directory as a notebook's would be."""
    os.symlink(digits.MNIST, tmp_path / "mnist.npz")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def measured(settings: DigitsSettings) -> list[dict[str, float]]:
    return [dict(frame.metrics) for frame in frames(settings) if frame.measured]


def execute(source: str) -> dict[str, object]:
    names: dict[str, object] = {}
    exec(compile(source, "shown code", "exec"), names)
    return names


def test_the_validation_set_is_the_one_keras_cuts() -> None:
    """`validation_split=0.1` keeps the first 54,000 examples and validates on the last 6,000: so do we."""
    with np.load(digits.MNIST) as file:
        everything, labels = file["images_train"], file["labels_train"]
    split_at = int(60_000 * (1 - 0.1))  # keras.src.trainers.data_adapters.array_slicing.train_validation_split
    assert split_at == digits.TRAIN
    np.testing.assert_array_equal(digits.load("train")[0], everything[:split_at])
    np.testing.assert_array_equal(digits.load("validation")[1], labels[split_at:])


def test_equal_settings_give_equal_frames_and_another_seed_others() -> None:
    """Every metric and weight repeats to the last bit; the seed is not ignored."""
    first, again = list(frames(SMALL)), list(frames(SMALL))
    assert [frame.metrics for frame in first[1:]] == [frame.metrics for frame in again[1:]]
    np.testing.assert_array_equal(first[-1].arrays["weights/1.weight"], again[-1].arrays["weights/1.weight"])
    other = list(frames(DigitsSettings(examples=400, epochs=2, batch_size=64, seed=2)))
    assert other[-1].metrics["validation_loss"] != first[-1].metrics["validation_loss"]


@pytest.mark.parametrize(
    "settings",
    [
        SMALL,
        DigitsSettings(examples=300, epochs=1, batch_size=50, model="cnn", optimizer="momentum", learning_rate=0.01),
        DigitsSettings(examples=300, epochs=2, dropout=0.3, weight_decay=0.01, optimizer="rmsprop"),
        DigitsSettings(examples=300, epochs=1, model="cnn", dropout=0.5, optimizer="sgd", learning_rate=0.1),
    ],
    ids=["mlp adam", "cnn momentum", "dropout decay rmsprop", "cnn dropout sgd"],
)
@pytest.mark.usefixtures("notebook_folder")
def test_the_pytorch_code_shown_gives_the_pictures_numbers(settings: DigitsSettings) -> None:
    """Executing the PyTorch tab gives the run's validation loss at each epoch and its test figures."""
    run = measured(settings)
    shown = execute(torch_source(settings))
    expected = [metrics["validation_loss"] for metrics in run[1:]]
    np.testing.assert_allclose(shown["validation_losses"], expected, rtol=1e-3)
    assert shown["test_loss"] == pytest.approx(run[-1]["test_loss"], rel=1e-3)
    assert 1 - shown["test_accuracy"] == pytest.approx(run[-1]["test_error"], abs=3e-4)


@pytest.mark.parametrize(
    "settings",
    [
        SMALL,
        DigitsSettings(examples=300, epochs=1, batch_size=50, model="cnn", optimizer="sgd", learning_rate=0.1),
    ],
    ids=["mlp adam", "cnn sgd"],
)
@pytest.mark.usefixtures("notebook_folder")
def test_the_keras_code_with_the_same_draws_gives_the_pictures_numbers(settings: DigitsSettings) -> None:
    """Keras, started from the same weights and fed the same batches, reaches the run's losses."""
    run = measured(settings)
    shown = execute(keras_source(settings))
    expected = [metrics["validation_loss"] for metrics in run[1:]]
    np.testing.assert_allclose(shown["validation_losses"], expected, rtol=2e-3)


@pytest.mark.usefixtures("notebook_folder")
def test_the_courses_keras_code_learns_as_well_as_the_picture() -> None:
    """The course's own lines draw other random numbers, and end within five points of the run's test accuracy."""
    settings = DigitsSettings(examples=2_000, epochs=3)
    shown = execute(course_source(settings))
    assert 1 - shown["test_accuracy"] == pytest.approx(measured(settings)[-1]["test_error"], abs=0.05)


@pytest.mark.parametrize("optimizer", ["sgd", "momentum", "rmsprop", "adam"])
def test_both_engines_agree(optimizer: str) -> None:
    """Keras `fit` and the torch loop give the same curves within float tolerance, for each optimizer."""
    # RMSprop begins with steps of full size in the sign of each gradient: a tiny rate keeps rounding tiny too.
    rate = {"sgd": 0.05, "momentum": 0.05, "rmsprop": 0.0001, "adam": 0.001}[optimizer]
    common = {"examples": 600, "epochs": 2, "optimizer": optimizer, "learning_rate": rate, "weight_decay": 0.01}
    ours, keras = measured(DigitsSettings(**common)), measured(DigitsSettings(engine="keras", **common))
    for name in ("train_loss", "validation_loss", "test_loss"):
        np.testing.assert_allclose([m[name] for m in keras], [m[name] for m in ours], rtol=5e-3)


def test_the_loop_equals_a_plain_one() -> None:
    """A ten-line loop of torch, with its own Adam and its own batches, ends at the very same weights."""
    task = Digits(SMALL)
    generator = torch.Generator().manual_seed(SMALL.seed)
    model, examples = task.model(generator), task.examples()
    optimizer = torch.optim.Adam(model.parameters(), SMALL.learning_rate, eps=1e-7)
    for _ in range(SMALL.epochs):
        for indices in torch.randperm(len(examples), generator=generator).split(SMALL.batch_size):
            optimizer.zero_grad()
            torch.nn.functional.cross_entropy(model(examples.inputs[indices]), examples.targets[indices]).backward()
            optimizer.step()
    last = list(frames(SMALL))[-1]
    plain = model[1].weight.detach().numpy().astype(np.float16)
    np.testing.assert_allclose(last.arrays["weights/1.weight"], plain, atol=1e-4)


def test_a_rate_that_diverges_ends_the_run_and_says_so() -> None:
    """The too-fast preset ends with a frame marked diverged, all frames before it kept."""
    found = list(frames(PRESETS["too_fast"]))
    assert found[-1].diverged
    assert not any(frame.diverged for frame in found[:-1])
    assert found[-1].update < PRESETS["too_fast"].total_updates


def test_closing_the_generator_stops_the_training() -> None:
    """Whoever follows a run stops it by closing the generator; no further update is made."""
    running = frames(DigitsSettings(epochs=100))
    next(running)
    next(running)
    running.close()
    with pytest.raises(StopIteration):
        next(running)


@pytest.mark.parametrize("model", ["mlp", "cnn"])
def test_numpy_thinks_what_torch_thinks(model: str) -> None:
    """The web process's NumPy forward pass equals torch's on the same recorded weights."""
    settings = DigitsSettings(examples=300, epochs=1, model=model)
    last = list(frames(settings))[-1]
    network = Digits(settings).model(torch.Generator().manual_seed(0)).eval()
    network.load_state_dict({name: torch.from_numpy(value) for name, value in weights_of(last).items()})
    images = digits.load("validation")[0][:20]
    with torch.no_grad():
        expected = network(torch.from_numpy(digits.to_inputs(images))).numpy()
    found = np.stack([logits(weights_of(last), image) for image in images])
    np.testing.assert_allclose(found, expected, atol=2e-5)


@pytest.mark.parametrize(
    ("field", "value"),
    [("learning_rate", float("nan")), ("learning_rate", -1), ("epochs", 10**9), ("epochs", 2.5), ("examples", 0),
     ("seed", True), ("model", "../../etc"), ("batch_size", "128"), ("dropout", 1.0)],
)  # fmt: skip
def test_absurd_settings_are_refused_by_name(field: str, value: object) -> None:
    """No absurd value reaches a worker, and the error names the setting."""
    with pytest.raises(SettingsError) as caught:
        DigitsSettings(**{field: value})
    assert caught.value.name == field


@given(st.dictionaries(st.text(max_size=12), st.one_of(st.none(), st.floats(), st.text(max_size=5)), max_size=4))
@example_settings(max_examples=60, deadline=None)
def test_hostile_json_is_a_settings_error(values: dict[str, object]) -> None:
    """Whatever a link or a file holds, settings are built or refused; nothing else is raised."""
    with suppress(SettingsError):
        DigitsSettings.from_json(values)


def test_the_courses_two_runs_are_shipped_and_reach_the_courses_figures() -> None:
    """The recorded MLP and CNN are found by their settings; the CNN is as good as the course's 0.9884."""
    store = RunStore(url="/nonexistent")
    mlp, cnn = store.find(PRESETS["course_mlp"]), store.find(PRESETS["course_cnn"])
    assert mlp is not None
    assert cnn is not None
    assert mlp.recorded
    assert mlp.measured[-1].metrics["test_error"] < 0.025
    assert cnn.measured[-1].metrics["test_error"] < 0.014
    assert cnn.measured[-1].metrics["test_loss"] < 0.042


def test_drawings_of_test_digits_are_read_like_the_originals() -> None:
    """Test digits as thick strokes on a large canvas, shifted and scaled at random, are read as well to 5 points."""
    from PIL import Image

    random = np.random.default_rng(3)
    images, labels = digits.load("test")
    chosen = random.choice(len(images), 400, replace=False)
    run = RunStore(url="/nonexistent").find(PRESETS["course_mlp"])
    assert run is not None
    weights = weights_of(run.measured[-1])

    def drawn(image: np.ndarray) -> np.ndarray:
        rows, columns = np.nonzero(image > 60)
        box = image[rows.min() : rows.max() + 1, columns.min() : columns.max() + 1]
        height = int(random.integers(90, 200))
        width = max(8, round(box.shape[1] / box.shape[0] * height))
        width = min(width, 240)
        large = np.asarray(Image.fromarray(box).resize((width, height), Image.Resampling.BICUBIC)) > 110
        canvas = np.zeros((252, 252))
        top, left = random.integers(0, 252 - height + 1), random.integers(0, 252 - width + 1)
        canvas[top : top + height, left : left + width] = large
        return canvas

    seen = [digits.from_drawing(drawn(image)) for image in images[chosen]]
    originals = np.mean(
        [logits(weights, image).argmax() == label for image, label in zip(images[chosen], labels[chosen], strict=True)]
    )
    drawings = np.mean(
        [logits(weights, image).argmax() == label for image, label in zip(seen, labels[chosen], strict=True)]
    )
    assert drawings > originals - 0.05


def test_an_empty_drawing_is_no_digit() -> None:
    """Nothing drawn gives None, not a picture of noise."""
    assert digits.from_drawing(np.zeros((252, 252))) is None


def test_a_dot_and_a_full_square_are_pictures_too() -> None:
    """The smallest and the largest drawing become 28 × 28 pixels with ink in the middle."""
    dot = np.zeros((252, 252))
    dot[5, 5] = 1
    for ink in (dot, np.ones((252, 252))):
        picture = digits.from_drawing(ink)
        assert picture is not None
        assert picture.shape == (28, 28)
        assert picture[10:18, 10:18].max() == 255


def test_the_missions_can_be_reached_and_not_by_the_opening_run() -> None:
    """Overfitting on purpose is what its preset does; the run the page opens on reaches neither mission."""
    opening = RunStore(url="/nonexistent").find(PRESETS["course_mlp"])
    assert opening is not None
    assert not overfitted(opening)
    assert not learned_from_few(opening)
    assert overfitted(record(PRESETS["overfit"]))
