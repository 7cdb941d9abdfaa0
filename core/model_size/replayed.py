"""The loss and its gradients as one recorded graph of a card's work (a CUDA graph), replayed at every update.

A small model's update is some hundred pieces of work of a few microseconds each: given one by one, a card waits for
Python, and processes that share it take turns instead of running side by side. A replayed graph is given at once, and
threads with a stream each fill the card together.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import torch
from torch import Tensor, nn

_recording = threading.Lock()
WARM_UPS = 3
"""Times the work is done as usual first: libraries set themselves up at their first call, which no graph may hold."""

PATIENCE = 10.0
"""Seconds to wait for another thread's recording: one that hangs must not stop the others."""


class Replayed:
    """A loss on a card that is recorded at its first call; every later batch must have the same shape.

    Args:
        loss: gives the mean loss of a batch from the model, inputs and targets.
        model: its parameters are the ones that gradients are wanted of.
        inputs: the first batch.
        targets: its targets.
    """

    def __init__(
        self, loss: Callable[[nn.Module, Tensor, Tensor], Tensor], model: nn.Module, inputs: Tensor, targets: Tensor
    ) -> None:
        self.weights = tuple(model.parameters())
        self.inputs, self.targets = inputs.clone(), targets.clone()

        def work() -> tuple[Tensor, tuple[Tensor, ...]]:
            found = loss(model, self.inputs, self.targets)
            return found.detach(), torch.autograd.grad(found, self.weights)

        stream = torch.cuda.current_stream()
        held = _recording.acquire(timeout=PATIENCE)
        try:
            for _ in range(WARM_UPS):
                work()
            stream.synchronize()
            self.graph = torch.cuda.CUDAGraph()
            self.graph.capture_begin(capture_error_mode="thread_local")  # other threads go on meanwhile
            try:
                self.found, self.gradients = work()
            finally:
                self.graph.capture_end()
        finally:
            if held:
                _recording.release()

    def __call__(self, inputs: Tensor, targets: Tensor) -> Tensor:
        """Return the mean loss of a batch, a scalar that gradients flow through."""
        self.inputs.copy_(inputs)
        self.targets.copy_(targets)
        loss: Tensor = _Replay.apply(self, *self.weights)  # type: ignore[no-untyped-call]
        return loss


class _Replay(torch.autograd.Function):
    """Replays the graph; the gradients are already there when they are asked for."""

    @staticmethod
    def forward(ctx: Any, replayed: Replayed, *weights: Tensor) -> Tensor:
        replayed.graph.replay()
        ctx.gradients = replayed.gradients
        return replayed.found.clone()

    @staticmethod
    def backward(ctx: Any, *_outer: Tensor) -> tuple[Tensor | None, ...]:
        return (None, *ctx.gradients)
