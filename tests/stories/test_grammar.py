"""A grammar of weighted rules: its entropy, counts and probabilities are those of listing every text."""

from __future__ import annotations

import math
import random
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.stories.grammar import Alternative, Grammar, Step, Symbol


def nested(name: str) -> list[Alternative]:
    """Return the rules of a toy grammar with nested symbols, sequences of symbols and an empty alternative."""
    rules: dict[str, list[Alternative]] = {
        "S": [(3, "a", (nested, "A"), (nested, "B")), (1, "b", (nested, "B"), "!"), (2, "c")],
        "A": [(1, "x"), (1, "y"), (2, "z")],
        "B": [(1, ""), (3, "w", (nested, "A"))],
    }
    return rules[name]


def enumerate_texts(grammar: Grammar, symbol: Symbol) -> dict[str, float]:
    """Return every text and its probability, by brute force."""
    texts: dict[str, float] = defaultdict(float)
    for probability, *parts in grammar.alternatives(symbol):
        choices = [{part: 1.0} if isinstance(part, str) else enumerate_texts(grammar, part) for part in parts]
        for chosen in product(*(choice.items() for choice in choices)):
            texts["".join(text for text, _ in chosen)] += probability * math.prod(p for _, p in chosen)
    return dict(texts)


def test_a_toy_grammar_has_the_entropy_count_and_probabilities_of_its_enumeration() -> None:
    """Entropy, number of texts and every log-probability equal what listing all texts gives."""
    grammar = Grammar((nested, "S"))
    texts = enumerate_texts(grammar, (nested, "S"))
    assert math.fsum(texts.values()) == pytest.approx(1)
    assert grammar.count() == len(texts)
    assert grammar.entropy() == pytest.approx(-sum(p * math.log(p) for p in texts.values()), abs=1e-12)
    for text, probability in texts.items():
        assert grammar.log_probability(text) == pytest.approx(math.log(probability))
        assert grammar.derivations(text) == 1
    assert not grammar.recognise("a")
    assert grammar.log_probability("nothing of the kind") == -math.inf


def test_a_derivation_writes_its_text_with_the_probability_of_the_text() -> None:
    """Unfolded from left to right it gives the text; its probabilities multiply to that of the text; else None."""
    grammar = Grammar((nested, "S"))
    for text, probability in enumerate_texts(grammar, (nested, "S")).items():
        steps = grammar.derivation(text)
        assert steps is not None
        assert math.prod(alternative[0] for _symbol, alternative in steps) == pytest.approx(probability)
        assert _unfolded(iter(steps)) == text
    drawn, steps = grammar.drawn(random.Random(5))
    assert grammar.derivation(drawn) == steps
    assert grammar.derivation("a") is None
    assert grammar.derivation("") is None


def _unfolded(steps: Iterator[Step]) -> str:
    _symbol, alternative = next(steps)
    return "".join(part if isinstance(part, str) else _unfolded(steps) for part in alternative[1:])


def test_a_fair_choice_of_eight_is_three_bits() -> None:
    """A known answer: eight equally likely texts have an entropy of 3 bits, in nats 3 ln 2."""

    def eight() -> list[Alternative]:
        return [(5, str(number)) for number in range(8)]

    assert Grammar((eight,)).entropy() == pytest.approx(3 * math.log(2), abs=1e-12)


def test_an_ambiguous_grammar_is_found_out() -> None:
    """Two derivations of one text are counted, and their probabilities are added."""

    def twice() -> list[Alternative]:
        return [(1, "ab"), (1, "a", (tail,)), (2, "c")]

    def tail() -> list[Alternative]:
        return [(1, "b")]

    grammar = Grammar((twice,))
    assert grammar.derivations("ab") == 2
    assert grammar.log_probability("ab") == pytest.approx(math.log(0.5))


@settings(max_examples=40, deadline=None)
@given(st.lists(st.lists(st.floats(0.01, 10), min_size=1, max_size=4), min_size=1, max_size=4))
def test_a_sequence_of_independent_choices_adds_their_entropies(weights: list[list[float]]) -> None:
    """Chain rule: independent choices, one after the other, have the sum of their entropies."""

    def step(number: int) -> list[Alternative]:
        if number == len(weights):
            return [(1, ".")]
        return [(weight, f"{choice};", (step, number + 1)) for choice, weight in enumerate(weights[number])]

    expected = 0.0
    for row in weights:
        probabilities = np.array(row) / sum(row)
        expected -= float((probabilities * np.log(probabilities)).sum())
    assert Grammar((step, 0)).entropy() == pytest.approx(expected, abs=1e-9)


def test_sampling_follows_the_probabilities() -> None:
    """Twenty thousand texts of the toy grammar: the chi-square statistic is below its 0.001 quantile."""
    grammar, generator = Grammar((nested, "S")), random.Random(3)
    texts = enumerate_texts(grammar, (nested, "S"))
    seen, total = Counter(grammar.sample(generator) for _ in range(20_000)), 20_000
    statistic = sum((seen[text] - total * p) ** 2 / (total * p) for text, p in texts.items())
    degrees = len(texts) - 1
    assert statistic < degrees + 3.1 * math.sqrt(2 * degrees) + 7
