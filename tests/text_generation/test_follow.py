"""One token followed through the blocks, against transformers' own hidden states, attentions and logits."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from core.language_models import catalogue, writings
from core.text_generation.follow import SAID, follow


@pytest.fixture(scope="module")
def ids(mini: catalogue.LanguageModel) -> list[int]:
    return mini.prompt("Il était une fois une petite souris qui s'appelait Léa. Elle")


def test_the_stages_are_transformers_own(mini: catalogue.LanguageModel, ids: list[int]) -> None:
    """Lengths, moves and cosines come from the hidden states; the last one, which is given normalised, is undone."""
    way = follow("mini", ids, len(ids) - 1)
    with torch.inference_mode():
        answer = mini.model(input_ids=torch.tensor([ids]), output_hidden_states=True, output_attentions=True)
    hidden = [layer[0, -1] for layer in answer.hidden_states]
    assert len(way["stages"]) == len(hidden) == 4
    for at in (1, 2):
        stage = way["stages"][at]
        assert stage["norm"] == pytest.approx(float(hidden[at].norm()), abs=1e-3)
        assert stage["moved"] == pytest.approx(float((hidden[at] - hidden[at - 1]).norm()), abs=1e-3)
        cosine = torch.nn.functional.cosine_similarity(hidden[at], hidden[at - 1], dim=0)
        assert stage["cosine"] == pytest.approx(float(cosine), abs=1e-3)
    seen: list[torch.Tensor] = []
    hook = mini.model.transformer.ln_f.register_forward_hook(lambda _module, given, _gave: seen.append(given[0]))
    with torch.inference_mode():
        mini.model(input_ids=torch.tensor([ids]))
    hook.remove()
    assert way["stages"][3]["norm"] == pytest.approx(float(seen[0][0, -1].norm()), abs=1e-2)


def test_heads_look_as_transformers_says(mini: catalogue.LanguageModel, ids: list[int]) -> None:
    """Each head's row is that of the followed token, and sums to one; the embedding has none."""
    way = follow("mini", ids, 9)
    with torch.inference_mode():
        attentions = mini.model(input_ids=torch.tensor([ids]), output_attentions=True).attentions
    assert way["stages"][0]["heads"] == []
    for layer, stage in enumerate(way["stages"][1:]):
        np.testing.assert_allclose(stage["heads"], attentions[layer][0, :, 9, :10].numpy(), atol=1e-3)
        np.testing.assert_allclose(np.sum(stage["heads"], axis=1), 1, atol=0.01)


def test_the_last_lens_is_what_the_model_says(mini: catalogue.LanguageModel, ids: list[int]) -> None:
    """At the last stage the words and probabilities are the model's own, the likeliest first."""
    last = follow("mini", ids, len(ids) - 1)["stages"][-1]
    with torch.inference_mode():
        chances = torch.softmax(mini.model(input_ids=torch.tensor([ids])).logits[0, -1], -1)
    values, tokens = chances.topk(SAID)
    assert last["said"] == [writings.word(mini.vocabulary[token]) for token in tokens.tolist()]
    assert last["chances"] == pytest.approx(values.tolist(), abs=1e-4)


def test_what_comes_later_is_not_read(ids: list[int]) -> None:
    """A token followed in the middle has the same way whatever stands behind it; all words are told."""
    whole, short = follow("mini", ids, 6), follow("mini", ids[:7], 6)
    assert whole["stages"] == short["stages"]
    assert len(whole["tokens"]) == len(ids)


@pytest.mark.slow
def test_a_llama_is_followed_too() -> None:
    """SmolLM2: thirty blocks; the last lens is its own answer, and the undone normalisation gives it back."""
    from core.text_generation.follow import residual, through_lens

    loaded = catalogue.load("smollm2")
    ids = loaded.prompt("What is the capital of France?")
    assert len(follow("smollm2", ids, len(ids) - 1)["stages"]) == 31
    with torch.inference_mode():
        answer = loaded.model(input_ids=torch.tensor([ids]), output_hidden_states=True)
        last = residual(answer.hidden_states, loaded.model)[-1]
        torch.testing.assert_close(through_lens(loaded.model, last), answer.logits[0, -1], atol=0.02, rtol=1e-3)
