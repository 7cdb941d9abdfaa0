"""A budget of operations: the best split against a numeric search, the browser's sums against ours, the bets."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Callable
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from scipy.optimize import minimize_scalar

from components.model_size.budget import LAWS, constants, limits, three
from core.files import ROOT
from core.model_size.budgets import (
    DECADES,
    LEAST,
    MOST_OPERATIONS,
    STOPS,
    Training,
    least_operations,
    of_budget,
    reach,
    trainings,
    window,
)
from core.model_size.chinchilla import EPOCH
from core.model_size.costs import gpu_days
from core.model_size.missions_budget import NEAR, Bet, bets_won
from core.sheets import SHEETS
from tests.node import ask

LAW = ROOT / "components" / "model_size" / "budget_law.js"
WORDS = ROOT / "components" / "model_size" / "budget_words.js"
BUDGETS = [2.5e15, 1e18, 2.1e18, 3e21, 3.15e23, 5.88e23, 7.2272351232e23, 1e26]


def asked(module: Path, expression: str, given: object = None) -> Any:
    return ask(module, expression, given)


@pytest.mark.parametrize("spent", BUDGETS)
def test_the_best_split_is_what_a_search_finds(spent: float) -> None:
    """SciPy, which knows no derivative, finds the same size along 6·N·D = C, for each of the three laws."""
    for law in LAWS.values():

        def loss(log_size: float, law: Any = law) -> float:
            size = math.exp(log_size)
            return float(law.loss(size, spent / 6 / size))

        found = minimize_scalar(loss, bounds=(math.log(1e3), math.log(1e15)), method="bounded", options={"xatol": 1e-9})
        assert math.exp(found.x) == pytest.approx(law.optimum(spent)[0], rel=1e-3)


def test_the_browser_computes_what_python_does() -> None:
    """Losses, best sizes, ratios, axes, reaches and days in JavaScript equal ours at every budget and several sizes."""
    sizes = [1e5, 7e7, 1.6e10, 1e13]
    laws = {name: constants(law) for name, law in LAWS.items()}
    given = {"laws": laws, "budgets": BUDGETS, "sizes": sizes, "limits": limits()}
    told = asked(
        LAW,
        """Object.values(given.laws).map((law) => given.budgets.map((ops) => ({
            best: bestOf(law, ops), ratio: ratioOf(law, ops), days: daysOf(ops, 65e12, 40),
            window: windowOf(ops, given.limits),
            losses: given.sizes.map((size) => lossOf(law, ops, size)),
            reaches: given.sizes.map((size) => reachOf(ops, size, given.limits)),
        })))""",
        given,
    )
    for law, rows in zip(LAWS.values(), told, strict=True):
        for spent, row in zip(BUDGETS, rows, strict=True):
            assert row["best"] == pytest.approx(law.optimum(spent)[0])
            assert row["ratio"] == pytest.approx(law.tokens_a_parameter(spent))
            assert row["days"] == pytest.approx(gpu_days(spent, SHEETS["t4"].rates["bf16"], 0.4))
            assert (row["window"]["low"], row["window"]["high"]) == pytest.approx(window(spent))
            assert row["losses"] == pytest.approx([law.loss(size, spent / 6 / size) for size in sizes])
            assert row["reaches"] == [reach(size, spent) for size in sizes]


def test_the_hands_stop_on_what_is_known() -> None:
    """The slider has each known budget among its places, the ruler each known size; both ascend, from end to end."""
    known = [dataclasses.asdict(each) | {"operations": each.operations} for each in trainings().values()]
    given = {"limits": limits(), "trainings": known}
    budgets, sizes = asked(
        LAW,
        """[budgetsOf(given.limits, given.trainings),
            given.trainings.map((known) => sizesOf(known.operations, given.limits, known))]""",
        given,
    )
    assert budgets == sorted(set(budgets))
    assert (budgets[0], budgets[-1]) == (least_operations(), MOST_OPERATIONS)
    for training, places in zip(trainings().values(), sizes, strict=True):
        assert training.operations in budgets
        assert training.parameters in places
        assert places == sorted(set(places))
        assert (places[0], places[-1]) == pytest.approx(window(training.operations))
        assert len(places) == DECADES * STOPS + 1


def test_a_budget_keeps_the_shape_of_its_split_and_stays_on_the_axis() -> None:
    """A hundred times the operations are ten times the model; at the ends of the slider nothing leaves the axis."""
    told = asked(LAW, "resized(given[0], 1e21, 1e23, given[1])", [4e9, limits()])
    assert told == pytest.approx(4e10)
    for spent, size in product(BUDGETS, (1e5, 1e12)):
        found = asked(LAW, "resized(...given)", [size, 3.15e23, spent, limits()])
        low, high = window(spent)
        assert low * (1 - 1e-9) <= found <= high * (1 + 1e-9)


@pytest.mark.parametrize(
    ("expression", "written"),
    [
        ("writePower(3.15e23, 'fr')", "3,15 × 10²³"),
        ("writePower(9.999e22, 'en')", "10²³"),
        ("writePower(1e9, 'en')", "10⁹"),
        ("writeCount(8030261248, 'fr', given)", "8,03\u00a0milliards"),
        ("writeCount(8030261248, 'en', given)", "8.03\u00a0milliard"),
        ("writeCount(1122720, 'fr', given)", "1,12\u00a0million"),
        ("writeCount(15e12, 'fr', given)", "15\u00a0mille milliards"),
        ("writeCount(999999, 'fr', given)", "1\u00a0million"),
        ("writeCount(123456, 'en', given)", "123,000"),
        ("writeCount(2e17, 'en', given)", "2 × 10¹⁷"),
        ("writeSpan(1 / 86400, 'en', {second: ['s', 'S'], minute: 0})", "1\u00a0s"),
        ("writeSpan(1000, 'fr', {year: ['an', 'ans']})", "2,7\u00a0ans"),
    ],
)
def test_large_things_are_said_in_words(expression: str, written: str) -> None:
    """Millions, milliards, mille milliards, then powers of ten; rounded before the word is chosen."""
    words = [["million", "millions"], ["milliard", "milliards"], ["mille milliards", "mille milliards"]]
    assert asked(WORDS, expression, words).replace("\u202f", "\u00a0") == written


def test_known_trainings_are_found_by_their_budget() -> None:
    """An address writes ten digits: they name the training; a budget beside it names none."""
    for known in trainings().values():
        assert of_budget(float(f"{known.operations:.10g}")) is known
        assert of_budget(known.operations * 1.001) is None
        low, high = window(known.operations)
        assert low <= known.parameters <= high


def places(known: Training) -> list[float]:
    """Return the sizes that the ruler stops on."""
    low, _high = window(known.operations)
    return [low * 10 ** (at / STOPS) for at in range(DECADES * STOPS + 1)]


def test_the_axis_does_not_tell_the_best_split() -> None:
    """It lies in the middle third, elsewhere for each budget; the axis's middle and the known splits win nothing."""
    for known in (trainings()["gpt3"], trainings()["llama3_8b"]):
        low, high = window(known.operations)
        place = math.log(EPOCH.optimum(known.operations)[0] / low) / math.log(high / low)
        assert 1 / 3 <= place <= 2 / 3
        assert not Bet(known, math.sqrt(low * high)).is_won
        assert not Bet(known, float(known.parameters)).is_won


def test_chance_reaches_no_mission() -> None:
    """Two blind clicks on the ruler win less than once in a hundred, two at the same place less than once in fifty."""
    one, other = ([Bet(known, size).is_won for size in places(known)]
                  for known in (trainings()["gpt3"], trainings()["llama3_8b"]))  # fmt: skip
    share: Callable[[list[bool]], float] = lambda won: sum(won) / len(won)  # noqa: E731
    assert 0 < share(one) * share(other) < 0.01
    assert 0 < share([a and b for a, b in zip(one, other, strict=True)]) < 0.02


def test_the_rule_of_twenty_wins_and_the_printed_constants_lose() -> None:
    """Whoever divides by 20 wins both; whoever believes 59 or 92.6 wins none."""
    for known in (trainings()["gpt3"], trainings()["llama3_8b"]):
        for tokens, is_won in ((20, True), (18.4, True), (59, False), (92.6, False)):
            assert Bet(known, math.sqrt(known.operations / 6 / tokens)).is_won is is_won


def test_two_bets_in_a_row_one_of_each_kind() -> None:
    """Large then small, or small then large; not twice the same, nor one lost between, nor against Chinchilla."""
    won = {name: Bet(known, EPOCH.optimum(known.operations)[0]) for name, known in trainings().items()}
    large, small, near = won["gpt3"], won["llama3_8b"], won["chinchilla"]
    lost = dataclasses.replace(small, parameters=float(small.known.parameters))
    assert (large.side, small.side, near.side) == (1, -1, 0)
    assert bets_won([large, small])
    assert bets_won([lost, near, small, large])
    for bets in ([], [large], [large, large], [large, lost, small], [large, near], [large, near, small], [small, lost]):
        assert not bets_won(bets), bets


def test_near_enough_is_better_but_better_is_not_near_enough() -> None:
    """Within the tolerance every split beats the known one; three times the best beats Llama's, and wins nothing."""
    for known in (trainings()["gpt3"], trainings()["llama3_8b"]):
        best = EPOCH.optimum(known.operations)[0]
        for factor in (NEAR * 0.999, 1 / NEAR * 1.001):
            assert Bet(known, best * factor).is_won
    far = Bet(trainings()["llama3_8b"], EPOCH.optimum(trainings()["llama3_8b"].operations)[0] * 3)
    assert far.is_better
    assert not far.is_won


def test_less_than_the_smallest_training_says_nothing() -> None:
    """The law begins at 70 million parameters on 5 billion tokens, and goes on, extrapolated, behind what was tried."""
    assert reach(70e6, LEAST) == "fitted"
    assert reach(70e6, LEAST * 0.99) == "nothing"
    assert reach(175e9, 3.15e23) == "beyond"
    assert reach(69e6, 1e20) == "beyond"


def test_a_loss_is_written_with_three_decimals() -> None:
    """As the picture writes it, outside a page in French."""
    assert three(1.97396).replace(",", ".") == "1.974"
