"""What the glossary says of transfer learning, computed."""

from __future__ import annotations

import torch

from core.runs.store import RunStore
from core.tasks.signs import base, networks
from core.tasks.signs.settings import usual
from core.transfer_learning.missions import accuracy
from tests.glossary.told import told


def test_transfer_learning() -> None:
    """The head of a frozen base has so many weights, the base so many millions."""
    head, millions = told("transfer-learning")
    network = networks.on_features(0.2, torch.Generator().manual_seed(1))
    assert head.rounds(sum(weight.numel() for weight in network.parameters()))
    assert millions.rounds(sum(weight.numel() for weight in base.imagenet().parameters()) / 1e6)


def test_fine_tuning() -> None:
    """The shipped runs with 20 photos of each sign: two layers tuned make half the frozen base's mistakes."""
    (photos,) = told("fine-tuning")
    store = RunStore()
    frozen, tuned = (store.find(usual(way, int(photos))) for way in ("imagenet", "tuned"))
    assert frozen is not None
    assert tuned is not None
    assert tuned.settings.blocks == 2  # type: ignore[attr-defined]
    assert 1 - accuracy(tuned) <= 0.5 * (1 - accuracy(frozen))
