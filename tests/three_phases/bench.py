"""How fast our fine-tuning is beside a bare loop, and how long each phase's default live run takes."""

from __future__ import annotations

import math
import time
from dataclasses import replace

import torch
import torch.nn.functional as F

from core.tasks.instructed.pairs import encode, places
from core.tasks.instructed.settings import InstructedSettings
from core.tasks.instructed.task import Instructed, fresh
from core.tasks.mini_gpt2.task import IGNORED
from core.tasks.registry import frames
from core.three_phases.settings import usual
from core.training.loop import Measurement, train
from core.training.settings import Settings
from tests.benchmarks.shared import Results, ratio

BARS = {"sft_vs_bare_torch": (">=", 0.85), "phase_seconds": ("<=", 90.0)}
ROUNDS, UPDATES = 3, 12


class Unmeasured(Instructed):
    """The task, of which nothing is measured on the way: the updates alone."""

    def measure(self, model: torch.nn.Module) -> Measurement:
        return Measurement({})


def sft_vs_bare_torch() -> Results:
    """Updates a second of our loop ÷ those of a plain one: transformers' forward, backward, torch.optim.Adam.

    The same pairs, batches of the same size, 16-bit products on both sides, one thread.
    """
    torch.set_num_threads(1)
    settings = InstructedSettings()
    settings = replace(settings, pairs=UPDATES * settings.batch_size)
    seconds = {"ours": math.inf, "bare": math.inf}
    Unmeasured(settings).examples()  # drawn before the clock starts
    for _round in range(ROUNDS):
        began = time.process_time()
        for _frame in train(Unmeasured(settings), settings):
            pass
        seconds["ours"] = min(seconds["ours"], time.process_time() - began)
        began = time.process_time()
        _bare(settings)
        seconds["bare"] = min(seconds["bare"], time.process_time() - began)
    about = {name: round(UPDATES / value, 2) for name, value in seconds.items()}
    return {"sft_vs_bare_torch": ratio(seconds["bare"] / seconds["ours"]) | about}


def _bare(settings: InstructedSettings) -> None:
    from core.tasks.instructed.drawing import drawn

    model, examples = fresh().train(), encode(drawn(settings.pairs, settings.seed))
    optimizer = torch.optim.Adam(model.parameters(), lr=settings.learning_rate)
    order = torch.randperm(len(examples), generator=torch.Generator().manual_seed(1))
    for indices in torch.split(order, settings.batch_size):
        inputs, targets = examples.inputs[indices].long(), examples.targets[indices].long()
        longest = int((targets != IGNORED).nonzero()[:, 1].max()) + 1
        inputs, targets = inputs[:, :longest], targets[:, :longest]
        with torch.autocast("cpu", torch.bfloat16):
            seen = torch.ones_like(inputs)
            logits = model(input_ids=inputs, position_ids=places(inputs), attention_mask=seen, use_cache=False).logits
        loss = F.cross_entropy(logits.float().flatten(0, 1), targets.flatten(), ignore_index=IGNORED)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()


def phase_seconds() -> Results:
    """Seconds of one thread for each phase's default live run, measurements included; the longest has the bar."""
    torch.set_num_threads(1)
    runs: dict[str, Settings] = {"instructed": InstructedSettings(), "reinforce": usual("reinforce"),
                                 "dpo": usual("dpo")}  # fmt: skip
    found: Results = {}
    for name, settings in runs.items():
        began = time.process_time()
        for _frame in frames(settings):
            pass
        found[f"phase_seconds_{name}"] = {"value": time.process_time() - began, "unit": "s"}
    longest = max(float(figure["value"]) for figure in found.values())
    return {"phase_seconds": {"value": longest, "unit": "s"}, **found}


BENCHES = (sft_vs_bare_torch, phase_seconds)
