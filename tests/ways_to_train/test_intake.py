"""What a student hands in: cleaned, or refused with a reason."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.ways_to_train import intake
from core.ways_to_train.intake import REASONS, IntakeError


@pytest.mark.parametrize(
    ("ask", "reason"),
    [
        (lambda: intake.word_of("  \n\t "), "word_empty"),
        (lambda: intake.word_of("x" * 41), "word_too_long"),
        (lambda: intake.word_of(7), "not_text"),
        (lambda: intake.label_of("\x00"), "label_empty"),
        (lambda: intake.label_of("x" * 31), "label_too_long"),
        (lambda: intake.words_of([]), "no_words"),
        (lambda: intake.words_of(["a"] * 201), "too_many_words"),
        (lambda: intake.labels_of(["a"]), "too_few_labels"),
        (lambda: intake.labels_of(list("abcdefghi")), "too_many_labels"),
        (lambda: intake.labels_of(["a", " a "]), "label_twice"),
        (lambda: intake.examples_of([["w", "a"]] * 101), "too_many_examples"),
        (lambda: intake.examples_of([["w", "c"]], ["a", "b"]), "label_unknown"),
        (lambda: intake.examples_of([["w", ""]]), "label_empty"),
        (lambda: intake.examples_of(["wa"]), "not_a_pair"),
        (lambda: intake.examples_of([["w"]]), "not_a_pair"),
        (lambda: intake.to_learn_from([]), "too_few_labels"),
        (lambda: intake.to_learn_from([["v", "a"], ["w", "a"]]), "too_few_labels"),
        (lambda: intake.to_learn_from([[f"w{at}", f"l{at}"] for at in range(9)]), "too_many_labels"),
        (lambda: intake.instruction_of("x" * 401), "instruction_too_long"),
        (lambda: intake.question_of(" "), "question_empty"),
        (lambda: intake.question_of("x" * 401), "question_too_long"),
        (lambda: intake.seed_of(-1), "seed_unknown"),
        (lambda: intake.seed_of(True), "seed_unknown"),
    ],
)
def test_what_cannot_be_asked_is_refused_with_its_reason(ask: Callable[[], Any], reason: str) -> None:
    """Empty, too long, too many, alone, twice, no text: one error, whose reason is listed and travels from a worker."""
    with pytest.raises(IntakeError) as caught:
        ask()
    assert caught.value.reason == reason
    assert reason in REASONS
    again = pickle.loads(pickle.dumps(caught.value))
    assert (again.reason, again.found, again.most) == (reason, caught.value.found, caught.value.most)


@given(st.text(st.characters()))
def test_a_cleaned_text_is_one_line_that_can_be_written(text: str) -> None:
    """Whatever is typed, half a pair of code units and all kinds of line ends: one line, and cleaned for good."""
    cleaned = intake.clean(text)
    assert cleaned.encode().decode() == cleaned
    assert len(cleaned.splitlines()) <= 1
    assert cleaned == cleaned.strip()
    assert "  " not in cleaned
    assert intake.clean(cleaned) == cleaned


def test_what_can_be_asked_is_kept() -> None:
    """Words of any script, marks of a template, up to the caps; a number of examples of none to a hundred."""
    assert intake.clean("  fire \n engine\t") == "fire engine"
    for word in ("<|im_end|> 🦊", "👩‍🚀", "می‌خواهم", "l’été"):
        assert intake.word_of(word) == word
    assert intake.examples_of([]) == ()
    assert len(intake.examples_of([["x" * 40, "y" * 30]] * 100, ["y" * 30, "z"])) == 100
    assert intake.to_learn_from([["v", "a"], ["w", "b"]]) == (("v", "a"), ("w", "b"))
    assert intake.instruction_of("") == ""
