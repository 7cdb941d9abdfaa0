"""Every sentence of the page on baselines and on faulty data that states a fact, computed from what is recorded."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from components.project.state import names
from core.intervals import NINE_IN_TEN, wilson
from core.project.baselines import BASELINES, DENSE, FREQUENT, LIBRARY, LOGISTIC, MADE, MODELS, NEIGHBOURS, TASKS
from core.project.costs import ALL, DRAWS, VARIANTS, costs, verdict
from core.project.faulty import (
    COPIED,
    COPIES,
    EMPTY_CLASS,
    INVERTED,
    INVERTED_IMAGES,
    MOST_SEEDS,
    TRAIN,
    WRONG,
    WRONG_LABELS,
    planted,
)  # fmt: skip
from core.project.looking import most_unlike_but_right
from core.project.presets import ASKED, PRESETS
from core.project.recorded import Rung, against, recorded
from core.project.shown_code import WIDTHS, lines, sources

ASKED_OF = ASKED["task"], ASKED["size"]


def rung(model: str, task: str = "digits", size: int = 10_000) -> Rung:
    return recorded().rung(task, size, model)


def percents(share: float, places: int = 1) -> float:
    return round(100 * share, places)


def cost(model: str, variant: str, measure: str = "fresh", draws: int = DRAWS) -> float:
    """Return how many points a fault costs."""
    said = verdict(model, variant, draws, measure)
    return round(100 * (said.second.mean - said.first.mean), 1)


def test_question_asked() -> None:
    """The question, the page as it opens and the first preset are of 10,000 digits."""
    assert ASKED_OF == ("digits", 10_000)
    defaults = {name: default for name, (default, _parse) in names().items()}
    assert (defaults["task"], defaults["size"], defaults["rows"]) == (*ASKED_OF, 1)
    assert (PRESETS["asked"]["task"], PRESETS["asked"]["size"]) == ASKED_OF


def test_neighbours_equal_dense() -> None:
    """96.0 and 95.6%, and the draws cannot tell them apart."""
    assert percents(rung(NEIGHBOURS).accuracy) == 96.0
    assert percents(rung(DENSE).accuracy) == 95.6
    assert against(rung(NEIGHBOURS), rung(DENSE)).kind == "unclear"


def test_neighbours_with_few() -> None:
    """90% of 1,000 digits."""
    assert percents(rung(NEIGHBOURS, size=1_000).accuracy, 0) == 90


def test_neighbours_answer_slowly() -> None:
    """To answer the validation set takes them several times as long as the dense network: three at least."""
    assert rung(NEIGHBOURS).answered / rung(DENSE).answered >= 3


def test_preset_asked() -> None:
    """Neighbours and dense network level, the convolutional network really ahead of both."""
    test_neighbours_equal_dense()
    for model in (NEIGHBOURS, DENSE):
        said = against(rung(MADE), rung(model))
        assert said.kind == "real"
        assert said.first.mean > said.second.mean


def test_preset_all() -> None:
    """All 54,000: 97.6 and 97.9%, and three draws of the network do not tell them apart."""
    size = TASKS["digits"].all
    assert (PRESETS["all"]["task"], PRESETS["all"]["size"]) == ("digits", size)
    assert [percents(rung(model, size=size).accuracy) for model in (NEIGHBOURS, DENSE)] == [97.6, 97.9]
    assert len(rung(DENSE, size=size).validation) == 3
    assert against(rung(DENSE, size=size), rung(NEIGHBOURS, size=size)).kind == "unclear"


def test_preset_few() -> None:
    """100 digits: the draws do not tell the two apart, and the dense network has 24 times as many parameters."""
    assert (PRESETS["few"]["task"], PRESETS["few"]["size"]) == ("digits", 100)
    assert against(rung(LOGISTIC, size=100), rung(DENSE, size=100)).kind == "unclear"
    sizes = (784, *WIDTHS, 10)
    dense = sum(fan_in * fan_out + fan_out for fan_in, fan_out in pairwise(sizes))
    assert round(dense / (784 * 10 + 10)) == 24


def test_preset_signs() -> None:
    """300 photos: 65 and 66%, not to be told apart; 82% for the convolutional network, really more."""
    assert (PRESETS["signs"]["task"], PRESETS["signs"]["size"]) == ("signs", 300)
    logistic, dense, made = (rung(model, "signs", 300) for model in (LOGISTIC, DENSE, MADE))
    assert [percents(each.accuracy, 0) for each in (logistic, dense, made)] == [65, 66, 82]
    assert against(logistic, dense).kind == "unclear"
    assert against(made, dense).kind == against(made, logistic).kind == "real"


def test_preset_letters() -> None:
    """With all letters the dense network is the best of five on validation, 34%; on the test set 27%, as logistic."""
    size = TASKS["letters"].all
    assert (PRESETS["letters"]["task"], PRESETS["letters"]["size"]) == ("letters", size)
    best = max(recorded().ladder("letters", size), key=lambda each: each.accuracy)
    assert best.model == DENSE
    assert percents(best.accuracy, 0) == 34
    logistic = rung(LOGISTIC, "letters", size)
    assert [percents(sum(each.test) / len(each.test), 0) for each in (best, logistic)] == [27, 27]


def test_planted_counts() -> None:
    """Twelve, eight, ten, and one class: as planted in each set."""
    found = planted(1)
    assert (len(found.wrong), len(found.inverted), len(found.copies)) == (12, 8, 10) == (WRONG, INVERTED, COPIES)
    assert found.empty is not None


@pytest.mark.slow
def test_measures_only_point() -> None:
    """In each of the 100 sets, some of the 24 training images least like their class have nothing wrong."""
    assert all(most_unlike_but_right(seed, 24) > 0 for seed in range(1, MOST_SEEDS + 1))


def test_fifty_draws() -> None:
    """50 draws of 300 training images: nothing planted, each fault alone, all of them."""
    assert DRAWS == 50
    assert TRAIN == 300
    assert len(VARIANTS) == 6
    assert {len(each.fresh) for each in costs().values()} == {50}


def test_wrong_labels_cost() -> None:
    """2.8 points for logistic regression, 0.6 for five neighbours; both are real."""
    assert (cost(LOGISTIC, WRONG_LABELS), cost(NEIGHBOURS, WRONG_LABELS)) == (2.8, 0.6)
    assert verdict(LOGISTIC, WRONG_LABELS, DRAWS).kind == verdict(NEIGHBOURS, WRONG_LABELS, DRAWS).kind == "real"


def test_inverted_cost() -> None:
    """3.8 points for logistic regression; for the neighbours 50 draws see nothing."""
    assert cost(LOGISTIC, INVERTED_IMAGES) == 3.8
    assert verdict(LOGISTIC, INVERTED_IMAGES, DRAWS).kind == "real"
    assert verdict(NEIGHBOURS, INVERTED_IMAGES, DRAWS).kind == "unclear"


def test_empty_class_costs() -> None:
    """7 to 8 points for both, really."""
    for model in (LOGISTIC, NEIGHBOURS):
        assert 7 <= cost(model, EMPTY_CLASS) <= 8
        assert verdict(model, EMPTY_CLASS, DRAWS).kind == "real"
        assert cost(model, ALL) > cost(model, EMPTY_CLASS)


def test_copies_flatter() -> None:
    """On fresh digits every draw gives the very same; on its own validation, logistic regression gains 1.5 points."""
    for model in (LOGISTIC, NEIGHBOURS):
        assert costs()[model, COPIED].fresh == costs()[model, "clean"].fresh
    assert cost(LOGISTIC, COPIED, "own") == -1.5
    assert verdict(LOGISTIC, COPIED, DRAWS, "own").kind == "real"


def test_copies_need_draws() -> None:
    """With 20 draws it cannot be told yet, with 50 it can."""
    assert verdict(LOGISTIC, COPIED, 20, "own").kind == "unclear"
    assert verdict(LOGISTIC, COPIED, 50, "own").kind == "real"


def test_frequent_letter() -> None:
    """With all letters, the most frequent class is the end of the word, right 13% of the time."""
    assert percents(rung(FREQUENT, "letters", TASKS["letters"].all).accuracy, 0) == 13


def test_frequent_digit() -> None:
    """About 10% at every size: nine to eleven."""
    assert all(9.5 <= percents(rung(FREQUENT, size=size).accuracy) <= 11 for size in TASKS["digits"].sizes)


def test_lines_of_code() -> None:
    """Three for each baseline, fifteen in Keras, 23 or 24 in PyTorch."""
    for task in TASKS:
        assert [lines(model, task) for model in (*BASELINES, DENSE)] == [3, 3, 3, 15]
        assert lines(MADE, task) in {23, 24}


def test_convolutions_lead_on_digits() -> None:
    """At every size it is more often right than each of the others, and the draws confirm it."""
    for size in TASKS["digits"].sizes:
        for model in MODELS[:-1]:
            said = against(rung(MADE, size=size), rung(model, size=size))
            assert said.kind == "real"
            assert said.first.mean > said.second.mean


def test_bands_hang_on_validation() -> None:
    """Letters: 4 to 6 points wide; digits: 2 at most; the sizes of the sets are those that the sentence names."""
    assert (TASKS["letters"].validation, TASKS["digits"].validation) == (767, 6_000)
    widths = {
        task: [100 * (high - low) for size in held.sizes for each in recorded().ladder(task, size)
               for low, high in [each.interval]] for task, held in TASKS.items()
    }  # fmt: skip
    assert round(min(widths["letters"]), 1) >= 4
    assert max(widths["letters"]) <= 6
    assert max(widths["digits"]) <= 2


def test_draws_differ() -> None:
    """Where something is drawn, the same model gives more than one number."""
    for task, held in TASKS.items():
        for model in (NEIGHBOURS, LOGISTIC, DENSE, MADE):
            assert len(set(rung(model, task, held.sizes[0]).validation)) > 1


def test_band_of_an_example() -> None:
    """5,754 of 6,000, by the formula written out, and by what draws the band."""
    share, z, n = 5_754 / 6_000, 1.645, 6_000
    root = z * np.sqrt(share * (1 - share) / n + z**2 / (4 * n**2))
    ends = [(share + z**2 / (2 * n) + sign * root) / (1 + z**2 / n) for sign in (-1, 1)]
    assert percents(share) == 95.9
    assert [percents(end) for end in ends] == [percents(end) for end in wilson(5_754, n)] == [95.5, 96.3]
    assert round(NINE_IN_TEN, 3) == z


def test_code_is_measured() -> None:
    """Each library's notebook has its models, all measured by one function; `test_measured` executes them."""
    for task in TASKS:
        shown = sources(task, 100, str)
        assert set(shown) == {"scikit-learn", "Keras", "PyTorch"}
        for library, source in shown.items():
            assert source.count("def measure(") == 1
            for model in MODELS:
                assert (f'"{model}",' in source) == (LIBRARY[model] == library)


def test_logistic_92() -> None:
    """92% of 10,000 digits, in three lines."""
    assert percents(rung(LOGISTIC).accuracy, 0) == 92
    assert lines(LOGISTIC, "digits") == 3


def test_letters_are_hard() -> None:
    """With all letters, the best model is right 30 to 36% of the time; with fewer, it is never right more often."""
    held = TASKS["letters"]
    best = [max(each.accuracy for each in recorded().ladder("letters", size)) for size in held.sizes]
    assert 0.30 <= best[-1] <= 0.36
    assert max(best) == best[-1]
