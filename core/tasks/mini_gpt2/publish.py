"""Train the mini GPT-2 and write everything that is published: weights of every age, tokenizer, and the record."""

from __future__ import annotations

import json
import os
import platform
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import tokenizers
import torch
import transformers
from safetensors.torch import save
from tokenizers import Tokenizer

from core.files import sha256_of, write_whole
from core.stories import language as stories
from core.tasks.mini_gpt2.many_stories import write
from core.tasks.mini_gpt2.model import config_of, empty_model
from core.tasks.mini_gpt2.published import RECORD, TOKENIZER, WEIGHTS, load_checkpoint, record
from core.tasks.mini_gpt2.settings import MiniGPT2Settings
from core.tasks.mini_gpt2.task import IGNORED, MiniGPT2
from core.tasks.mini_gpt2.tokenizer import END, learn
from core.tasks.mini_gpt2.weights import pack, unpack
from core.training.frames import Frame
from core.training.loop import train

WRITTEN = 1_000
"""Stories that the finished model writes, to be judged by the grammar."""


def publish(
    settings: MiniGPT2Settings,
    folder: Path,
    device: str | None = None,
    processes: int | None = None,
    compiled: bool = False,
    start: Path | None = None,
    written: int = WRITTEN,
) -> None:
    """Train, and write the folder of the model: the layout of the hub, checkpoints, and `training.json`.

    With `start`, go on with the model of that folder: its curve and its ages come first in the new record, and updates
    are counted on. Adam begins anew, the learning rate rises and falls again: a warm restart (Loshchilov and Hutter
    2017). At the end the model writes so many stories to be judged.
    """
    device = device or ("cuda" if torch.cuda.is_available() else "cpu")
    folder.mkdir(parents=True, exist_ok=True)
    print(f"{settings.stories} stories, {settings.updates} updates on {device}", flush=True)
    earlier = Earlier.read(start, folder) if start else Earlier()
    tokens = learn(settings.vocabulary)
    task = MiniGPT2(settings, tokens, device, processes or os.cpu_count() or 1, compiled, earlier.weights)
    _write_layout(folder, settings, tokens)
    floor, tokens_per_update = entropy_floor(task), settings.batch_size * _tokens_per_story(task)
    print(f"entropy floor {floor['nats_per_token_on_validation']:.4f} nats per token", flush=True)
    curve, kept, before = earlier.curve, earlier.checkpoints, earlier.settings
    latest: list[dict[str, Any]] = []
    for frame in _reported(train(task, settings)):
        if not frame.measured or (start and frame.update == 0):
            continue
        curve.append(earlier.then(_point(frame, tokens_per_update)))
        if frame.update in settings.checkpoints()[:-1] and not start:
            kept.append(_write_checkpoint(folder, frame, finished=False))
            latest = []
        else:  # the finished model, or what stands in for it should the training be interrupted
            latest = [_write_checkpoint(folder, frame, finished=True) | {"update": curve[-1]["update"]}]
        _write_record(folder, settings, task, floor, curve, kept + latest, before)
    kept += latest
    _write_record(folder, settings, task, floor, curve, kept, before, judge(task, frame, written))


@dataclass(frozen=True)
class Earlier:
    """What an earlier training left: its weights, its ages, its curve, the settings of all trainings before."""

    weights: dict[str, torch.Tensor] | None = None
    checkpoints: list[dict[str, Any]] = field(default_factory=list)
    curve: list[dict[str, float]] = field(default_factory=list)
    settings: list[dict[str, Any]] = field(default_factory=list)
    end: dict[str, float] = field(default_factory=lambda: {"update": 0, "tokens": 0, "seconds": 0})

    @classmethod
    def read(cls, start: Path, folder: Path) -> Earlier:
        """Read the folder of the earlier training; copy its ages, the last one stored as small as the others."""
        told = record(start)
        weights = dict(load_checkpoint(None, start).state_dict())
        *ages, last = told["checkpoints"]
        for item in ages:
            if start != folder:
                shutil.copy(start / item["file"], folder / item["file"])
        arrays = {f"weights/{name}": weight.numpy() for name, weight in weights.items() if name != "lm_head.weight"}
        frame = Frame(last["update"], 0.0, 0.0, {"validation_loss": last["validation_loss"]}, arrays)
        kept = [*ages, _write_checkpoint(folder, frame, finished=False)]
        return cls(weights, kept, list(told["curve"]), [*told.get("before", []), told["settings"]], told["curve"][-1])

    def then(self, point: dict[str, float]) -> dict[str, float]:
        """Count a point of the curve on from the earlier training."""
        return point | {name: round(point[name] + self.end[name], 2) for name in ("update", "tokens", "seconds")}


def entropy_floor(task: MiniGPT2) -> dict[str, float]:
    """Return what no model can beat: the grammar's entropy per token, and its value on the very validation stories.

    The entropy of a story is exact; the mean number of tokens of a story is estimated from the validation stories,
    and its standard error is the only error of the floor.
    """
    targets = (task.validation.targets != IGNORED).sum(1).double().cpu().numpy()
    surprise = -np.array([stories.log_probability(story) for story in task.validation_stories])
    mean, error = targets.mean(), targets.std(ddof=1) / np.sqrt(len(targets))
    entropy = stories.entropy()
    return {
        "nats_per_story": entropy,
        "tokens_per_story": mean,
        "tokens_per_story_error": error,
        "nats_per_token": entropy / mean,
        "nats_per_token_error": entropy / mean * error / mean,
        "nats_per_token_on_validation": surprise.sum() / targets.sum(),
    }


def judge(task: MiniGPT2, last: Frame, count: int = WRITTEN) -> dict[str, float]:
    """Let the finished model, as stored, write stories; count those the grammar accepts and those it knows by heart."""
    weights = {name.removeprefix("weights/"): torch.from_numpy(array) for name, array in last.arrays.items()}
    model = empty_model(task.settings)
    model.load_state_dict(unpack(pack(weights, quantised=False)), strict=False)
    model.to(task.device).eval()
    generator = torch.Generator().manual_seed(task.settings.seed)
    written = write(model, task.tokens, count, generator)
    learned = set(task.training_stories)
    return {
        "written": len(written),
        "accepted": sum(map(stories.recognise, written)),
        "accepted_but_for_colour": sum(stories.recognise(stories.with_one_colour(story)) for story in written),
        "copied": sum(story in learned for story in written),
        "different": len(set(written)),
    }


def _reported(frames: Iterator[Frame]) -> Iterator[Frame]:
    for frame in frames:
        if frame.measured:
            numbers = "  ".join(f"{name} {value:.4f}" for name, value in frame.metrics.items())
            print(f"update {frame.update:6d}  {frame.seconds:7.1f} s  {numbers}", flush=True)
        yield frame


def _tokens_per_story(task: MiniGPT2) -> float:
    return (task.examples().targets != IGNORED).sum().item() / len(task.examples())


def _point(frame: Frame, tokens_per_update: float) -> dict[str, float]:
    return {
        "update": frame.update,
        "tokens": round(frame.update * tokens_per_update),
        "seconds": round(frame.seconds, 2),
        "training_loss": frame.metrics["training_loss"],
        "validation_loss": frame.metrics["validation_loss"],
    }


def _write_checkpoint(folder: Path, frame: Frame, finished: bool) -> dict[str, Any]:
    weights = {name.removeprefix("weights/"): torch.from_numpy(array) for name, array in frame.arrays.items()}
    name = WEIGHTS if finished else f"checkpoint_{frame.update:06d}.safetensors"
    data = save(pack(weights, quantised=not finished), metadata={"format": "pt"})
    write_whole(folder / name, data)
    return {
        "update": frame.update,
        "file": name,
        "sha256": sha256_of(data),
        "stored_as": "float16" if finished else "int8 rows",
        "validation_loss": frame.metrics["validation_loss"],
    }


def _write_layout(folder: Path, settings: MiniGPT2Settings, tokens: Tokenizer) -> None:
    """Write what `from_pretrained` needs beside the weights."""
    write_whole(folder / TOKENIZER, tokens.to_str(pretty=True).encode())
    config = {**config_of(settings).to_dict(), "architectures": ["GPT2LMHeadModel"]}
    kind = {"tokenizer_class": "PreTrainedTokenizerFast", "bos_token": END, "eos_token": END, "pad_token": END,
            "model_max_length": settings.context, "clean_up_tokenization_spaces": False}  # fmt: skip
    for name, content in (("config.json", config), ("tokenizer_config.json", kind)):
        write_whole(folder / name, (json.dumps(content, indent=1, sort_keys=True) + "\n").encode())


def _write_record(
    folder: Path,
    settings: MiniGPT2Settings,
    task: MiniGPT2,
    floor: dict[str, float],
    curve: list[dict[str, float]],
    kept: list[dict[str, Any]],
    before: list[dict[str, Any]],
    judged: dict[str, float] | None = None,
) -> None:
    """Write the record; again after each measurement, so that an interrupted training leaves a usable one."""
    data = (folder / TOKENIZER).read_bytes()
    record = {
        "settings": settings.to_json(),
        "before": before,
        "date": datetime.now(UTC).date().isoformat(),
        "machine": torch.cuda.get_device_name() if task.device.type == "cuda" else f"{os.cpu_count()} CPU cores",
        "versions": {"python": platform.python_version(), "torch": torch.__version__,
                     "transformers": transformers.__version__, "tokenizers": tokenizers.__version__},
        "tokenizer": {"file": TOKENIZER, "sha256": sha256_of(data)},
        "floor": floor,
        "stories": {"training": len(task.training_stories), "validation": len(task.validation_stories),
                    "possible": stories.count()},
        "curve": curve,
        "checkpoints": kept,
        "judged": judged,
    }  # fmt: skip
    write_whole(folder / RECORD, (json.dumps(record, indent=1) + "\n").encode())
