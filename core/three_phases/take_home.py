"""What a student takes home from the page: pairs to learn from, preferences, the fine-tuned model. No torch here."""

from __future__ import annotations

import json
from collections.abc import Sequence

import numpy as np
from safetensors.numpy import save

from core.files import RUNS
from core.once import once
from core.runs.run import from_bytes
from core.stories import instructions
from core.stories.instructions import Instruction
from core.tasks.instructed.drawing import ANSWERS, ANSWERS_SEED, drawn, fits
from core.tasks.instructed.settings import InstructedSettings
from core.tasks.mini_gpt2 import published

LEARNED, SEED = 64, 1
"""Pairs that the notebook learns from: the first of those that the page's run does."""
PREFERENCES, PREFERENCES_SEED = 32, 6
INSTRUCTED = "mini_gpt2_instructed"
"""What the fine-tuned model is called at home."""
KEPT, SCALE = "model/", ".scale"
"""As `core.tasks.instructed.kept` names a kept model's arrays, and `core.tasks.mini_gpt2.weights` a matrix's scales."""


@once()
def pairs() -> bytes:
    """Return instructions with their answers, to learn from and held out, as JSON with a line each."""
    return _lines({"learned": _told(LEARNED, SEED), "held_out": _told(ANSWERS, ANSWERS_SEED)})


def _told(number: int, seed: int) -> list[dict[str, str]]:
    return [{"instruction": asked.text, "answer": story} for asked, story in drawn(number, seed)]


@once()
def preferences() -> bytes:
    """Return instructions with a preferred and a rejected answer, as JSON with a line each.

    Both answers are of the grammar, and what was asked for; the shorter one is preferred.
    """
    waiting: dict[Instruction, str] = {}
    found: list[dict[str, str]] = []
    for _asked, story in instructions.pairs(PREFERENCES_SEED, fits):
        about = instructions.about(story)
        assert about is not None  # the grammar has just told it
        asked = Instruction(hero=about.hero, thing=about.thing, plot=about.plot)
        if not fits(asked.text, story):
            continue
        other = waiting.pop(asked, "")
        if not other:
            waiting[asked] = story
        elif len(other.split()) != len(story.split()):
            short, long = sorted((other, story), key=lambda text: len(text.split()))
            found.append({"instruction": asked.text, "preferred": short, "rejected": long})
        if len(found) == PREFERENCES:
            break
    return _lines({"pairs": found})


def _lines(named: dict[str, list[dict[str, str]]]) -> bytes:
    parts = [f"{json.dumps(name)}: [\n{_rows(rows)}\n]" for name, rows in named.items()]
    return ("{" + ",\n".join(parts) + "}\n").encode()


def _rows(rows: Sequence[dict[str, str]]) -> str:
    return ",\n".join(json.dumps(row, ensure_ascii=False) for row in rows)


def instructed() -> bytes:
    """Return the recorded model of phase 2 in a zip, as transformers reads it.

    Raises:
        FileNotFoundError: its run is not recorded.
    """
    run = from_bytes((RUNS / f"{InstructedSettings().run_id}.safetensors").read_bytes(), recorded=True)
    arrays = {name.removeprefix(KEPT): array for name, array in run.frames[-1].arrays.items() if name.startswith(KEPT)}
    weights = {}
    for name, array in arrays.items():
        if not name.endswith(SCALE):
            scale = arrays[name + SCALE].astype(np.float32)[:, None] if name + SCALE in arrays else 1
            weights[name] = np.ascontiguousarray(array * scale, np.float32)
    return published.zipped(name=INSTRUCTED, weights=save(weights, metadata={"format": "pt"}))
