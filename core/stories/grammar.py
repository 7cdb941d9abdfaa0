"""Probabilistic grammars whose every number is known: how many texts, how surprising, and is this one of them?

A symbol is a tuple (rule, *arguments); calling rule(*arguments) gives its alternatives, each a weight and the
parts that replace the symbol: texts and further symbols. Arguments carry what must agree far away (a name, a gender).
No symbol may lead back to itself, so every text is finite and every quantity below is exact.
"""

from __future__ import annotations

import math
from bisect import bisect
from collections.abc import Callable, Hashable, Iterator, Sequence
from functools import lru_cache
from itertools import accumulate
from typing import Any, Protocol, TypeVar

Symbol = tuple[Any, ...]
Part = str | Symbol
Alternative = tuple[float, *tuple[Part, ...]]
Rule = Callable[..., Sequence[Alternative]]
Step = tuple[Symbol, Alternative]
"""A symbol, and what replaced it."""
T = TypeVar("T")


class Uniform(Protocol):
    """Where the randomness comes from: a numpy Generator or a `random.Random`."""

    def random(self) -> float:
        """Return the next number in [0, 1)."""
        ...


class Grammar:
    """A probabilistic context-free grammar with arguments, unfolded on demand.

    Args:
        start: the symbol that stands for a whole text.
        key: symbols with equal keys are promised to have equally many texts and equal entropy, which saves walking
            through every name and every object. Without it every symbol is counted by itself.
    """

    def __init__(self, start: Symbol, key: Callable[[Symbol], Hashable] = lambda symbol: symbol) -> None:
        self.start, self.key = start, key
        self._expand = lru_cache(maxsize=20_000)(_expand)

    def sample(self, generator: Uniform) -> str:
        """Return one text, drawn with the probabilities of the grammar."""
        return self.drawn(generator)[0]

    def drawn(self, generator: Uniform) -> tuple[str, list[Step]]:
        """Return one text, drawn with the probabilities of the grammar, and how it was written, from left to right."""
        texts: list[str] = []
        steps: list[Step] = []
        waiting: list[Part] = [self.start]
        while waiting:
            part = waiting.pop()
            if isinstance(part, str):
                texts.append(part)
                continue
            cumulative, alternatives = self._expand(part)
            chosen = alternatives[min(bisect(cumulative, generator.random()), len(alternatives) - 1)]
            steps.append((part, chosen))
            waiting.extend(reversed(chosen[1:]))
        return "".join(texts), steps

    def count(self) -> int:
        """Return the number of derivations; it is the number of texts if the grammar is unambiguous."""

        def combine(alternatives: Sequence[Alternative], value: Callable[[Symbol], int]) -> int:
            return sum(math.prod(value(part) for part in _symbols(alternative)) for alternative in alternatives)

        return self._fold(combine)

    def entropy(self) -> float:
        """Return the entropy of a derivation, in nats; it is the entropy of a text if the grammar is unambiguous.

        Chain rule: the entropy of a choice, plus that of what was chosen (Cover and Thomas 2006, theorem 2.2.1).
        """

        def combine(alternatives: Sequence[Alternative], value: Callable[[Symbol], float]) -> float:
            return sum(
                probability * (-math.log(probability) + sum(value(part) for part in _symbols(alternative)))
                for probability, alternative in ((item[0], item) for item in alternatives)
            )

        return self._fold(combine)

    def derivations(self, text: str) -> int:
        """Return in how many ways the grammar can write this text: 0 if it cannot, 1 if it is unambiguous."""
        return self._parse(text)[0]

    def derivation(self, text: str) -> list[Step] | None:
        """Return how the grammar writes this text: each symbol, and what replaced it, from left to right.

        Of an ambiguous text, one derivation; None of a text that cannot be written.
        """
        chart = _Chart(self, text)
        return chart.derivation(self.start, 0, len(text)) if len(text) in chart.ends(self.start, 0) else None

    def recognise(self, text: str) -> bool:
        """Say whether the grammar can write exactly this text."""
        return self.derivations(text) > 0

    def log_probability(self, text: str) -> float:
        """Return the logarithm of the probability of a text, in nats; minus infinity if it cannot be written."""
        probability = self._parse(text)[1]
        return math.log(probability) if probability else -math.inf

    def reachable(self) -> Iterator[Symbol]:
        """Yield one symbol for each key, in the order they are met."""
        seen: set[Hashable] = set()
        waiting = [self.start]
        while waiting:
            symbol = waiting.pop()
            if (key := self.key(symbol)) in seen:
                continue
            seen.add(key)
            yield symbol
            for alternative in self.alternatives(symbol):
                waiting.extend(_symbols(alternative))

    def alternatives(self, symbol: Symbol) -> Sequence[Alternative]:
        """Return what may replace a symbol, the weights made probabilities."""
        return self._expand(symbol)[1]

    def _fold(self, combine: Callable[[Sequence[Alternative], Callable[[Symbol], T]], T]) -> T:
        """Compute a quantity of the start symbol from those of its parts, each key once."""
        known: dict[Hashable, T] = {}

        def value(symbol: Symbol) -> T:
            key = self.key(symbol)
            if key not in known:
                known[key] = combine(self.alternatives(symbol), value)
            return known[key]

        return value(self.start)

    def _parse(self, text: str) -> tuple[int, float]:
        """Return the number of derivations of a text and their total probability."""
        return _Chart(self, text).ends(self.start, 0).get(len(text), (0, 0.0))


class _Chart:
    """What each symbol can write of one text, and from where to where; every question is answered once."""

    def __init__(self, grammar: Grammar, text: str) -> None:
        self.grammar, self.text = grammar, text
        self._known: dict[tuple[Symbol, int], dict[int, tuple[int, float]]] = {}

    def ends(self, symbol: Symbol, begin: int) -> dict[int, tuple[int, float]]:
        """Return {end: (derivations, probability)} for text[begin:end]."""
        if (symbol, begin) not in self._known:
            found: dict[int, tuple[int, float]] = {}
            for alternative in self.grammar.alternatives(symbol):
                first = alternative[1] if len(alternative) > 1 else ""
                if isinstance(first, str) and not self.text.startswith(first, begin):
                    continue  # so ends most of what might stand here: one noun out of hundreds is there
                for end, (ways, probability) in self._follow(alternative, begin).items():
                    before = found.get(end, (0, 0.0))
                    found[end] = (before[0] + ways, before[1] + probability)
            self._known[symbol, begin] = found
        return self._known[symbol, begin]

    def derivation(self, symbol: Symbol, begin: int, end: int) -> list[Step]:
        """Return how a symbol writes text[begin:end], which it can."""
        for alternative in self.grammar.alternatives(symbol):
            inside = self._cut(alternative[1:], begin, end)
            if inside is not None:
                return [(symbol, alternative), *(step for part in inside for step in self.derivation(*part))]
        raise LookupError(symbol)

    def _follow(self, alternative: Alternative, begin: int) -> dict[int, tuple[int, float]]:
        reached: dict[int, tuple[int, float]] = {begin: (1, alternative[0])}
        for part in alternative[1:]:
            if isinstance(part, str):
                reached = {at + len(part): found for at, found in reached.items() if self.text.startswith(part, at)}
            else:
                reached = self._beyond(part, reached)
            if not reached:
                break
        return reached

    def _beyond(self, symbol: Symbol, reached: dict[int, tuple[int, float]]) -> dict[int, tuple[int, float]]:
        further: dict[int, tuple[int, float]] = {}
        for at, (ways, probability) in reached.items():
            for end, (more, factor) in self.ends(symbol, at).items():
                before = further.get(end, (0, 0.0))
                further[end] = (before[0] + ways * more, before[1] + probability * factor)
        return further

    def _steps(self, part: Part, at: int) -> dict[int, tuple[int, float]]:
        if isinstance(part, str):
            return {at + len(part): (1, 1.0)} if self.text.startswith(part, at) else {}
        return self.ends(part, at)

    def _cut(self, parts: Sequence[Part], begin: int, end: int) -> list[tuple[Symbol, int, int]] | None:
        """Return which symbol among parts writes what of text[begin:end]; None if together they cannot write it."""
        if not parts:
            return [] if begin == end else None
        for middle in self._steps(parts[0], begin):
            rest = self._cut(parts[1:], middle, end) if middle <= end else None
            if rest is not None:
                return rest if isinstance(parts[0], str) else [(parts[0], begin, middle), *rest]
        return None


def _expand(symbol: Symbol) -> tuple[list[float], list[Alternative]]:
    """Return the cumulative probabilities of a symbol's alternatives, and the alternatives with probabilities."""
    weighted = symbol[0](*symbol[1:])
    total = math.fsum([alternative[0] for alternative in weighted])
    alternatives: list[Alternative] = [(each[0] / total, *each[1:]) for each in weighted]
    return list(accumulate([alternative[0] for alternative in alternatives])), alternatives


def _symbols(alternative: Alternative) -> Iterator[Symbol]:
    return (part for part in alternative[1:] if isinstance(part, tuple))
