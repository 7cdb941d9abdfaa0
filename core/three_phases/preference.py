"""Learning from preferences, formula by formula: log-probabilities, Bradley–Terry, DPO, leave-one-out, KL.

Bradley and Terry 1952; Rafailov et al., "Direct Preference Optimization", 2023, equation 7; Kool et al., "Buy 4
REINFORCE Samples, Get a Baseline for Free!", 2019; Ahmadian et al., "Back to Basics", 2024.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
import torch.nn.functional as F
from numpy.typing import NDArray
from torch import Tensor

from core.tasks.mini_gpt2.task import IGNORED

Floats = NDArray[np.float64]
PULL = 1.0
"""How strongly the reward model's weights are pulled to zero: half of it times their squares is added to the loss."""
STEPS = 30


def log_probabilities(logits: Tensor, targets: Tensor) -> Tensor:
    """Return the log-probability of each text's tokens that count (texts,), from logits (texts, tokens, vocabulary)."""
    lost = F.cross_entropy(logits.float().flatten(0, 1), targets.flatten(), ignore_index=IGNORED, reduction="none")
    return -lost.view(targets.shape).sum(1)


def dpo_loss(chosen: Tensor, rejected: Tensor, beta: float) -> Tensor:
    """Return −log σ(β (chosen − rejected)), the mean over pairs.

    Args:
        chosen: log π − log π_ref of the preferred answers, (pairs,).
        rejected: the same of the others.
        beta: how tight the leash is. Where the model is the reference, the loss is ln 2 whatever β is.
    """
    return -F.logsigmoid(beta * (chosen - rejected)).mean()


def leave_one_out(rewards: Tensor) -> Tensor:
    """Return by how much each answer's reward exceeds the mean of the other answers to it: (instructions, answers)."""
    answers = rewards.shape[1]
    others = (rewards.sum(1, keepdim=True) - rewards) / (answers - 1)
    return rewards - others


def exact_kl(logits: Tensor, reference: Tensor) -> Tensor:
    """Return KL(model ‖ reference) of the next token at each place, from both models' logits (…, vocabulary): ≥ 0."""
    ours, theirs = logits.float().log_softmax(-1), reference.float().log_softmax(-1)
    return (ours.exp() * (ours - theirs)).sum(-1)


@dataclass(frozen=True)
class Reward:
    """A reward model: a weighted sum of what the fine-tuned model makes of an answer.

    Attributes:
        weights: (features,).
        zero: the reward of an answer is counted from here.
    """

    weights: Floats
    zero: float = 0.0

    def of(self, features: Floats) -> Floats:
        """Return the reward of answers (answers,), from their features (answers, features)."""
        found: Floats = features @ self.weights - self.zero
        return found


def fit(preferred: Floats, other: Floats, pull: float = PULL) -> Floats:
    """Return the weights under which votes are likeliest, pulled to zero: P(a over b) = σ(w · (a − b)).

    Newton's method on a convex loss: the same votes give the same weights.

    Args:
        preferred: features of the answers that were preferred, (votes, features).
        other: of those that were not.
        pull: times half the squares of the weights is added to the loss.
    """
    differences = preferred - other
    weights = np.zeros(differences.shape[1])
    for _step in range(STEPS):
        chances = 1 / (1 + np.exp(-np.clip(differences @ weights, -50, 50)))
        gradient = pull * weights - differences.T @ (1 - chances)
        curvature = (differences.T * (chances * (1 - chances))) @ differences + pull * np.eye(len(weights))
        step = np.linalg.solve(curvature, gradient)
        weights = weights - step
        if np.abs(step).max() < 1e-10:
            break
    return weights


def agreement(reward: Floats, other: Floats) -> float:
    """Return the share of pairs in which the preferred answer has more reward; a tie counts half."""
    return float(np.mean((reward > other) + (reward == other) / 2)) if len(reward) else float("nan")


def read_features(found: Tensor, counted: Tensor) -> Floats:
    """Return an answer's features: the mean of what the last layer makes of its tokens, and of the last one.

    Args:
        found: (answers, tokens, width).
        counted: which tokens are of the answer, (answers, tokens).
    """
    share = counted.float() / counted.sum(1, keepdim=True).clamp_min(1)
    mean = (found * share[..., None]).sum(1)
    places = torch.arange(counted.shape[1], device=counted.device)
    last = found[torch.arange(len(found)), (places * counted).argmax(1)]
    return torch.cat([mean, last], 1).double().cpu().numpy()
