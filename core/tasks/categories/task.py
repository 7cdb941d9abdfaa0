"""Learning categories of words in two ways, as a task of `core.training.loop`."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import torch
import torch.nn.functional as F
from numpy.typing import NDArray
from torch import Tensor, nn

from core.tasks.categories import networks
from core.tasks.categories.settings import CategoriesSettings
from core.tasks.categories.words import CATEGORIES, drawn, load, split
from core.training.loop import Examples, Measurement

PARTS = 6
"""Times a run is measured on its way: after a 32nd of its updates, a 16th … all."""

VectorsOf = Callable[[Sequence[str]], NDArray[np.float32]]
"""Makes vectors of words, (words, width), as SmolLM2 has them."""


def shipped_alone(words: Sequence[str]) -> NDArray[np.float32]:
    """Return the shipped vectors of words of the list.

    Raises:
        KeyError: a word is not in the list.
    """
    return networks.shipped().values[[networks.places()[word] for word in words]]


class Categories:
    """Learn which label a word has: cross-entropy; what it says of the words it is measured on.

    Args:
        settings: the way, and the examples.
        asked: words to say something of; without them, those held out, whose accuracy is measured.
        vectors_of: makes the vectors of the way "transfer".

    Attributes:
        labels: what the scores stand for.
    """

    def __init__(
        self, settings: CategoriesSettings, asked: Sequence[str] = (), vectors_of: VectorsOf = shipped_alone
    ) -> None:
        self.settings = settings
        self._vectors_of = vectors_of
        words, held_out = load(), split().held_out
        if settings.private:
            self.labels = tuple(dict.fromkeys(settings.labels))
            learned, targets = settings.words, [self.labels.index(label) for label in settings.labels]
        else:
            places = drawn(settings.examples, settings.seed)
            self.labels = CATEGORIES
            learned, targets = tuple(words.english[place] for place in places), words.categories[places].tolist()
        self._examples = Examples(self.inputs(learned), torch.tensor(targets))
        self._is_measured = not asked and not settings.private
        self._asked = self.inputs(tuple(words.english[place] for place in held_out) if self._is_measured else asked)
        self._truth = torch.from_numpy(words.categories[held_out])

    def inputs(self, words: Sequence[str]) -> Tensor:
        """Return words as the network of this way is given them."""
        if self.settings.way == "scratch":
            return networks.spelled(words)
        vectors = networks.shipped()
        if not words:
            return torch.empty(0, vectors.values.shape[1])
        return vectors.scaled(self._vectors_of(words))

    def examples(self) -> Examples:
        """Return what is learned from."""
        return self._examples

    def model(self, generator: torch.Generator) -> nn.Module:
        """Build the network of the way in the settings."""
        if self.settings.way == "scratch":
            return networks.OnLetters(len(self.labels), generator)
        return networks.on_vectors(self._examples.inputs.shape[1], len(self.labels))

    def loss(self, model: nn.Module, inputs: Tensor, targets: Tensor) -> Tensor:
        """Return the mean cross-entropy of a batch, in nats."""
        return F.cross_entropy(model(inputs), targets)

    def milestones(self) -> Sequence[int]:
        """Measure more often in the beginning, where more happens."""
        total = self.settings.updates
        return sorted({max(1, total >> power) for power in range(PARTS)})

    def measure(self, model: nn.Module) -> Measurement:
        """Measure loss and error on the examples and on the words held out; the probabilities (words, labels)."""
        metrics = self._measured("train", model(self._examples.inputs), self._examples.targets)
        if not len(self._asked):
            return Measurement(metrics)
        scores = model(self._asked)
        if self._is_measured:
            metrics |= self._measured("validation", scores, self._truth)
        return Measurement(metrics, {"probabilities": scores.softmax(1).nan_to_num(0).numpy()})

    def _measured(self, name: str, scores: Tensor, targets: Tensor) -> dict[str, float]:
        wrong = (scores.argmax(1) != targets).float().mean().item()
        return {f"{name}_loss": F.cross_entropy(scores, targets).item(), f"{name}_error": wrong}
