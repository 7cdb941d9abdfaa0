"""Learning to fly as a task of `core.training.loop`: each batch comes out of the agent's memory while it flies on."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Sequence

import numpy as np
import torch
from torch import Tensor, nn

from core.dqn.explorer import Explorer, inputs_of
from core.dqn.flight import watch
from core.dqn.judge import Judge
from core.dqn.kept import BEST, DRAWN, OUTCOMES, SCENES, ages, evenly
from core.dqn.memory import Drawn
from core.dqn.networks import course_network, small_network
from core.dqn.settings import ROUND, DqnSettings
from core.dqn.view import RADIUS
from core.training.frames import WEIGHTS
from core.training.loop import Measurement, Stream

MEASURED = 40
"""Times that an agent is judged while it learns."""


class Dqn:
    """Deep Q-learning, Mnih et al., Human-level control through deep reinforcement learning, Nature 2015.

    Of each batch, the network moves what it says of the actions taken towards the reward plus γ times what the target
    network says of the best next one. The loss is the squared error, as in the course.
    """

    def __init__(self, settings: DqnSettings) -> None:
        self.settings = settings
        self.explorer = Explorer(settings)
        self.judge = Judge(settings)
        self.drawn = torch.zeros(0, dtype=torch.long)
        self._renewed = 0

    def examples(self) -> Stream:
        """Return what the agent lives through; an epoch is a round of moves."""
        return Stream(self._batches, ROUND)

    def model(self, generator: torch.Generator) -> nn.Module:
        """Build the network, and the target network as its equal."""
        if self.settings.world == "small":
            network = small_network(inputs_of(self.settings), generator)
        else:
            network = course_network(RADIUS, generator)
        self.target = copy.deepcopy(network).requires_grad_(False)
        return network

    def loss(self, model: nn.Module, inputs: Tensor, targets: Tensor) -> Tensor:
        """Return the mean squared error of what the network says of the actions that were taken.

        Args:
            model: the network.
            inputs: what was seen (batch × …).
            targets: (batch × 2), the action, and what it should be worth.
        """
        said: Tensor = model(inputs).gather(1, targets[:, :1].long())[:, 0]
        return (said - targets[:, 1]).square().mean()

    def milestones(self) -> Sequence[int]:
        """Return updates after so many moves of the whole training; the last one ends it."""
        moves = evenly(self.settings.steps, MEASURED)
        return sorted({max(1, count - self.settings.batch_size) for count in moves if count})

    def measure(self, model: nn.Module) -> Measurement:
        """Judge the agent as it is now, without random moves; keep what it drew last, and now and then its weights."""
        explorer = self.explorer
        metrics = {
            "moves": float(explorer.moves),
            "collected": explorer.total,
            "crashes": float(explorer.crashes),
            "epsilon": explorer.epsilon,
            **self.judge.metrics(model),
            **({} if explorer.moves else self.judge.bounds()),
        }
        return Measurement(metrics, self._age(model) if explorer.moves in ages(self.settings.steps) else {})

    def _age(self, model: nn.Module) -> dict[str, np.ndarray]:
        """Return what the page shows of the agent at this age: its last batch, and its network or a flight with it."""
        explorer, drawn = self.explorer, self.drawn.numpy()
        found: dict[str, np.ndarray] = {DRAWN: drawn.astype(np.int32)} if drawn.size else {}
        is_small = self.settings.world == "small"
        if explorer.moves == self.settings.steps:
            found |= {SCENES: explorer.scenes, OUTCOMES: explorer.outcomes}
            found |= {BEST: self.judge.best_actions()} if is_small else {}
        if not is_small:
            return found | watch(model, self.settings.rules)
        weights = {f"{WEIGHTS}{name}": value.numpy() for name, value in model.state_dict().items()}
        with np.errstate(over="ignore"):  # what diverges is stored as infinity
            return found | {name: value.astype(np.float16) for name, value in weights.items()}

    def _batches(self, model: nn.Module, generator: torch.Generator) -> Iterator[tuple[Tensor, Tensor]]:
        """Fly; from the first move on at which the agent has lived through more than a batch, draw one at each."""
        explorer = self.explorer
        while True:
            explorer.move(model)
            self._renew_target(model)
            if explorer.moves > self.settings.batch_size:
                yield self.draw(generator)

    def draw(self, generator: torch.Generator) -> tuple[Tensor, Tensor]:
        """Draw a batch from the memory; return what was seen (batch × …), and actions and targets (batch × 2)."""
        settings, memory = self.settings, self.explorer.memory
        is_random = settings.draw == "random"
        self.drawn = memory.random(settings.batch_size, generator) if is_random else memory.latest(settings.batch_size)
        batch = memory.at(self.drawn)
        targets = targets_of(self.target, batch, settings.discount)
        return batch.seen, torch.stack([batch.actions.float(), targets], dim=1)

    def _renew_target(self, model: nn.Module) -> None:
        """Copy the network into the target network where it is due."""
        settings, explorer = self.settings, self.explorer
        count = explorer.crashes if settings.target_unit == "crashes" else explorer.moves
        every = 1 if settings.target_unit == "none" else settings.target_every
        if count != self._renewed and count % every == 0:
            self._renewed = count
            torch._foreach_copy_(list(self.target.parameters()), [weight.detach() for weight in model.parameters()])


@torch.no_grad()
def targets_of(target: nn.Module, batch: Drawn, discount: float) -> Tensor:
    """Return what the actions of a batch should be worth (batch): nothing is expected behind a crash.

    Mnih et al. 2015, algorithm 1: y = r + γ (1 − crashed) max Q'(next).
    """
    expected: Tensor = target(batch.seen_next).amax(dim=1)
    return batch.rewards + discount * (1 - batch.ended) * expected
