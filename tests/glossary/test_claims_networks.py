"""What the glossary says of neurons, layers and networks, computed by torch, Keras and from what is shipped."""

from __future__ import annotations

import importlib

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

from core.tasks.digits import data as digits
from core.tasks.digits.in_numpy import activations, logits, softmax, weights_of
from core.tasks.digits.networks import mlp as course_mlp
from core.training.dropout import Dropout
from tests.glossary.told import told
from tests.train_val_test.shipped import shipped

MLP, CNN = (weights_of(shipped(name).measured[-1]) for name in ("course_mlp", "course_cnn"))
DIGIT = digits.load("validation")[0][0]


def drawn(seed: int = 1) -> torch.Generator:
    return torch.Generator().manual_seed(seed)


def test_neuron() -> None:
    """Two inputs, two weights, a bias: the products that are written, and torch's sum."""
    x1, x2, w1, w2, b, first, second, third, total = told("neuron")
    assert (x1 * w1, x2 * w2, b) == (first, -second, third)
    assert F.linear(torch.tensor([x1, x2]), torch.tensor([[w1, w2]]), torch.tensor([b])).item() == total


def test_network() -> None:
    """A digit of so many pixels goes into both shipped networks, so many probabilities come out, of sum 1."""
    pixels, answers = map(int, told("network"))
    assert pixels == DIGIT.size
    for weights in (MLP, CNN):
        chances = softmax(logits(weights, DIGIT))
        assert chances.shape == (answers,)
        assert abs(chances.sum() - 1) < 1e-6


def test_weight() -> None:
    """2 doubles, 0 ignores, −1 changes the sign."""
    double, ignore, turn = told("weight")
    x = torch.tensor([1.7])
    for weight, expected in ((double, x + x), (ignore, torch.zeros(1)), (turn, -x)):
        assert torch.equal(F.linear(x, torch.tensor([[weight]])), expected)


def test_bias() -> None:
    """A torch layer with that bias, given zeros."""
    bias, total, zero = told("bias")
    layer = nn.Linear(4, 1)
    nn.init.constant_(layer.bias, bias)
    assert layer(torch.full((4,), zero)).item() == total


def test_matrix() -> None:
    """The weights of 3 neurons with 4 inputs: (3, 4) in torch and in the course, (4, 3) in Keras."""
    neurons, inputs, rows, columns = map(int, told("matrix"))
    assert nn.Linear(inputs, neurons).weight.shape == (rows, columns)
    keras = importlib.import_module("core.tasks.digits.keras_engine").keras
    dense = keras.layers.Dense(neurons)
    dense.build((None, inputs))
    assert tuple(dense.kernel.shape) == (columns, rows)


def test_activation() -> None:
    """Two torch layers without one are one layer; with ReLU between them, no layer does the same."""
    first, second = nn.Linear(5, 7), nn.Linear(7, 3)
    x = torch.randn(20, 5, generator=drawn())
    with torch.no_grad():
        whole = nn.Linear(5, 3)
        whole.weight.copy_(second.weight @ first.weight)
        whole.bias.copy_(second.weight @ first.bias + second.bias)
        torch.testing.assert_close(second(first(x)), whole(x))
        bent = nn.Sequential(first, nn.ReLU(), second)
        middle, mean = bent((x[:10] + x[10:]) / 2), (bent(x[:10]) + bent(x[10:])) / 2
    assert not torch.allclose(middle, mean, atol=1e-3)  # any layer keeps the middle of two points in the middle


def test_relu() -> None:
    """Torch's ReLU at both numbers."""
    first, positive, second, negative = told("relu")
    assert torch.relu(torch.tensor([first, second])).tolist() == [positive, negative]


def s_shaped(function: torch.nn.Module, lowest: float) -> None:
    """Check a function from far left to far right: it only climbs, between its bounds, fastest in the middle."""
    values = function(torch.linspace(-8, 8, 1_001, dtype=torch.float64))
    steps = values.diff()
    assert values.min() > lowest
    assert values.max() < 1
    assert bool((steps > 0).all())
    assert int(steps.argmax()) in {499, 500}


def test_sigmoid() -> None:
    """Torch's sigmoid at three numbers, and its shape."""
    for x, y in zip(*[iter(told("sigmoid"))] * 2, strict=True):
        assert y.rounds(torch.sigmoid(torch.tensor(x)).item())
    s_shaped(nn.Sigmoid(), 0)


def test_tanh() -> None:
    """Torch's tanh at three numbers, and its shape."""
    for x, y in zip(*[iter(told("tanh"))] * 2, strict=True):
        assert y.rounds(torch.tanh(torch.tensor(x)).item())
    s_shaped(nn.Tanh(), -1)


def test_softmax() -> None:
    """Torch's softmax of three numbers; of many: positive, of that sum, in the order of the logits."""
    total, *given = told("softmax")
    found = F.softmax(torch.tensor(given[:3]), dim=0)
    assert all(said.rounds(chance) for said, chance in zip(given[3:], found.tolist(), strict=True))
    scores = torch.randn(50, generator=drawn(), dtype=torch.float64)
    chances = F.softmax(scores, dim=0)
    assert bool((chances > 0).all())
    assert abs(chances.sum().item() - total) < 1e-9
    assert torch.equal(chances.argsort(), scores.argsort())


def test_logit() -> None:
    """Two logits that differ by that much, whatever the others: the quotient of their probabilities."""
    apart, times = told("logit")
    for other in (-3.0, 0.0, 5.0):
        cat, dog, _ = F.softmax(torch.tensor([0.4 + apart, 0.4, other], dtype=torch.float64), dim=0).tolist()
        assert times.rounds(cat / dog)


def test_layer() -> None:
    """The first layer of the shipped MLP has as many neurons, numbers, and inputs of the next layer."""
    neurons, numbers = map(int, told("layer"))
    assert MLP["1.weight"].shape[0] == neurons
    assert len(activations(MLP, DIGIT)[1]) == numbers == MLP["4.weight"].shape[1]


def test_mlp() -> None:
    """How many numbers each layer of the shipped MLP gives for a digit."""
    assert [len(layer) for layer in activations(MLP, DIGIT)] == list(map(int, told("mlp")))


def test_cnn() -> None:
    """The parameters of both shipped networks, and their errors on the digits of validation and test."""
    counts = [sum(array.size for array in weights.values()) for weights in (CNN, MLP)]
    assert int(counts[1] / counts[0]) == 14
    cnn, mlp = (shipped(name).measured[-1].metrics for name in ("course_cnn", "course_mlp"))
    assert all(cnn[f"{split}_error"] < mlp[f"{split}_error"] for split in ("validation", "test"))


def test_convolution() -> None:
    """A table of 3 × 3 multiplies and adds at each place; with Sobel's weights it finds a vertical edge anywhere."""
    size, other = map(int, told("convolution"))
    sobel = torch.tensor([[-1.0, 0.0, 1.0], [-2.0, 0.0, 2.0], [-1.0, 0.0, 1.0]])
    assert sobel.shape == (size, other)
    image = torch.rand(9, 9, generator=drawn())
    slid = [
        [(image[row : row + size, column : column + size] * sobel).sum() for column in range(7)] for row in range(7)
    ]
    torch.testing.assert_close(F.conv2d(image[None, None], sobel[None, None])[0, 0], torch.tensor(slid))
    answers = []
    for edge in range(3, 9):
        bright = torch.zeros(12, 12)
        bright[:, edge:] = 1
        found = F.conv2d(bright[None, None], sobel[None, None])[0, 0]
        assert set(found.nonzero()[:, 1].tolist()) == {edge - 2, edge - 1}
        assert not F.conv2d(bright.T[None, None], sobel[None, None]).any()  # the edge lies flat
        answers.append(found.max().item())
    assert len(set(answers)) == 1


def test_dropout() -> None:
    """Torch's and the course's: half of the outputs at 0, the rest doubled, others each time; at rest, none."""
    zero, rate = told("dropout")
    ones = torch.ones(100_000)
    for layer in (nn.Dropout(rate), Dropout(rate, drawn())):
        first, second = layer(ones), layer(ones)
        assert abs((first == zero).float().mean().item() - 0.5) < 0.01
        assert set(first.tolist()) == {zero, 2.0}
        assert abs(first.mean().item() - 1) < 0.02  # made up for
        assert not torch.equal(first, second)
        assert torch.equal(layer.eval()(ones), ones)
    assert any(isinstance(layer, Dropout) for layer in course_mlp(rate, drawn()))


def test_parameter() -> None:
    """The parameters of such a layer in torch."""
    neurons, inputs, total, weights, biases = map(int, told("parameter"))
    layer = nn.Linear(inputs, neurons)
    assert [layer.weight.numel(), layer.bias.numel()] == [weights, biases]
    assert sum(parameter.numel() for parameter in layer.parameters()) == total
    assert np.sum([weights, biases]) == total
