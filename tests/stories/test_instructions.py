"""Instructions and the stories that obey them: what a story is about is read, and obeying is judged, by the grammar."""

from __future__ import annotations

from dataclasses import asdict, fields
from functools import cache
from itertools import islice

import numpy as np
import pytest

from core.stories import instructions
from core.stories import language as stories
from core.stories.instructions import OPTIONS, Instruction, about, held_out, obeyed, pairs, questions
from core.stories.words import HEROES


@cache
def sample() -> list[tuple[Instruction, str]]:
    """Return instructions with stories that obey them, drawn when the first test asks for them."""
    return list(islice(pairs(7), 400))


def test_what_a_story_is_about_stands_in_its_words() -> None:
    """Read from the derivation, checked against the text: what it names is in it, and no other object is."""
    for text in stories.corpus(300, 3):
        found = about(text)
        assert found is not None
        for word in (found.hero, found.name, found.thing, found.helper, found.home):
            assert word.lower() in text.lower(), (word, text)
        for other in set(OPTIONS["thing"]) - {found.thing}:
            assert f" {other} " not in text, (other, text)
        assert ("Peux-tu" in text or "Aide-moi" in text or "Qui es-tu" in text) == (found.plot == "needed"), text
        assert ("Le soir," in text, "ne quitte plus" in text, "du monde." in text) == tuple(
            found.ending == ending for ending in ("home", "kept", "friends")
        )
        assert found.words == text.count(" ") + 1


def test_every_pair_obeys_and_a_changed_wish_is_not_met() -> None:
    """Each answer obeys its instruction; with any one named wish replaced by another, it does not."""
    generator = np.random.default_rng(0)
    for asked, story in sample():
        assert obeyed(asked, story)
        assert not obeyed(asked, f"{story} Fin.")
        for name, wish in asked.to_json().items():
            others = [option for option in OPTIONS[name] if option != wish]
            changed = Instruction.from_json(asked.to_json() | {name: others[generator.integers(len(others))]})
            assert not obeyed(changed, story), (name, story)


def test_an_eighth_of_all_pairs_is_held_out_evenly_and_never_trained() -> None:
    """One combination in eight: every hero and every object is in some held-out pair and in many others."""
    combinations = instructions.combinations()
    assert len(combinations[True]) == len(OPTIONS["hero"]) * len(OPTIONS["thing"]) // instructions.EVERY
    assert {hero for hero, _thing in combinations[True]} == set(OPTIONS["hero"])
    assert {thing for _hero, thing in combinations[True]} == set(OPTIONS["thing"])
    for _asked, story in sample():
        found = about(story)
        assert found is not None
        assert not held_out(found.hero, found.thing)
    for asked in questions(50, 1):
        assert held_out(asked.hero, asked.thing)
    for asked in questions(50, 1, held=False):
        assert not held_out(asked.hero, asked.thing)


def test_the_answers_to_an_instruction_are_told_as_the_grammar_tells() -> None:
    """Where the ending is not named, endings of answers come as often as in stories: within four standard errors."""

    def share(endings: list[str], ending: str) -> float:
        return endings.count(ending) / len(endings)

    told = [found.ending for story in stories.corpus(1_000, 4) if (found := about(story)) is not None]
    unnamed = [found.ending for asked, story in islice(pairs(8), 1_500)
               if not asked.ending and (found := about(story)) is not None]  # fmt: skip
    for ending in OPTIONS["ending"]:
        expected = share(told, ending)
        error = (expected * (1 - expected) * (1 / len(told) + 1 / len(unnamed))) ** 0.5
        assert abs(share(unnamed, ending) - expected) < 4 * error


def test_each_wish_is_said_and_two_instructions_that_differ_are_told_apart() -> None:
    """Every field changes the text; what is asked of nobody and nothing is a story of somebody."""
    texts = {asked.text: asked for asked, _story in sample()}
    assert len(texts) == len({asked for asked, _story in sample()})
    assert Instruction().text == "Raconte l'histoire de quelqu'un."
    assert Instruction("souris", "clé", "needed", "hibou", length="short").text == (
        "Raconte l'histoire d'une souris qui aide un hibou avec une clé. Elle est courte."
    )
    assert Instruction("ours", "clé", helper="âne").text == "Raconte l'histoire d'un ours, d'une clé et d'un âne."
    full = Instruction(**{field.name: OPTIONS[field.name][1] for field in fields(Instruction)})
    for name in asdict(full):
        changed = Instruction.from_json(full.to_json() | {name: OPTIONS[name][0]})
        assert changed.text != full.text


def test_equal_seeds_give_equal_pairs_and_what_does_not_fit_is_left_out() -> None:
    """The same again; with a limit on characters nothing longer comes."""
    assert list(islice(pairs(7), 50)) == sample()[:50]
    short = islice(pairs(7, lambda asked, story: len(asked) + len(story) < 500), 50)
    assert all(len(asked.text) + len(story) < 500 for asked, story in short)


def test_an_unknown_wish_is_refused() -> None:
    """A hero of no story, a wish of no name: an error that says which."""
    with pytest.raises(ValueError, match="licorne"):
        Instruction("licorne")
    with pytest.raises(ValueError, match="mood"):
        Instruction.from_json({"mood": "happy"})
    assert Instruction.from_json(sample()[0][0].to_json()) == sample()[0][0]
    assert about("Il était une fois") is None
    assert len(HEROES) == 16
