"""The code beside the picture of the forward pass, generated from its numbers: loops, NumPy, torch.

A test executes the three versions and compares them with the picture.
"""

from __future__ import annotations

import numpy as np

from core.forward_pass.network import Array, Network

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


def sources(network: Network) -> dict[str, str]:
    """Return the three versions by name; each ends with `a`, and with `y` if there is a second layer."""
    return {"Python": loops_source(network), "NumPy": numpy_source(network), "PyTorch": torch_source(network)}


def loops_source(network: Network) -> str:
    """Return the sums written as loops: nothing is hidden."""
    function = _LOOPS[network.function]
    lines = [
        "# %% The numbers of the picture",
        "import math\n" if "math." in function else "",
        *_numbers(network, "{}"),
        "\n# %% One sum per neuron and example",
        _product("a", "W", "X", "b" if network.has_bias else ""),
        function and f"\n# %% The activation\n{function}",
        "print(a)",
    ]
    if network.step in {"second", "collapse"}:
        lines += ["\n# %% The second layer: the same loops again", _product("y", "W2", "a", ""), "print(y)"]
    if network.step == "collapse":
        lines += ["\n# %% One layer instead of two", _product("M", "W2", "W", ""), _product("c", "W2", "b", ""),
                  _product("u", "M", "X", "c"), "print(u)"]  # fmt: skip
    return "\n".join(line for line in lines if line)


def numpy_source(network: Network) -> str:
    """Return the same with the matrix product `@`."""
    inside = "W @ X + b" if network.has_bias else "W @ X"
    softmax = ["\ndef softmax(z):\n    powers = np.exp(z - z.max(axis=0))\n    return powers / powers.sum(axis=0)\n"]
    lines = [
        "# %% The numbers of the picture",
        "import numpy as np\n",
        *_numbers(network, "np.array({})"),
        *(softmax if network.function == "softmax" else []),
        "\n# %% All the sums at once: each row of W meets each column of X",
        f"a = {_NUMPY[network.function].format(inside)}",
        "print(a)",
    ]
    if network.step in {"second", "collapse"}:
        lines += ["\n# %% The second layer", "y = W2 @ a", "print(y)"]
    if network.step == "collapse":
        lines += ["\n# %% One layer instead of two", "M, c = W2 @ W, W2 @ b", "u = M @ X + c", "print(u)"]
    return "\n".join(lines)


def torch_source(network: Network) -> str:
    """Return the same with `torch.nn.Linear`, whose examples are rows: x @ W.T instead of W @ x."""
    rows, bias = network.neurons, network.has_bias
    lines = [
        "# %% The numbers of the picture",
        "import torch\nfrom torch import nn\n",
        *_numbers(network, "torch.tensor({})"),
        "\n# %% A layer of torch; its examples are rows, so X is turned: X.T @ W.T",
        f"layer = nn.Linear(4, {rows}{'' if bias else ', bias=False'})",
        "with torch.no_grad():\n    layer.weight.copy_(W)",
        "    layer.bias.copy_(b[:, 0])" if bias else "",
        "    a = " + _TORCH[network.function].format("layer(X.T)") + ".T  # turned back: one column per example",
        "print(a)",
    ]
    if network.step in {"second", "collapse"}:
        lines += ["\n# %% The second layer", "second = nn.Linear(3, 2, bias=False)",
                  "with torch.no_grad():\n    second.weight.copy_(W2)\n    y = second(a.T).T", "print(y)"]  # fmt: skip
    if network.step == "collapse":
        lines += ["\n# %% One layer instead of two", "M, c = W2 @ W, W2 @ b", "u = M @ X + c", "print(u)"]
    return "\n".join(line for line in lines if line)


def _numbers(network: Network, wrapped: str) -> list[str]:
    """Return the assignments of X, W, b and W2 that the step needs."""
    named = {"X": network.inputs, "W": network.weights}
    if network.has_bias:
        named["b"] = network.biases
    if network.step in {"second", "collapse"}:
        named["W2"] = network.final_weights
    return [f"{name} = {wrapped.format(_matrix(array))}  # {array.shape[0]} × {array.shape[1]}"
            for name, array in named.items()]  # fmt: skip


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
