"""The stories: correct French, a known number of them, an entropy that is exact."""

from __future__ import annotations

import math
import random
import re
from collections.abc import Callable
from functools import cache

import numpy as np
import pytest

from core.stories import language as stories
from core.stories.french import NO_BREAK
from core.stories.grammar import Symbol
from core.stories.words import HELPERS, HEROES, NAMES, THINGS


@cache
def sample() -> list[str]:
    """Return stories, drawn when the first test asks for them."""
    return stories.corpus(400, 7)


def test_there_are_more_than_a_thousand_million_stories() -> None:
    """The issue asks for 10^9; no story was drawn twice."""
    assert stories.count() > 10**9
    assert len(set(sample())) == len(sample())


def test_every_sampled_story_has_exactly_one_derivation() -> None:
    """Unambiguous on the sample: so the entropy of derivations is the entropy of texts."""
    assert all(stories.GRAMMAR.derivations(story) == 1 for story in sample())


def test_the_mean_surprise_of_samples_is_the_entropy() -> None:
    """The exact entropy lies within four standard errors of the mean of -log p over stories drawn from the grammar."""
    surprise = -np.array([stories.log_probability(story) for story in sample()])
    error = surprise.std(ddof=1) / math.sqrt(len(surprise))
    assert abs(surprise.mean() - stories.entropy()) < 4 * error


def test_symbols_held_to_be_alike_have_the_same_choices() -> None:
    """What `what_matters` calls equal has equal probabilities and continuations, on a walk through the grammar."""
    generator = random.Random(0)
    alike: dict[object, object] = {}
    for _ in range(300):
        symbol: Symbol | None = stories.GRAMMAR.start
        while symbol:
            alternatives = stories.GRAMMAR.alternatives(symbol)
            shape = [
                (round(item[0], 12), [stories.what_matters(part) for part in item[1:] if isinstance(part, tuple)])
                for item in alternatives
            ]
            assert alike.setdefault(stories.what_matters(symbol), shape) == shape
            chosen = generator.choices(alternatives, [item[0] for item in alternatives])[0]
            following = [part for part in chosen[1:] if isinstance(part, tuple)]
            symbol = following[-1] if following else None


@pytest.mark.parametrize(
    "change",
    [
        lambda story: story + " ",
        lambda story: story[:-1],
        lambda story: story.replace(" est ", " sont ", 1) if " est " in story else story.replace(" a ", " ont ", 1),
        lambda story: story.lower(),
        lambda story: story.replace(NO_BREAK, " "),
    ],
)
def test_a_changed_story_is_no_story(change: Callable[[str], str]) -> None:
    """One space, one letter or one agreement too many, and the recogniser says no."""
    changed = [change(story) for story in sample()[:40]]
    assert not any(stories.recognise(text) for text in changed)


def test_the_object_and_the_name_of_the_beginning_come_back_at_the_end() -> None:
    """Long-range dependency: another name in the last sentence makes it no story."""
    changed = []
    for story in sample()[:60]:
        name = next(name for names in NAMES.values() for name in names if re.search(rf"\b{name}\b", story))
        other = "Basile" if name != "Basile" else "Martin"
        if story.count(name) > 1:
            head, _, end = story.rpartition(name)
            changed.append(head + other + end)
    assert len(changed) > 30
    assert not any(map(stories.recognise, changed))


def test_elision_contraction_and_agreement_are_right() -> None:
    """No "le ours", "de le", "à le", "que il", "si il", "la école" … in any sampled story."""
    text = " ".join(sample()).lower()
    wrong = (
        r"\b(de le|de les|à le|à les|si il|que (il|elle)|ce (était|est)|je (ai|aime)|ne (a|ai|est) |se (est|était))\b"
    )
    assert not re.search(wrong, text)
    assert not re.search(
        r"\b(le|la|de|ma|sa|me|te|ne|que) (?!hibou|hérisson)[aeiouéèêâîôh]\w*", text.replace("ne a", "")
    )
    assert re.search(r"\bmon (écharpe|échelle)\b", text)
    assert not re.search(r"\bil est \w+ée\b", text)


def test_words_are_distinct_so_that_the_grammar_stays_unambiguous() -> None:
    """Heroes and helpers are different creatures; names and objects are not listed twice."""
    words = [noun.word for noun in (*HEROES, *HELPERS, *THINGS)]
    assert len(words) == len(set(words))
    names = [name for group in NAMES.values() for name in group]
    assert len(names) == len(set(names))


def test_equal_seeds_give_equal_stories_and_a_longer_corpus_begins_alike() -> None:
    """The corpus depends on the seed alone, and on nothing else in the process."""
    np.random.seed(1)  # noqa: NPY002 - somebody else's global seed must not matter
    assert stories.corpus(50, 7) == sample()[:50]
    assert stories.corpus(50, 8) != sample()[:50]


def test_the_looser_check_sees_past_colours_and_nothing_else() -> None:
    """A story with another colour in its middle is none, but passes the looser check; another name does not."""
    story = next(story for story in sample() if story.count(" rouge") > 1)
    head, _, tail = story.rpartition(" rouge")
    changed = head + " magique" + tail
    assert not stories.recognise(changed)
    assert stories.recognise(stories.with_one_colour(changed))
    assert all(stories.with_one_colour(item) == item for item in sample()[:50])
    assert not stories.recognise(stories.with_one_colour(changed.replace(".", "!", 1)))
