"""The letters' network: the course's own loop, its count of parameters, and every bad day."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import torch
import torch.nn.functional as F

from core.embeddings.presets import PRESETS
from core.pca import along
from core.runs.record import record
from core.tasks.letters.corpus import corpus, load
from core.tasks.letters.in_numpy import next_chances, probabilities, sample
from core.tasks.letters.settings import parameters
from core.tasks.letters.task import Bengio, Letters
from core.tasks.registry import frames
from tests.small_runs import SMALL_LETTERS


def test_the_courses_network_has_14007_parameters() -> None:
    """37 characters, context 3, embedding 10, 200 units: the course's count, by formula and by PyTorch's own."""
    characters = corpus(load("words")).characters
    assert len(characters) == 37
    formula = parameters(len(characters), 3, 10, 200)
    model = Bengio(len(characters), PRESETS["words"], torch.Generator().manual_seed(1))
    assert sum(formula.values()) == sum(p.nelement() for p in model.parameters()) == 14_007


@pytest.mark.parametrize("start", ["scaled", "course"])
def test_frames_equal_a_plain_transcription_of_the_courses_loop(start: str) -> None:
    """C[X], view, two products, cross_entropy, `p.data -= lr * p.grad`: the same generator gives the same losses."""
    settings = replace(SMALL_LETTERS, start=start)
    task = Letters(settings)
    (x, y), (x_dev, y_dev) = ((s.inputs, s.targets) for s in (task.splits["train"], task.splits["validation"]))
    g = torch.Generator().manual_seed(settings.seed)
    size = len(task.corpus.characters)
    scaled = start == "scaled"
    C = torch.randn((size, 4), generator=g)
    W1 = torch.randn((12, 20), generator=g) * ((5 / 3) / 12**0.5 if scaled else 1)
    b1 = torch.randn(20, generator=g) * (0 if scaled else 1)
    W2 = torch.randn((20, size), generator=g) * (0.01 if scaled else 1)
    b2 = torch.randn(size, generator=g) * (0 if scaled else 1)
    weights = [C, W1, b1, W2, b2]
    for p in weights:
        p.requires_grad = True

    def network(inputs: torch.Tensor) -> torch.Tensor:
        return torch.tanh(C[inputs].view(-1, 12) @ W1 + b1) @ W2 + b2

    order = torch.randperm(len(x), generator=g).split(settings.batch_size)
    losses = {0: F.cross_entropy(network(x_dev), y_dev).item()}
    for update in range(settings.updates):
        loss = F.cross_entropy(network(x[order[update]]), y[order[update]])
        for p in weights:
            p.grad = None
        loss.backward()
        for p in weights:
            assert p.grad is not None
            p.data -= (0.1 if update < settings.updates // 2 else 0.01) * p.grad
        losses[update + 1] = F.cross_entropy(network(x_dev), y_dev).item()
    found = {frame.update: frame.metrics["validation_loss"] for frame in frames(settings) if frame.measured}
    assert len(found) > 20
    assert found == pytest.approx({update: losses[update] for update in found}, abs=2e-5)


def test_numpy_thinks_what_torch_thinks() -> None:
    """The page's probabilities are those of the network that was trained."""
    task = Letters(SMALL_LETTERS)
    model = task.model(torch.Generator().manual_seed(3))
    contexts = task.splits["test"].inputs[:50]
    expected = F.softmax(model(contexts), dim=1).detach().numpy()
    weights = {name: value.numpy() for name, value in model.state_dict().items()}
    np.testing.assert_allclose(probabilities(weights, contexts.numpy()), expected, atol=1e-6)
    np.testing.assert_allclose(next_chances(weights, contexts[0].tolist(), 3), expected[0], atol=1e-6)


def test_equal_settings_give_equal_words_and_diverged_weights_give_some_too() -> None:
    """Inventing words is repeatable; a network full of not-a-number invents without failing."""
    run = record(SMALL_LETTERS)
    arrays = run.measured[-1].arrays
    weights = {name.removeprefix("weights/"): arrays[name] for name in arrays if name.startswith("weights/")}
    np.testing.assert_array_equal(sample(weights, 3, 1), run.measured[-1].arrays["invented"])
    broken = {name: np.full_like(array, np.nan) for name, array in weights.items()}
    assert sample(broken, 3, 1).shape == (10, 16)


def test_a_rate_of_a_hundredfold_ends_as_diverged_or_finite_with_its_frames() -> None:
    """Whatever the rate does, the run ends and can be stored and read again."""
    from core.runs.run import from_bytes

    run = record(replace(SMALL_LETTERS, learning_rate=10.0, optimizer="momentum", start="course"))
    assert run.status in {"finished", "diverged"}
    assert len(from_bytes(run.to_bytes()).measured) == len(run.measured)


def test_an_embedding_of_size_one_trains_and_is_drawn() -> None:
    """One number a letter: coordinates on one line, the whole variance shown."""
    run = record(replace(SMALL_LETTERS, embedding=1))
    coordinates, kept = along([frame.arrays["letters"].astype(np.float32) for frame in run.measured])
    assert coordinates[-1].shape == (35, 2)
    assert not coordinates[-1][:, 1].any()
    assert kept[-1] == 1.0
