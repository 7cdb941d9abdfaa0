"""Record what each age of phase 1 tells: `python -m core.three_phases.record_ages`, a minute on one core."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

import numpy as np
import torch

from core.files import write_whole
from core.runs.run import origin_here
from core.stories import instructions
from core.tasks.instructed.pairs import END
from core.tasks.instructed.task import judge, questions, texts
from core.tasks.instructed.writing import write
from core.tasks.mini_gpt2 import published
from core.three_phases.ages import FILE, Age, ages
from core.three_phases.asked import TEMPERATURE
from core.three_phases.live import read_by

TEXTS, SHOWN, SEED = 64, 3, 1
"""Texts told from nothing, and instructions given; how many of the answers are kept; what all are drawn with."""


def age(kept: dict[str, Any]) -> Age:
    """Return what the model of a checkpoint tells."""
    model = published.load_checkpoint(kept["update"], attention="sdpa")
    asked = questions()[:TEXTS]
    free = texts(write(model, [[END]] * TEXTS, torch.Generator().manual_seed(SEED), TEMPERATURE))
    prompts = [read_by("pretrained", one) for one in asked]
    told = texts(write(model, prompts, torch.Generator().manual_seed(SEED), TEMPERATURE))
    return Age(
        update=kept["update"],
        loss=round(kept["validation_loss"], 4),
        stories=float(np.mean([instructions.about(text) is not None for text in free])),
        obeyed=float(np.mean([judge(one, text)[1] for one, text in zip(asked, told, strict=True)])),
        told=tuple(text.strip() for text in told[:SHOWN]),
    )


def record() -> None:
    """Ask every age, and write the file."""
    found = {
        "floor": round(published.record()["floor"]["nats_per_token_on_validation"], 4),
        "texts": TEXTS,
        "ages": [asdict(age(kept)) for kept in published.record()["checkpoints"]],
        "origin": asdict(origin_here()),
    }
    write_whole(FILE, (json.dumps(found, ensure_ascii=False, indent=1) + "\n").encode())
    ages.cache_clear()


if __name__ == "__main__":
    torch.set_num_threads(1)  # as on a worker
    record()
