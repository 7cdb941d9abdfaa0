"""SmolLM2's vectors of words: each word read alone by transformers is the oracle."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from core.language_models import catalogue
from core.tasks.categories import networks
from core.tasks.categories.words import load, split
from core.ways_to_train import vectors


def alone(word: str, layer: int) -> np.ndarray:
    """The mean over the tokens of " word" behind "Word:" of what a layer holds, one text a word."""
    loaded = catalogue.load("smollm2")
    ids = loaded.tokenizer.encode(f"Word: {word}", add_special_tokens=False).ids
    with torch.inference_mode():
        states = loaded.model(input_ids=torch.tensor([ids]), output_hidden_states=True).hidden_states[layer]
    found: np.ndarray = states[0, 2:].mean(0).numpy()
    return found


def test_the_shipped_vectors_are_smollm2s_own() -> None:
    """Words of the list, read alone: the shipped numbers, rounded to 16 bits."""
    shipped = networks.shipped()
    for place in (0, 44, 140, 200, 249):
        expected = alone(load().english[place], vectors.LAYER)
        np.testing.assert_allclose(shipped.values[place], expected, atol=0.02, rtol=2e-3)
    pool = shipped.values[split().pool]
    np.testing.assert_allclose(shipped.mean, pool.mean(0), atol=1e-3)
    np.testing.assert_allclose(shipped.deviation, pool.std(0), atol=1e-3)
    assert shipped.about["layer"] == str(vectors.LAYER)


def test_words_together_are_words_alone() -> None:
    """Words of other lengths beside them, in another batch: the same vectors, in every layer."""
    words = ["xylophone", "été 🦊", "a", "the longest of all these words"]
    together = vectors.states(words)
    for place, word in enumerate(words):
        for layer in (0, 9, 30):
            np.testing.assert_allclose(together[layer, place], alone(word, layer), atol=2e-3, rtol=1e-3)


def test_words_of_the_list_need_no_model(monkeypatch: pytest.MonkeyPatch) -> None:
    """For them the shipped vectors are given; another word is made, in its place; without SmolLM2 it is refused."""
    mixed = vectors.vectors(["otter", "xylophone", "otter"])
    np.testing.assert_allclose(mixed[1], alone("xylophone", vectors.LAYER), atol=2e-3, rtol=1e-3)
    assert np.array_equal(mixed[0], mixed[2])

    def missing(name: str) -> None:
        raise catalogue.ModelMissing(name)

    monkeypatch.setattr(catalogue, "load", missing)
    assert np.array_equal(vectors.vectors(["otter"])[0], mixed[0])
    with pytest.raises(catalogue.ModelMissing):
        vectors.vectors(["xylophone"])
