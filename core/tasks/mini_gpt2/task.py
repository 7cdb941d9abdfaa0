"""The mini GPT-2 as a task for `core.training.loop`: stories as tokens, the model, its loss, and what is measured."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from functools import cached_property

import numpy as np
import torch
import torch.nn.functional as F
from tokenizers import Tokenizer
from torch import Tensor, nn

from core.stories import language as stories
from core.tasks.mini_gpt2.model import empty_model, initialise
from core.tasks.mini_gpt2.published import tokenizer
from core.tasks.mini_gpt2.settings import MiniGPT2Settings
from core.tasks.mini_gpt2.tokenizer import END
from core.tasks.mini_gpt2.weights import own_weights
from core.training.loop import Examples, Measurement

IGNORED = -100
"""The target of places after the end of a story: PyTorch's cross-entropy leaves them out."""
TRAINING_SEED, VALIDATION_SEED = 1, 2
"""Two streams of stories; the run's own seed decides the initial weights and the order."""
MEASURED_AT_ONCE = 250


class MiniGPT2:
    """Learn to write stories, one token at a time.

    Args:
        settings: the run.
        tokens: the tokenizer; the published one by default.
        device: where the model learns.
        processes: how many processes draw the stories.
        compiled: fuse the operations first (torch.compile): about 1.6 × faster on a CPU, needs a C++ compiler.
        start: the weights to begin with, of an earlier training; without them they are drawn.
    """

    def __init__(
        self,
        settings: MiniGPT2Settings,
        tokens: Tokenizer | None = None,
        device: str = "cpu",
        processes: int = 1,
        compiled: bool = False,
        start: Mapping[str, Tensor] | None = None,
    ) -> None:
        self.start = start
        self.settings, self.device, self.processes = settings, torch.device(device), processes
        self._loss = torch.compile(surprise, dynamic=True) if compiled else surprise
        self.tokens = tokens or tokenizer()

    @cached_property
    def training_stories(self) -> list[str]:
        """The stories to learn from."""
        return stories.corpus(self.settings.stories, TRAINING_SEED, self.processes)

    @cached_property
    def validation_stories(self) -> list[str]:
        """Other stories: none of them is learned from."""
        learned = set(self.training_stories)
        drawn = stories.corpus(self.settings.validation_stories, VALIDATION_SEED)
        return [story for story in drawn if story not in learned]

    @cached_property
    def validation(self) -> Examples:
        """The validation stories as tokens."""
        return encode(self.validation_stories, self.tokens, self.settings.context, self.device)

    @cached_property
    def _training(self) -> Examples:
        return encode(self.training_stories, self.tokens, self.settings.context, self.device)

    def examples(self) -> Examples:
        """Return the training stories as tokens: inputs and targets, (stories, places), int16."""
        return self._training

    def model(self, generator: torch.Generator) -> nn.Module:
        """Build a GPT-2 with random weights, or with those it starts from."""
        model: nn.Module = empty_model(self.settings)
        initialise(model, generator)
        if self.start is not None:
            model.load_state_dict(self.start)
        return model.to(self.device).train()

    def loss(self, model: nn.Module, inputs: Tensor, targets: Tensor) -> Tensor:
        """Return the mean surprise of the next token, in nats; places after the longest story of the batch are cut."""
        longest = int((targets != IGNORED).sum(1).max())
        return self._loss(model, inputs[:, :longest].long(), targets[:, :longest].long())

    def milestones(self) -> Sequence[int]:
        """Measure at each checkpoint and between, evenly on a log scale; a training that goes on, ten times evenly."""
        if self.start is not None:
            return [math.ceil(self.settings.updates * tenth / 10) for tenth in range(1, 11)]
        return self.settings.milestones()

    def measure(self, model: nn.Module) -> Measurement:
        """Measure both losses in the same way, in nats per token, and keep the weights."""
        some = slice(0, len(self.validation))
        training = Examples(self._training.inputs[some], self._training.targets[some])
        metrics = {"training_loss": nats_per_token(model, training),
                   "validation_loss": nats_per_token(model, self.validation)}  # fmt: skip
        return Measurement(metrics, self.weights(model))

    def weights(self, model: nn.Module) -> dict[str, np.ndarray]:
        """Return the weights as a frame keeps them."""
        return {f"weights/{name}": weight.numpy().copy() for name, weight in own_weights(model).items()}


def surprise(model: nn.Module, inputs: Tensor, targets: Tensor) -> Tensor:
    """Return the mean cross-entropy of a batch (stories, places); the products in bfloat16, the sums in float32."""
    with torch.autocast(inputs.device.type, torch.bfloat16):
        logits = model(input_ids=inputs, use_cache=False).logits  # (stories, places, vocabulary)
    return F.cross_entropy(logits.float().flatten(0, 1), targets.flatten(), ignore_index=IGNORED)


def encode(texts: Sequence[str], tokens: Tokenizer, context: int, device: torch.device | str = "cpu") -> Examples:
    """Return stories as tokens: from the end token to the last, and from the first to the end token.

    Raises:
        ValueError: a story is longer than the context.
    """
    end: int = tokens.token_to_id(END)  # type: ignore[assignment]
    encoded = [encoding.ids for encoding in tokens.encode_batch_fast(list(texts))]
    longest = max(map(len, encoded)) + 1
    if longest > context:
        raise ValueError(f"a story has {longest} tokens, the context is {context}")
    inputs = np.full((len(encoded), longest), end, np.int16)
    targets = np.full((len(encoded), longest), IGNORED, np.int16)
    for row, ids in enumerate(encoded):
        inputs[row, 1 : len(ids) + 1] = ids
        targets[row, : len(ids)], targets[row, len(ids)] = ids, end
    return Examples(torch.from_numpy(inputs).to(device), torch.from_numpy(targets).to(device))


@torch.no_grad()
def nats_per_token(model: nn.Module, examples: Examples) -> float:
    """Return the mean surprise of every token, ends of stories included, in float32."""
    surprise = torch.zeros((), dtype=torch.float64, device=examples.targets.device)
    for first in range(0, len(examples), MEASURED_AT_ONCE):
        part = slice(first, first + MEASURED_AT_ONCE)
        logits = model(input_ids=examples.inputs[part].int(), use_cache=False).logits.float()
        targets = examples.targets[part].flatten().long()
        surprise += F.cross_entropy(logits.flatten(0, 1), targets, ignore_index=IGNORED, reduction="sum")
    return (surprise / (examples.targets != IGNORED).sum()).item()
