"""The naive way to the probability of a label: the whole text, from its first token, for each word and label."""

from __future__ import annotations

import torch

from core.language_models.catalogue import LanguageModel


def log_probability(loaded: LanguageModel, text: str, label: str) -> float:
    """Return log p(label | text), in nats: the text is tokenised and read as a whole, with transformers alone."""
    before = loaded.tokenizer.encode(text, add_special_tokens=False).ids
    whole = loaded.tokenizer.encode(text + label, add_special_tokens=False).ids
    assert whole[: len(before)] == before
    added = len(whole) - len(before)
    with torch.inference_mode():
        logits = loaded.model(input_ids=torch.tensor([whole]), logits_to_keep=added + 1).logits[0].float()
    steps = torch.log_softmax(logits, -1)
    return sum(steps[place, token].item() for place, token in enumerate(whole[-added:]))
