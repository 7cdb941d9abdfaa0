"""What changes a prompt's answers besides the number of its examples: prompts made for one question each.

Order, majority label and recency are the instabilities that Zhao et al. 2021 name; wrong labels are Min et al. 2022's
("Rethinking the role of demonstrations"). No torch here: these are the prompts, `record` asks them.
"""

from __future__ import annotations

import numpy as np

from core.language_models.prompts import Example
from core.tasks.categories.words import CATEGORIES, load, split
from core.ways_to_train.ways import examples

ORDER_DRAWS, ORDERS = 3, 30
"""Draws of five examples, one of each category, and orders of each draw."""
MAJORITY, MAJORITY_OF, MAJORITY_DRAWS = (0, 1, 2, 4, 6), 6, 3
"""How many of six examples have the same label, in how many draws for each label."""
BLOCKS_OF, BLOCKS_DRAWS = 20, 3
"""Examples sorted by label, four in a row, so that each label is once the last one, in so many draws."""
WRONG, WRONG_OF, WRONG_DRAWS = (0.0, 0.25, 0.5, 0.75, 1.0), 20, 6
"""Shares of twenty examples whose label is another one, drawn by chance."""
MEANINGLESS = ("A", "B", "C", "D", "E")
"""Names that say nothing, for the five categories."""
NAMES_COUNTS, NAMES_DRAWS = (5, 10, 20, 40), 6
FRENCH_COUNTS, FRENCH_DRAWS = (0, 5, 20), 4
SPELLING_COUNTS, SPELLING_DRAWS, SPELLING = (10, 20, 40), 6, ("no", "yes")
"""A task where the meaning says nothing: whether a word has an e; half of the examples do."""

Examples = tuple[Example, ...]


def ordered(seed: int, order: int) -> Examples:
    """Return five examples of a draw, one of each category, in one of many orders."""
    some = examples(len(CATEGORIES), seed)
    turned = np.random.default_rng([seed, order]).permutation(len(some))
    return tuple(some[place] for place in turned)


def with_majority(label: int, count: int, seed: int) -> Examples:
    """Return six examples of which `count` have one label and the others the other labels in turn, in any order."""
    rng, pool, words = np.random.default_rng([label, count, seed]), split().pool, load()
    others = [kind for kind in rng.permutation(len(CATEGORIES)) if kind != label]
    kinds = [label] * count + [others[turn % len(others)] for turn in range(MAJORITY_OF - count)]
    shuffled = {kind: rng.permutation(pool[words.categories[pool] == kind]).tolist() for kind in set(kinds)}
    some = [(words.english[shuffled[kind].pop()], CATEGORIES[kind]) for kind in kinds]
    return tuple(some[place] for place in rng.permutation(len(some)))


def in_blocks(last: int, seed: int) -> Examples:
    """Return twenty examples of a draw, sorted by label; the blocks follow each other so that `last` ends the row."""
    some, kinds = examples(BLOCKS_OF, seed), len(CATEGORIES)
    return tuple(sorted(some, key=lambda pair: (CATEGORIES.index(pair[1]) - last - 1) % kinds))


def with_wrong(share: float, seed: int) -> Examples:
    """Return twenty examples of a draw; a share of them has a label that is not theirs, drawn by chance."""
    some, rng = list(examples(WRONG_OF, seed)), np.random.default_rng([WRONG_OF, seed])
    for place in rng.permutation(WRONG_OF)[: round(share * WRONG_OF)]:
        word, label = some[place]
        others = [other for other in CATEGORIES if other != label]
        some[place] = (word, others[rng.integers(len(others))])
    return tuple(some)


def renamed(some: Examples, names: tuple[str, ...] = MEANINGLESS) -> Examples:
    """Return examples whose categories have other names."""
    return tuple((word, names[CATEGORIES.index(label)]) for word, label in some)


def in_french() -> tuple[str, ...]:
    """Return the French of the words held out, in their order."""
    return tuple(load().french[place] for place in split().held_out)


def spelled(count: int, seed: int) -> tuple[Examples, Examples]:
    """Return examples of the task "does the word have an e?", as many with as without, and fifty others to ask about.

    Both are drawn from the single words of the list, in any order.
    """
    rng, singles = np.random.default_rng([SPELLING_DRAWS, seed]), [word for word in load().english if " " not in word]
    shuffled = [singles[place] for place in rng.permutation(len(singles))]
    has_not, has = ([word for word in shuffled if ("e" in word) == wanted] for wanted in (False, True))
    pairs = [rng.permutation(pair).tolist() for pair in zip(has_not[25:], has[25:], strict=False)]
    learned, asked = [word for pair in pairs for word in pair][:count], has_not[:25] + has[:25]
    return _told(learned), _told(asked)


def _told(words: list[str]) -> Examples:
    return tuple((word, SPELLING["e" in word]) for word in words)
