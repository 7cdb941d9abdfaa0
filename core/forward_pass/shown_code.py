"""The code beside the picture of the forward pass, from its numbers: loops, NumPy, torch, Keras.

A test executes all versions and compares them with the picture.
"""

from __future__ import annotations

import numpy as np

from core.forward_pass.network import Array, Network
from core.notebooks import Translate, cell

_NUMPY = {
    "identity": "{}",
    "relu": "np.maximum({}, 0)",
    "tanh": "np.tanh({})",
    "sigmoid": "1 / (1 + np.exp(-({})))",
    "softmax": "softmax({})",
}
_TORCH = {
    "identity": "{}",
    "relu": "torch.relu({})",
    "tanh": "torch.tanh({})",
    "sigmoid": "torch.sigmoid({})",
    "softmax": "torch.softmax({}, dim=-1)",
}
_LOOPS = {
    "identity": "",
    "relu": "a = [[max(z, 0) for z in row] for row in a]",
    "tanh": "a = [[math.tanh(z) for z in row] for row in a]",
    "sigmoid": "a = [[1 / (1 + math.exp(-z)) for z in row] for row in a]",
    "softmax": """for k in range(len(X[0])):
    powers = [math.exp(row[k]) for row in a]
    for j in range(len(a)):
        a[j][k] = powers[j] / sum(powers)""",
}


def sources(network: Network, _: Translate) -> dict[str, str]:
    """Return the versions by name; each ends with `a`, and with `y` if there is a second layer."""
    return {
        "Python": loops_source(network, _),
        "NumPy": numpy_source(network, _),
        "PyTorch": torch_source(network, _),
        "Keras": keras_source(network, _),
    }


def loops_source(network: Network, _: Translate) -> str:
    """Return the sums written as loops: nothing is hidden."""
    function = _LOOPS[network.function]
    made = [
        cell(_("The numbers of the picture"), _numbers(network, "{}", "import math" if "math." in function else "")),
        cell(_("One sum per neuron and example"), _product("a", "W", "X", "b" if network.has_bias else "")),
    ]
    made += [cell(_("The activation"), function)] if function else []
    made[-1] += "print(a)\n"
    if network.step in {"second", "collapse"}:
        made += [cell(_("The second layer: the same loops again"), _product("y", "W2", "a", "") + "\nprint(y)")]
    if network.step == "collapse":
        products = [_product("M", "W2", "W", ""), _product("c", "W2", "b", ""), _product("u", "M", "X", "c")]
        made += [cell(_("One layer instead of two"), "\n".join([*products, "print(u)"]))]
    return "\n".join(made)


def numpy_source(network: Network, _: Translate) -> str:
    """Return the same with the matrix product `@`."""
    inside = "W @ X + b" if network.has_bias else "W @ X"
    numbers = _numbers(network, "np.array({})", "import numpy as np")
    if network.function == "softmax":
        numbers += """

def softmax(z):
    powers = np.exp(z - z.max(axis=0))
    return powers / powers.sum(axis=0)"""
    made = [
        cell(_("The numbers of the picture"), numbers),
        cell(
            _("All the sums at once: each row of W meets each column of X"),
            f"a = {_NUMPY[network.function].format(inside)}\nprint(a)",
        ),
    ]
    if network.step in {"second", "collapse"}:
        made += [cell(_("The second layer"), "y = W2 @ a\nprint(y)")]
    return "\n".join(made + _collapsed(network, _))


def torch_source(network: Network, _: Translate) -> str:
    """Return the same with `torch.nn.Linear`, whose examples are rows: x @ W.T instead of W @ x."""
    bias, turned = network.has_bias, _("turned back: one column per example")
    layer = f"""
layer = nn.Linear(4, {network.neurons}{"" if bias else ", bias=False"})
with torch.no_grad():
    layer.weight.copy_(W)
{"    layer.bias.copy_(b[:, 0])" if bias else ""}
    a = {_TORCH[network.function].format("layer(X.T)")}.T  # {turned}
print(a)""".replace("\n\n", "\n")
    second = """
second = nn.Linear(3, 2, bias=False)
with torch.no_grad():
    second.weight.copy_(W2)
    y = second(a.T).T
print(y)"""
    made = [
        cell(
            _("The numbers of the picture"),
            _numbers(network, "torch.tensor({})", "import torch\nfrom torch import nn"),
        ),
        cell(_("A layer of torch; its examples are rows, so X is turned: X.T @ W.T"), layer),
    ]
    if network.step in {"second", "collapse"}:
        made += [cell(_("The second layer"), second)]
    return "\n".join(made + _collapsed(network, _))


def keras_source(network: Network, _: Translate) -> str:
    """Return the same with `keras.layers.Dense`, whose examples are rows and whose kernel is W transposed."""
    bias = network.has_bias
    name = "linear" if network.function == "identity" else network.function
    layer = f"""
layer = keras.layers.Dense({network.neurons}, activation="{name}"{"" if bias else ", use_bias=False"})
layer.build((None, 4))
layer.set_weights([W.T{", b[:, 0]" if bias else ""}])
a = keras.ops.convert_to_numpy(layer(X.T)).T  # {_("turned back: one column per example")}
print(a)"""
    second = """
second = keras.layers.Dense(2, use_bias=False)
second.build((None, 3))
second.set_weights([W2.T])
y = keras.ops.convert_to_numpy(second(a.T)).T
print(y)"""
    imports = 'import os\n\nos.environ["KERAS_BACKEND"] = "torch"\nimport keras\nimport numpy as np'
    made = [
        cell(_("The numbers of the picture"), _numbers(network, "np.array({})", imports)),
        cell(_("A layer of Keras; its examples are rows, so X is turned, and its kernel is W turned too"), layer),
    ]
    if network.step in {"second", "collapse"}:
        made += [cell(_("The second layer"), second)]
    return "\n".join(made + _collapsed(network, _))


def _collapsed(network: Network, _: Translate) -> list[str]:
    """Return the cell that makes one layer of two, if the step is about that."""
    if network.step != "collapse":
        return []
    return [cell(_("One layer instead of two"), "M, c = W2 @ W, W2 @ b\nu = M @ X + c\nprint(u)")]


def _numbers(network: Network, wrapped: str, imports: str) -> str:
    """Return the imports, and the assignments of X, W, b and W2 that the step needs."""
    named = {"X": network.inputs, "W": network.weights}
    if network.has_bias:
        named["b"] = network.biases
    if network.step in {"second", "collapse"}:
        named["W2"] = network.final_weights
    lines = [
        f"{name} = {wrapped.format(_matrix(array))}  # {array.shape[0]} × {array.shape[1]}"
        for name, array in named.items()
    ]
    return "\n".join([imports, "", *lines] if imports else lines)


def _matrix(array: Array) -> str:
    rows = [[float(value) for value in row] for row in np.round(array, 1) + 0.0]
    return "[" + ", ".join(str(row) for row in rows) + "]"


def _product(result: str, left: str, right: str, bias: str) -> str:
    start = f"{bias}[j][0]" if bias else "0.0"
    return f"""{result} = []
for j in range(len({left})):
    row = []
    for k in range(len({right}[0])):
        total = {start}
        for i in range(len({right})):
            total += {left}[j][i] * {right}[i][k]
        row.append(total)
    {result}.append(row)"""
