"""When the missions of the forward pass page are reached."""

from __future__ import annotations

import numpy as np

from core.forward_pass.network import Network, forward


def cancelled_out(network: Network) -> bool:
    """Whether the first neuron's sum is zero although none of its four products is."""
    products = network.weights[0] * network.inputs[:, 0]
    return bool(abs(forward(network)["z"][0, 0]) < 0.005 and np.all(products != 0))


def sure_of_the_third(network: Network) -> bool:
    """Whether softmax gives the third output at least 90 % with no weight or bias beyond 1.5, in whatever step."""
    modest = max(abs(value) for value in network.w + network.b) <= 1.5
    return network.function == "softmax" and modest and bool(forward(network)["a"][2].max() >= 0.9)
