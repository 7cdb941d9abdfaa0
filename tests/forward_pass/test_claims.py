"""Every sentence of the forward pass page, computed: one test for each claim of its lessons."""

from __future__ import annotations

import os
import re
from dataclasses import replace
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
import torch
from numpy.testing import assert_allclose
from numpy.typing import NDArray

from components.forward_pass.digit_network import FIRST_DIGIT
from components.in_browser import COMPONENTS
from core.files import base64_of
from core.forward_pass import three_ways
from core.forward_pass.by_hand import exercise
from core.forward_pass.network import INPUTS, NEURONS, Network, forward
from core.forward_pass.presets import PRESETS
from core.forward_pass.shown_code import sources
from core.lessons import load
from core.runs.run import Run
from core.runs.store import RunStore
from core.tasks.digits import data as digits
from core.tasks.digits.in_numpy import activations, weights_of
from core.tasks.digits.settings import COURSE_MLP
from tests.helpers import open_page
from tests.node import ask


def keras_on_torch() -> Any:
    """Return Keras on the backend that the course uses."""
    os.environ.setdefault("KERAS_BACKEND", "torch")
    import keras

    return keras


RANDOM = np.random.default_rng(0)


@pytest.fixture(scope="module")
def course() -> Run:
    """Return the recorded network that the page shows."""
    found = RunStore(url="/nonexistent").find(COURSE_MLP)
    assert found is not None
    return found


def layer_of(network: Network) -> tuple[torch.nn.Linear, torch.Tensor]:
    """Return the picture's first layer in torch, and its example."""
    layer = torch.nn.Linear(INPUTS, NEURONS, dtype=torch.float64)
    with torch.no_grad():
        layer.weight.copy_(torch.tensor(network.weights))
        layer.bias.copy_(torch.tensor(network.biases[:, 0]))
    return layer, torch.tensor(network.inputs[:, 0])


def test_shared_weights_give_equal_outputs() -> None:
    """With the first row in all three places, the three outputs of the slide's layer are one number."""
    slide = PRESETS["course"]
    assert len(set(forward(replace(slide, w=slide.w[:INPUTS] * NEURONS))["a"][:, 0])) == 1
    assert len(set(forward(slide)["a"][:, 0])) == NEURONS


def test_twelve_weights() -> None:
    """The picture has twelve weights, each its own: moving one moves one output, and no other weight does the same."""
    slide = PRESETS["course"]
    assert slide.weights.size == NEURONS * INPUTS == 12
    before = forward(slide)["a"][:, 0]
    for place in range(12):
        w = list(slide.w)
        w[place] += 1
        changed = np.flatnonzero(forward(replace(slide, w=tuple(w)))["a"][:, 0] != before)
        assert changed.tolist() == [place // INPUTS]


def test_one_row_a_neuron() -> None:
    """Changing row j of W changes output j alone; the rows are as many as the outputs, the columns as the inputs."""
    network = Network(step="neurons")
    assert network.weights.shape == (NEURONS, INPUTS)
    for row in range(NEURONS):
        w = network.weights.copy()
        w[row] += 1
        changed = forward(replace(network, w=tuple(w.ravel())))["a"] != forward(network)["a"]
        assert np.flatnonzero(changed).tolist() == [row]


def test_rows_are_outputs() -> None:
    """A square matrix of 784 gives back 784 numbers."""
    assert (np.ones((784, 784)) @ np.ones(784)).shape == (784,)


def test_a_neuron_is_a_sum() -> None:
    """The first step's output is the sum of its four products."""
    network = Network(step="neuron")
    products = [weight * value for weight, value in zip(network.w[:INPUTS], network.x[:INPUTS], strict=True)]
    assert forward(network)["a"].item() == pytest.approx(sum(products))


def test_preset_course() -> None:
    """Four inputs, three outputs, no bias and no activation: the product of W and x alone."""
    slide = PRESETS["course"]
    assert (slide.inputs.shape, slide.has_bias, slide.function) == ((4, 1), False, "identity")
    assert_allclose(forward(slide)["a"], slide.weights @ slide.inputs)


def test_preset_twins() -> None:
    """Equal rows and biases, equal outputs."""
    twins = PRESETS["twins"]
    assert len({tuple(row) for row in twins.weights}) == len(set(twins.b)) == 1
    assert len(set(forward(twins)["a"][:, 0])) == 1


def trained_twins(following: list[float]) -> tuple[torch.Tensor, torch.Tensor]:
    """Return the rows of the twins, before and after a hundred steps below a neuron with the weights `following`."""
    layer, x = layer_of(PRESETS["twins"])
    second = torch.nn.Linear(NEURONS, 1, dtype=torch.float64)
    with torch.no_grad():
        second.weight.copy_(torch.tensor([following]))
    optimizer = torch.optim.SGD([*layer.parameters(), *second.parameters()], 0.01)
    start = layer.weight.detach().clone()
    for _ in range(100):
        optimizer.zero_grad()
        (second(torch.tanh(layer(x))) - 2).square().sum().backward()
        optimizer.step()
    return start, layer.weight.detach()


def test_twins_stay_twins() -> None:
    """Training leaves the three rows equal where the rest of the network treats them alike, and only there."""
    start, alike = trained_twins([0.3, 0.3, 0.3])
    assert not torch.equal(alike, start)
    assert torch.equal(alike[0], alike[1])
    assert torch.equal(alike[0], alike[2])
    _start, apart = trained_twins([0.3, -0.2, 0.1])
    assert not torch.allclose(apart[0], apart[1])
    for language, condition in (("fr", "à l’égal"), ("en", "alike")):
        assert condition in load("forward_pass", language).section("preset-twins").body


def test_preset_dead() -> None:
    """All biases are −3, all sums negative, all outputs 0."""
    dead = PRESETS["dead"]
    found = forward(dead)
    assert set(dead.b) == {-3.0}
    assert (found["z"] < 0).all()
    assert (found["a"] == 0).all()


def test_dead_neurons_do_not_learn() -> None:
    """Whatever loss follows, no weight and no bias of the dead layer gets a gradient."""
    layer, x = layer_of(PRESETS["dead"])
    torch.relu(layer(x)).sum().backward()
    for parameter in layer.parameters():
        assert parameter.grad is not None
        assert (parameter.grad == 0).all()


def test_preset_saturated() -> None:
    """Each output is within a thousandth of 0 or 1."""
    a = forward(PRESETS["saturated"])["a"]
    assert np.minimum(a, 1 - a).max() < 1e-3


def test_saturated_hardly_move() -> None:
    """Moving any input by half a unit changes no output by as much as half a hundredth."""
    saturated = PRESETS["saturated"]
    before = forward(saturated)["a"]
    for place in range(INPUTS):
        for move in (-0.5, 0.5):
            x = list(saturated.x)
            x[place] += move
            assert np.abs(forward(replace(saturated, x=tuple(x)))["a"] - before).max() < 0.005


def test_bias_answers_to_zero() -> None:
    """With all inputs at 0 the outputs are the biases."""
    network = Network(step="bias", x=(0.0,) * 12)
    assert_allclose(forward(network)["a"], network.biases)
    assert (network.biases != 0).all()


def test_softmax_shares_one() -> None:
    """Softmax sums to 1, and changing one sum changes every output."""
    network = Network(step="activation", activation="softmax")
    before = forward(network)["a"]
    after = forward(replace(network, b=(network.b[0] + 1, *network.b[1:])))["a"]
    assert before.sum() == pytest.approx(1)
    assert (before != after).all()


def test_batch_is_columns() -> None:
    """A batch's outputs are those of its examples one by one, side by side; 128 columns go through the same W."""
    network = Network(step="batch")
    together = forward(network)["a"]
    for column in range(3):
        alone = replace(network, step="activation", x=tuple(network.inputs[:, column]) * 3)
        assert_allclose(together[:, [column]], forward(alone)["a"])
    weights, columns = RANDOM.standard_normal((200, 784)), RANDOM.standard_normal((784, 128))
    assert (weights @ columns).shape == (200, 128)
    assert_allclose((weights @ columns)[:, 5], weights @ columns[:, 5])


def test_inner_sizes_meet() -> None:
    """(200 × 784) @ (784 × 1) gives 200 × 1; sizes that do not meet are refused."""
    assert (np.ones((200, 784)) @ np.ones((784, 1))).shape == (200, 1)
    assert (np.ones((3, 4)) @ np.ones((4, 1))).shape == (3, 1)
    with pytest.raises(ValueError, match="mismatch"):
        np.ones((3, 4)) @ np.ones((3, 1))


def test_two_linear_layers_are_one() -> None:
    """Whatever the numbers, W₂ @ (W₁ @ x + b) is (W₂ @ W₁) @ x + W₂ @ b, and without biases (W₂ @ W₁) @ x.

    The page says it with the bias: with its own numbers, (W₂ @ W₁) @ x alone is not y.
    """
    for _ in range(20):
        w, v, b, x = (tuple(RANDOM.uniform(-3, 3, size)) for size in (12, 6, 3, 12))
        found = forward(Network(step="collapse", between="identity", w=w, v=v, b=b, x=x))
        assert_allclose(found["y"], found["u"])
        plain = forward(Network(step="collapse", between="identity", w=w, v=v, b=(0, 0, 0), x=x))
        assert_allclose(plain["y"], plain["m"] @ np.array(x[:INPUTS])[:, None])
    own = Network(step="collapse", between="identity")
    shown = forward(own)
    assert_allclose(shown["y"][:, 0], [-2.04, 3.06])
    assert_allclose((shown["m"] @ own.inputs)[:, 0], [-2.90, 3.82])
    assert_allclose(shown["y"], shown["m"] @ own.inputs + own.final_weights @ own.biases)
    for language in ("fr", "en"):
        assert "(W₂ @ W₁) @ x + W₂ @ b " in load("forward_pass", language).section("text-step-collapse").body


def test_activation_breaks_the_equality() -> None:
    """With the page's numbers, each activation on offer makes the two differ by more than a rounding."""
    for activation in ("relu", "tanh", "sigmoid"):
        found = forward(Network(step="collapse", between=activation))
        assert np.abs(found["y"] - found["u"]).max() > 0.01


def test_four_products_a_sum() -> None:
    """Every exercise has four inputs, four weights, a bias that counts, and an answer that is not negative."""
    for seed in range(1, 200):
        asked = exercise(seed)
        assert (len(asked.x), len(asked.w)) == (4, 4)
        assert asked.b != 0
        assert asked.answer == max(0, sum(w * x for w, x in zip(asked.w, asked.x, strict=True)) + asked.b)


def test_hand_is_computed() -> None:
    """The sum that the page writes out evaluates to what it says, and no minus sign in it is a hyphen."""
    from components.forward_pass.by_hand import written

    for seed in range(1, 50):
        asked = exercise(seed)
        text = written(asked).replace("×", "*").replace("−", "-")
        assert eval(text) == asked.sum  # our own text, of digits and signs
    below_zero = next(seed for seed in range(1, 50) if exercise(seed).sum < 0)
    app = open_page("forward_pass", fp_hand=str(below_zero))
    app.text_input(key=f"fp-by-hand-{below_zero}").set_value("0")
    next(button for button in app.button if button.label == "Vérifier mon nombre").click().run()
    said = next(str(each.value) for each in app.success if "ReLU" in str(each.value))
    assert f"= {exercise(below_zero).sum}".replace("-", "−") in said
    assert "-" not in said


def test_mistakes_are_recognised() -> None:
    """A forgotten ReLU, a forgotten bias, lost signs, additions: each gets its own reply, unless it is the answer."""
    told = set()
    for seed in range(1, 100):
        asked = exercise(seed)
        products = [w * x for w, x in zip(asked.w, asked.x, strict=True)]
        wrong = {
            "relu": asked.sum,
            "bias": max(0, sum(products)),
            "signs": sum(map(abs, products)) + abs(asked.b),
            "added": max(0, sum(asked.w) + sum(asked.x) + asked.b),
        }
        first = {value: name for name, value in reversed(wrong.items())}  # two mistakes with one result: the first
        for value, name in first.items():
            if value != asked.answer:
                assert asked.mistake(value) == name
                told.add(name)
        assert asked.mistake(10_000) == "other"
    assert told == {"relu", "bias", "signs", "added"}


def outputs(neuron: dict[str, object], points: list[list[float]]) -> NDArray[np.float64]:
    """Return what the plane's neuron gives at points (x₁, x₂), computed by the browser's own script."""
    script = COMPONENTS / "forward_pass" / "forward.js"
    found = ask(script, "given.points.map((at) => outputAt(given.neuron, ...at))", {"neuron": neuron, "points": points})
    return np.array([float(value) for value in found])


def test_two_inputs_are_a_plane() -> None:
    """The output depends on a point of the plane and on nothing else: f(w₁x₁ + w₂x₂ + b), as NumPy has it."""
    points = [[0.5, -1.0], [2.0, 3.0], [-3.0, 0.1]]
    found = outputs({"w1": 2, "w2": -3, "b": 0.5, "f": "tanh"}, points)
    assert_allclose(found, np.tanh(np.array(points) @ [2, -3] + 0.5))


def line(w: NDArray[np.float64], b: float, along: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return points of the line w · x + b = 0: (points, 2)."""
    foot = -b * w / (w @ w)
    found: NDArray[np.float64] = foot + along[:, None] * np.array([-w[1], w[0]]) / np.linalg.norm(w)
    return found


def test_sum_is_zero_along_a_line() -> None:
    """On the line the sum is 0; a step to the weights' side makes it positive, to the other negative."""
    for _ in range(20):
        w, b = RANDOM.uniform(-3, 3, 2), float(RANDOM.uniform(-3, 3))
        points = line(w, b, np.linspace(-5, 5, 11))
        assert_allclose(points @ w + b, 0, atol=1e-9)
        assert ((points + 0.1 * w) @ w + b > 0).all()
        assert ((points - 0.1 * w) @ w + b < 0).all()


def test_weights_are_across_the_line() -> None:
    """The arrow of the weights stands at a right angle to the line: turning it turns the line."""
    for _ in range(20):
        w, b = RANDOM.uniform(-3, 3, 2), float(RANDOM.uniform(-3, 3))
        one, other = line(w, b, np.array([-1.0, 1.0]))
        assert (other - one) @ w == pytest.approx(0, abs=1e-9)


def test_bias_shifts_the_line() -> None:
    """Another bias gives a parallel line elsewhere."""
    w = np.array([1.0, 0.5])
    here, there = (line(w, b, np.array([0.0, 1.0])) for b in (-0.5, 1.0))
    assert_allclose(here[1] - here[0], there[1] - there[0])
    assert not np.allclose(here, there)


def test_relu_folds_along_the_line() -> None:
    """The sheet is flat on either side and bent at the line: its slope is 0 on one side and |w| on the other."""
    w, b = np.array([1.0, 0.5]), -0.5
    across: list[list[float]] = [
        (-b * w / (w @ w) + step * w / np.linalg.norm(w)).tolist() for step in (-2, -1, 0, 1, 2)
    ]
    neuron = {"w1": 1.0, "w2": 0.5, "b": -0.5}
    folded, straight = (np.diff(outputs(neuron | {"f": f}, across)) for f in ("relu", "identity"))
    slope = float(np.linalg.norm(w))
    assert_allclose(folded, np.array([0, 0, slope, slope]), atol=1e-9)
    assert_allclose(straight, slope)
    along: list[list[float]] = (line(w, b, np.linspace(-2, 2, 5)) + 0.5 * w).tolist()
    assert_allclose(outputs(neuron | {"f": "relu"}, along), 0.5 * w @ w)


def test_plane_says_its_output() -> None:
    """At (0, 0), and everywhere if both weights are 0, the output is the activation of the bias."""
    assert outputs({"w1": 3, "w2": -2, "b": -1, "f": "relu"}, [[0, 0]]) == 0
    assert outputs({"w1": 3, "w2": -2, "b": 2, "f": "relu"}, [[0, 0]]) == 2
    assert_allclose(outputs({"w1": 0, "w2": 0, "b": 1.5, "f": "tanh"}, [[0, 0], [3, -3]]), np.tanh(1.5))


def test_relu_bounds_nothing() -> None:
    """ReLU leaves 1,000 what it is."""
    assert torch.relu(torch.tensor(1000.0)) == 1000


def test_digit_network_of_the_course(course: Run) -> None:
    """784 → 200 → 100 → 75 → 10, trained on 54,000 digits; the page shows digits of the validation set."""
    weights = weights_of(course.measured[-1])
    image = digits.load("validation")[0][0]
    assert [layer.size for layer in activations(weights, image)] == [784, 200, 100, 75, 10]
    assert getattr(course.settings, "examples", 0) == digits.TRAIN == 54_000
    shown = "".join(str(each.proto) for each in open_page("forward_pass").get("bidi_component"))
    assert base64_of(np.asarray(digits.load("validation")[0][FIRST_DIGIT])) in shown


def test_weights_are_a_picture(course: Run) -> None:
    """Ink on a positive weight raises a neuron's sum, ink on a negative one lowers it; there are 784 of them."""
    weights = weights_of(course.measured[-1])["1.weight"]
    assert weights.shape == (200, 784)
    image = np.zeros((28, 28), np.uint8)
    for neuron in (0, 57, 199):
        for pixel in (int(weights[neuron].argmax()), int(weights[neuron].argmin())):
            inked = image.copy()
            inked.flat[pixel] = 255
            before, after = (weights[neuron] @ digits.to_inputs(each).ravel() for each in (image, inked))
            assert np.sign(after - before) == np.sign(weights[neuron, pixel])


def test_border_never_learned(course: Run) -> None:
    """67 pixels near the border have no ink in any training digit: their weights, and no others, are the first ones."""
    images, _labels = digits.load("train")
    blank = images.max(axis=0) == 0
    assert blank.sum() == 67
    assert not blank[4:-4, 4:-4].any()
    first, last = (weights_of(course.measured[at])["1.weight"] for at in (0, -1))
    assert np.array_equal((first == last).all(axis=0), blank.ravel())


def test_parameters_of_the_course(course: Run) -> None:
    """157,000, 20,100, 7,575 and 760 parameters: 185,435, as the recorded network has."""
    sizes = (784, 200, 100, 75, 10)
    layers = [many * few + few for many, few in pairwise(sizes)]
    assert layers == [157_000, 20_100, 7_575, 760]
    assert sum(layers) == 185_435 == sum(array.size for array in weights_of(course.measured[-1]).values())


def test_shapes_of_the_picture() -> None:
    """The table's shapes and counts are those of the picture, in both languages."""
    one, batch = Network(step="bias"), Network(step="batch")
    arrays = [one.inputs, one.weights, one.biases, forward(one)["a"], batch.inputs, forward(batch)["a"]]
    expected = [(f"{array.shape[0]} × {array.shape[1]}", str(array.size)) for array in arrays]
    for language in ("fr", "en"):
        rows = re.findall(r"\| (\d × \d) \| (\d+) \|", load("forward_pass", language).section("level-numbers").body)
        assert rows == expected


def test_matrix_is_all_sums() -> None:
    """W @ x holds, row by row, the weighted sums of all inputs."""
    network = Network(step="bias")
    by_row = [
        sum(network.weights[j, i] * network.inputs[i, 0] for i in range(INPUTS)) + network.b[j] for j in range(NEURONS)
    ]
    assert_allclose(forward(network)["z"][:, 0], by_row)


@pytest.mark.slow
def test_libraries_put_examples_in_rows() -> None:
    """Examples in rows: torch's Linear is x @ W.T + b, Keras' Dense x @ kernel + bias, and kernel is W transposed."""
    keras = keras_on_torch()
    x, weights, b = (RANDOM.standard_normal(shape).astype(np.float32) for shape in ((5, 784), (200, 784), (200,)))
    linear, dense = torch.nn.Linear(784, 200), keras.layers.Dense(200)
    with torch.no_grad():
        linear.weight.copy_(torch.tensor(weights))
        linear.bias.copy_(torch.tensor(b))
        assert_allclose(linear(torch.tensor(x)).numpy(), x @ weights.T + b, atol=1e-4)
    dense.build((None, 784))
    assert tuple(dense.kernel.shape) == (784, 200)
    dense.set_weights([weights.T, b])
    assert_allclose(keras.ops.convert_to_numpy(dense(x)), x @ weights.T + b, atol=1e-4)


@pytest.mark.slow
def test_ways_agree() -> None:
    """Loops, NumPy, torch and Keras give the picture's numbers, and are timed on layers that grow."""
    keras_on_torch()
    network = Network(step="bias")
    found = three_ways.answers(
        network.weights.astype(np.float32),
        network.inputs[:, 0].astype(np.float32),
        network.biases[:, 0].astype(np.float32),
    )
    assert list(found) == ["loops", "numpy", "torch", "keras"]
    for answer in found.values():
        assert_allclose(answer, forward(network)["z"][:, 0], atol=1e-5)
    products = [rows * columns for rows, columns in three_ways.SIZES]
    assert products == sorted(products)


def test_shown_code_runs() -> None:
    """There are four programs, and `test_shown_code.py` executes them all and compares their numbers."""
    assert list(sources(Network(), str)) == ["Python", "NumPy", "PyTorch", "Keras"]
