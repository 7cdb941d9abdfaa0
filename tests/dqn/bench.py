"""Speed of the drones' world and of an agent that learns in it. Ratios in one run, one thread."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from dataclasses import replace

from tests.benchmarks.shared import Results, fastest, ratio

BARS = {
    "env_steps_vs_bare_numpy": (">=", 0.5),
    "dqn_updates_vs_sb3": (">=", 1.0),
    "dqn_course_updates_vs_sb3": (">=", 1.0),
}
SCRIPT = "import sys; from tests.dqn.bench import {name}; {name}(int(sys.argv[1]))"
STEPS, UPDATES, MOVES = 2_000, {"small": 300, "course": 10}, 300


def env_steps_vs_bare_numpy() -> Results:
    """Steps/s of 4 drones, what each sees included: PettingZoo's API ÷ the same rules in bare NumPy."""
    ours, bare = fastest(SCRIPT.format(name="time_steps"), 7, threads=1)
    return {"env_steps_vs_bare_numpy": ratio(bare / ours)}


def dqn_updates_vs_sb3() -> Results:
    """Updates/s ÷ Stable-Baselines3's: batch drawn, targets, loss, gradients, Adam; same networks, batch of 64.

    And the whole of a move with its update in the small world, which has no bar.
    """
    found = {}
    for name, script in (("", "time_small"), ("course_", "time_course")):
        ours, theirs = fastest(SCRIPT.format(name=script), 7, threads=1)
        found[f"dqn_{name}updates_vs_sb3"] = ratio(theirs / ours)
    ours, theirs = fastest(SCRIPT.format(name="time_moves"), 5, threads=1)
    return found | {"dqn_moves_vs_sb3": ratio(theirs / ours)}


def time_steps(rounds: int) -> None:
    """Print seconds of so many steps, ours and bare."""
    import numpy as np

    from core.dqn.rules import PER_DRONE, for_drones
    from core.dqn.several import DronesEnv
    from tests.dqn.bare_grid import BareGrid

    rules = for_drones(4)
    env = DronesEnv(rules, moves=sys.maxsize)
    env.reset(seed=1)
    bare = BareGrid(
        4, rules.side, (PER_DRONE["parcels"], PER_DRONE["zones"], PER_DRONE["stations"], PER_DRONE["towers"]), 1
    )
    actions = np.random.default_rng(2).integers(5, size=(STEPS, 4))
    told = [dict(zip(env.agents, moves, strict=True)) for moves in actions.tolist()]
    _print(rounds, lambda: [env.step(moves) for moves in told], lambda: [bare.step(moves) for moves in actions])


def time_small(rounds: int) -> None:
    """Print seconds of so many updates of the small network."""
    _time_updates(rounds, "small")


def time_course(rounds: int) -> None:
    """Print seconds of so many updates of the course's network."""
    _time_updates(rounds, "course")


def _time_updates(rounds: int, world: str) -> None:
    import torch

    from core.dqn.presets import BASE, COURSE
    from core.dqn.task import Dqn
    from core.training.optimizers import make_step
    from tests.dqn.in_sb3 import Squared, agent, course_policy

    torch.set_num_threads(1)
    settings, lived, count = BASE if world == "small" else COURSE, 3_000, UPDATES[world]
    settings = replace(settings, epsilon_decay=1.0)  # moves that need no network
    task, generator = Dqn(settings), torch.Generator().manual_seed(1)
    model = task.model(generator)
    weights, step = list(model.parameters()), make_step(settings, model)
    for _ in range(lived):
        task.explorer.move(model)

    def ours() -> None:
        for _ in range(count):
            inputs, targets = task.draw(generator)
            step(torch.autograd.grad(task.loss(model, inputs, targets), weights), settings.learning_rate)

    learner, counted = agent(replace(settings, memory=10_000), **({} if world == "small" else course_policy()))
    learner.learning_starts = lived
    learner.learn(lived, counted, log_interval=sys.maxsize)
    assert isinstance(learner, Squared)
    assert sum(weight.numel() for weight in learner.q_net.parameters()) == sum(weight.numel() for weight in weights)
    _print(rounds, ours, lambda: learner.train(count, settings.batch_size))


def time_moves(rounds: int) -> None:
    """Print seconds of so many moves with their updates, in the small world."""
    from itertools import islice

    import torch

    from core.dqn.presets import BASE
    from core.dqn.task import Dqn
    from core.training.optimizers import make_step
    from tests.dqn.in_sb3 import agent

    torch.set_num_threads(1)
    task, generator = Dqn(BASE), torch.Generator().manual_seed(1)
    model = task.model(generator)
    weights, step = list(model.parameters()), make_step(BASE, model)
    batches = task.examples().batches(model, generator)

    def ours() -> None:
        for inputs, targets in islice(batches, MOVES):
            step(torch.autograd.grad(task.loss(model, inputs, targets), weights), BASE.learning_rate)

    learner, counted = agent(BASE)
    learner.learn(100, counted, log_interval=sys.maxsize)
    next(batches)

    def theirs() -> None:
        learner.learn(MOVES, counted, log_interval=sys.maxsize, reset_num_timesteps=False)

    _print(rounds, ours, theirs)


def _print(rounds: int, *sides: Callable[[], object]) -> None:
    """Time both sides in turns."""
    seconds: list[list[float]] = []
    for _ in range(rounds):
        seconds.append([])
        for side in sides:
            began = time.perf_counter()
            side()
            seconds[-1].append(time.perf_counter() - began)
    print(json.dumps(seconds))


BENCHES = (env_steps_vs_bare_numpy, dqn_updates_vs_sb3)
