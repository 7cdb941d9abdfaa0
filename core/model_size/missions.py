"""When the missions about a model's size are reached."""

from __future__ import annotations

from core.model_size.chosen import Chosen
from core.model_size.model import FAMILIES

ROOM = 6_000_000_000
"""Bytes of memory into which a model is to fit."""
TOKENS = 4_096
"""Of context that it is to have there."""
LEAST, BELOW = 7_000_000_000, 8_000_000_000
"""Parameters of a "7-billion model"."""
FACTOR = 3.95
"""Times as many parameters that nearly a square brings when a slider is doubled."""
SMALL = 1_000_000_000
"""Parameters that the doubled model must stay below: in a large one the table is nothing beside the layers anyway."""


def fits(chosen: Chosen, precision: str) -> bool:
    """Whether a 7-billion model of GPT-2's family fits, with its cache.

    Every head has its own keys there, so the cache is no gift: it grows with layers × width, the weights with
    layers × width².

    Args:
        chosen: the model.
        precision: of its weights.
    """
    if chosen.family != "gpt2" or chosen.blocks is None or chosen.numbers["context"] < TOKENS:
        return False
    return LEAST <= chosen.blocks.parameters < BELOW and chosen.memory(precision) <= ROOM


def grows_with_the_square(before: Chosen, after: Chosen) -> bool:
    """Whether a model is another one with twice the width, and has nearly four times its parameters, being small.

    Args:
        before: the pinned model.
        after: the one on show.
    """
    if before.family != after.family or before.tied != after.tied or before.family not in FAMILIES:
        return False
    if before.blocks is None or after.blocks is None:
        return False
    old, new = before.numbers, after.numbers
    doubled = all(new[name] == 2 * old[name] for name in ("width", "feed_forward"))
    same = all(
        new[name] == old[name] for name in ("layers", "vocabulary", "context", "experts", "experts_used", "window")
    )
    shared = new["kv_heads"] * old["heads"] == old["kv_heads"] * new["heads"]
    if not (doubled and same and shared):
        return False
    return after.blocks.parameters < SMALL and after.blocks.parameters >= FACTOR * before.blocks.parameters
