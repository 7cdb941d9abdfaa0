"""What the notebook keeps of the forward pass: the outputs of the network on show."""

from __future__ import annotations

from components import controls
from components.forward_pass.picture import control_names
from components.language import _
from components.notebook.keep import keep
from core.forward_pass.network import Network, forward
from core.notebook.experiment import Figure


def keep_outputs(stem: str, network: Network) -> None:
    """Keep what each output gives for the chosen example."""
    found = forward(network)
    outputs = found.get("y", found["a"])[:, min(network.example, network.inputs.shape[1] - 1)]
    figures = {
        f"output_{at + 1}": Figure(_("Output {number}", number=controls.address(at + 1)), float(value))
        for at, value in enumerate(outputs)
    }
    keep(stem, control_names(), figures)
