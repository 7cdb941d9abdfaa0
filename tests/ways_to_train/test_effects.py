"""The recorded effects: whole, and of the prompts that the code makes."""

from __future__ import annotations

import pytest

from core.language_models.prompts import Prompt
from core.tasks.categories.words import CATEGORIES
from core.ways_to_train import effects
from core.ways_to_train.curves import effects as recorded
from core.ways_to_train.ways import prompted


def test_every_prompt_has_been_asked() -> None:
    """Orders, majorities, blocks, wrong labels, names that say nothing, French words, letters: as many as named."""
    told = recorded()
    assert [len(rows) for rows in told["order"].values()] == [effects.ORDERS] * effects.ORDER_DRAWS
    for name in CATEGORIES:
        assert list(told["majority"][name]) == [str(count) for count in effects.MAJORITY]
        assert {len(rows) for rows in told["majority"][name].values()} == {effects.MAJORITY_DRAWS}
        assert len(told["blocks"][name]) == effects.BLOCKS_DRAWS
    for way in ("few_shot", "scratch", "transfer"):
        assert {share: len(rows) for share, rows in told["wrong"][way].items()} == {
            str(share): effects.WRONG_DRAWS for share in effects.WRONG
        }
        assert {count: len(rows) for count, rows in told["spelling"][way].items()} == {
            str(count): effects.SPELLING_DRAWS for count in effects.SPELLING_COUNTS
        }
    assert {count: len(rows) for count, rows in told["meaningless"].items()} == {
        str(count): effects.NAMES_DRAWS for count in effects.NAMES_COUNTS
    }
    assert {count: len(rows) for count, rows in told["french"].items()} == {
        str(count): effects.FRENCH_DRAWS for count in effects.FRENCH_COUNTS
    }


def test_the_labels_told_are_those_of_the_prompts() -> None:
    """Each row of order, majority and blocks names the labels of its examples, in their order."""
    told = recorded()

    def named(some: effects.Examples) -> list[int]:
        return [CATEGORIES.index(label) for _word, label in some]

    for seed, rows in told["order"].items():
        for order, row in enumerate(rows):
            assert row["labels"] == named(effects.ordered(int(seed), order))
    for label, name in enumerate(CATEGORIES):
        for count, rows in told["majority"][name].items():
            for seed, row in enumerate(rows):
                assert row["labels"] == named(effects.with_majority(label, int(count), seed))
        for seed, row in enumerate(told["blocks"][name]):
            assert row["labels"] == named(effects.in_blocks(label, seed + 1))


def test_a_prompt_asked_again_answers_as_recorded() -> None:
    """Six animals and nothing else: about as many words are read as animals as is recorded."""
    row = recorded()["majority"]["animal"]["6"][0]
    again = prompted(Prompt(effects.with_majority(0, 6, 0)))
    assert again["tokens"] == row["tokens"]
    assert again["read"][0] == pytest.approx(row["read"][0], abs=2)
