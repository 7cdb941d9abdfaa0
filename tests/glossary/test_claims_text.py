"""What the glossary says of language models, computed by the shipped mini GPT-2, transformers and torch."""

from __future__ import annotations

import re

import numpy as np
import pytest
import torch
import torch.nn.functional as F
from transformers import GPT2Config, GPT2LMHeadModel, MinPLogitsWarper, TopKLogitsWarper, TopPLogitsWarper

from core.language_models import catalogue, decoding, sampling, writings
from core.language_models.sampling import Sampling
from core.stories import language as stories
from core.tasks.mini_gpt2 import published
from core.tasks.mini_gpt2.settings import MiniGPT2Settings
from core.tasks.mini_gpt2.task import IGNORED, MiniGPT2
from core.text_generation import inside
from core.tokens import bpe
from core.tokens.texts import PARAGRAPH
from core.tokens.tokenizers import encode
from tests.glossary.told import told

PROMPT = "Il était une fois"


def smallest() -> GPT2LMHeadModel:
    """Return GPT-2 as transformers builds it, without memory for its weights."""
    with torch.device("meta"):
        return GPT2LMHeadModel(GPT2Config())


def test_token(mini: catalogue.LanguageModel) -> None:
    """Both vocabularies; and how the mini GPT-2 cuts "maison" after another word."""
    large, small = map(int, told("token"))
    assert GPT2Config().vocab_size == large
    assert len(mini.vocabulary) == small
    assert [mini.vocabulary[token] for token in mini.encode("une maison")[-2:]] == [b" mais", b"on"]
    assert len(mini.encode("une maison")) == 1 + len(mini.encode("une")) + 1


def test_tokenizer() -> None:
    """The tokens of the course's paragraph by the two tokenizers."""
    large, small = map(int, told("tokenizer"))
    assert (len(encode("gpt2", PARAGRAPH).ids), len(encode("mini", PARAGRAPH).ids)) == (large, small)


def test_bpe() -> None:
    """The first merge of the classic example."""
    merges = bpe.learn("aaabdaaabac", 1)
    assert bpe.vocabulary(merges)[-1] == b"aa"


def test_vocabulary() -> None:
    """GPT-2's own configuration, and the numbers that come out of the model for one token."""
    tokens, logits = told("vocabulary")
    assert GPT2Config().vocab_size == tokens
    assert smallest()(torch.zeros((1, 1), dtype=torch.long, device="meta")).logits.shape == (1, 1, logits)


def test_language_model(mini: catalogue.LanguageModel) -> None:
    """A probability for each token, of sum 1; drawn, added, and again: the text that the course writes."""
    text, given = mini.prompt(PROMPT), len(mini.prompt(PROMPT))
    for number in decoding.uniforms(3)[:12]:
        with torch.inference_mode():
            scores = mini.model(input_ids=torch.tensor([text])).logits[0, -1].double()
        chances = F.softmax(scores, dim=0).numpy()
        assert len(chances) == len(mini.vocabulary)
        assert chances.sum() == pytest.approx(1)
        text.append(sampling.choose(chances, number))
    request = writings.Request("mini", PROMPT, (), Sampling(), 3, 12)
    assert text[given:] == [step["token"] for step in writings.write_all(request)["steps"]]


def test_gpt_2() -> None:
    """GPT-2's own configuration, built empty: its parameters, in millions."""
    (millions,) = told("gpt-2")
    assert millions.rounds(smallest().num_parameters() / 1e6)


def test_mini_gpt_2(mini: catalogue.LanguageModel) -> None:
    """The parts of both by their names, their sizes, and what the training reads: stories of the French grammar."""

    def parts(model: torch.nn.Module) -> set[str]:
        return {re.sub(r"\.h\.\d+", "", name) for name, _weight in model.named_parameters()}

    assert parts(mini.model) == parts(smallest())
    assert smallest().num_parameters() > 100 * mini.model.num_parameters()
    record = published.record()
    trainings = [*record["before"], record["settings"]]
    assert {training["task"] for training in trainings} == {MiniGPT2Settings.task}
    task = MiniGPT2(MiniGPT2Settings(stories=40))
    read = [mini.tokenizer.decode([token for token in row if token != IGNORED], skip_special_tokens=True)
            for row in task.examples().targets.tolist()]  # fmt: skip
    assert len(read) == 40
    assert all(stories.recognise(story) for story in read)


def test_attention(mini: catalogue.LanguageModel) -> None:
    """Weights of that sum, none for what comes later; what a token receives is the others' vectors, so weighted."""
    (total,) = told("attention")
    ids = mini.prompt(f"{PROMPT} un petit chat.")
    maps = inside.attention("mini", ids)
    np.testing.assert_allclose(maps.sum(axis=-1), total, rtol=1e-5)
    assert not np.triu(maps, 1).any()
    block, gave = mini.model.transformer.h[0], []
    hook = block.attn.register_forward_hook(lambda _module, _given, out: gave.append(out[0]))
    with torch.inference_mode():
        hidden = mini.model(input_ids=torch.tensor([ids]), output_hidden_states=True).hidden_states[0]
        vectors = block.attn.c_attn(block.ln_1(hidden)).chunk(3, dim=-1)[2][0]  # queries, keys, values
        heads = vectors.view(len(ids), maps.shape[1], -1).transpose(0, 1)
        mixed = (torch.from_numpy(maps[0]) @ heads).transpose(0, 1).reshape(len(ids), -1)
        torch.testing.assert_close(block.attn.c_proj(mixed), gave[0][0], atol=1e-4, rtol=1e-4)
    hook.remove()


def test_block(mini: catalogue.LanguageModel) -> None:
    """Blocks of both; another first vector changes what attention gives the last token, and not what the MLP does."""
    large, small = map(int, told("block"))
    assert len(smallest().transformer.h) == large
    assert len(mini.model.transformer.h) == small
    block = mini.model.transformer.h[0]
    tokens = torch.randn(1, 6, mini.model.config.n_embd, generator=torch.Generator().manual_seed(1))
    other = tokens.clone()
    other[0, 0] += 1
    with torch.inference_mode():
        attended, transformed = ([part(x) for x in (tokens, other)] for part in (block.attn, block.mlp))
    assert not torch.allclose(attended[0][0][0, -1], attended[1][0][0, -1])
    torch.testing.assert_close(transformed[0][0, 1:], transformed[1][0, 1:])


def test_temperature() -> None:
    """Logits of two tokens with these probabilities, divided, through torch's softmax and through the course's."""
    *before, cold_first, cold_second, cold, warm_first, warm_second, warm = told("temperature")
    assert sum(before) == pytest.approx(100)  # no other token
    logits = torch.tensor(before, dtype=torch.float64).log()
    for heat, said in ((cold, (cold_first, cold_second)), (warm, (warm_first, warm_second))):
        for chances in (F.softmax(logits / heat, dim=0).numpy(), sampling.softmax(sampling.heat(logits.numpy(), heat))):
            assert all(share.rounds(100 * chance) for share, chance in zip(said, chances, strict=True))


def left(logits: np.ndarray, ours: np.ndarray, theirs: object) -> list[int]:
    """Return the tokens that a cut leaves, the most probable first; the course's and transformers' agree."""
    kept = theirs(torch.zeros((1, 1), dtype=torch.long), torch.from_numpy(logits)[None])[0].numpy()  # type: ignore[operator]
    assert np.array_equal(np.isfinite(kept), np.isfinite(ours))
    order = np.argsort(-logits)
    return [int(token) for token in order if np.isfinite(ours[token])]


def test_top_k() -> None:
    """Of a thousand tokens, the course and transformers leave the first, or those up to the fiftieth."""
    logits = np.random.default_rng(1).normal(size=1_000)
    one, fifty = map(int, told("top-k"))
    assert (one, fifty) == (1, 50)  # the second is written as a word too
    for k in (one, fifty):
        kept = left(logits, sampling.keep_top_k(logits, k), TopKLogitsWarper(k))
        assert kept == np.argsort(-logits)[:k].tolist()


def test_top_p() -> None:
    """Of three tokens with these probabilities, the first two are left, and what they sum to."""
    *chances, p, together = told("top-p")
    logits = np.log(chances)
    assert left(logits, sampling.keep_top_p(logits, p), TopPLogitsWarper(p)) == [0, 1]
    assert sum(chances) == pytest.approx(1)
    assert chances[0] < p <= together
    assert together.rounds(chances[0] + chances[1])


def test_min_p() -> None:
    """With a best token of that probability, the course and transformers leave those above the limit alone."""
    p, best, limit = told("min-p")
    chances = np.array([best, 0.2, limit + 0.01, limit - 0.01, 0.1, 0.03, 0.07])
    assert chances.sum() == pytest.approx(1)
    logits = np.log(chances)
    kept = left(logits, sampling.keep_min_p(logits, p), MinPLogitsWarper(p))
    assert sorted(kept) == np.flatnonzero(chances > limit).tolist() == [0, 1, 2, 4, 6]


def test_sampling() -> None:
    """100,000 draws of the course: the shares of two tokens with these probabilities."""
    often, seldom = (percent / 100 for percent in told("sampling"))
    chances = np.array([often, seldom, 1 - often - seldom])
    drawn = np.array([sampling.choose(chances, number) for number in np.random.default_rng(1).random(100_000)])
    assert (drawn == 0).mean() == pytest.approx(7 / 10, abs=0.005)
    assert (drawn == 1).mean() == pytest.approx(1 / 100, abs=0.001)
