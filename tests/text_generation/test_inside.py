"""Inside the model: attention, surprise and parameters, against transformers' own."""

from __future__ import annotations

import math

import numpy as np
import pytest
import torch

from core.language_models import catalogue
from core.text_generation import inside as inside_model


def test_attention_is_transformers_own(mini: catalogue.LanguageModel) -> None:
    """The maps are what the model computed; each row sums to 1 and never looks ahead."""
    ids = mini.prompt("Il était une fois")
    maps = inside_model.attention("mini", ids)
    with torch.inference_mode():
        theirs = mini.model(input_ids=torch.tensor([ids]), output_attentions=True).attentions
    np.testing.assert_allclose(maps, torch.stack(theirs)[:, 0].numpy())
    np.testing.assert_allclose(maps.sum(-1), 1, atol=1e-5)
    assert not np.triu(maps, 1).any()


def test_surprise_sums_to_minus_the_log_probability(mini: catalogue.LanguageModel) -> None:
    """The surprises of a text add up to transformers' own loss times the number of tokens."""
    text = "Il était une fois un ours."
    found = [value for item in inside_model.surprises("mini", text) for value in item["surprises"]]
    ids = torch.tensor([[mini.end, *mini.encode(text)]])
    with torch.inference_mode():
        loss = mini.model(input_ids=ids, labels=ids).loss.item()
    assert math.fsum(found) == pytest.approx(loss * (ids.shape[1] - 1), rel=1e-4)
    assert inside_model.surprises("mini", "") == []


def test_changing_a_word_changes_nothing_before_it() -> None:
    """A causal model: the surprises before the changed word are the same."""
    first = inside_model.surprises("mini", "Il était une fois un ours bleu.")
    second = inside_model.surprises("mini", "Il était une fois un ours gris.")
    same = [
        a["surprises"] == pytest.approx(b["surprises"], abs=1e-4) for a, b in zip(first[:6], second[:6], strict=True)
    ]
    assert all(same)
    assert first != second


def test_parameters_are_counted_once_each_and_sum_to_the_total(mini: catalogue.LanguageModel) -> None:
    """The parts add up to the model's own count, at least a million."""
    parts = inside_model.parameters("mini")
    assert sum(parts.values()) == mini.model.num_parameters() == catalogue.MODELS["mini"].parameters
    assert sum(parts.values()) >= 1_000_000
    assert "other" not in parts
