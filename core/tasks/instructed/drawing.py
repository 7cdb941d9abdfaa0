"""The pairs that a fine-tuning learns from, as words. No torch here: the notebook that a page offers holds some."""

from __future__ import annotations

from itertools import islice

from core.once import once
from core.stories import instructions
from core.stories.instructions import Instruction
from core.tasks.mini_gpt2 import published

BREAK = "\n"
"""The line break stands in no story: it says where the instruction ends."""
LONGEST = 155
"""Tokens of an instruction and its answer."""
FIRST = 136
"""The place at which an instruction begins."""
ANSWERS, ANSWERS_SEED = 48, 2**31 - 2
"""Pairs never learned from on which the loss is measured."""
Pair = tuple[Instruction, str]


def fits(asked: str, story: str) -> bool:
    """Whether instruction and story are short enough together: two in three are, and take a third less time."""
    tokens = published.tokenizer()
    return len(tokens.encode(asked + BREAK).ids) + len(tokens.encode(story).ids) <= LONGEST


@once(4)
def drawn(number: int, seed: int, wishes: str = "four") -> list[Pair]:
    """Return so many pairs that fit."""
    return list(islice(instructions.pairs(seed, fits, wishes), number))
