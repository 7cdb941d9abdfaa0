"""Ce qui doit rester vrai quoi que vous changiez : python -m pytest."""

import csv
import json
from pathlib import Path

import numpy as np
import pytest

import baseline
import check_data
import data
import measure
import tracking
import train


def test_the_data_are_sound() -> None:
    """Le contrôle ne trouve rien, et les parties ne partagent aucun exemple."""
    images, labels = data.read()
    parts = data.split(len(labels))
    assert check_data.faults(images, labels, parts) == []
    assert len(np.unique(np.concatenate(list(parts.values())))) == sum(data.SIZES.values())


@pytest.mark.parametrize("fault", ["copy", "inverted", "label", "empty"])
def test_the_check_finds_planted_faults(fault: str) -> None:
    """Un contrôle qui ne trouve rien ne prouve rien : posez un défaut, voyez-le trouvé."""
    images, labels = (array.copy() for array in data.read())
    parts = data.split(len(labels))
    if fault == "copy":
        images[parts["test"][0]] = images[parts["train"][0]]
    elif fault == "inverted":
        images[7] = 255 - images[7]
    elif fault == "label":
        labels[7] = 12
    else:
        labels[labels == 3] = 8
    assert check_data.faults(images, labels, parts)


def test_the_interval_is_wilsons() -> None:
    """Sur 100 réponses 90 sont justes : entre 82,6 % et 94,5 % (Wilson 1927)."""
    assert measure.interval(90, 100) == pytest.approx((0.8256, 0.9448), abs=1e-4)


def test_the_baselines_beat_the_most_frequent_class() -> None:
    """Qui regarde l’image fait mieux que qui ne la regarde pas."""
    found = baseline.main()
    assert max(found.values()) > found["classe la plus fréquente"] + 0.5


def test_the_network_learns_and_the_same_seed_gives_the_same_numbers() -> None:
    """La perte descend ; entraîné de nouveau, chaque nombre est le même."""
    first, again = Losses(), Losses()
    train.train(train.Settings(epochs=3), first)
    train.train(train.Settings(epochs=3), again)
    assert first.losses[-1] < first.losses[0]
    assert first.losses == again.losses


def test_what_was_logged_is_on_the_disk(tmp_path: Path) -> None:
    """Le tableau contient chaque ligne, au dernier chiffre près ; les réglages sont à côté."""
    with tracking.Tracker({"seed": 1}, tmp_path) as tracker:
        tracker.log(1, train_loss=0.1 + 0.2)
    rows = list(csv.reader(tracker.file.open(encoding="utf-8")))
    assert rows == [["step", "train_loss"], ["1", "0.30000000000000004"]]
    assert json.loads(tracker.file.with_suffix(".json").read_text(encoding="utf-8")) == {"seed": 1}


class Losses:
    """Un suivi qui ne retient que les pertes."""

    def __init__(self) -> None:
        self.losses: list[float] = []

    def log(self, _step: int, **numbers: float) -> None:
        self.losses.append(numbers["train_loss"])
