"""The mini GPT-2 that is shipped keeps its promises."""

from __future__ import annotations

import math

import pytest
import torch
from transformers import AutoModelForCausalLM, PreTrainedTokenizerFast

from core.stories import language as stories
from core.tasks.mini_gpt2 import published
from core.tasks.mini_gpt2.many_stories import write
from core.tasks.mini_gpt2.task import encode, nats_per_token


def test_the_published_model_is_within_five_percent_of_the_entropy() -> None:
    """The record's last validation loss is at most 1.05 × the entropy of the very stories it was measured on."""
    record = published.record()
    last = record["curve"][-1]["validation_loss"]
    floor = record["floor"]["nats_per_token_on_validation"]
    assert floor * 0.995 < last <= floor * 1.05


def test_the_published_model_writes_stories_and_does_not_copy() -> None:
    """Of its thousand stories, 95% are accepted by the grammar, and at most 5% are among those it learned from."""
    judged = published.record()["judged"]
    assert judged["written"] >= 1_000
    assert judged["accepted"] >= 0.95 * judged["written"]
    assert judged["copied"] <= 0.05 * judged["written"]
    assert judged["different"] >= 0.95 * judged["written"]


def test_of_a_hundred_stories_95_are_the_grammars_own() -> None:
    """The strict bar: every word, agreement, colour, name and place; written now, not with the record's seed."""
    model, tokens = published.load_checkpoint(attention="sdpa"), published.tokenizer()
    written = write(model, tokens, 100, torch.Generator().manual_seed(2026))
    assert sum(map(stories.recognise, written)) >= 95


def test_the_recorded_loss_is_the_models() -> None:
    """The loss of the finished model on fresh stories is near the recorded one, and the quantised ages near theirs."""
    examples = encode(stories.corpus(60, 31), published.tokenizer(), 192)
    kept = published.record()["checkpoints"]
    for item in (kept[0], kept[-3], kept[-1]):
        loss = nats_per_token(published.load_checkpoint(item["update"], attention="sdpa"), examples)
        assert loss == pytest.approx(item["validation_loss"], rel=0.08)


def test_half_a_byte_a_number_costs_little() -> None:
    """On stories neither knows, the youngest ages as stored have the loss that was measured before, within 3 %."""
    examples = encode(stories.corpus(40, 32), published.tokenizer(), 192)
    young = [item for item in published.record()["checkpoints"] if item["stored_as"].startswith("int4")]
    assert [item["update"] for item in young] == [0, 10, 30, 100, 125, 150, 175, 200, 250, 300]
    for item in young[2::3]:
        loss = nats_per_token(published.load_checkpoint(item["update"], attention="sdpa"), examples)
        assert loss == pytest.approx(item["validation_loss"], rel=0.03)


def test_the_training_was_repeated_closely() -> None:
    """The ages that were published before: trained again, their losses differ by less than 0.006 nats per token."""
    found = published.record()["young"]["loss_minus_published"]
    assert set(found) == {"0", "10", "30", "100", "300"}
    assert max(map(abs, found.values())) < 0.006


def test_the_files_are_small_and_the_ages_go_from_zero_to_the_end() -> None:
    """All checkpoints together weigh at most 12 MB; the losses fall from guessing to the end."""
    files = list(published.FOLDER.iterdir())
    assert sum(file.stat().st_size for file in files) <= 12_000_000
    kept = published.record()["checkpoints"]
    assert kept[0]["update"] == 0
    assert kept[0]["validation_loss"] == pytest.approx(math.log(1024), rel=0.02)
    losses = [item["validation_loss"] for item in kept]
    assert losses == sorted(losses, reverse=True)
    assert len(kept) >= 6


def test_transformers_reads_the_folder_as_a_model_of_the_hub() -> None:
    """`from_pretrained` finds configuration, weights and tokenizer; its logits are ours."""
    theirs = AutoModelForCausalLM.from_pretrained(published.FOLDER, dtype=torch.float32).eval()
    tokenizer = PreTrainedTokenizerFast.from_pretrained(published.FOLDER)
    ids = torch.tensor([tokenizer.encode("Il était une fois", add_special_tokens=False)])
    with torch.inference_mode():
        torch.testing.assert_close(theirs(ids).logits, published.load_checkpoint()(ids).logits, atol=1e-4, rtol=1e-4)
