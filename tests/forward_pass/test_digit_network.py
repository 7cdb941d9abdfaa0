"""The real network on its way to the browser."""

from __future__ import annotations

import numpy as np
from numpy.testing import assert_allclose

from components.forward_pass.digit_network import pack


def test_packed_weights_keep_the_picture() -> None:
    """A neuron's weights as bytes differ from the real ones by less than one part in 127 of the largest."""
    weights = np.random.default_rng(0).standard_normal((5, 784)).astype(np.float32)
    packed, scales = pack(weights)
    assert_allclose(packed / 127 * scales[:, None], weights, atol=float(scales.max()) / 127)
