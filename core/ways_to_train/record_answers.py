"""Record what the parts of the page begin with: `python -m core.ways_to_train.record_answers`, two minutes."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from core.answers import key
from core.files import write_whole
from core.ways_to_train import asked, cards, own
from core.ways_to_train.presets import PROMPTS, TASKS
from core.ways_to_train.ways import WAYS


def questions() -> list[tuple[Callable[..., Any], Any]]:
    """Return all that is asked: functions with their arguments."""
    found: list[tuple[Callable[..., Any], Any]] = []
    for some, word in PROMPTS.values():
        shown = [list(card) for card in cards.asked(some)]
        found += [(asked.answer, (shown, word)), (asked.score, (shown,))]
    for learn, tried in TASKS.values():
        task = own.task_of(learn, tried)
        found += [(own.taught, (way, [list(pair) for pair in task.examples], task.words)) for way in WAYS]
    return found


def record() -> None:
    """Ask everything, and write the answers."""
    found = {key(function, *args): function(*args) for function, args in questions()}
    told = json.dumps(found, ensure_ascii=False, separators=(",", ":")) + "\n"
    write_whole(asked.SHIPPED.file, told.encode())


if __name__ == "__main__":
    import torch

    torch.set_num_threads(1)  # as on a worker
    record()
