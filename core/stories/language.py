"""Simple French stories of a known language: how many there are, how surprising they are, and which texts are stories.

The rules are in `core.stories.rules`. Because they are ours, the entropy is exact: no model of any size can
have a lower loss on these stories. No torch here: pages import it freely.
"""

from __future__ import annotations

import math
import re
from collections.abc import Hashable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import numpy as np

from core.once import once
from core.stories.grammar import Grammar, Symbol, Uniform
from core.stories.rules import Hero, Treasure, opening
from core.stories.words import COLOURS, THINGS


def what_matters(symbol: Symbol) -> Hashable:
    """Return what the number and the probabilities of the continuations depend on.

    Names, colours and kinds change the words but not the choices; the use of the object and how it was lost do.
    A test compares symbols that this function holds to be alike.
    """
    rule, *remembered = symbol
    matters: list[Hashable] = []
    for thing in remembered:
        if isinstance(thing, Treasure):
            matters.append((thing.thing.use, thing.thing.lost_by))
        elif isinstance(thing, str):
            matters.append("place" if rule.__name__ == "found" else thing)
        elif not isinstance(thing, Hero):
            matters.append("helper")
    return rule, tuple(matters)


CHUNK = 1000
"""Stories drawn from one generator, so that several processes draw what one would."""
GRAMMAR = Grammar((opening,), key=what_matters)


def sample(generator: Uniform) -> str:
    """Return one story, drawn from the grammar."""
    return GRAMMAR.sample(generator)


def corpus(stories: int, seed: int, processes: int = 1) -> list[str]:
    """Return independent stories; equal numbers and seeds give equal stories, with however many processes."""
    chunks = [(seed, number, min(CHUNK, stories - number * CHUNK)) for number in range(math.ceil(stories / CHUNK))]
    if processes == 1:
        return [story for part in chunks for story in chunk(*part)]
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        return [story for drawn in pool.map(chunk, *zip(*chunks, strict=True), chunksize=4) for story in drawn]


def chunk(seed: int, number: int, stories: int = CHUNK) -> list[str]:
    """Return the first stories of a chunk of `corpus(…, seed)`: whoever needs many tokens draws chunks apart."""
    generator = np.random.default_rng([seed, number])
    return [GRAMMAR.sample(generator) for _ in range(stories)]


def recognise(text: str) -> bool:
    """Say whether the grammar can write exactly this text."""
    return GRAMMAR.recognise(text)


def with_one_colour(text: str) -> str:
    """Return a text whose objects all have the first colour it names: a looser check sees past a forgotten colour."""
    forms = {form: colour for colour in COLOURS for form in (colour.masculine, colour.feminine)}
    things = {thing.word: thing.feminine for thing in THINGS}
    named = re.compile(rf"\b({'|'.join(things)}) ({'|'.join(sorted(forms, key=len, reverse=True))})\b")
    first = named.search(text)
    if first is None:
        return text
    return named.sub(lambda found: f"{found[1]} {forms[first[2]].agree(things[found[1]])}", text)


def log_probability(text: str) -> float:
    """Return the logarithm of the probability of a story, in nats; minus infinity if it is none."""
    return GRAMMAR.log_probability(text)


@once()
def entropy() -> float:
    """Return the entropy of a story, in nats, exactly."""
    return GRAMMAR.entropy()


@once()
def count() -> int:
    """Return the number of different stories."""
    return GRAMMAR.count()
