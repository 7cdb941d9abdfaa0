"""The mini GPT-2: a language model of French stories, trained by this project, small enough to open.

    python -m core.mini_gpt2 train --out assets/models/mini_gpt2

trains it again. The folder has the layout of the Hugging Face hub (`GPT2LMHeadModel.from_pretrained(folder)` works),
plus younger versions of the model and `training.json`, the record of how it learned. No torch at import: pages
read the record, and load a model inside functions.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from core.settings import Settings, bounded

if TYPE_CHECKING:
    from tokenizers import Tokenizer
    from transformers import GPT2LMHeadModel

FOLDER = Path(__file__).parents[1] / "assets" / "models" / "mini_gpt2"
RECORD, TOKENIZER, WEIGHTS = "training.json", "tokenizer.json", "model.safetensors"


class WeightsError(ValueError):
    """A file of the model is missing, or is not the one that was published.

    Attributes:
        file: the file's name.
    """

    def __init__(self, file: str, reason: str) -> None:
        super().__init__(f"{file}: {reason}")
        self.file = file


@dataclass(frozen=True, kw_only=True)
class MiniGPT2Settings(Settings):
    """What determines the training; the defaults are those of the published model."""

    task: ClassVar[str] = "mini_gpt2"
    version: ClassVar[int] = 1

    seed: int = bounded(1, 0, 2**31 - 1)
    batch_size: int = bounded(16, 1, 4096)
    learning_rate: float = bounded(0.003, 0.0, 1.0)
    updates: int = bounded(10_000, 1, 200_000)
    stories: int = bounded(160_000, 1, 2_000_000)
    validation_stories: int = bounded(600, 1, 20_000)
    vocabulary: int = bounded(1_024, 257, 8_192)
    context: int = bounded(192, 8, 1_024)
    width: int = bounded(160, 8, 512)
    layers: int = bounded(3, 1, 12)
    heads: int = bounded(5, 1, 16)

    def rate_at(self, update: int, total: int) -> float:
        """Rise during the first updates, then fall to zero along half a cosine (Loshchilov and Hutter 2017)."""
        warm = min(500, total / 10)
        if update < warm:
            return self.learning_rate * (update + 1) / (warm + 1)
        return self.learning_rate * (1 + math.cos(math.pi * (update - warm) / (total - warm))) / 2

    def checkpoints(self) -> list[int]:
        """Return the updates after which the model is kept: 0, 10, 30, 100, 300 … and the last."""
        kept = [0, *(step for power in range(1, 7) for step in (10**power, 3 * 10**power))]
        return [step for step in kept if step < self.updates / 1.5] + [self.updates]

    def milestones(self) -> list[int]:
        """Return the updates after which the losses are measured: the checkpoints, and more on a log scale."""
        between = {round(10 ** (power / 6)) for power in range(6 * 7)}
        return sorted(({*between, *self.checkpoints()} - {0}) & set(range(1, self.updates + 1)))


@cache
def record(folder: Path = FOLDER) -> dict[str, Any]:
    """Return the record of the training: settings, learning curve, entropy floor, checkpoints, figures, date."""
    try:
        read: dict[str, Any] = json.loads((folder / RECORD).read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise WeightsError(RECORD, f"not found in {folder}") from error
    return read


def checkpoints(folder: Path = FOLDER) -> list[int]:
    """Return the updates at which the model was kept, ascending; the last is the finished model."""
    return [item["update"] for item in record(folder)["checkpoints"]]


@cache
def tokenizer(folder: Path = FOLDER) -> Tokenizer:
    """Return the tokenizer, checked against its hash in the record."""
    from tokenizers import Tokenizer

    return Tokenizer.from_str(_read(folder, TOKENIZER, record(folder)["tokenizer"]["sha256"]).decode())


def load_checkpoint(update: int | None = None, folder: Path = FOLDER, attention: str = "eager") -> GPT2LMHeadModel:
    """Return the model as it was after some updates, in eval mode, float32, on the CPU.

    Args:
        update: one of `checkpoints()`; None for the finished model.
        folder: where the files are.
        attention: "eager" shows attention maps, "sdpa" is faster.

    Raises:
        WeightsError: no such checkpoint, a file is missing, or its hash is not the published one.
    """
    from safetensors.torch import load

    from core.mini_gpt2_task import empty_model
    from core.mini_gpt2_weights import unpack

    kept = {item["update"]: item for item in record(folder)["checkpoints"]}
    wanted = max(kept) if update is None else update
    if wanted not in kept:
        raise WeightsError(RECORD, f"no checkpoint after {wanted} updates, only after {sorted(kept)}")
    data = _read(folder, kept[wanted]["file"], kept[wanted]["sha256"])
    model = empty_model(MiniGPT2Settings.from_json(record(folder)["settings"]), attention)
    _, unexpected = model.load_state_dict(unpack(load(data)), strict=False)
    if unexpected:
        raise WeightsError(kept[wanted]["file"], f"unknown weights {unexpected}")
    model.tie_weights()
    return model.eval()


def _read(folder: Path, name: str, sha256: str) -> bytes:
    """Read a file once and check the bytes that will be used."""
    try:
        data = (folder / name).read_bytes()
    except FileNotFoundError as error:
        raise WeightsError(name, f"not found in {folder}") from error
    if (found := hashlib.sha256(data).hexdigest()) != sha256:
        raise WeightsError(name, f"its SHA-256 is {found}, the record says {sha256}: the file is damaged or not ours")
    return data


def main(arguments: Sequence[str] | None = None) -> None:
    """Train the model from the command line."""
    parser = argparse.ArgumentParser(prog="python -m core.mini_gpt2", description="The mini GPT-2 of French stories.")
    train = parser.add_subparsers(required=True).add_parser("train", help="train it and write its files")
    train.add_argument("--out", type=Path, default=FOLDER, help="folder to write")
    train.add_argument("--device", default=None, help="cpu or cuda; default: a GPU if there is one")
    train.add_argument("--processes", type=int, default=None, help="processes that draw stories; default: all cores")
    for name in ("updates", "stories", "validation_stories", "batch_size", "seed", "width", "layers", "heads"):
        train.add_argument(f"--{name.replace('_', '-')}", type=int, default=None)
    train.add_argument("--learning-rate", type=float, default=None)
    train.add_argument("--compile", action="store_true", help="fuse operations: faster, needs a C++ compiler")
    train.add_argument("--start", type=Path, default=None, help="go on with the model of this folder")
    given = vars(parser.parse_args(arguments))
    out, device, processes, fused, start = (
        given.pop(name) for name in ("out", "device", "processes", "compile", "start")
    )
    from core.mini_gpt2_training import publish

    publish(MiniGPT2Settings(**{k: v for k, v in given.items() if v is not None}), out, device, processes, fused, start)


if __name__ == "__main__":
    main()
