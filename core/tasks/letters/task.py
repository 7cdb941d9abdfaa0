"""Bengio's neural language model on letters, as a task of `core.training.loop`.

Bengio, Ducharme, Vincent and Jauvin, "A neural probabilistic language model", JMLR 2003: a table C of embeddings, a
hidden layer of tanh, a softmax. Without their direct connections from the table to the output.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from core.tasks.letters.corpus import SPLITS, corpus
from core.tasks.letters.in_numpy import sample
from core.tasks.letters.settings import LettersSettings, parameters
from core.training.loop import Examples, Measurement

FRAMES = 40
"""Moments measured in a run, spaced evenly in the logarithm of the updates: the letters move most at first."""
KEPT_BYTES = 2_900_000
"""What the weights of all frames may weigh, in half precision: a large network has fewer frames."""
TRAIN_MEASURED = 8_192
"""Training examples that the training loss is measured on: all of them would cost more than the training."""


class Bengio(nn.Module):
    """The next character from the few before it."""

    C: Tensor
    W1: Tensor
    b1: Tensor
    W2: Tensor
    b2: Tensor

    def __init__(self, characters: int, settings: LettersSettings, generator: torch.Generator) -> None:
        """Draw the weights in the course's order: C, W1, b1, W2, b2, all standard normal, then scaled if asked.

        Scaled: W1 by (5/3) / √inputs, which keeps tanh away from its flat ends (He et al. 2015, gain of tanh), W2 by
        0.01 and biases zero, so that the network begins by believing nothing: a loss of ln V.
        """
        super().__init__()
        inputs = settings.context * settings.embedding
        shapes = {"C": (characters, settings.embedding), "W1": (inputs, settings.hidden), "b1": (settings.hidden,),
                  "W2": (settings.hidden, characters), "b2": (characters,)}  # fmt: skip
        scales = {"W1": 5 / 3 / math.sqrt(inputs), "b1": 0.0, "W2": 0.01, "b2": 0.0}
        for name, shape in shapes.items():
            drawn = torch.randn(shape, generator=generator)
            scale = scales.get(name, 1.0) if settings.start == "scaled" else 1.0
            self.register_parameter(name, nn.Parameter(drawn * scale))

    def forward(self, x: Tensor) -> Tensor:
        """Return logits (batch, characters) from contexts (batch, context)."""
        emb = F.embedding(x, self.C)  # (batch, context, embedding)
        h = torch.tanh(torch.addmm(self.b1, emb.view(x.shape[0], -1), self.W1))  # (batch, hidden)
        return torch.addmm(self.b2, h, self.W2)


class Letters:
    """Learn which letter follows: cross-entropy on three sets of words, invented words, and where the letters are."""

    def __init__(self, settings: LettersSettings) -> None:
        self.settings = settings
        self.corpus = corpus(settings.corpus_words())
        found = {split: self.corpus.examples(split, settings.context) for split in SPLITS}
        self.splits = {name: Examples(torch.from_numpy(x), torch.from_numpy(y)) for name, (x, y) in found.items()}

    def examples(self) -> Examples:
        """Return the training examples: contexts (examples, context), next characters (examples,)."""
        return self.splits["train"]

    def model(self, generator: torch.Generator) -> nn.Module:
        """Build the network."""
        return Bengio(len(self.corpus.characters), self.settings, generator)

    def loss(self, model: nn.Module, inputs: Tensor, targets: Tensor) -> Tensor:
        """Return the mean cross-entropy of a batch, in nats a character."""
        return F.cross_entropy(model(inputs), targets)

    def milestones(self) -> Sequence[int]:
        """Measure often at first, then ever more rarely."""
        total = self.settings.updates
        size = sum(parameters(len(self.corpus.characters), self.settings.context, self.settings.embedding,
                              self.settings.hidden).values())  # fmt: skip
        count = min(FRAMES, KEPT_BYTES // (2 * size))
        return sorted({round(total ** (k / count)) for k in range(count + 1)} | {total})

    def measure(self, model: nn.Module) -> Measurement:
        """Measure the losses, keep the weights in half precision, and invent ten words with them."""
        metrics = {}
        for name, examples in self.splits.items():
            limit = TRAIN_MEASURED if name == "train" else len(examples)
            metrics[f"{name}_loss"] = F.cross_entropy(model(examples.inputs[:limit]), examples.targets[:limit]).item()
        with np.errstate(over="ignore"):  # a diverging weight is stored as infinity
            weights = {name: value.numpy().astype(np.float16) for name, value in model.state_dict().items()}
        arrays = {f"weights/{name}": value for name, value in weights.items()}
        arrays["letters"] = weights["C"]
        arrays["invented"] = sample(weights, self.settings.context, self.settings.seed)
        return Measurement(metrics, arrays)
