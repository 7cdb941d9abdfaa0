"""A prompt as a link holds it, a task as it is typed, and when the missions are reached."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.tasks.categories.settings import MOST_WORD
from core.tasks.categories.words import CATEGORIES
from core.ways_to_train import cards, intake, own
from core.ways_to_train.cards import MOST, WORD
from core.ways_to_train.intake import IntakeError
from core.ways_to_train.lines import read
from core.ways_to_train.missions import beats_ten, scratch_wins, worse_than_chance
from core.ways_to_train.own import OwnTask
from core.ways_to_train.presets import PROMPTS
from core.ways_to_train.recorded import held_out

CARDS = st.lists(st.tuples(st.text(max_size=60).map(cards.clean), st.sampled_from(CATEGORIES)), max_size=MOST)


@given(CARDS)
def test_cards_come_back_from_their_link(some: list[tuple[str, str]]) -> None:
    """Whatever was written on them, cards are the same after a link, which is never too long for an address."""
    text = cards.text_of(some)
    assert len(text) <= 1_000
    assert cards.read(text) == tuple(some)


@pytest.mark.parametrize("text", ["wolf", "wolf=plant", "=", ";", "a=animal;;", "x" * 30 + "=animal", "a=animal;" * 40])
def test_a_link_that_is_no_prompt_is_refused(text: str) -> None:
    """A label that is none, a word too long, too many cards, a card without a sign between."""
    assert cards.read(text) is None


def test_cards_without_a_word_are_not_shown_to_the_model() -> None:
    """An empty card stays on the screen; the prompt leaves it out."""
    assert cards.asked((("", "animal"), ("bread", "food"))) == (("bread", "food"),)


def test_a_word_fits_on_a_card_and_in_a_prompt() -> None:
    """What a card takes, the intake takes too."""
    assert WORD <= MOST_WORD
    assert intake.MOST_EXAMPLES >= MOST


def test_lines_are_read_with_any_sign_between() -> None:
    """Equal sign, colon, semicolon, comma or tab; spaces around do not count; empty lines are left out."""
    text = "dog = animal\n\n  blue whale :animal\nbus;vehicle\na,b, c\nx\ty\nlonely\n = nothing"
    assert read(text) == [
        ("dog", "animal"), ("blue whale", "animal"), ("bus", "vehicle"), ("a", "b, c"), ("x", "y"), ("lonely", ""),
        ("", "nothing"),
    ]  # fmt: skip


@given(st.text(max_size=300), st.text(max_size=300))
def test_any_text_is_a_task_or_refused_for_a_reason(learn: str, tried: str) -> None:
    """No text whatever raises anything but a reason that the page has words for."""
    task = taught_or_reason(learn, tried)
    if isinstance(task, str):
        assert task in intake.REASONS
    else:
        assert len(task.labels) >= 2
        assert len(task.words) >= 1


def taught_or_reason(learn: str, tried: str) -> OwnTask | str:
    """Return a typed task, or why it is refused."""
    try:
        return own.task_of(learn, tried)
    except IntakeError as error:
        return error.reason


def test_missions_want_exactly_what_they_say() -> None:
    """Three cards and more than the best of ten; worse than chance as it says it; from scratch alone in front."""
    three, two = [("a", "animal")] * 3, [("a", "animal")] * 2
    good, bad = {"raw": 40, "calibrated": 60, "words": 150}, {"raw": 29, "calibrated": 29, "words": 150}
    assert beats_ten(three, good, 0.25)
    assert not beats_ten(two, good, 0.25)
    assert not beats_ten(three, good, 0.28), "calibrated does not count"
    assert worse_than_chance(three, bad)
    assert not worse_than_chance(two, bad)
    assert worse_than_chance(three, bad | {"calibrated": 100})
    assert not worse_than_chance(three, bad | {"raw": 30})
    right: dict[str, int | None] = {"scratch": 9, "transfer": 8, "few_shot": 7, "zero_shot": 5}
    assert scratch_wins(right, 10)
    assert not scratch_wins(right, 9)
    assert not scratch_wins(right | {"transfer": 9}, 10)
    assert not scratch_wins(right | {"zero_shot": None}, 10)


def test_no_prompt_shows_what_it_is_tried_on() -> None:
    """No card of a prompt to start from is a word held out; what it asks about is."""
    words = {word.english for word in held_out()}
    for some, word in PROMPTS.values():
        assert not words & {shown for shown, _label in some}
        assert word in words
