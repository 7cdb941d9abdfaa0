"""EfficientNet-Lite0 without its last layer: what looks at a photo in transfer learning.

Tan and Le, "EfficientNet: Rethinking Model Scaling for Convolutional Neural Networks", 2019; Liu, "Higher accuracy on
vision models with EfficientNet-Lite", 2020: EfficientNet-B0 without squeeze-and-excitation, with ReLU6. Its batch
normalisations stand still here, so each is folded into the convolution before it.
"""

from __future__ import annotations

from collections.abc import Iterator

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from core.files import unpack
from core.once import once
from core.tasks.signs.files import BASE

FILE = BASE
STAGES = (
    (1, 3, 1, 1, 16), (2, 3, 2, 6, 24), (2, 5, 2, 6, 40), (3, 3, 2, 6, 80), (3, 5, 1, 6, 112), (4, 5, 2, 6, 192),
    (1, 3, 1, 6, 320),
)  # fmt: skip
"""Repeats, side of the kernel, stride, expansion, channels out (Tan and Le 2019, table 1)."""
STEM, FEATURES = 32, 1_280
BLOCKS = sum(stage[0] for stage in STAGES)
"""16, between the first convolution and the last."""


class Conv(nn.Conv2d):
    """A convolution padded as TensorFlow's "same" does: one pixel more behind than before where it is uneven."""

    def __init__(self, inputs: int, outputs: int, side: int, stride: int = 1, groups: int = 1) -> None:
        even = (side - 1) // 2 if stride == 1 else 0
        super().__init__(inputs, outputs, side, stride, padding=even, groups=groups)
        self.before = (side - 2) // 2 if stride == 2 else 0
        self.behind = side - 2 - self.before if stride == 2 else 0

    def forward(self, x: Tensor) -> Tensor:
        """Convolve (batch, channels, height, width); heights and widths are even where the stride is 2."""
        if self.stride[0] == 2:
            x = F.pad(x, (self.before, self.behind, self.before, self.behind))
        return super().forward(x)


class Block(nn.Module):
    """An inverted bottleneck: widen, look around in each channel, narrow (Sandler et al. 2018)."""

    def __init__(self, inputs: int, outputs: int, side: int, stride: int, expansion: int) -> None:
        super().__init__()
        wide = inputs * expansion
        self.expand = Conv(inputs, wide, 1) if expansion > 1 else None
        self.depthwise = Conv(wide, wide, side, stride, groups=wide)
        self.project = Conv(wide, outputs, 1)
        self.adds = stride == 1 and inputs == outputs

    def forward(self, x: Tensor) -> Tensor:
        """(batch, channels, height, width) to the same with other channels; half the sides where the stride is 2."""
        wide = F.relu6(self.expand(x)) if self.expand is not None else x
        narrow: Tensor = self.project(F.relu6(self.depthwise(wide)))
        return narrow + x if self.adds else narrow


class Stem(nn.Module):
    """The first convolution: a photo at half its sides."""

    def __init__(self) -> None:
        super().__init__()
        self.conv = Conv(3, STEM, 3, 2)

    def forward(self, x: Tensor) -> Tensor:
        """(batch, 3, side, side) to (batch, 32, side / 2, side / 2)."""
        return F.relu6(self.conv(x))


class Pooled(nn.Module):
    """The last convolution, then the mean of each channel over the photo."""

    def __init__(self, inputs: int) -> None:
        super().__init__()
        self.conv = Conv(inputs, FEATURES, 1)

    def forward(self, x: Tensor) -> Tensor:
        """(batch, 320, side / 32, side / 32) to (batch, 1280)."""
        return F.relu6(self.conv(x)).mean((2, 3))


def in_channels_last(layers: nn.Sequential) -> nn.Sequential:
    """Lay the weights out channel by channel: a photo takes a third of the time so."""
    for weight in layers.parameters():
        if weight.dim() == 4:
            weight.data = weight.data.contiguous(memory_format=torch.channels_last)
    return layers


def build() -> nn.Sequential:
    """Return the layers with weights that mean nothing yet: the first convolution, 16 blocks, the last one pooled."""
    with torch.device("meta"):  # nothing is drawn: torch's own generator belongs to all
        base = nn.Sequential(Stem(), *_blocks(), Pooled(STAGES[-1][-1]))
    return in_channels_last(base.to_empty(device="cpu"))


def _blocks() -> Iterator[Block]:
    channels = STEM
    for repeats, side, stride, expansion, out in STAGES:
        for index in range(repeats):
            yield Block(channels, out, side, stride if index == 0 else 1, expansion)
            channels = out


@once()
def imagenet() -> nn.Sequential:
    """Return the base that learned to tell a thousand kinds of things apart (ImageNet), kept once per worker.

    Raises:
        OSError: the weights are not there.
        core.files.DamagedFile: they are not whole.
    """
    arrays, _metadata = unpack(FILE.read_bytes())
    base = build()
    base.load_state_dict({name: torch.from_numpy(array).float() for name, array in arrays.items()})
    return base.eval().requires_grad_(False)


def random(generator: torch.Generator, photos: Tensor) -> nn.Sequential:
    """Return a base that has learned nothing: random weights, each channel shifted and scaled once.

    So that signals neither die nor drown in sixteen blocks, each channel has mean 0 and deviation 1 on some photos, as
    batch normalisation would give it (Mishkin and Matas, "All you need is a good init", 2016).

    Args:
        generator: draws the weights.
        photos: (photos, 3, 160, 160), those on which the channels are scaled.
    """
    base = build().eval().requires_grad_(False)
    convolutions = [module for module in base.modules() if isinstance(module, nn.Conv2d)]
    for conv in convolutions:
        nn.init.kaiming_normal_(conv.weight, nonlinearity="relu", generator=generator)
        assert conv.bias is not None
        nn.init.zeros_(conv.bias)
    hooks = [conv.register_forward_hook(_scale) for conv in convolutions]
    with torch.no_grad():
        base(photos)
    for hook in hooks:
        hook.remove()
    return base


def _scale(conv: nn.Module, _inputs: object, outputs: Tensor) -> Tensor:
    """Shift and scale a convolution that has just been run, and what it gave."""
    assert isinstance(conv, nn.Conv2d)
    assert conv.bias is not None
    mean = outputs.mean((0, 2, 3))
    deviation = outputs.std((0, 2, 3)).clamp_min(1e-6)
    conv.weight.div_(deviation[:, None, None, None])
    conv.bias.copy_(-mean / deviation)
    return (outputs - mean[:, None, None]) / deviation[:, None, None]
