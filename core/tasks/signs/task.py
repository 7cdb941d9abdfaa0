"""Learning hand signs in four ways, as a task of `core.training.loop`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor

from core.once import once
from core.pca import principal_axes
from core.tasks.signs import base, networks
from core.tasks.signs.looking import Place, Seen, as_taken, photo_at, seen, to_inputs
from core.tasks.signs.photos import Pixels, load, pixels
from core.tasks.signs.settings import SignsSettings
from core.tasks.signs.splits import drawn, split
from core.training.loop import Examples, Measurement

PARTS = 5
"""Times a run is measured on its way: after a sixteenth of its updates, an eighth, a quarter, half, all."""
NEIGHBOURS = 5
CHUNK = 64
SCALED_ON = 32
"""Photos on which a random base is scaled."""


class Signs:
    """Learn which digit a hand shows: cross-entropy on ten signs; loss and error on who or what was not learned from.

    `prepare` comes before everything else: the frozen layers look at the photos.
    """

    def __init__(self, settings: SignsSettings) -> None:
        self.settings = settings
        self.learned = drawn(settings.split, settings.photos, settings.seed)
        self.measured = split(settings.split).validation
        self.network: networks.Network
        self._looks = 0
        self._train: Examples | None = None
        self._validation: Examples | None = None

    def prepare(self) -> Iterator[float]:
        """Let the frozen layers look at the photos; yield the share that is done."""
        learned, measured = self.places(), as_taken(self.measured)
        if self.settings.way == "scratch":
            self._fill(small(learned), small(measured))
            return
        eyes = self._eyes()
        yield from eyes.look([*learned, *measured])
        self._fill(eyes.of(learned), eyes.of(measured))

    def places(self) -> list[Place]:
        """Return what is learned from: each photo, then each of its copies."""
        taken = as_taken(self.learned)
        return taken + [(number, copy) for copy in range(self.settings.copies) for number, _taken in taken]

    def _eyes(self) -> Seen:
        if self.settings.way == "random":
            return _random_eyes(self.settings.split, self.settings.seed)
        return seen(self.settings.blocks)

    def _fill(self, learned: Tensor, measured: Tensor) -> None:
        signs = torch.from_numpy(load().signs.astype(np.int64))
        again = 1 + self.settings.copies
        self._train = Examples(_laid_out(learned), signs[self.learned].repeat(again))
        self._validation = Examples(_laid_out(measured), signs[self.measured])

    def examples(self) -> Examples:
        """Return what is learned from: inputs (photos and copies, …), targets (photos and copies,)."""
        assert self._train is not None, "prepare comes first"
        return self._train

    def measured_on(self) -> Examples:
        """Return what is measured on: other people's photos, or other photos of whomever."""
        assert self._validation is not None, "prepare comes first"
        return self._validation

    def model(self, generator: torch.Generator) -> networks.Network:
        """Build the network of the way in the settings, and keep it: its weights are asked for at the end."""
        settings = self.settings
        if settings.way == "scratch":
            self.network = networks.from_scratch(settings.dropout, generator)
        elif settings.is_tuned:
            self.network = networks.tuned(settings.blocks, settings.dropout, generator)
            learned = self.examples()
            networks.train_head(self.network, learned.inputs, learned.targets, settings, generator)
        else:
            self.network = networks.on_features(settings.dropout, generator)
        return self.network

    def loss(self, model: torch.nn.Module, inputs: Tensor, targets: Tensor) -> Tensor:
        """Return the mean cross-entropy of a batch, in nats."""
        return F.cross_entropy(model(inputs), targets)

    def milestones(self) -> Sequence[int]:
        """Measure more often in the beginning, where more happens."""
        total = self.settings.updates
        return sorted({max(1, total >> power) for power in range(PARTS)})

    def measure(self, model: torch.nn.Module) -> Measurement:
        """Measure loss and error on both sets; on the second one, what is read, how surely, and where it lies."""
        assert isinstance(model, networks.Network)
        metrics: dict[str, float] = {}
        for name, examples in (("train", self.examples()), ("validation", self.measured_on())):
            features = torch.cat([model.body(chunk) for chunk in torch.split(examples.inputs, CHUNK)])
            scores = model.head(features)
            metrics[f"{name}_loss"] = F.cross_entropy(scores, examples.targets).item()
            metrics[f"{name}_error"] = (scores.argmax(1) != examples.targets).float().mean().item()
        sure, read = scores.softmax(1).nan_to_num(0).max(1)
        arrays = {"read": read.numpy().astype(np.uint8), "sure": sure.numpy().astype(np.float16)}
        self._looks += 1
        if self._looks in {1, 1 + len(self.milestones())}:  # before and after: a map takes longer than a measurement
            flat, kept, alike = map_in_features(features.numpy(), examples.targets.numpy())
            metrics |= {"map_kept": kept, "neighbours": alike}
            arrays["map"] = flat
        return Measurement(metrics, arrays)


@once()
def _random_eyes(kind: str, seed: int) -> Seen:
    """Return what a base with random weights sees; the last one is kept, as more photos are often asked for next."""
    some = to_inputs(pixels()[split(kind).pool[:SCALED_ON]])
    return Seen(base.random(torch.Generator().manual_seed(seed), some))


def small(places: list[Place]) -> Tensor:
    """Return photos as the network from scratch is given them: (photos, 3, 32, 32), −1 to 1."""
    taken = [_shrunk()[number] if copy < 0 else _shrink(photo_at((number, copy))) for number, copy in places]
    return (torch.from_numpy(np.stack(taken)).permute(0, 3, 1, 2).float() - 127) / 128


@once()
def _shrunk() -> list[Pixels]:
    return [_shrink(photo) for photo in pixels()]


def _shrink(photo: Pixels) -> Pixels:
    from PIL import Image

    size = (networks.SMALL, networks.SMALL)
    return np.asarray(Image.fromarray(photo).resize(size, Image.Resampling.BOX))


def _laid_out(found: Tensor) -> Tensor:
    """Return activations as convolutions are fastest on them: channel by channel."""
    return found.contiguous(memory_format=torch.channels_last) if found.dim() == 4 else found


def map_in_features(features: np.ndarray, signs: np.ndarray) -> tuple[np.ndarray, float, float]:
    """Return where photos lie on the plane that shows most of their features, and what it leaves out.

    Args:
        features: (photos, features).
        signs: (photos,).

    Returns:
        Coordinates (photos, 2); the share of the variance that they show; the share of the five nearest photos, in all
        dimensions, that show the same sign.
    """
    if not np.isfinite(features).all():
        return np.zeros((len(features), 2), np.float16), 0.0, 0.0
    axes = principal_axes(features)
    squares = (features**2).sum(1)
    distances = squares[:, None] + squares[None] - 2 * features @ features.T
    np.fill_diagonal(distances, np.inf)
    nearest = np.argpartition(distances, NEIGHBOURS, axis=1)[:, :NEIGHBOURS]
    alike = float((signs[nearest] == signs[:, None]).mean())
    flat = axes.project(features)
    return (flat / max(1e-6, float(np.abs(flat).max()))).astype(np.float16), float(axes.explained.sum()), alike
