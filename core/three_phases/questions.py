"""The instructions that every measurement asks, as `core.tasks.instructed.task` draws them. No torch."""

from __future__ import annotations

from core.once import once
from core.stories import instructions
from core.stories.instructions import Instruction

NUMBER, SEED = 100, 1
"""As many as the last measurement of a fine-tuning asks; the others ask the first of them."""


@once(2)
def questions(wishes: str = "four") -> list[Instruction]:
    """Return the instructions, whose heroes and objects were never asked for together in training.

    Args:
        wishes: what they may name, as `InstructedSettings.wishes` says.
    """
    return instructions.questions(NUMBER, SEED, wishes=wishes)


def asked_of(at: int, wishes: str = "four") -> Instruction:
    """Return one of them."""
    return questions(wishes)[at]
