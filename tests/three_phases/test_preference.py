"""Learning from preferences: each formula against somebody else's, and what must hold of it."""

from __future__ import annotations

import copy
import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from sklearn.linear_model import LogisticRegression
from torch.distributions import Categorical, kl_divergence

from core.tasks.instructed.task import fresh
from core.tasks.mini_gpt2.task import IGNORED
from core.three_phases import preference
from core.three_phases.preference import dpo_loss, exact_kl, fit, leave_one_out, log_probabilities


@pytest.mark.parametrize("beta", [0.0, 0.1, 5.0])
def test_dpo_begins_at_ln_2(beta: float) -> None:
    """Where the model is its reference nothing is preferred yet: σ(0) = ½, and the loss is ln 2 whatever β is."""
    nothing = torch.zeros(7)
    assert dpo_loss(nothing, nothing, beta).item() == pytest.approx(math.log(2), abs=1e-7)


def test_with_beta_zero_dpo_has_no_gradient() -> None:
    """No leash, no lesson: the loss stays at ln 2 whatever the model does, and nothing moves it."""
    chosen = torch.randn(5, generator=torch.Generator().manual_seed(1), requires_grad=True)
    loss = dpo_loss(chosen, -chosen, 0.0)
    (gradient,) = torch.autograd.grad(loss, chosen)
    assert loss.item() == pytest.approx(math.log(2))
    assert not gradient.any()


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")  # trl and datasets warn of much
def test_our_dpo_loss_is_trls_on_its_own_batch(tmp_path: Path) -> None:
    """`DPOTrainer.compute_loss` on the batch that it collates, and ours on the same tokens: equal, and ln 2 first."""
    trainer, batch = trl_trainer(tmp_path)
    model = trainer.model
    for moved in (False, True):
        if moved:
            with torch.no_grad():
                for weight in model.parameters():
                    weight.add_(0.02 * torch.randn(weight.shape, generator=torch.Generator().manual_seed(3)))
        theirs = trainer.compute_loss(model, dict(batch)).item()
        ours = our_dpo_loss(model, trainer.ref_model, batch, trainer.beta)
        assert ours == pytest.approx(theirs, rel=1e-4)
        assert (theirs == pytest.approx(math.log(2), abs=1e-5)) != moved


def our_dpo_loss(model: Any, reference: Any, batch: dict[str, Any], beta: float) -> float:
    inputs, counted = batch["input_ids"], batch["completion_mask"]
    targets = inputs.masked_fill(counted == 0, IGNORED)[:, 1:]
    seen = batch["attention_mask"]
    with torch.no_grad():
        ours, theirs = (
            log_probabilities(one(input_ids=inputs, attention_mask=seen).logits[:, :-1], targets)
            for one in (model, reference)
        )
    chosen, rejected = (ours - theirs).chunk(2)
    return dpo_loss(chosen, rejected, beta).item()


def trl_trainer(folder: Path) -> tuple[Any, dict[str, Any]]:
    """Return TRL's trainer on the mini GPT-2, and the first batch that it makes of two preferences."""
    from datasets import Dataset
    from transformers import PreTrainedTokenizerFast
    from trl import DPOConfig, DPOTrainer

    from core.tasks.mini_gpt2 import published

    words = PreTrainedTokenizerFast(
        tokenizer_object=published.tokenizer(), eos_token="<|endoftext|>", pad_token="<|endoftext|>"
    )
    rows = {
        "prompt": ["Raconte l'histoire d'un ours.\n", "Raconte l'histoire d'une fée.\n"],
        "chosen": ["Il était une fois un petit ours.", "Alice était une jeune fée."],
        "rejected": ["Félix était un brave ours qui s'appelait Félix.", "Une fée."],
    }
    config = DPOConfig(output_dir=str(folder), per_device_train_batch_size=2, beta=0.1, report_to=[], use_cpu=True,
                       bf16=False, gradient_checkpointing=False, max_length=None, seed=1)  # fmt: skip
    trainer = DPOTrainer(model=fresh(), ref_model=fresh(), args=config, train_dataset=Dataset.from_dict(rows),
                         processing_class=words)  # fmt: skip
    trainer.model.eval()
    return trainer, next(iter(trainer.get_train_dataloader()))


def test_the_exact_kl_is_torchs_and_never_negative_while_the_sampled_one_can_be() -> None:
    """Against torch.distributions on random logits; over many draws the log-ratio is negative for some, and agrees."""
    generator = torch.Generator().manual_seed(2)
    ours, theirs = torch.randn(2, 50, 11, generator=generator)
    exact = exact_kl(ours, theirs)
    expected = kl_divergence(Categorical(logits=ours), Categorical(logits=theirs))
    torch.testing.assert_close(exact, expected, atol=1e-6, rtol=1e-5)
    assert (exact >= 0).all()
    drawn = torch.multinomial(ours.softmax(-1), 4_000, replacement=True, generator=generator)
    ratios = (ours.log_softmax(-1) - theirs.log_softmax(-1)).gather(1, drawn)
    assert (ratios < 0).any()
    error = ratios.std(1) / math.sqrt(4_000)
    assert ((ratios.mean(1) - exact).abs() < 5 * error).all()


def test_the_baseline_of_an_answer_is_the_mean_of_the_others() -> None:
    """Written out with loops; the advantages of one instruction add up to nothing."""
    rewards = torch.randn(3, 5, generator=torch.Generator().manual_seed(4))
    found = leave_one_out(rewards)
    for row in range(3):
        for one in range(5):
            others = [rewards[row, other].item() for other in range(5) if other != one]
            assert found[row, one].item() == pytest.approx(rewards[row, one].item() - sum(others) / 4, abs=1e-6)
    torch.testing.assert_close(found.sum(1), torch.zeros(3), atol=1e-5, rtol=0)


def test_the_policy_gradient_is_that_of_the_expected_reward() -> None:
    """A softmax over four actions: the mean of many REINFORCE gradients is the exact one, within five errors."""
    logits = torch.tensor([0.3, -0.2, 0.8, 0.0], requires_grad=True)
    worth = torch.tensor([1.0, -1.0, 0.5, 2.0])
    (exact,) = torch.autograd.grad(logits.softmax(0) @ worth, logits)
    generator, found = torch.Generator().manual_seed(5), []
    for _draw in range(3_000):
        taken = torch.multinomial(logits.detach().softmax(0), 4, replacement=True, generator=generator)
        advantages = leave_one_out(worth[taken][None])[0]
        loss = -(advantages * logits.log_softmax(0)[taken]).mean()
        found.append(-torch.autograd.grad(loss, logits)[0])
    gradients = torch.stack(found)
    error = gradients.std(0) / math.sqrt(len(gradients))
    assert ((gradients.mean(0) - exact).abs() < 5 * error).all()


def test_the_reward_model_is_sklearns_logistic_regression_on_differences() -> None:
    """The same weights as scikit-learn's without an intercept; if all votes agree they are finite; without, zero."""
    generator = np.random.default_rng(1)
    preferred, other = generator.normal(0.3, 1, (60, 7)), generator.normal(0, 1, (60, 7))
    both = np.concatenate([preferred - other, other - preferred])
    answers = np.repeat([1, 0], 60)
    theirs = LogisticRegression(C=0.5, fit_intercept=False, tol=1e-10, max_iter=1_000).fit(both, answers).coef_[0]
    np.testing.assert_allclose(fit(preferred, other, 1.0), theirs, rtol=1e-4, atol=1e-6)
    assert np.isfinite(fit(np.ones((5, 3)), np.zeros((5, 3)))).all()
    contradicting = fit(np.concatenate([preferred, other]), np.concatenate([other, preferred]))
    np.testing.assert_allclose(contradicting, 0, atol=1e-9)
    assert not fit(np.zeros((0, 3)), np.zeros((0, 3))).any()


def test_log_probabilities_count_what_counts() -> None:
    """Token by token, by hand."""
    logits = torch.randn(2, 3, 5, generator=torch.Generator().manual_seed(6))
    targets = torch.tensor([[IGNORED, 2, 4], [1, IGNORED, IGNORED]])
    chances = logits.softmax(-1)
    expected = [math.log(chances[0, 1, 2] * chances[0, 2, 4]), math.log(chances[1, 0, 1])]
    assert log_probabilities(logits, targets).tolist() == pytest.approx(expected, abs=1e-5)
    assert copy.copy(preference.agreement(np.array([1.0, 0.0]), np.array([0.0, 0.0]))) == 0.75
