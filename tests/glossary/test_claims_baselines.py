"""What the glossary says of the simplest models, computed by scikit-learn."""

from __future__ import annotations

import numpy as np
from sklearn.dummy import DummyClassifier
from sklearn.neighbors import KNeighborsClassifier

from tests.glossary.told import told


def test_baseline() -> None:
    """So many classes of the same size: the most frequent one is right for so many in a hundred."""
    classes, percent = told("baseline")
    labels = np.repeat(np.arange(int(classes)), 7)
    inputs = np.zeros((len(labels), 1))
    assert DummyClassifier(strategy="most_frequent").fit(inputs, labels).score(inputs, labels) == percent / 100


def test_nearest_neighbours() -> None:
    """Three of one class and two of the other stand around an example: the answer is the first class."""
    first, second = told("nearest-neighbours")
    labels = np.repeat(["A", "B"], [int(first), int(second)])
    places = np.arange(len(labels))[:, None]
    model = KNeighborsClassifier(n_neighbors=len(labels)).fit(places, labels)
    assert model.predict([[2.0]])[0] == "A"
