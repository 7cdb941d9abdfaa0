"""Let the mini GPT-2 write many stories at once, to see whether they are stories."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from tokenizers import Tokenizer
from transformers import DynamicCache, GPT2LMHeadModel

from core.tasks.mini_gpt2.tokenizer import END


@torch.no_grad()
def write(
    model: GPT2LMHeadModel, tokens: Tokenizer, stories: int, generator: torch.Generator, min_p: float = 0.0
) -> list[str]:
    """Return stories written together, token by token, at temperature 1.

    Args:
        model: in eval mode, on any device.
        tokens: its tokenizer.
        stories: how many.
        generator: the only source of randomness; on the CPU.
        min_p: leave out tokens less than this fraction as probable as the best; 0 is the model as it learned.

    Returns:
        Texts up to the end token, or cut at the length of the context.
    """
    end: int = tokens.token_to_id(END)  # type: ignore[assignment]
    device = model.device
    cache = DynamicCache(config=model.config)
    last = torch.full((stories, 1), end, device=device)
    written: list[torch.Tensor] = []
    going = torch.ones(stories, dtype=torch.bool)
    while going.any() and len(written) < model.config.n_positions - 1:
        logits = model(input_ids=last, past_key_values=cache, use_cache=True).logits[:, -1].float().cpu()
        probabilities = torch.softmax(logits, dim=-1)  # (stories, vocabulary)
        probabilities[probabilities < min_p * probabilities.amax(-1, keepdim=True)] = 0
        chosen = torch.multinomial(probabilities, 1, generator=generator)
        written.append(chosen)
        going &= chosen[:, 0] != end
        last = chosen.to(device)
    return [_until_end(row, tokens, end) for row in torch.cat(written, dim=1).tolist()]


def _until_end(ids: Sequence[int], tokens: Tokenizer, end: int) -> str:
    ids = list(ids)
    text: str = tokens.decode(ids[: ids.index(end)] if end in ids else ids)
    return text
