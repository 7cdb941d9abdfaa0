"""Our decoding loop: transformers is the oracle; one seed is one text however it is written."""

from __future__ import annotations

import json

import numpy as np
import pytest
import torch
from scipy.stats import chisquare
from transformers import GPT2Config, GPT2LMHeadModel

from core.language_models import catalogue, decoding, sampling, writings
from core.language_models.sampling import Sampling
from core.language_models.writings import Request, write_all

PROMPTS = ["Il était une fois", "", "Léa 🦊 \u202e", "<b>gras</b> $x^2$ **fort**", "\x00\x07\x1b"]


def tokens_of(answer: writings.Answer) -> list[int]:
    return [step["token"] for step in answer["steps"]]


@pytest.mark.parametrize("prompt", PROMPTS)
def test_greedy_text_is_transformers_own(mini: catalogue.LanguageModel, prompt: str) -> None:
    """At T = 0 our loop and `generate` write the same tokens."""
    answer = write_all(Request("mini", prompt, how=Sampling(temperature=0), tokens=40))
    given = torch.tensor([mini.prompt(prompt)])
    theirs = mini.model.generate(given, attention_mask=torch.ones_like(given), max_new_tokens=40, do_sample=False,
                                 pad_token_id=mini.end)  # fmt: skip
    assert tokens_of(answer) == theirs[0, given.shape[1] :].tolist()


def test_cached_logits_are_those_of_reading_all_at_once(mini: catalogue.LanguageModel) -> None:
    """With the cache, token by token, the logits equal one pass over the whole text."""
    ids = mini.prompt("Il était une fois une petite tortue qui s'appelait Alice.")
    with torch.inference_mode():
        whole = mini.model(input_ids=torch.tensor([ids])).logits[0]
    reader = decoding.Reader(mini.model, mini.context)
    for length in range(1, len(ids) + 1):
        torch.testing.assert_close(reader.logits(ids[:length]), whole[length - 1], atol=1e-4, rtol=1e-4)


def test_one_seed_is_one_text_at_once_or_step_by_step() -> None:
    """Forty tokens at once equal forty single steps; another seed gives another text."""
    how = Sampling(temperature=1.2, top_k=50, top_p=0.95)
    at_once = tokens_of(write_all(Request("mini", "Il était", how=how, seed=7, tokens=40)))
    step_by_step: list[int] = []
    for _ in range(40):
        step_by_step += tokens_of(write_all(Request("mini", "Il était", tuple(step_by_step), how, 7, 1)))
    assert step_by_step == at_once
    assert tokens_of(write_all(Request("mini", "Il était", how=how, seed=8, tokens=40))) != at_once


def test_somebody_elses_seed_changes_nothing() -> None:
    """The global generator of torch, which others share, is neither read nor moved."""
    torch.manual_seed(1)
    first = tokens_of(write_all(Request("mini", "Il", tokens=20)))
    state = torch.get_rng_state()
    torch.manual_seed(99)
    assert tokens_of(write_all(Request("mini", "Il", tokens=20))) == first
    torch.manual_seed(1)
    assert torch.equal(torch.get_rng_state(), state)


def test_first_tokens_follow_the_models_distribution(mini: catalogue.LanguageModel) -> None:
    """Over 3,000 seeds the first token is as frequent as its probability says (chi-square, 0.001)."""
    logits = decoding.Reader(mini.model, mini.context).logits(mini.prompt("Il était une fois")).numpy()
    probabilities = sampling.softmax(sampling.process(logits, Sampling(top_k=6)))
    drawn = [decoding.decide(logits, Sampling(top_k=6), [], decoding.uniforms(seed)[0])[0]
             for seed in range(3_000)]  # fmt: skip
    kept = np.flatnonzero(probabilities)
    assert set(drawn) <= set(kept.tolist())
    common = [token for token in kept if probabilities[token] * 3_000 >= 5]
    counts = [drawn.count(int(token)) for token in common]
    expected = probabilities[common] * sum(counts) / probabilities[common].sum()
    assert len(common) > 1
    assert chisquare(counts, expected).pvalue > 0.001


@pytest.mark.parametrize(("length", "start"), [(1, 0), (192, 0), (193, 48), (240, 48), (241, 96), (1_000, 816)])
def test_the_window_slides_by_a_quarter(length: int, start: int) -> None:
    """Beyond 192 tokens the model sees at most 192 and at least 144 of them."""
    assert decoding.window_start(length, 192) == start
    assert length <= 192 or 144 <= length - start <= 192


def test_a_text_longer_than_the_context_goes_on() -> None:
    """Shape of a small GPT-2 with 16 places: 60 tokens are written, and what is no longer seen is told."""
    model = GPT2LMHeadModel(GPT2Config(vocab_size=50, n_positions=16, n_embd=8, n_layer=1, n_head=2,
                                       bos_token_id=0, eos_token_id=0)).eval()  # fmt: skip
    numbers = decoding.uniforms(1)
    steps = list(decoding.write(model, [1], Sampling(), numbers, tokens=60, context=16))
    assert len(steps) == 60
    assert steps[15].window == 0
    assert steps[-1].window == decoding.window_start(60, 16)


def test_a_huge_prompt_is_read_from_its_end() -> None:
    """A megabyte of text costs no more than its part that is read, and the window says so."""
    picture = writings.look("mini", "Il était une fois. " * 55_000, ())
    assert picture["window"] > 0
    assert len(picture["ids"]) - picture["window"] <= picture["context"]


def test_logits_travel_as_they_are() -> None:
    """What the browser gets decodes to the model's logits minus the largest, JSON-safe."""
    logits = np.array([1.5, -np.inf, 3.25])
    picture = decoding.pack(logits)
    import base64

    decoded = np.frombuffer(base64.b64decode(json.loads(json.dumps(picture))), "<f4")
    assert decoded.tolist() == [-1.75, pytest.approx(-1e30), 0.0]
