"""What the glossary says of training and of its examples, computed by the course's loop, Keras and the shipped runs."""

from __future__ import annotations

import importlib
from collections import Counter

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor, nn
from torch.utils.data import DataLoader

from core.tasks.digits import data as digits
from core.tasks.digits.settings import DigitsSettings
from core.tasks.digits.task import Digits
from core.training.loop import Measurement, train
from tests.glossary.told import told
from tests.train_val_test.shipped import shipped


class Watched(Digits):
    """The course's training, whose batches are noted, and whose network is not measured."""

    def __init__(self, settings: DigitsSettings) -> None:
        super().__init__(settings)
        self.read: list[Tensor] = []
        for _frame in train(self, settings):
            pass

    def model(self, generator: torch.Generator) -> nn.Module:
        model = super().model(generator)
        self.start = [weight.detach().clone() for weight in model.parameters()]
        return model

    def loss(self, model: nn.Module, inputs: Tensor, targets: Tensor) -> Tensor:
        self.read.append(inputs)
        return super().loss(model, inputs, targets)

    def measure(self, model: nn.Module) -> Measurement:
        return Measurement({})


def counted(images: Tensor) -> Counter[bytes]:
    return Counter(image.numpy().tobytes() for image in images)


def test_training() -> None:
    """The shipped MLP's epochs and digits; in the course's loop, as many epochs read each digit as many times."""
    times, examples = map(int, told("training"))
    run = shipped("course_mlp")
    assert (run.settings.epochs, run.settings.examples) == (times, examples)  # type: ignore[attr-defined]
    assert (run.frames[-1].epoch, len(digits.load("train")[1])) == (times, examples)
    task = Watched(DigitsSettings(examples=300, epochs=2, batch_size=128))
    once = counted(task.examples().inputs)
    assert counted(torch.cat(task.read)) == Counter({image: 2 * count for image, count in once.items()})


def test_validation_set() -> None:
    """The digits kept; none of them is read where gradients are computed."""
    (kept,) = map(int, told("validation-set"))
    images, _labels = digits.load("validation")
    assert len(images) == kept
    read = counted(torch.cat(Watched(DigitsSettings(examples=1_000, epochs=1)).read))
    assert not read.keys() & counted(torch.from_numpy(digits.to_inputs(images))).keys()


def test_test_set() -> None:
    """The digits kept."""
    (kept,) = map(int, told("test-set"))
    assert len(digits.load("test")[1]) == kept


def test_early_stopping() -> None:
    """Keras' own, told a loss that is lowest at that epoch: it stops later and gives back the network of then."""
    best, kept = told("early-stopping")
    keras = importlib.import_module("core.tasks.digits.keras_engine").keras
    model = keras.Sequential([keras.Input((1,)), keras.layers.Dense(1, use_bias=False)])
    stopping = keras.callbacks.EarlyStopping(monitor="val_loss", patience=3, restore_best_weights=True)
    model.stop_training = False
    stopping.set_model(model)
    stopping.on_train_begin()
    seen = 0
    for epoch in range(1, 31):
        model.set_weights([np.full((1, 1), epoch)])
        stopping.on_epoch_end(epoch - 1, {"val_loss": abs(epoch - best)})  # Keras counts epochs from 0
        seen = epoch
        if model.stop_training:
            break
    stopping.on_train_end()
    assert best < seen < 30
    assert model.get_weights()[0].item() == kept


def test_epoch() -> None:
    """How many batches torch makes of so many examples, and how many updates the course."""
    examples, batch, updates = map(int, told("epoch"))
    assert len(DataLoader(range(examples), batch_size=batch)) == updates  # type: ignore[arg-type]
    assert DigitsSettings(examples=examples, batch_size=batch).updates_per_epoch == updates


def test_batch() -> None:
    """The gradient of a batch is the mean of its examples'; the course reads 128, corrects, and reads the next 128."""
    size, read = map(int, told("batch"))
    task = Watched(DigitsSettings(examples=256, epochs=1, batch_size=size))
    assert [len(batch) for batch in task.read] == [read] * task.settings.total_updates == [128, 128]
    layer, x = nn.Linear(6, 3), torch.randn(128, 6, generator=torch.Generator().manual_seed(1))
    labels = torch.arange(128) % 3

    def gradient(some: slice) -> Tensor:
        return torch.autograd.grad(F.cross_entropy(layer(x[some]), labels[some]), layer.weight)[0]

    each = torch.stack([gradient(slice(place, place + 1)) for place in range(128)])
    torch.testing.assert_close(gradient(slice(None)), each.mean(dim=0))


def test_overfitting() -> None:
    """The shipped run on so few digits: none of its own is misread, and that share of the validation digits."""
    examples, wrong = told("overfitting")
    run = shipped("overfit")
    assert run.settings.examples == examples  # type: ignore[attr-defined]
    assert run.settings.model == "mlp"  # type: ignore[attr-defined]
    last = run.measured[-1].metrics
    assert last["train_error"] == 0
    assert wrong.rounds(100 * last["validation_error"])


def test_seed() -> None:
    """Equal seeds: equal draws, first weights and batches in the course's loop; another seed: others."""
    (seed,) = map(int, told("seed"))
    draws = [torch.rand(100, generator=torch.Generator().manual_seed(number)) for number in (seed, seed, seed + 1)]
    assert torch.equal(draws[0], draws[1])
    assert not torch.equal(draws[0], draws[2])
    first, again, other = (Watched(DigitsSettings(examples=300, epochs=2, seed=n)) for n in (seed, seed, seed + 1))
    assert all(torch.equal(one, two) for one, two in zip(first.start, again.start, strict=True))
    assert all(torch.equal(one, two) for one, two in zip(first.read, again.read, strict=True))
    assert not torch.equal(first.start[0], other.start[0])
    assert not torch.equal(first.read[0], other.read[0])
