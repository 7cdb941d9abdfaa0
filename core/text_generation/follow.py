"""One token followed through the blocks: how its vector changes, whom each head looks at, what would be said there.

Everything here runs on a worker. What would be said if the model stopped after a block is the "logit lens"
(nostalgebraist 2020, "interpreting GPT: the logit lens"): the last normalisation and the output layer, applied there.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, TypedDict

import numpy as np

from core.language_models import catalogue, writings

if TYPE_CHECKING:
    from torch import Tensor

SAID = 5
"""Tokens that each lens names."""


class Stage(TypedDict):
    """The vector of the followed token at one place of the model.

    `norm` is its length; `moved` and `cosine` compare it with the stage before (0 and 1 at the first);
    `heads` holds for each head of the block how much it looks at each token read; `said` are the likeliest next tokens
    if the model ended here, `chances` their probabilities.
    """

    norm: float
    moved: float
    cosine: float
    heads: list[list[float]]
    said: list[str]
    chances: list[float]


class Way(TypedDict):
    """The way of one token of a text: the words of all tokens, which one is followed, a stage for each place."""

    tokens: list[str]
    at: int
    stages: list[Stage]
    width: int


def follow(name: str, ids: Sequence[int], at: int) -> Way:
    """Follow a token of a text from its embedding through every block.

    Args:
        name: the model.
        ids: all tokens of the text; beyond the context only the last are read.
        at: which one is followed; none behind it is read, as when the model writes.
    """
    import torch

    loaded = catalogue.load(name)
    shown = list(ids)[-loaded.context :]
    at = max(0, at - (len(ids) - len(shown)))
    read = shown[: at + 1]
    with torch.inference_mode():
        answer = loaded.model(
            input_ids=torch.tensor([read]), output_hidden_states=True, output_attentions=True, use_cache=False
        )
        vectors = residual(answer.hidden_states, loaded.model)
        lens = [answer.logits[0, -1].float()]
        lens = [*(through_lens(loaded.model, vector) for vector in vectors[:-1]), *lens]
    heads: list[Any] = [[], *(layer[0, :, -1].tolist() for layer in answer.attentions)]
    stages = [
        _stage(vectors[max(0, place - 1)], vector, heads[place], lens[place], loaded.vocabulary)
        for place, vector in enumerate(vectors)
    ]
    words = [writings.word(loaded.vocabulary[token]) for token in shown]
    return Way(tokens=words, at=at, stages=stages, width=len(vectors[0]))


def residual(hidden: Sequence[Tensor], model: Any) -> list[Tensor]:
    """Return the followed token's vector before the first block and after each one, (width,).

    transformers gives the last one normalised; here it is as the block left it.
    """
    import torch

    kept: list[Tensor] = [layer[0, -1].float() for layer in hidden[:-1]]
    block = _blocks(model)[-1]
    mask = torch.full((hidden[-2].shape[1],) * 2, -torch.inf).triu(1)[None, None]
    extra = {}
    if hasattr(model, "model"):  # the Llama family turns each token's vectors by its position
        places = torch.arange(hidden[-2].shape[1])[None]
        extra["position_embeddings"] = model.model.rotary_emb(hidden[-2], places)
    last = block(hidden[-2], attention_mask=mask, **extra)
    last = last[0] if isinstance(last, tuple) else last
    return [*kept, last[0, -1].float()]


def through_lens(model: Any, vector: Tensor) -> Tensor:
    """Return the logits that the model would give if it ended with this vector, (vocabulary,)."""
    norm = model.transformer.ln_f if hasattr(model, "transformer") else model.model.norm
    logits: Tensor = model.lm_head(norm(vector[None]))[0].float()
    return logits


def _blocks(model: Any) -> Any:
    return model.transformer.h if hasattr(model, "transformer") else model.model.layers


def _stage(before: Tensor, vector: Tensor, heads: list[list[float]], logits: Tensor, vocabulary: list[bytes]) -> Stage:
    import torch

    chances, tokens = torch.softmax(logits, -1).topk(SAID)
    return Stage(
        norm=round(float(vector.norm()), 4),
        moved=round(float((vector - before).norm()), 4),
        cosine=round(float(torch.cosine_similarity(before, vector, dim=0)), 4),
        heads=[np.round(head, 3).tolist() for head in heads],
        said=[writings.word(vocabulary[token]) for token in tokens.tolist()],
        chances=[round(chance, 5) for chance in chances.tolist()],
    )
