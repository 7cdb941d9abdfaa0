"""What one move of one control makes of some settings: a mission that such a move reaches needs no thought."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from core.training.settings import Settings

S = TypeVar("S", bound=Settings)
Offered = Mapping[str, Sequence[object]]
"""What each control can be set to, by the name of its setting."""


def one_move(settings: S, offered: Offered) -> Iterator[S]:
    """Yield all other settings that a single control away from these can be."""
    for name, options in offered.items():
        for option in options:
            moved = replace(settings, **{name: option})  # type: ignore[arg-type]
            if moved != settings:
                yield moved
