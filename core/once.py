"""Caches that compute once while others wait: thirty students who open a page at the same moment ask for one thing."""

from __future__ import annotations

from collections.abc import Callable
from threading import Condition
from typing import Any, ParamSpec, Protocol, TypeVar

from cachetools import LRUCache, cached

P = ParamSpec("P")
R = TypeVar("R")
R_co = TypeVar("R_co", covariant=True)


class Once(Protocol[P, R_co]):
    """A function that keeps its last results: called with the same arguments again, it returns the same object."""

    __wrapped__: Callable[..., Any]

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> R_co:
        """Return the result for these arguments, computed now or before."""

    def cache_clear(self) -> None:
        """Forget all results."""


def once(most: int = 1) -> Callable[[Callable[P, R]], Once[P, R]]:
    """Keep the last `most` results of a function, each computed by one thread while the others wait for it.

    `functools.lru_cache` lets every thread that comes before the first result compute it too. A function that raises
    keeps nothing: whoever waited tries for itself. It may not ask for its own result while it computes it.
    """
    return cached(LRUCache(most), condition=Condition())
