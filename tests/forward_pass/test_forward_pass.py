"""The forward pass: the picture's numbers, its code, the three ways, and the real network, checked with torch."""

from __future__ import annotations

import contextlib
import io
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from components.forward_pass.digit_network import pack
from components.forward_pass.three_ways import figure
from core.forward_pass import three_ways
from core.forward_pass.missions import cancelled_out, sure_of_the_third
from core.forward_pass.network import (
    ACTIVATIONS,
    LENGTHS,
    LIMIT,
    STEPS,
    Network,
    forward,
    read_numbers,
    to_numbers,
    write_numbers,
)
from core.forward_pass.presets import PRESETS
from core.forward_pass.shown_code import sources
from core.runs.store import RunStore
from core.tasks.digits import data as digits
from core.tasks.digits.in_numpy import activations, softmax, weights_of
from core.tasks.digits.networks import mlp
from core.train_val_test.presets import PRESETS as DIGITS
from tests.helpers import open_page


def numbers(length: int) -> st.SearchStrategy[tuple[float, ...]]:
    tenths = st.integers(-30, 30).map(lambda tenth: tenth / 10)
    return st.tuples(*[tenths] * length)


networks = st.builds(
    Network,
    step=st.sampled_from(STEPS),
    activation=st.sampled_from(ACTIVATIONS),
    between=st.sampled_from(ACTIVATIONS[:-1]),
    **{name: numbers(length) for name, length in LENGTHS.items()},
)


def with_torch(network: Network) -> dict[str, torch.Tensor]:
    """Return a and y as torch computes them, its examples in rows."""
    functions: dict[str, Any] = {
        "identity": torch.nn.Identity(), "relu": torch.nn.ReLU(), "tanh": torch.nn.Tanh(),
        "sigmoid": torch.nn.Sigmoid(), "softmax": torch.nn.Softmax(dim=1),
    }  # fmt: skip
    layer = torch.nn.Linear(4, network.neurons, dtype=torch.float64)
    second = torch.nn.Linear(3, 2, bias=False, dtype=torch.float64)
    with torch.no_grad():
        layer.weight.copy_(torch.tensor(network.weights))
        layer.bias.copy_(torch.tensor(network.biases[:, 0]))
        second.weight.copy_(torch.tensor(network.final_weights))
        a = functions[network.function](layer(torch.tensor(network.inputs.T)))
        return {"a": a.T, "y": second(a).T} if network.step in {"second", "collapse"} else {"a": a.T}


@given(networks)
def test_the_picture_is_what_torch_computes(network: Network) -> None:
    """Every step, activation and number gives torch's own outputs."""
    found = forward(network)
    for name, expected in with_torch(network).items():
        assert_allclose(found[name], expected.numpy(), atol=1e-12)


@given(networks)
def test_two_linear_layers_are_one_and_an_activation_keeps_them_apart(network: Network) -> None:
    """W₂W₁x + W₂b equals y when nothing stands between the layers; with ReLU it does only if no sum is negative."""
    linear = forward(replace(network, step="collapse", between="identity"))
    assert_allclose(linear["u"], linear["y"], atol=1e-12)
    bent = forward(replace(network, step="collapse", between="relu"))
    if (bent["z"] >= 0).all():
        assert_allclose(bent["u"], bent["y"], atol=1e-12)


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_the_code_tab_gives_the_pictures_numbers(step: str, activation: str) -> None:
    """Loops, NumPy and torch, executed as shown, end with the a, y and u of the picture."""
    between = activation if activation != "softmax" else "identity"
    network = Network(step=step, activation=activation, between=between)
    found = forward(network)
    for name, source in sources(network).items():
        scope: dict[str, Any] = {}
        with contextlib.redirect_stdout(io.StringIO()):
            exec(source, scope)
        for variable in ("a", "y", "u"):
            if variable in found:
                assert_allclose(np.array(scope[variable]), found[variable], atol=1e-5, err_msg=f"{name} {variable}")


def test_presets_show_what_they_say() -> None:
    """Twins answer alike, dead neurons give zero, saturated ones 0 or 1."""
    twins = forward(PRESETS["twins"])["a"]
    assert_allclose(twins, twins[0, 0])
    assert not forward(PRESETS["dead"])["a"].any()
    saturated = forward(PRESETS["saturated"])["a"]
    assert ((saturated < 0.01) | (saturated > 0.99)).all()


def test_missions_can_be_reached_and_are_not_reached_at_the_start() -> None:
    """Both missions are open at first, and have an answer within the limits of the picture."""
    assert not cancelled_out(Network())
    assert not sure_of_the_third(Network(step="activation", activation="softmax"))
    x, w = Network().x, Network().w
    assert cancelled_out(Network(x=x, w=(0.5, 0.1, 0.1, -1.2, *w[4:])))
    third = Network(step="activation", activation="softmax", x=(3, 3, 3, 3, *x[4:]),
                    w=(-1.5,) * 4 + (-1.5,) * 4 + (1.5,) * 4, b=(0, 0, 0))  # fmt: skip
    assert sure_of_the_third(third)
    assert not sure_of_the_third(replace(third, w=(-3.0,) * 8 + (3.0,) * 4))


@given(st.text(max_size=40) | st.lists(st.floats(), min_size=3, max_size=3).map(lambda v: ",".join(map(str, v))))
def test_no_list_in_the_address_leaves_the_limits(text: str) -> None:
    """Whatever stands in the address, a list is refused, or is three numbers between -3 and 3, read back unchanged."""
    read = read_numbers("b", text)
    if read is not None:
        values = to_numbers(read)
        assert len(values) == 3
        assert all(abs(value) <= LIMIT for value in values)
        assert write_numbers(values) == read


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
    """Three curves over the number of multiplications, told apart by more than colour."""
    timed = [{"rows": 3, "columns": 4, "seconds": dict.fromkeys(three_ways.WAYS, 1e-6), "difference": 0.0}]
    drawn = figure(timed)
    assert [trace["x"] for trace in drawn["data"]] == [[12]] * 3
    assert len({trace["marker"]["symbol"] for trace in drawn["data"]}) == 3
    assert drawn["layout"]["xaxis"]["type"] == drawn["layout"]["yaxis"]["type"] == "log"


def test_the_real_networks_layers_are_torchs() -> None:
    """Every layer shown of the recorded network equals torch's on the same digit, and the probabilities add up."""
    run = RunStore().find(DIGITS["course_mlp"])
    assert run is not None
    weights = weights_of(run.measured[-1])
    model = mlp(0.0, torch.Generator())
    model.load_state_dict({name: torch.tensor(array) for name, array in weights.items()})
    image = digits.load("test")[0][0]
    found = activations(weights, image)
    x = torch.tensor(digits.to_inputs(image))[None]
    seen = [x.reshape(1, -1)]
    with torch.no_grad():
        for layer in model.eval():
            x = layer(x)
            if isinstance(layer, torch.nn.ReLU):
                seen.append(x)
    for ours, theirs in zip(found, [*seen, x], strict=True):
        assert_allclose(ours, theirs[0].numpy(), atol=1e-4)
    assert [len(layer) for layer in found] == [784, 200, 100, 75, 10]
    assert softmax(found[-1]).sum() == pytest.approx(1, abs=1e-5)


def test_packed_weights_keep_the_picture() -> None:
    """A neuron's weights as bytes differ from the real ones by less than one part in 127 of the largest."""
    weights = np.random.default_rng(0).standard_normal((5, 784)).astype(np.float32)
    packed, scales = pack(weights)
    assert_allclose(packed / 127 * scales[:, None], weights, atol=float(scales.max()) / 127)


def test_an_address_opens_its_numbers_and_a_foreign_one_the_first() -> None:
    """The link is the experiment: a list in the address is taken whole, and nothing of a list that is not one."""
    app = open_page("forward_pass", fp_step="bias", fp_b="1,2,-3", fp_w="1,2")
    assert not app.exception
    assert app.session_state["fp_b"] == "1,2,-3"
    assert app.session_state["fp_step"] == "bias"
    assert app.session_state["fp_w"] == write_numbers(Network().w)
