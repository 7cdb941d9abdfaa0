"""The base as shown code: EfficientNet-Lite0 in thirty lines, with ImageNet's weights or with random ones."""

from __future__ import annotations

from core.notebooks import Translate, cell
from core.tasks.signs.files import BASE

NETWORK = """
import torch.nn.functional as F
from torch import nn

class Conv(nn.Conv2d):
    def __init__(self, inputs, outputs, side, stride=1, groups=1):
        super().__init__(inputs, outputs, side, stride, padding=(side - 1) // 2 if stride == 1 else 0, groups=groups)

    def forward(self, x):
        if self.stride[0] == 2:  # {padding}
            before, behind = (self.kernel_size[0] - 2) // 2, (self.kernel_size[0] - 1) // 2
            x = F.pad(x, (before, behind, before, behind))
        return super().forward(x)

class Stem(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = Conv(3, 32, 3, 2)

    def forward(self, x):
        return F.relu6(self.conv(x))

class Block(nn.Module):
    def __init__(self, inputs, outputs, side, stride, expansion):
        super().__init__()
        wide = inputs * expansion
        self.expand = Conv(inputs, wide, 1) if expansion > 1 else None
        self.depthwise = Conv(wide, wide, side, stride, groups=wide)
        self.project = Conv(wide, outputs, 1)
        self.adds = stride == 1 and inputs == outputs

    def forward(self, x):
        wide = F.relu6(self.expand(x)) if self.expand is not None else x
        narrow = self.project(F.relu6(self.depthwise(wide)))
        return narrow + x if self.adds else narrow

class Pooled(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = Conv(320, 1280, 1)

    def forward(self, x):
        return F.relu6(self.conv(x)).mean((2, 3))

# {stages}
STAGES = [(1, 3, 1, 1, 16), (2, 3, 2, 6, 24), (2, 5, 2, 6, 40), (3, 3, 2, 6, 80), (3, 5, 1, 6, 112), (4, 5, 2, 6, 192),
          (1, 3, 1, 6, 320)]
layers, channels = [Stem()], 32
for repeats, side, stride, expansion, outputs in STAGES:
    for index in range(repeats):
        layers.append(Block(channels, outputs, side, stride if index == 0 else 1, expansion))
        channels = outputs
base = nn.Sequential(*layers, Pooled()).requires_grad_(False)
"""
LOOK = """
def to_inputs(some):
    sized = [np.asarray(Image.fromarray(photo).resize((160, 160), Image.Resampling.BICUBIC)) for photo in some]
    return (torch.tensor(np.stack(sized)).permute(0, 3, 1, 2).float() - 127) / 128  # {scale}
"""
KNOWS = """
from safetensors.torch import load_file as load_tensors

base.load_state_dict({{name: weight.float() for name, weight in load_tensors("{file}").items()}})
"""
DRAWN = """
def scale(conv, inputs, outputs):  # {scaled}
    mean, deviation = outputs.mean((0, 2, 3)), outputs.std((0, 2, 3))
    conv.weight.div_(deviation[:, None, None, None])
    conv.bias.copy_(-mean / deviation)
    return (outputs - mean[:, None, None]) / deviation[:, None, None]

base = base.to(memory_format=torch.channels_last)  # {laid_out}
generator = torch.Generator().manual_seed({seed})
convolutions = [module for module in base.modules() if isinstance(module, nn.Conv2d)]
for conv in convolutions:
    nn.init.kaiming_normal_(conv.weight, nonlinearity="relu", generator=generator)
    nn.init.zeros_(conv.bias)
hooks = [conv.register_forward_hook(scale) for conv in convolutions]
base(to_inputs(photos[pool[:32]]))
for hook in hooks:
    hook.remove()
"""


def base_cells(way: str, seed: int, _: Translate) -> list[str]:
    """Return the cells that build the base of a way, "tuned" or "random"."""
    stages = _("repeats, side of the kernel, stride, expansion, channels out (Tan and Le 2019, table 1)")
    padding = _("padded as TensorFlow does: one more behind than before")
    network = NETWORK.replace("{stages}", stages).replace("{padding}", padding)
    look = LOOK.format(scale=_("−1 to 1, as the base was trained; not ImageNet’s mean and deviation"))
    if way == "random":
        weights = DRAWN.format(
            seed=seed,
            scaled=_("each channel gets mean 0 and deviation 1, as batch normalisation would"),
            laid_out=_("in memory channel by channel: faster, and drawn in this order"),
        )
        title = _("Random weights: a base that has learned nothing")
    else:
        weights = KNOWS.format(file=BASE.name)
        title = _("The weights that learned on ImageNet")
    return [cell(_("The base: EfficientNet-Lite0"), network), cell(title, look + weights)]
