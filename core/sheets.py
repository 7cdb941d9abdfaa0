"""What data sheets of cards promise: a roofline without any measurement. Never mixed with what was measured."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Sheet:
    """A card's data sheet. Rates are dense ones: sheets print twice as much "with sparsity", where half are zeros.

    Attributes:
        name: of the card.
        bandwidth: bytes a second of its memory.
        memory: bytes that it holds.
        rates: operations a second by our precisions; a card without one has no entry.
        kinds: what the sheet itself calls that precision.
        source: of these numbers, with its year.
    """

    name: str
    bandwidth: float
    memory: float
    rates: Mapping[str, float]
    kinds: Mapping[str, str]
    source: str


T4 = Sheet(
    name="T4",
    bandwidth=320e9,
    memory=16e9,
    rates={"fp32": 8.1e12, "bf16": 65e12},
    kinds={"fp32": "FP32", "bf16": "FP16"},
    source="NVIDIA T4 datasheet, 2019",
)
"""The card that Colab has lent to the course. It has neither TF32 nor bfloat16: at 16 bits its sheet says FP16."""
_KINDS = {"fp32": "FP32", "tf32": "TF32", "bf16": "BF16"}
A100 = Sheet(
    name="A100 SXM 80 GB",
    bandwidth=2_039e9,
    memory=80e9,
    rates={"fp32": 19.5e12, "tf32": 156e12, "bf16": 312e12},
    kinds=_KINDS,
    source="NVIDIA A100 datasheet, 2021",
)
H100 = Sheet(
    name="H100 SXM",
    bandwidth=3.35e12,
    memory=80e9,
    rates={"fp32": 66.9e12, "tf32": 494.7e12, "bf16": 989.4e12},
    kinds=_KINDS,
    source="NVIDIA H100 Tensor Core GPU Architecture, 2023",
)
SHEETS = {"t4": T4, "a100": A100, "h100": H100}
