"""Probabilities of labels after a prompt: the whole prompt, read once for each label, is the oracle."""

from __future__ import annotations

import pickle

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from core.language_models import branches, catalogue
from core.language_models.catalogue import LanguageModel
from core.language_models.labels import PromptTooLong, Scores, calibrate, ids, label_tokens, p_content_free, score
from core.language_models.prompts import CONTENT_FREE, Prompt
from tests.language_models.one_by_one import log_probability

EXAMPLES = (("wolf", "animal"), ("bread", "food"), ("fire engine", "vehicle"), ("chair", "furniture"))
FIVE = ("animal", "food", "vehicle", "furniture", "clothing")
WORDS = ("otter", "3 naïve 🦊s!")


@pytest.fixture(scope="module")
def smollm2() -> LanguageModel:
    return catalogue.load("smollm2")


def naive(loaded: LanguageModel, prompt: Prompt, labels: tuple[str, ...], words: tuple[str, ...], end: str) -> Scores:
    """The whole prompt, tokenised as one text and read from its first token on, for each word and label."""
    logs = [[log_probability(loaded, prompt.text(word), f" {label}{end}") for label in labels] for word in words]
    free = [[log_probability(loaded, prompt.text(none), f" {label}{end}") for label in labels] for none in CONTENT_FREE]
    return Scores(np.array(logs), np.array(free), prompt, 0, 0, ())


@pytest.mark.parametrize(
    ("prompt", "labels", "end"),
    [
        (Prompt(), FIVE, ""),
        (Prompt(EXAMPLES), ("yes", "no"), ""),
        (Prompt(EXAMPLES[:1], "Put each word into a category."), ("supercalifragilistic", "a b c d", "food"), ""),
        (Prompt((), "Classe chaque mot.", ("Mot", "Catégorie")), ("car", "car park", "carp"), "\n"),
    ],
)
def test_labels_get_what_whole_prompts_read_one_by_one_get(
    smollm2: LanguageModel, prompt: Prompt, labels: tuple[str, ...], end: str
) -> None:
    """The shared prompt read once, all words in one tree: within 1e-4 of the log-probability of each whole text."""
    found, oracle = score(smollm2, prompt, labels, WORDS), naive(smollm2, prompt, labels, WORDS, end)
    assert found.content_free is not None
    assert oracle.content_free is not None
    np.testing.assert_allclose(found.logs, oracle.logs, atol=1e-4, rtol=0)
    np.testing.assert_allclose(found.content_free, oracle.content_free, atol=1e-4, rtol=0)
    longest = max(len(ids(smollm2, prompt.text(word))) for word in (*WORDS, *CONTENT_FREE))
    assert found.tokens == longest


def test_many_words_in_several_trees_are_those_of_one(mini: LanguageModel, monkeypatch: pytest.MonkeyPatch) -> None:
    """However many tokens go through the model together, and in GPT-2's shape too, the probabilities are the same."""
    words = tuple(f"mot {chr(97 + place)}" for place in range(12))
    prompt = Prompt((("loup", "animal"), ("pain", "repas")))
    whole = score(mini, prompt, ("animal", "repas"), words)
    np.testing.assert_allclose(whole.logs, naive(mini, prompt, ("animal", "repas"), words, "").logs, atol=1e-4, rtol=0)
    monkeypatch.setattr(branches, "AT_ONCE", 7)
    parts = score(mini, prompt, ("animal", "repas"), words)
    np.testing.assert_allclose(parts.logs, whole.logs, atol=1e-4, rtol=0)


def test_labels_end_with_the_line_only_where_one_begins_another(smollm2: LanguageModel) -> None:
    """The label "car" is the beginning of "car park": both end with the line end, and so does the third label."""
    end = smollm2.tokenizer.token_to_id("Ċ")
    assert all(tokens[-1] != end for tokens in label_tokens(smollm2, FIVE))
    assert all(tokens[-1] == end for tokens in label_tokens(smollm2, ("car", "food", "car park")))
    summed = np.exp(score(smollm2, Prompt(), ("car", "car park"), ("otter",)).logs).sum()
    assert 0 < summed < 1


@given(
    st.lists(st.tuples(*[st.text(max_size=20).map(lambda text: " ".join(text.split()))] * 2).filter(all), max_size=3),
    st.text(max_size=20).map(lambda text: " ".join(text.split())).filter(bool),
)
@settings(max_examples=150, deadline=None)
def test_tokens_of_the_pieces_are_the_tokens_of_the_text(
    smollm2: LanguageModel, examples: list[tuple[str, str]], word: str
) -> None:
    """Whatever is written, a prompt cut into its pieces has the tokens of the prompt as one text."""
    prompt = Prompt(tuple(examples), "Sort these.")
    pieces = [*prompt.pieces(word), f" {word}", "\n"]
    assert [token for piece in pieces for token in ids(smollm2, piece)] == ids(smollm2, "".join(pieces))


def test_the_oldest_examples_fall_out_and_it_is_told(mini: LanguageModel) -> None:
    """A prompt longer than the context answers as the prompt of the newest examples that fit; the count is told."""
    many = tuple((f"mot{place}", "animal" if place % 2 else "repas") for place in range(40))
    found = score(mini, Prompt(many), ("animal", "repas"), ("loup",))
    assert 0 < found.fell_out < 40
    assert found.prompt.examples == many[found.fell_out :]
    again = score(mini, Prompt(many[found.fell_out :]), ("animal", "repas"), ("loup",))
    assert again.fell_out == 0
    assert again.tokens == found.tokens <= mini.context
    np.testing.assert_allclose(found.logs, again.logs, atol=1e-6)
    one_more = Prompt(many[found.fell_out - 1 :])
    longest = max(len(ids(mini, one_more.text(word))) for word in ("loup", *CONTENT_FREE))
    assert longest + max(map(len, found.label_tokens)) - 1 > mini.context


def test_a_prompt_that_no_example_can_shorten_is_refused(mini: LanguageModel) -> None:
    """An instruction longer than the context: an error that says how many tokens, and that travels from a worker."""
    with pytest.raises(PromptTooLong) as caught:
        score(mini, Prompt((), "x" * 500), ("animal", "repas"), ("loup",))
    assert caught.value.tokens > caught.value.context
    assert pickle.loads(pickle.dumps(caught.value)).args == caught.value.args


def test_calibration_is_the_authors_formula() -> None:
    """Zhao et al. 2021 as their code computes it, with a matrix: p_cf from the raw means, argmax and shares equal."""
    rng = np.random.default_rng(3)
    logs, free = np.log(rng.random((50, 4)) / 100), np.log(rng.random((3, 4)) / 100)
    p_cf = np.mean(np.exp(free), axis=0)
    p_cf = p_cf / np.sum(p_cf)
    weights, bias = np.linalg.inv(np.identity(4) * p_cf), np.zeros((4, 1))
    found = Scores(logs, free, Prompt(), 0, 0, ())
    assert found.p_cf is not None
    assert found.calibrated is not None
    np.testing.assert_allclose(found.p_cf, p_cf)
    for row, calibrated in zip(np.exp(logs), found.calibrated, strict=True):
        theirs = np.matmul(weights, np.expand_dims(row / np.sum(row), axis=-1)) + bias
        np.testing.assert_allclose(calibrated, theirs[:, 0] / theirs.sum())
    assert np.isclose(found.calibrated.sum(1), 1).all()


def test_calibrated_content_free_inputs_prefer_nothing() -> None:
    """What calibration is made for: where the word says as little as N/A, all labels become equally probable."""
    p_cf = np.array([0.7, 0.2, 0.1])
    np.testing.assert_allclose(calibrate(p_cf[None], p_cf), 1 / 3)


def test_labels_too_improbable_for_a_number_still_have_shares() -> None:
    """Products of a hundred tokens are zero as numbers; their shares are finite and right."""
    logs = np.array([[-2000.0, -2001.0], [-900.0, -900.0]])
    found = Scores(logs, logs, Prompt(), 0, 0, ())
    np.testing.assert_allclose(found.raw[0], [1 / (1 + np.exp(-1)), 1 / (1 + np.exp(1))])
    assert np.isfinite(p_content_free(logs)).all()
    assert found.calibrated is not None
    assert np.isfinite(found.calibrated).all()


def test_reading_stops_when_it_is_told_to(mini: LanguageModel) -> None:
    """`check` is asked before each step of the model: what it raises comes through."""

    def stop() -> None:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        score(mini, Prompt(), ("animal", "repas"), ("loup",), check=stop)


def test_the_model_is_what_it_was(mini: LanguageModel) -> None:
    """Asked twice with another prompt in between, the answers are the same: a prompt leaves nothing behind."""
    first = score(mini, Prompt((("loup", "animal"),)), ("animal", "repas"), ("renard",)).logs
    score(mini, Prompt((("pain", "repas"),)), ("animal", "repas"), ("renard",))
    again = score(mini, Prompt((("loup", "animal"),)), ("animal", "repas"), ("renard",)).logs
    assert torch.equal(torch.from_numpy(first), torch.from_numpy(again))
