"""The agent of the small world as Stable-Baselines3 trains it, with the course's hyper-parameters: an oracle.

    python -m tests.dqn.in_sb3 [squared | huber]

records its curves over the seeds of the page's own, in assets/recorded/dqn/sb3.json: ten minutes on one core for each.
Its own loss is Huber's: half the squared error below 1 (Adam hardly sees the half), but only the error above; with
"squared" it has ours. What stays different: it draws batches with replacement; its first moves, as many as a batch
holds, are all random, where ours follow ε.
"""

from __future__ import annotations

import itertools
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict, replace
from importlib.metadata import version
from typing import Any
from unittest.mock import patch

import torch
from gymnasium.spaces import Space
from stable_baselines3 import DQN
from stable_baselines3.common.callbacks import BaseCallback
from stable_baselines3.common.torch_layers import BaseFeaturesExtractor
from stable_baselines3.dqn import dqn
from stable_baselines3.dqn.policies import DQNPolicy
from torch import Tensor, nn
from torch.nn.functional import mse_loss

from core.dqn.environment import DroneEnv
from core.dqn.judge import Judge
from core.dqn.networks import course_network
from core.dqn.presets import BASE, SEEDS
from core.dqn.recorded import DIGITS, Curve
from core.dqn.settings import CONVOLUTIONS, DENSE, SMALL_DENSE, DqnSettings
from core.dqn.task import Dqn
from core.dqn.view import RADIUS
from core.dqn.world import city_of
from core.files import write_whole
from core.runs.run import origin_here
from core.training.constants import EPSILON
from tests.dqn.of_sb3 import FILE, recorded


class Squared(DQN):
    """Stable-Baselines3's DQN with the loss of Mnih et al. 2015 and of the course."""

    class Functions:
        """What its training takes a loss from."""

        smooth_l1_loss = staticmethod(mse_loss)

    def train(self, gradient_steps: int, batch_size: int = 100) -> None:
        """Update the network so many times."""
        with patch.object(dqn, "F", self.Functions):
            super().train(gradient_steps, batch_size)


LOSSES: dict[str, type[DQN]] = {"squared": Squared, "huber": DQN}
"""What trains with each loss."""


class Crashes(BaseCallback):
    """Counts crashes and rewards; ε falls at each crash, as in the course."""

    def __init__(self, settings: DqnSettings) -> None:
        super().__init__()
        self.settings, self.crashes, self.collected, self.epsilon = settings, 0, 0.0, 1.0

    def schedule(self, _progress: float) -> float:
        """Return ε, whatever the share of the training that is left."""
        return self.epsilon

    def _on_step(self) -> bool:
        self.collected += float(self.locals["rewards"][0])
        if self.locals["dones"][0]:
            self.crashes += 1
            self.epsilon = max(self.epsilon * self.settings.epsilon_decay, self.settings.epsilon_end)
        return True


def agent(settings: DqnSettings, loss: str = "squared", **policy: Any) -> tuple[DQN, Crashes]:
    """Return Stable-Baselines3's agent for these settings, and what counts for it; `policy` changes its network."""
    crashes = Crashes(settings)
    env = DroneEnv(settings.rules, city_of(settings.rules, settings.city) if settings.world == "small" else None)
    found = LOSSES[loss](
        DQNPolicy,
        env,
        learning_rate=settings.learning_rate,
        buffer_size=settings.memory,
        learning_starts=settings.batch_size,
        batch_size=settings.batch_size,
        gamma=settings.discount,
        train_freq=1,
        gradient_steps=1,
        target_update_interval=settings.target_every,
        max_grad_norm=float("inf"),
        policy_kwargs={"net_arch": list(SMALL_DENSE), "optimizer_kwargs": {"eps": EPSILON}} | policy,
        seed=settings.seed,
        device="cpu",
    )
    found.exploration_schedule = crashes.schedule
    return found, crashes


def course_policy() -> dict[str, Any]:
    """Return how Stable-Baselines3 is to build the course's network: convolutions, then dense layers."""
    return {"features_extractor_class": Convolutions, "net_arch": list(DENSE)}


class Convolutions(BaseFeaturesExtractor):
    """The course's convolutions on windows (batch × 6 × 7 × 7), flattened."""

    def __init__(self, space: Space[Any]) -> None:
        layers = list(course_network(RADIUS, torch.Generator()))[: 2 * len(CONVOLUTIONS) + 1]
        super().__init__(space, CONVOLUTIONS[-1] * (2 * RADIUS + 1) ** 2)
        self.layers = nn.Sequential(*layers)

    def forward(self, seen: Tensor) -> Tensor:
        """Return what the dense layers read (batch × 3,136)."""
        found: Tensor = self.layers(seen)
        return found


def judged(settings: DqnSettings, loss: str = "squared") -> Iterator[dict[str, float]]:
    """Train; yield what our tables say of the agent after as many moves as our own trainings are judged at."""
    learner, counted = agent(settings, loss)
    judge, begun = Judge(settings), False
    for moves in (0, *(update + settings.batch_size for update in Dqn(settings).milestones())):
        if moves:
            learner.learn(moves - learner.num_timesteps, counted, log_interval=10**9, reset_num_timesteps=not begun)
            begun = True
        found = judge.metrics(learner.q_net)
        yield found | {"moves": moves, "collected": counted.collected, "crashes": counted.crashes}


def main(losses: Sequence[str]) -> None:
    """Record all seeds with these losses, or with both."""
    torch.set_num_threads(1)  # as ours were
    found = recorded() if FILE.exists() else {}
    origin = asdict(origin_here())
    origin["versions"] += f", stable-baselines3 {version('stable-baselines3')}"
    for loss, seed in itertools.product(losses or LOSSES, SEEDS):
        points = list(judged(replace(BASE, seed=seed), loss))
        columns = {name: tuple(round(point[name], DIGITS) for point in points) for name in Curve.__annotations__}
        found.setdefault(loss, {})[seed] = Curve(**columns)  # type: ignore[arg-type]
        print(loss, seed, points[-1], flush=True)
        curves = {name: {str(seed): asdict(curve) for seed, curve in by.items()} for name, by in found.items()}
        write_whole(FILE, (json.dumps({"origin": origin, "curves": curves}) + "\n").encode())


if __name__ == "__main__":
    main(sys.argv[1:])
