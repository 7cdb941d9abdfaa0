"""The picture's numbers are torch's; presets and missions do what they say."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose

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


@settings(deadline=None)  # a busy machine is no fault
@given(networks)
def test_the_picture_is_what_torch_computes(network: Network) -> None:
    """Every step, activation and number gives torch's own outputs."""
    found = forward(network)
    for name, expected in with_torch(network).items():
        assert_allclose(found[name], expected.numpy(), atol=1e-12)


@settings(deadline=None)  # a busy machine is no fault
@given(networks)
def test_two_linear_layers_are_one_and_an_activation_keeps_them_apart(network: Network) -> None:
    """W₂W₁x + W₂b is y when nothing stands between the layers; ReLU parts them by what it cut away: W₂·max(−z, 0)."""
    linear = forward(replace(network, step="collapse", between="identity"))
    assert_allclose(linear["u"], linear["y"], atol=1e-12)
    bent = forward(replace(network, step="collapse", between="relu"))
    cut_away = torch.relu(torch.tensor(-bent["z"])).numpy()
    assert_allclose(bent["y"] - bent["u"], network.final_weights @ cut_away, atol=1e-12)


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
    for step in ("activation", "batch", "second"):
        assert sure_of_the_third(replace(third, step=step))
    assert not sure_of_the_third(replace(third, step="bias"))
    assert not sure_of_the_third(replace(third, w=(-3.0,) * 8 + (3.0,) * 4))


@settings(deadline=None)  # a busy machine is no fault
@given(st.text(max_size=40) | st.lists(st.floats(), min_size=3, max_size=3).map(lambda v: ",".join(map(str, v))))
def test_no_list_in_the_address_leaves_the_limits(text: str) -> None:
    """Whatever stands in the address, a list is refused, or is three numbers between -3 and 3, read back unchanged."""
    read = read_numbers("b", text)
    if read is not None:
        values = to_numbers(read)
        assert len(values) == 3
        assert all(abs(value) <= LIMIT for value in values)
        assert write_numbers(values) == read
