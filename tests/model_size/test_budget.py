"""A budget of operations: the best split against a numeric search, the browser's sums against ours, the bets."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Callable
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from scipy.optimize import minimize_scalar

from components.model_size.budget import LAWS, constants, limits
from components.model_size.budget_words import three
from core.files import ROOT
from core.model_size.budgets import (
    DECADES,
    LEAST,
    MOST_OPERATIONS,
    STOPS,
    least_operations,
    of_budget,
    reach,
    trainings,
    window,
)
from core.model_size.chinchilla import EPOCH
from core.model_size.costs import gpu_days
from core.model_size.missions_budget import NEAR, Bet, bets_won, is_answered
from core.sheets import SHEETS
from tests.node import ask

LAW = ROOT / "components" / "model_size" / "budget_law.js"
WORDS = ROOT / "components" / "model_size" / "budget_words.js"
SPENT = np.geomspace(LEAST, MOST_OPERATIONS, 30).tolist()
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
        ("writeCount(15e12, 'fr', given)", "15\u00a0000\u00a0milliards"),
        ("writeCount(15e12, 'en', given)", "15\u00a0mille milliards"),
        ("writeCount(9.999e14, 'fr', given)", "10¹⁵"),
        ("writeCount(999999, 'fr', given)", "1\u00a0million"),
        ("writeCount(123456, 'en', given)", "123,000"),
        ("writeCount(2e17, 'en', given)", "2 × 10¹⁷"),
        ("writeSpan(1 / 86400, 'en', {second: ['s', 'S'], minute: 0})", "1\u00a0s"),
        ("writeSpan(1000, 'fr', {year: ['an', 'ans']})", "2,7\u00a0ans"),
        ("writeDays(17200, 'fr', given)", "17\u00a0200"),
        ("writeDays(356e6, 'fr', given)", "356\u00a0millions"),
        ("writeDays(0.00003, 'en', given)", "0.00003"),
    ],
)
def test_large_things_are_said_in_words(expression: str, written: str) -> None:
    """Millions, milliards, thousands of milliards, then powers of ten; rounded before the word is chosen."""
    words = [["million", "millions"], ["milliard", "milliards"], ["mille milliards", "mille milliards"]]
    assert asked(WORDS, expression, words).replace("\u202f", "\u00a0") == written


def test_known_trainings_are_found_by_their_budget() -> None:
    """An address writes ten digits: they name the training; a budget beside it names none."""
    for known in trainings().values():
        assert of_budget(float(f"{known.operations:.10g}")) is known
        assert of_budget(known.operations * 1.001) is None
        low, high = window(known.operations)
        assert low <= known.parameters <= high


LARGE, NEAREST, SMALL = (trainings()[name] for name in ("gpt3", "chinchilla", "llama3_8b"))


def best(spent: float) -> float:
    """Return the best size of a budget."""
    return EPOCH.optimum(spent)[0]


def bet(spent: float, size: float) -> Bet:
    return Bet(spent, size, is_blind=True)


def places(spent: float) -> list[float]:
    """Return the sizes that the ruler stops on."""
    low, _high = window(spent)
    return [low * 10 ** (at / STOPS) for at in range(DECADES * STOPS + 1)]


def test_the_axis_does_not_tell_the_best_split() -> None:
    """It lies in the middle third, elsewhere for each budget; the axis's middle and the known splits win nothing."""
    for known in (LARGE, SMALL):
        low, high = window(known.operations)
        place = math.log(best(known.operations) / low) / math.log(high / low)
        assert 1 / 3 <= place <= 2 / 3
        assert not bet(known.operations, math.sqrt(low * high)).is_won
        assert not bet(known.operations, float(known.parameters)).is_won


def test_chance_reaches_no_mission() -> None:
    """Two blind clicks on the ruler win less than once in a hundred, two at the same place less than once in fifty.

    The first holds at every budget; where a bet begins, at the smallest model of the axis, nothing is ever won.
    """
    one, other = ([bet(known.operations, size).is_won for size in places(known.operations)] for known in (LARGE, SMALL))
    share: Callable[[list[bool]], float] = lambda won: sum(won) / len(won)  # noqa: E731
    assert 0 < share([a and b for a, b in zip(one, other, strict=True)]) < 0.02
    for spent in SPENT:
        won = [bet(spent, size).is_won for size in places(spent)]
        assert 0 < share(won) < 0.1
        assert not won[0]


def test_the_rule_of_twenty_wins_and_the_printed_constants_lose() -> None:
    """Whoever divides by 20 wins, at every budget; whoever believes 59 or 92.6 loses."""
    for spent in (LARGE.operations, SMALL.operations, *SPENT):
        for tokens, is_won in ((20, True), (59, False), (92.6, False)):
            assert bet(spent, math.sqrt(spent / 6 / tokens)).is_won is is_won


def test_two_bets_in_a_row_that_count() -> None:
    """Two won ones, whatever came before; not one, nor with a lost one between; practice adds and breaks nothing."""
    won, again = bet(LARGE.operations, best(LARGE.operations)), bet(1e21, best(1e21))
    lost = bet(SMALL.operations, SMALL.parameters)
    practice, missed = (dataclasses.replace(each, is_blind=False) for each in (won, lost))
    assert bets_won([won, again])
    assert bets_won([lost, won, again])
    assert bets_won([won, practice, missed, again, missed])
    for bets in (
        [],
        [won],
        [won, lost],
        [won, lost, again],
        [won, practice],
        [practice, practice, won],
        [won, again, lost],
    ):
        assert not bets_won(bets), bets


def test_near_enough_is_better_but_better_is_not_near_enough() -> None:
    """Within the tolerance every split beats the two rivals; three times the best beats Llama's, and wins nothing."""
    for known in (LARGE, SMALL):
        theirs = EPOCH.loss(known.parameters, known.tokens)
        for factor in (NEAR * 0.999, 1 / NEAR * 1.001):
            near = bet(known.operations, best(known.operations) * factor)
            assert near.is_won
            assert near.loss < theirs
            assert near.rival is known
    far = bet(SMALL.operations, best(SMALL.operations) * 3)
    assert far.loss < EPOCH.loss(SMALL.parameters, SMALL.tokens)
    assert not far.is_won
    assert bet(NEAREST.operations, 1e9).rival is None
    assert bet(1e21, 1e9).rival is None


def test_a_curve_that_was_seen_answers_its_bet_and_those_of_its_neighbours() -> None:
    """Its own; a budget beside it, both ways, so that nobody looks one step aside; none at twice or half.

    From one known training to another a thought is left; Chinchilla itself stands in the hollow, on the chart.
    """
    for known in (LARGE, SMALL):
        assert not is_answered(known.operations, [])
        assert is_answered(known.operations, [1e19, known.operations])
        assert is_answered(known.operations, [known.operations * 1.12])
        others = [each.operations for each in trainings().values() if each != known]
        assert not is_answered(known.operations, others)
    assert is_answered(NEAREST.operations, [])
    for spent in SPENT[:-1]:
        assert is_answered(spent, [spent * 1.5])
        assert is_answered(spent * 1.5, [spent])
        assert not is_answered(spent, [spent * 2])
        assert not is_answered(spent * 2, [spent])


def test_a_hollow_copied_from_a_curve_that_answers_nothing_loses() -> None:
    """Between budgets of one's own, answered is exactly what the hollow that was seen would win."""
    for spent, seen in product([1e20, 3.3e21, 4e22, 9e24], np.geomspace(1e19, 1e26, 40).tolist()):
        assert is_answered(spent, [seen]) is bet(spent, best(seen)).is_won


def test_the_browser_knows_as_we_do_which_bets_count() -> None:
    """At each pair of budgets, known ones among them, the picture's answer is Python's."""
    spent = [known.operations for known in trainings().values()] + [3.3e23, 1e21, 1.6e21, 1e26]
    known = [dataclasses.asdict(each) | {"operations": each.operations} for each in trainings().values()]
    told = asked(
        LAW,
        """given.spent.map((ops) => [[], ...given.spent.map((seen) => [seen])].map((seen) =>
            isAnswered(ops, seen, given.law, given.limits, given.trainings)))""",
        {"spent": spent, "law": constants(EPOCH), "limits": limits(), "trainings": known},
    )
    assert told == [[is_answered(ops, seen) for seen in ([], *([each] for each in spent))] for ops in spent]


@pytest.mark.parametrize(
    ("spent", "seen", "hidden", "said"),
    [
        (LARGE.operations, [], [], "betting"),
        (1e21, [], [], "bettingOwn"),
        (LARGE.operations, [LARGE.operations], [], "practice Llama 3 8B counts"),
        (NEAREST.operations, [SMALL.operations], [], "practice GPT-3 175B counts"),
        (1e21, [1e21, LARGE.operations, SMALL.operations], [], "practice practiceOwn"),
        (1e21, SPENT, [], "practice practiceNone"),
        (LARGE.operations, [LARGE.operations], ["ms_budget_ops"], "practice"),
    ],
)
def test_a_hidden_curve_says_what_to_do_or_where_a_bet_counts(
    spent: float, seen: list[float], hidden: list[str], said: str
) -> None:
    """A training still hidden is named, then a budget of one's own; none is promised where none is left."""
    names = ("betting", "bettingOwn", "practice", "practiceOwn", "practiceNone")
    known = [dataclasses.asdict(each) | {"operations": each.operations} for each in trainings().values()]
    given = {
        "labels": {name: name for name in names} | {"practiceNext": "%n counts"},
        "limits": limits(),
        "trainings": known,
        "hidden": hidden,
    }
    told = asked(
        ROOT / "components" / "model_size" / "budget_bets.js",
        """asked({ data: given.data, state: { ops: given.ops }, seen: new Set(given.seen), law: () => given.law,
            known: () => given.data.trainings.find(({ operations }) => operations === given.ops) })""",
        {"data": given, "ops": spent, "seen": seen, "law": constants(EPOCH)},
    )
    assert told == said


def test_less_than_the_smallest_training_says_nothing() -> None:
    """The law begins at 70 million parameters on 5 billion tokens, and goes on, extrapolated, behind what was tried."""
    assert reach(70e6, LEAST) == "fitted"
    assert reach(70e6, LEAST * 0.99) == "nothing"
    assert reach(175e9, 3.15e23) == "beyond"
    assert reach(69e6, 1e20) == "beyond"


def test_a_loss_is_written_with_three_decimals() -> None:
    """As the picture writes it, outside a page in French."""
    assert three(1.97396).replace(",", ".") == "1.974"
