"""What a data sheet promises: a roofline without any measurement. Never mixed with what was measured."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Sheet:
    """A card's data sheet.

    Attributes:
        name: of the card.
        bandwidth: bytes a second of its memory.
        rates: operations a second by our precisions; a card without one has no entry.
        kinds: what the sheet itself calls that precision.
        source: of these numbers.
    """

    name: str
    bandwidth: float
    rates: Mapping[str, float]
    kinds: Mapping[str, str]
    source: str


T4 = Sheet(
    name="T4",
    bandwidth=320e9,
    rates={"fp32": 8.1e12, "bf16": 65e12},
    kinds={"fp32": "FP32", "bf16": "FP16"},
    source="NVIDIA T4 datasheet, 2019",
)
"""The card that Colab has lent to the course. It has neither TF32 nor bfloat16: at 16 bits its sheet says FP16."""
