"""The baselines: what the simplest models reach, before any network: python baseline.py."""

from sklearn.dummy import DummyClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.neighbors import KNeighborsClassifier

import data
import measure

MODELS = {
    "most frequent class": DummyClassifier(strategy="most_frequent"),
    "nearest neighbour": KNeighborsClassifier(n_neighbors=1),
    "logistic regression": LogisticRegression(max_iter=200),
}


def main() -> dict[str, float]:
    """Fit each model on the training part; print and return what it reaches on the validation part."""
    images, labels = data.load("train")
    unseen, truth = data.load("validation")
    found = {}
    for name, model in MODELS.items():
        answers = model.fit(images, labels).predict(unseen)
        print(measure.report(name, truth, answers))
        found[name] = measure.accuracy(truth, answers)
    return found


if __name__ == "__main__":
    main()
