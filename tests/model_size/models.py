"""Models to count in tests: those with a name, and what becomes of them when a number changes."""

from __future__ import annotations

from collections import Counter
from math import prod
from typing import Any

from core.model_size.blocks import Block
from core.model_size.chosen import NUMBERS, Chosen, fitted, of_preset
from core.model_size.presets import presets

STARTS: dict[str, dict[str, Any]] = {name: of_preset(preset) for name, preset in presets().items()}


def model(start: str, **changed: Any) -> Chosen:
    where = STARTS[start] | changed
    return fitted(where["family"], {name: where[name] for name in NUMBERS}, tied=where["tied"])[0]


def blocks(start: str, **changed: Any) -> Block:
    found = model(start, **changed).blocks
    assert found is not None
    return found


def parameters(start: str, **changed: Any) -> int:
    return blocks(start, **changed).parameters


def parts(start: str, **changed: Any) -> Counter[str]:
    """Return the parameters by part: the two tables by name, the rest by what they are."""
    found: Counter[str] = Counter()
    for leaf, copies, _used in blocks(start, **changed).leaves():
        if not leaf.tied:
            found[leaf.name if leaf.name in ("embedding", "positions") else leaf.kind] += copies * prod(leaf.shape)
    return found


def share(start: str, part: str, **changed: Any) -> float:
    return parts(start, **changed)[part] / parameters(start, **changed)


def twice(start: str) -> float:
    """Return how many times as many parameters the doubled width brings."""
    where = STARTS[start]
    return parameters(start, width=2 * where["width"], feed_forward=2 * where["feed_forward"]) / parameters(start)
