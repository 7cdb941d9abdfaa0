"""One training of a study of a scaling law: a mini GPT-2 that `core.training.loop` trains, measured at its end."""

from __future__ import annotations

import math
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from typing import Any

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor, nn
from transformers import AttentionInterface
from transformers.integrations.sdpa_attention import sdpa_attention_forward

from core.model_size.drawn import END_ID, IGNORED, Drawn
from core.model_size.replayed import Replayed
from core.model_size.scaling import Size
from core.tasks.mini_gpt2.model import empty_model, initialise
from core.tasks.mini_gpt2.settings import MiniGPT2Settings
from core.tasks.mini_gpt2.task import MiniGPT2, surprise
from core.training.loop import Examples, Measurement, train

MEASURED_AT_ONCE = 250
UNMASKED = "sdpa_unmasked"
"""Attention to what stands before, as "sdpa", but no mask is built first: the library asks whether one is needed."""
MEASURED = ("validation_loss", "floor", "excess", "excess_error")


class OneOfMany(MiniGPT2):
    """The mini GPT-2's task, on stories drawn before, measured only at the end.

    Args:
        settings: the training.
        tokens: what it learns from (stories, places) int16: exactly the stories of the settings.
        validation: the stories it is measured on, with their surprise under the grammar.
        device: where the model learns.
    """

    def __init__(self, settings: MiniGPT2Settings, tokens: np.ndarray, validation: Drawn, device: str) -> None:
        super().__init__(settings, device=device)
        self.rows, self.drawn = tokens, validation
        self._replayed: Replayed | None = None

    @cached_property
    def _training(self) -> Examples:
        return examples_of(self.rows, self.device)

    @cached_property
    def validation(self) -> Examples:
        """The validation stories as tokens."""
        return examples_of(self.drawn.tokens, self.device)

    def model(self, generator: torch.Generator) -> nn.Module:
        """Build a GPT-2 with random weights, all of whose work can be recorded: a card is never asked for a number."""
        AttentionInterface.register(UNMASKED, sdpa_attention_forward)
        model = empty_model(self.settings, UNMASKED)
        model.set_input_embeddings(Rows(self.settings.vocabulary, self.settings.width))
        model.tie_weights()
        initialise(model, generator)
        learner: nn.Module = model.to(self.device).train()
        return learner

    def loss(self, model: nn.Module, inputs: Tensor, targets: Tensor) -> Tensor:
        """Return the mean surprise of the next token, in nats; no place is cut, so every batch has the same shape."""
        if self.device.type != "cuda":
            return _surprise(model, inputs, targets)
        self._replayed = self._replayed or Replayed(_surprise, model, inputs, targets)
        return self._replayed(inputs, targets)

    def milestones(self) -> Sequence[int]:
        """Measure at the end: what lies before is a training that was not finished."""
        return [self.settings.updates]

    def measure(self, model: nn.Module) -> Measurement:
        """Measure the loss on the validation stories, and by how much it exceeds the grammar's own.

        The excess is loss − surprise under the grammar *of the same stories*, over their tokens: its mean is that of
        loss − entropy, since the surprise of a story is its entropy in the mean, but whether the stories drawn are
        surprising ones no longer matters (a control variate: Glasserman 2003, section 4.1). `excess_error` is its
        standard error over stories.
        """
        nats, counts = nats_per_story(model, self.validation), self.drawn.counts
        excess = nats - self.drawn.surprise
        tokens = counts.sum()
        residual = excess - excess.sum() / tokens * counts  # of a ratio of two sums
        error = residual.std(ddof=1) * len(counts) ** 0.5 / tokens
        return Measurement({"validation_loss": nats.sum() / tokens, "floor": self.drawn.surprise.sum() / tokens,
                            "excess": excess.sum() / tokens, "excess_error": error})  # fmt: skip


class Rows(nn.Embedding):
    """An embedding whose gradients are added up by `index_add`: PyTorch's own waits for the card (issue 82886)."""

    def forward(self, ids: Tensor) -> Tensor:
        """Return the rows of tokens (stories, places, width)."""
        return self.weight.index_select(0, ids.flatten()).view(*ids.shape, -1)


def _surprise(model: nn.Module, inputs: Tensor, targets: Tensor) -> Tensor:
    return surprise(model, inputs.long(), targets.long())


def examples_of(tokens: np.ndarray, device: torch.device | str) -> Examples:
    """Return stories as inputs and targets: from the end token to the last token, from the first to the end token.

    Args:
        tokens: targets (stories, places) int16, `IGNORED` after the end of a story.
        device: where they will be.
    """
    targets = torch.from_numpy(np.array(tokens)).to(device)
    inputs = targets.roll(1, dims=1)
    inputs[:, 0] = END_ID
    return Examples(inputs.masked_fill_(inputs == IGNORED, END_ID), targets)


@torch.no_grad()
def nats_per_story(model: nn.Module, examples: Examples) -> np.ndarray:
    """Return the surprise of every story (stories,) in nats, ends included, in float32."""
    found = []
    for first in range(0, len(examples), MEASURED_AT_ONCE):
        part = slice(first, first + MEASURED_AT_ONCE)
        logits = model(input_ids=examples.inputs[part].int(), use_cache=False).logits.float()
        targets = examples.targets[part].long()
        each = F.cross_entropy(logits.transpose(1, 2), targets, ignore_index=IGNORED, reduction="none")
        found.append(each.double().sum(1).cpu())
    return torch.cat(found).numpy()


def one(settings: MiniGPT2Settings, first: int, training: np.ndarray, validation: Drawn, device: str,
        stop: Callable[[], bool] = lambda: False) -> dict[str, Any] | None:  # fmt: skip
    """Train one model and return its row of the record, or None if it was stopped.

    Args:
        settings: the training.
        first: where its stories begin.
        training: the tokens of all stories.
        validation: what it is measured on.
        device: where it learns.
        stop: whether to stop, asked now and then.
    """
    rows = training[first : first + settings.stories]
    task = OneOfMany(settings, rows, validation, device)
    for frame in train(task, settings):
        last = frame
        if stop():
            return None
    size = Size(settings.width, settings.layers, settings.heads)
    return {
        "run_id": settings.run_id,
        "width": size.width, "layers": size.layers, "heads": size.heads,
        "parameters": size.parameters(settings.vocabulary, settings.context), "inside": size.inside,
        "stories": settings.stories, "first_story": first, "tokens": int((rows != IGNORED).sum()),
        "updates": settings.updates, "batch": settings.batch_size, "rate": settings.learning_rate,
        "seed": settings.seed, **{name: _known(last.metrics[name]) for name in MEASURED},
        "seconds": round(last.seconds, 2), "diverged": last.diverged,
    }  # fmt: skip


@contextmanager
def place_of(device: str) -> Iterator[None]:
    """Let a thread work beside others: on a card with a stream of its own, on a processor with one core."""
    torch.set_num_threads(1)
    if device == "cpu":
        yield
        return
    if not hasattr(_threads, "stream"):
        _threads.stream = torch.cuda.Stream()
    with torch.cuda.stream(_threads.stream):
        yield


_threads = threading.local()


def _known(number: float) -> float | None:
    """Return a number as JSON has it: what is not finite is not known."""
    return float(number) if math.isfinite(number) else None
