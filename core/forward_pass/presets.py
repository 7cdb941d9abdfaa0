"""The presets of the forward pass page."""

from __future__ import annotations

from core.forward_pass.network import Network

PRESETS: dict[str, Network] = {
    "course": Network(step="neurons"),
    "twins": Network(step="bias", w=(0.5, -1.0, 0.8, 1.2) * 3, b=(0.5, 0.5, 0.5)),
    "dead": Network(step="activation", activation="relu", b=(-3.0, -3.0, -3.0)),
    "saturated": Network(
        step="activation", activation="sigmoid", x=(3.0, -3.0, 3.0, 3.0, -0.5, 1.0, 2.0, 1.5, 2.0, -1.0, 0.0, 1.0),
        w=(3.0, -2.0, 2.5, 2.0, -3.0, 2.5, -2.0, -1.5, 2.0, -3.0, 1.5, 2.5)),
}  # fmt: skip
"""The slide of the course, then three networks that waste their neurons, each in its own way."""
