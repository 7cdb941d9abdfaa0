"""What the glossary says of fine-tuning and alignment, computed."""

from __future__ import annotations

import torch
from torch.distributions import Bernoulli, kl_divergence

from core.tasks.instructed.lora import LoRA
from core.tasks.instructed.settings import InstructedSettings
from core.tasks.instructed.task import fresh
from core.three_phases.preference import dpo_loss
from tests.glossary.told import told


def test_lora() -> None:
    """What the page's LoRA adds and trains, and how many weights the model has, in millions."""
    added, millions = told("lora")
    usual = InstructedSettings()
    model = LoRA(fresh(), usual.rank, usual.alpha, torch.Generator())
    assert added.rounds(sum(weight.numel() for weight in model.parameters() if weight.requires_grad))
    assert millions.rounds(sum(weight.numel() for weight in fresh().parameters()) / 1e6)


def test_reward_model() -> None:
    """Bradley and Terry: a gap between two rewards, and how probable the preference is, in percent."""
    gap, percent = told("reward-model")
    assert percent.rounds(100 * torch.sigmoid(torch.tensor(float(gap))).item())


def test_dpo() -> None:
    """The loss where the model is its own reference."""
    two, loss = told("dpo")
    assert float(two) == 2.0
    assert loss.rounds(dpo_loss(torch.zeros(3), torch.zeros(3), 0.1).item())


def test_kl() -> None:
    """A fair coin and one that is said to fall on heads so often, by torch."""
    percent, nats = told("kl")
    assert nats.rounds(kl_divergence(Bernoulli(0.5), Bernoulli(percent / 100)).item())
