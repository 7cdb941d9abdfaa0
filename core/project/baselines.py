"""The ladder of the page: three tasks of the course, and five models from the simplest to the one made for the task.

All five read the same numbers and answer with one class. The first three are scikit-learn's, with the settings that it
comes with. The dense network is the course's, in Keras; the last one is made for the task, in PyTorch: convolutions
for images, embeddings for letters. The library is not what makes it better: a network learns alike in both.
"""

from __future__ import annotations

from dataclasses import dataclass

FREQUENT, NEIGHBOURS, LOGISTIC, DENSE, MADE = MODELS = ("frequent", "neighbours", "logistic", "dense", "made")
"""The most frequent class; five nearest neighbours; logistic regression; a dense network; one made for the task."""
BASELINES, NETWORKS = MODELS[:3], MODELS[3:]
LIBRARY = {**dict.fromkeys(BASELINES, "scikit-learn"), DENSE: "Keras", MADE: "PyTorch"}
"""What each is written with, by the name of the notebook that holds it."""
BATCH = 32
"""Examples in a batch of both networks."""
SEEDS = (1, 2, 3, 4, 5)
"""Each draws the examples that are learned from, and what a network begins with."""
SEEDS_OF_ALL = SEEDS[:3]
"""Where all examples are learned from, only a network draws something: what it begins with, and its batches."""


@dataclass(frozen=True)
class Task:
    """What is learned.

    Attributes:
        name: of it.
        inputs: numbers that stand for one example.
        classes: that there are to choose from.
        all: examples that there are to learn from.
        sizes: of the training sets that are measured.
        validation: examples that the models are compared on.
        test: examples of the sealed set; 0 where the course has none.
    """

    name: str
    inputs: int
    classes: int
    all: int
    sizes: tuple[int, ...]
    validation: int
    test: int

    def seeds(self, size: int, model: str) -> tuple[int, ...]:
        """Return the seeds of a row: one, where nothing is drawn."""
        if size < self.all:
            return SEEDS
        return SEEDS_OF_ALL if model in NETWORKS else SEEDS[:1]


TASKS = {
    task.name: task
    for task in (
        Task("digits", 784, 10, 54_000, (100, 300, 1_000, 3_000, 10_000, 54_000), 6_000, 10_000),
        Task("letters", 105, 35, 6_138, (100, 300, 1_000, 3_000, 6_138), 767, 706),
        Task("signs", 1_024, 10, 1_300, (100, 300, 1_000, 1_300), 762, 0),
    )
}


def epochs(size: int) -> int:
    """Return how often a network reads so many examples: often where they are few, five times where they are many."""
    return max(5, min(100, 30_000 // size))
