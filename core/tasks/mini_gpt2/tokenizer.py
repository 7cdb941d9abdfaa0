"""The mini GPT-2's tokenizer: byte-level BPE learned from stories (Sennrich et al. 2016; Radford et al. 2019)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.stories import language as stories

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tokenizers import Tokenizer

END = "<|endoftext|>"
"""Stands before and after every story: the model learns to begin and to stop."""
LEARNED_FROM, SEED = 20_000, 0
"""Number of stories the merges are learned from, and the seed they are drawn with."""


def learn(vocabulary: int, corpus: Iterable[str] | None = None) -> Tokenizer:
    """Learn a vocabulary: the end token, the 256 bytes, then the most frequent pairs; the same every time."""
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers

    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=vocabulary,
        special_tokens=[END],
        initial_alphabet=sorted(pre_tokenizers.ByteLevel.alphabet()),
        show_progress=False,
    )
    tokenizer.train_from_iterator(stories.corpus(LEARNED_FROM, SEED) if corpus is None else corpus, trainer)
    return tokenizer
