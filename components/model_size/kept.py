"""What the notebook keeps of the page on sizes: what the model on show is made of, and what it weighs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from components.language import _
from components.model_size.state import OWN, model
from components.notebook.keep import keep
from core.model_size.costs import weight_bytes
from core.notebook.experiment import Figure


def keep_size(stem: str, here: Mapping[str, Any]) -> None:
    """Keep a model's parameters, what its weights weigh, and that with a full cache; nothing of an unpublished one."""
    chosen, _repairs = model(here)
    if chosen.blocks is None:
        return
    figures = {
        "parameters": Figure(_("Parameters"), chosen.blocks.parameters),
        "weights": Figure(_("Weights"), weight_bytes(chosen.blocks, here["precision"]) / 1e9, _("GB")),
        "memory": Figure(_("With a full cache"), chosen.memory(here["precision"]) / 1e9, _("GB")),
    }
    keep(stem, [f"ms_{name}" for name in OWN], figures)
