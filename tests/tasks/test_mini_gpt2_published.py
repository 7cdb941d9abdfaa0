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


FORGETS = "it forgets the colour of the object in about one story of four: it needs a longer training"


def test_the_published_model_writes_stories_and_does_not_copy() -> None:
    """Of its stories, 95% are accepted by the grammar but for a forgotten colour; at most 5% were learned from."""
    judged = published.record()["judged"]
    assert judged["accepted_but_for_colour"] >= 0.95 * judged["written"]
    assert judged["accepted"] >= 0.7 * judged["written"]
    assert judged["copied"] <= 0.05 * judged["written"]
    assert judged["different"] >= 0.95 * judged["written"]


@pytest.fixture(scope="module")
def written() -> list[str]:
    """Write a hundred stories now, with another seed than the record's, from the model's own distribution."""
    model, tokens = published.load_checkpoint(attention="sdpa"), published.tokenizer()
    return write(model, tokens, 100, torch.Generator().manual_seed(2026))


@pytest.mark.xfail(strict=True, reason=FORGETS)
def test_of_a_hundred_stories_95_are_the_grammars_own(written: list[str]) -> None:
    """The strict bar: every word, every agreement, every colour, name and place."""
    assert sum(map(stories.recognise, written)) >= 95


def test_of_a_hundred_stories_95_hold_together_but_for_a_colour(written: list[str]) -> None:
    """The stated, looser check: the same with every colour replaced by the first one named."""
    assert sum(stories.recognise(stories.with_one_colour(story)) for story in written) >= 95


def test_the_recorded_loss_is_the_models() -> None:
    """The loss of the finished model on fresh stories is near the recorded one, and the quantised ages near theirs."""
    examples = encode(stories.corpus(60, 31), published.tokenizer(), 192)
    kept = published.record()["checkpoints"]
    for item in (kept[0], kept[-3], kept[-1]):
        loss = nats_per_token(published.load_checkpoint(item["update"], attention="sdpa"), examples)
        assert loss == pytest.approx(item["validation_loss"], rel=0.08)


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
