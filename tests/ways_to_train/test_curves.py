"""The recorded curves: whole, and what they say computed again where that is quick."""

from __future__ import annotations

import json
from collections import Counter
from itertools import pairwise

import numpy as np
import pytest

from core.language_models import catalogue
from core.language_models.prompts import Prompt
from core.tasks.categories.settings import usual
from core.tasks.categories.words import CATEGORIES, load, split
from core.training.settings import SettingsError
from core.ways_to_train import curves, effects, vectors, ways
from core.ways_to_train.curves import DRAWS, curve, recorded
from core.ways_to_train.ways import COUNTS, WAYS, WORDINGS, examples, fingerprint, prompted, trained


def test_every_way_has_every_count_and_draw() -> None:
    """Eight counts, twenty draws of what trains, twelve of the prompts, eight wordings; date and machine are told."""
    told = recorded()
    assert set(told["ways"]) == set(WAYS)
    for way, draws in DRAWS.items():
        assert [(point.examples, len(point.reached)) for point in curve(way)] == [(count, draws) for count in COUNTS]
    assert [row["wording"] for row in told["ways"]["zero_shot"]["0"]] == list(WORDINGS)
    assert told["date"] > "2026"
    assert told["threads"] == 1


def test_each_row_says_of_each_word_what_its_accuracy_says() -> None:
    """The words' categories as chosen, counted: the accuracy, and how many words each category got."""
    truth = load().categories[split().held_out]
    for points in recorded()["ways"].values():
        for rows in points.values():
            for row in rows:
                for chosen, reached, read in (
                    ("chosen", "accuracy", "read"),
                    ("chosen_calibrated", "calibrated", "read_calibrated"),
                ):
                    if chosen in row:
                        places = np.array([int(digit) for digit in row[chosen]])
                        assert (places == truth).mean() == pytest.approx(row[reached], abs=1e-4)
                        assert [Counter(places.tolist())[kind] for kind in range(len(CATEGORIES))] == row[read]


@pytest.mark.parametrize(("way", "count"), [("scratch", 20), ("transfer", 3)])
def test_a_training_reaches_what_is_recorded(way: str, count: int) -> None:
    """The third draw, trained again: about the recorded accuracy, whatever this processor rounds otherwise."""
    row = recorded()["ways"][way][str(count)][2]
    assert trained(usual(way, count, 3))["accuracy"] == pytest.approx(row["accuracy"], abs=0.05)


def test_a_prompt_reaches_what_is_recorded_and_leaves_the_weights_alone() -> None:
    """The first draw of three examples, asked again: the recorded answers but for ties; the recorded hash."""
    row = recorded()["ways"]["few_shot"]["3"][0]
    again = prompted(Prompt(examples(3, 1)))
    assert again["tokens"] == row["tokens"]
    assert sum(one != other for one, other in zip(again["chosen"], row["chosen"], strict=True)) <= 2
    np.testing.assert_allclose(again["p_cf"], row["p_cf"], atol=1e-3)
    model = recorded()["model"]
    assert model["before"] == model["after"]
    assert fingerprint(catalogue.load("smollm2")) == model["after"]


def test_what_a_way_changes_is_what_its_network_has() -> None:
    """Parameters as recorded: those of the two networks, none for a prompt."""
    assert recorded()["parameters"] == {way: ways.parameters(way) for way in WAYS}
    assert recorded()["parameters"] == {"scratch": 4_133, "transfer": 2_885, "few_shot": 0, "zero_shot": 0}


def test_the_layer_of_the_vectors_is_the_best_on_the_pool() -> None:
    """Of all layers, measured on words of the pool alone, the one whose vectors are shipped was best."""
    layers = json.loads(curves.LAYERS.read_text())["layers"]
    assert len(layers) == 31
    assert max(layers, key=layers.__getitem__) == str(vectors.LAYER)


def test_a_points_numbers_are_those_of_its_draws() -> None:
    """Mean, deviation, best and worst of what was reached; a prompt's are other ones once calibrated."""
    point, weighed = curve("few_shot")[0], curve("few_shot", calibrated=True)[0]
    assert point.mean == pytest.approx(np.mean(point.reached))
    assert point.deviation == pytest.approx(np.std(point.reached, ddof=1))
    assert (point.least, point.most) == (min(point.reached), max(point.reached))
    assert point.reached != weighed.reached
    assert curves.Point(1, (0.5,), 0.0).deviation == 0
    with pytest.raises(SettingsError):
        usual("scratch", 0, 1)


def test_prompts_of_effects_are_what_they_say() -> None:
    """Orders of the same five words; so many of one label; so many labels that are not the word's; names renamed."""
    kinds = dict(zip(load().english, load().categories.tolist(), strict=True))
    orders = {effects.ordered(1, order) for order in range(effects.ORDERS)}
    assert len(orders) > effects.ORDERS * 0.8
    assert len({frozenset(order) for order in orders}) == 1
    for label, name in enumerate(CATEGORIES):
        for count in effects.MAJORITY:
            some = effects.with_majority(label, count, 1)
            assert len({word for word, _label in some}) == effects.MAJORITY_OF
            assert sum(given == name for _word, given in some) == count
            assert all(CATEGORIES[kinds[word]] == given for word, given in some)
        blocks = [given for _word, given in effects.in_blocks(label, 1)]
        assert set(blocks[-4:]) == {name}
        assert sum(one != other for one, other in pairwise(blocks)) == 4
    for share in effects.WRONG:
        some = effects.with_wrong(share, 1)
        wrong = sum(CATEGORIES[kinds[word]] != given for word, given in some)
        assert wrong == round(share * effects.WRONG_OF)
    assert {label for _word, label in effects.renamed(examples(5, 1))} == set(effects.MEANINGLESS)
    assert len(effects.in_french()) == 150
    for count in effects.SPELLING_COUNTS:
        some, asked = effects.spelled(count, 1)
        assert len(some) == count
        assert sum(label == "yes" for _word, label in some) == count // 2
        assert all(("e" in word) == (label == "yes") for word, label in (*some, *asked))
        assert not {word for word, _label in some} & {word for word, _label in asked}
