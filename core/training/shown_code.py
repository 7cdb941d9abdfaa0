"""Pieces of shown code that the pages share which train with our loop."""

from __future__ import annotations

from core.notebooks import Translate


def dropout(_: Translate) -> str:
    """Return dropout as it is here: its draws come from the run's own generator."""
    own = _("as nn.Dropout, with draws of our own generator")
    return f"""
class Dropout(nn.Module):  # {own}
    def __init__(self, rate):
        super().__init__()
        self.rate = rate

    def forward(self, x):
        if not self.training:
            return x
        return x * (torch.rand(x.shape, generator=generator) >= self.rate) / (1 - self.rate)
"""
