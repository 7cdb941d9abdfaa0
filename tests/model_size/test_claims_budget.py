"""The sentences on a budget of operations, computed. Names are those of their claims in the lesson."""

from __future__ import annotations

import numpy as np
import pytest

from components.model_size.budget_state import names
from core.model_size.budgets import ASSUMED, LEAST, MOST_OPERATIONS, SIZES, TOKENS, reach, trainings
from core.model_size.chinchilla import CHINCHILLA, EPOCH, HOFFMANN, UNROUNDED, Law
from core.model_size.costs import operations
from core.model_size.presets import presets
from core.sheets import SHEETS

LAWS = (HOFFMANN, UNROUNDED, EPOCH)


def expected(name: str) -> tuple[float, float, float]:
    """Return the loss that the law expects of a known training, the best at its budget, and its size over the best."""
    known = trainings()[name]
    size, tokens = EPOCH.optimum(known.operations)
    return EPOCH.loss(known.parameters, known.tokens), EPOCH.loss(size, tokens), known.parameters / size


def ratio(name: str) -> float:
    return trainings()[name].tokens / trainings()[name].parameters


def test_product_is_fixed() -> None:
    """At one budget, ten times the parameters leave a tenth of the tokens."""
    operations_ = trainings()["chinchilla"].operations
    assert operations_ / 6 / 7e11 == pytest.approx(trainings()["chinchilla"].tokens / 10)


def test_one_hollow() -> None:
    """Along any budget the expected loss falls to one place, and rises behind it."""
    for spent in np.geomspace(LEAST, MOST_OPERATIONS, 9):
        sizes = np.geomspace(1e5, 1e15, 2_000)
        steps = np.diff([EPOCH.loss(size, spent / 6 / size) for size in sizes])
        turn = int(np.argmax(steps > 0))
        assert 0 < turn < len(steps) - 1
        assert (steps[:turn] < 0).all()
        assert (steps[turn:] > 0).all()


def test_gpt3_too_large() -> None:
    """1.7 tokens a parameter; 3.3 times the best size; 2.009 where 1.992 was to be had."""
    theirs, best, times = expected("gpt3")
    assert (round(theirs, 3), round(best, 3), round(times, 1)) == (2.009, 1.992, 3.3)
    assert round(ratio("gpt3"), 1) == 1.7


def test_chinchilla_is_in_the_hollow() -> None:
    """20 tokens a parameter; nothing that three decimals would show is lost."""
    theirs, best, times = expected("chinchilla")
    assert theirs - best < 0.0005
    assert 0.9 < times < 1.1
    assert ratio("chinchilla") == 20


def test_llama_too_small() -> None:
    """Nearly 1,900 tokens a parameter; a tenth of the best size, for 0.054 of loss."""
    theirs, best, times = expected("llama3_8b")
    assert round(theirs - best, 3) == 0.054
    assert 1 / times == pytest.approx(10, abs=0.2)
    assert 1_850 < ratio("llama3_8b") < 1_900


def test_small_is_cheap() -> None:
    """A written token costs Llama 3 8B about two operations a parameter (its table of tokens is only read)."""
    preset = presets()["llama3_8b"]
    assert preset.decoder is not None
    assert preset.blocks is not None
    assert operations(preset.decoder, preset.blocks, 1_000) / preset.blocks.parameters == pytest.approx(2, rel=0.1)


def test_hollow_is_flat() -> None:
    """At the budgets of the three large trainings, twice or half the best size loses 0.005."""
    for name in ("gpt3", "chinchilla", "llama3_8b"):
        size, tokens = EPOCH.optimum(trainings()[name].operations)
        for factor in (2, 0.5):
            assert EPOCH.loss(size * factor, tokens / factor) - EPOCH.loss(size, tokens) == pytest.approx(
                5e-3, abs=5e-4
            )


def test_the_large_are_extrapolated() -> None:
    """Each of the three lies outside the models tried, by its parameters or by its tokens."""
    for name in ("gpt3", "chinchilla", "llama3_8b"):
        known = trainings()[name]
        assert reach(known.parameters, known.operations) == "beyond"
        assert not (known.parameters <= SIZES[1] and known.tokens <= TOKENS[1])


def test_silent_on_the_small() -> None:
    """Both are far below the smallest model tried; the mini GPT-2's budget below the smallest training."""
    letters = presets()["letters"].blocks
    assert letters is not None
    assert letters.parameters == 14_007
    known = trainings()["mini_gpt2"]
    assert letters.parameters < known.parameters < SIZES[0] / 50
    assert reach(known.parameters, known.operations) == "nothing"


def test_four_answers() -> None:
    """The table, at the budget of Gopher, which Chinchilla was to spend again."""
    answers = [law.tokens_a_parameter(CHINCHILLA) for law in LAWS]
    assert [round(answers[0], 1), round(answers[1]), round(answers[2], 1)] == [92.6, 59, 18.4]
    assert ratio("chinchilla") == 20


def test_rounding_is_a_part() -> None:
    """Rounded exponents are what the article prints; without rounding 59 is left, still three times Epoch's."""
    assert (round(UNROUNDED.alpha, 2), round(UNROUNDED.beta, 2), round(UNROUNDED.floor, 2)) == (0.34, 0.28, 1.69)
    assert (HOFFMANN.alpha, HOFFMANN.beta, UNROUNDED.beta) == (0.34, 0.28, 0.2849)
    only_beta = Law(UNROUNDED.floor, UNROUNDED.a, UNROUNDED.b, UNROUNDED.alpha, HOFFMANN.beta, "")
    assert only_beta.tokens_a_parameter(CHINCHILLA) > 1.4 * UNROUNDED.tokens_a_parameter(CHINCHILLA)
    assert UNROUNDED.tokens_a_parameter(CHINCHILLA) > 3 * EPOCH.tokens_a_parameter(CHINCHILLA)


def test_apart_when_extrapolated() -> None:
    """At the smallest budget tried the answers lie between 19 and 28; the larger the budget, the more they part."""
    near = [law.tokens_a_parameter(LEAST) for law in LAWS]
    assert 19 < min(near) < max(near) < 28
    spread = [
        max(answers) / min(answers)
        for spent in np.geomspace(LEAST, MOST_OPERATIONS, 20)
        for answers in [[law.tokens_a_parameter(spent) for law in LAWS]]
    ]
    assert spread == sorted(spread)


def test_llama_hours() -> None:
    """Meta's 1.3 million hours of H100 are 16 % of the sheet's rate by 6·N·D."""
    used = trainings()["llama3_8b"].operations / (1.3e6 * 3_600 * SHEETS["h100"].rates["bf16"])
    assert round(100 * used) == 16


def test_forty_is_assumed() -> None:
    """It is the default of a value that the student sets."""
    default, parse = names()["share"]
    assert default == ASSUMED == 40
    assert parse("16") == 16
