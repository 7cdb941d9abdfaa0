"""What a worker does with photos: their features, a head on them, the map of one. All torch of the own classes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
import torch.nn.functional as F
from numpy.typing import NDArray
from torch import Tensor, nn

from core.files import DamagedFile
from core.tasks.signs import base
from core.training.dropout import Dropout
from core.training.loop import Examples, Measurement, train
from core.transfer_learning.head import FEATURES, Features, Head, HeadSettings
from core.transfer_learning.intake import Photo
from core.transfer_learning.learned import BaseMissing, Learned
from core.transfer_learning.occlusion import Occlusion, occlusion
from core.transfer_learning.put_aside import turns

BATCH = 16
"""Photos that go through the base at once: between two batches a Stop is heard."""

Say = Callable[[str, float], None]
"""Hears what is being done, and how far it is, 0 to 1."""


def features_of(photos: Sequence[Photo], say: Say = lambda what, share: None) -> Features:
    """Return what the base that learned on ImageNet makes of photos (each side × side × 3), (photos, FEATURES).

    Raises:
        BaseMissing: its weights are not there, or not whole.
    """
    found = np.empty((len(photos), FEATURES), np.float32)
    if not len(photos):
        return found
    try:
        network = base.imagenet()
    except (OSError, DamagedFile) as error:
        raise BaseMissing from error
    for begin in range(0, len(photos), BATCH):
        say("features", begin / len(photos))
        some = torch.from_numpy(np.stack(photos[begin : begin + BATCH])).permute(0, 3, 1, 2)
        inputs = ((some.float() - 127) / 128).contiguous(memory_format=torch.channels_last)
        with torch.inference_mode():
            found[begin : begin + BATCH] = network(inputs).numpy()
    return found


@dataclass
class HeadTask:
    """Dropout, then a dense layer with softmax, on features that stay as they are."""

    features: Tensor
    labels: Tensor
    classes: int
    settings: HeadSettings

    def examples(self) -> Examples:
        """Return features and classes."""
        return Examples(self.features, self.labels)

    def model(self, generator: torch.Generator) -> nn.Module:
        """Build the head; weights as Keras draws them (Glorot and Bengio 2010), biases zero."""
        with torch.device("meta"):  # nothing is drawn: torch's own generator belongs to all
            dense = nn.Linear(self.features.shape[1], self.classes)
        dense = dense.to_empty(device="cpu")
        nn.init.xavier_uniform_(dense.weight, generator=generator)
        nn.init.zeros_(dense.bias)
        return nn.Sequential(Dropout(self.settings.dropout, generator), dense)

    def loss(self, model: nn.Module, inputs: Tensor, targets: Tensor) -> Tensor:
        """Return the mean cross-entropy."""
        return F.cross_entropy(model(inputs), targets)

    def milestones(self) -> Sequence[int]:
        """Return the last update alone: nobody watches this curve."""
        return [self.settings.epochs * -(-len(self.labels) // self.settings.batch_size)]

    def measure(self, model: nn.Module) -> Measurement:
        """Return the weights."""
        weight, bias = model.parameters()
        return Measurement({}, {"weights": weight.detach().T.numpy().copy(), "bias": bias.detach().numpy().copy()})


def trained(features: Features, labels: NDArray[np.int64], classes: int, settings: HeadSettings) -> Head:
    """Train a head; the same features, labels and settings give the same one."""
    task = HeadTask(torch.from_numpy(features), torch.from_numpy(labels), classes, settings)
    *_, last = train(task, settings)
    return Head(last.arrays["weights"], last.arrays["bias"])


def learn(
    photos: Sequence[NDArray[Any]], labels: Sequence[int], series: Sequence[str], settings: HeadSettings, say: Say
) -> Learned:
    """Train a head on all photos, and one for each turn in which some are put aside and then tested.

    Args:
        photos: each as it is, or the features that were made of it before.
        labels: the class of each, from 0 on.
        series: where each comes from: `put_aside.turns` says why.
        settings: of every head.
        say: hears how far it is.
    """
    unread = [place for place, photo in enumerate(photos) if photo.ndim > 1]
    features = np.empty((len(photos), FEATURES), np.float32)
    features[unread] = features_of([photos[place] for place in unread], say)
    for place in set(range(len(photos))) - set(unread):
        features[place] = photos[place]
    classes, of = max(labels) + 1, np.asarray(labels, np.int64)
    aside = turns(labels, series)
    guessed = np.full(len(photos), -1)
    for turn in range(aside.count):
        say("heads", turn / (aside.count + 1))
        tested = aside.of == turn
        head = trained(features[~tested], of[~tested], classes, settings)
        guessed[tested] = head.chances(features[tested]).argmax(1)
    say("heads", aside.count / (aside.count + 1))
    return Learned(features, trained(features, of, classes, settings), of, guessed, aside.count, aside.alike)


def explain(photo: Photo, head: Head) -> Occlusion:
    """Return the map of what was worth how much in a photo, for base and head."""
    return occlusion(photo, lambda photos: head.chances(features_of(list(photos))))
