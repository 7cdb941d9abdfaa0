"""The agent of the small world as Stable-Baselines3 trains it, with the course's hyper-parameters: an oracle.

    python -m tests.dqn.in_sb3

records its curves over the seeds of the page's own, in assets/recorded/dqn/sb3.json: ten minutes on one core. What
stays different: its loss is Huber's, half the squared error as long as an error is below 1 (Adam hardly sees the half);
it draws batches with replacement; its first moves, as many as a batch holds, are all random, where ours follow ε.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, replace
from importlib.metadata import version
from pathlib import Path
from typing import Any

import torch
from stable_baselines3 import DQN
from stable_baselines3.common.callbacks import BaseCallback
from stable_baselines3.dqn.policies import DQNPolicy

from core.dqn.environment import DroneEnv
from core.dqn.judge import Judge
from core.dqn.networks import SMALL_DENSE
from core.dqn.presets import BASE, SEEDS
from core.dqn.recorded import DIGITS, Curve
from core.dqn.settings import DqnSettings
from core.dqn.task import Dqn
from core.dqn.world import city_of
from core.files import ASSETS, write_whole
from core.runs.run import origin_here
from core.training.constants import EPSILON

FILE = ASSETS / "recorded" / "dqn" / "sb3.json"


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


def agent(settings: DqnSettings, **policy: Any) -> tuple[DQN, Crashes]:
    """Return Stable-Baselines3's agent for these settings, and what counts for it."""
    crashes = Crashes(settings)
    env = DroneEnv(settings.rules, city_of(settings.rules, settings.city) if settings.world == "small" else None)
    found = DQN(
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


def judged(settings: DqnSettings) -> Iterator[dict[str, float]]:
    """Train; yield what our tables say of the agent after as many moves as our own trainings are judged at."""
    learner, counted = agent(settings)
    judge, begun = Judge(settings), False
    for moves in (0, *(update + settings.batch_size for update in Dqn(settings).milestones())):
        if moves:
            learner.learn(moves - learner.num_timesteps, counted, log_interval=10**9, reset_num_timesteps=not begun)
            begun = True
        found = judge.metrics(learner.q_net)
        yield found | {"moves": moves, "collected": counted.collected, "crashes": counted.crashes}


def recorded() -> dict[int, Curve]:
    """Return the curves that were recorded, by seed."""
    curves = json.loads(FILE.read_text(encoding="utf-8"))["curves"]
    return {int(seed): Curve(**{key: tuple(values) for key, values in curve.items()}) for seed, curve in curves.items()}


def main(file: Path = FILE) -> None:
    """Record all seeds."""
    torch.set_num_threads(1)  # as ours were
    curves = {}
    for seed in SEEDS:
        found = list(judged(replace(BASE, seed=seed)))
        columns = {name: tuple(round(point[name], DIGITS) for point in found) for name in Curve.__annotations__}
        curves[seed] = Curve(**columns)  # type: ignore[arg-type]
        print(seed, found[-1], flush=True)
        origin = asdict(origin_here())
        origin["versions"] += f", stable-baselines3 {version('stable-baselines3')}"
        told = {"origin": origin, "curves": {str(seed): asdict(curve) for seed, curve in curves.items()}}
        write_whole(file, (json.dumps(told) + "\n").encode())


if __name__ == "__main__":
    main()
