"""What the letters' controls offer, and what one move of one control away from a preset reaches: no mission.

`python -m core.embeddings.record moves` trains these runs, and writes the losses that they end at.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator

from core.embeddings.missions import may_beat_counting
from core.embeddings.presets import PRESETS
from core.files import RECORDED, write_whole
from core.tasks.letters.settings import LettersSettings
from core.training.one_move import Offered, one_move

RATES = (0.001, 0.003, 0.01, 0.03, 0.1, 0.2, 0.5, 1.0, 3.0, 10.0)
BATCHES = (1, 8, 16, 32, 64, 128, 256, 512, 1_024)
UPDATES = (100, 500, 1_000, 2_000, 5_000, 10_000, 20_000, 50_000, 100_000, 200_000)
HIDDEN = (10, 20, 50, 100, 150, 200, 300, 500)
CONTEXTS = tuple(range(1, 9))
EMBEDDINGS = tuple(range(1, 17))
STEPS = ("course", "constant")
STARTS = ("scaled", "course")
OFFERED: Offered = {
    "corpus": ("words", "names"),
    "context": CONTEXTS,
    "embedding": EMBEDDINGS,
    "hidden": HIDDEN,
    "learning_rate": RATES,
    "batch_size": BATCHES,
    "updates": UPDATES,
    "step": STEPS,
    "start": STARTS,
    "optimizer": ("sgd", "momentum", "rmsprop", "adam"),
}
"""A list of one's own aside, which no mission is about, and the seed, which draws other numbers and mends nothing.
No control offers weight decay."""
FILE = RECORDED / "embeddings" / "one-move.json"


def neighbours() -> Iterator[LettersSettings]:
    """Yield the presets, and the settings one move away from one, that the first mission allows: each once."""
    allowed: dict[LettersSettings, None] = {}
    for preset in PRESETS.values():
        allowed |= dict.fromkeys(filter(may_beat_counting, (preset, *one_move(preset, OFFERED))))
    yield from allowed


def end_of(settings: LettersSettings) -> float:
    """Return the validation loss that a run ends at, in nats a character; of one that diverged, infinity."""
    from core.tasks.registry import frames

    last = next(frame for frame in reversed(list(frames(settings))) if frame.measured)
    loss = last.metrics["validation_loss"]
    return loss if math.isfinite(loss) and not last.diverged else math.inf


def reached() -> dict[str, float]:
    """Return what each of these settings ends at, by its run's id, as recorded."""
    told = json.loads(FILE.read_text(encoding="utf-8"))
    return {name: math.inf if loss is None else loss for name, loss in told.items()}


def record_moves() -> None:
    """Train all of these settings, and write what they reach."""
    import torch

    torch.set_num_threads(1)  # as on a worker
    told: dict[str, float | None] = {}
    for settings in neighbours():
        loss = end_of(settings)
        told[settings.run_id] = round(loss, 4) if math.isfinite(loss) else None
        print(settings.to_json(), loss, flush=True)
    write_whole(FILE, (json.dumps(told, indent=0) + "\n").encode())
