"""The youngest ages of the mini GPT-2: words are born within three hundred updates, so more of these are kept.

The training is deterministic: its first updates, trained once more, give what they gave, to within the arithmetic of
the machine. An age that was published before keeps its loss; `training.json` notes how far the new one is from it.
"""

from __future__ import annotations

import json
import platform
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import save
from torch import Tensor

from core.files import sha256_of, write_whole
from core.tasks.mini_gpt2.model import empty_model
from core.tasks.mini_gpt2.published import RECORD, load_checkpoint, record
from core.tasks.mini_gpt2.settings import MiniGPT2Settings
from core.tasks.mini_gpt2.task import MiniGPT2, nats_per_token
from core.tasks.mini_gpt2.weights import pack_added, unpack
from core.training.loop import Examples, Measurement, train

AGES = (0, 10, 30, 100, 125, 150, 175, 200, 250, 300)
COMPARED = 60
"""Validation stories on which an age is compared with the one published before."""
Age = tuple[int, Mapping[str, Tensor]]
"""After how many updates, and the weights there."""


def first_settings(folder: Path) -> MiniGPT2Settings:
    """Return the settings of the training that the published model began with."""
    told = record(folder)
    return MiniGPT2Settings.from_json([*told.get("before", []), told["settings"]][0])


class Young(MiniGPT2):
    """The same task, of which only the weights are kept, at more ages."""

    def milestones(self) -> list[int]:
        """Stop at each age."""
        return [*AGES[1:], self.settings.updates]  # the last one decides how the learning rate rises and falls

    def measure(self, model: torch.nn.Module) -> Measurement:
        """Keep the weights."""
        return Measurement({}, self.weights(model))


def train_young(task: Young) -> Iterator[Age]:
    """Train the first updates again; yield each age. Drawing the stories takes longer than learning."""
    for frame in train(task, task.settings):
        if frame.update in AGES:
            yield (
                frame.update,
                {name.removeprefix("weights/"): torch.from_numpy(array) for name, array in frame.arrays.items()},
            )
        if frame.update >= AGES[-1]:
            return


def write_young(task: Young, ages: Iterable[Age], folder: Path) -> None:
    """Store ages, each as what it adds to the one before, and enter them in the record; older ages stay."""
    told = json.loads((folder / RECORD).read_text(encoding="utf-8"))
    known = {item["update"]: item["validation_loss"] for item in told["checkpoints"]}
    entries: list[dict[str, Any]] = []
    differences: dict[str, float] = {}
    before: dict[str, Tensor] = {}
    earlier: int | None = None
    for update, weights in ages:
        loss = known.get(update)
        if loss is None:
            loss = _loss(task, weights, len(task.validation))
        else:
            published = load_checkpoint(update, folder, "sdpa").state_dict()
            differences[str(update)] = _loss(task, weights, COMPARED) - _loss(task, published, COMPARED)
        name = f"checkpoint_{update:06d}.safetensors"
        stored = pack_added(weights, before)
        before = unpack(stored, before)
        data = save(stored, metadata={"format": "pt"})
        write_whole(folder / name, data)
        entries.append(
            {
                "update": update,
                "file": name,
                "sha256": sha256_of(data),
                "stored_as": "int4 rows" if earlier is None else f"int4 rows, added to {earlier}",
                "added_to": earlier,
                "validation_loss": loss,
            }
        )
        earlier = update
    told["checkpoints"] = entries + [item for item in told["checkpoints"] if item["update"] > (earlier or 0)]
    told["young"] = {
        "date": datetime.now(UTC).date().isoformat(),
        "machine": platform.machine(),
        "torch": torch.__version__,
        "compared_on": COMPARED,
        "loss_minus_published": differences,
    }
    write_whole(folder / RECORD, (json.dumps(told, indent=1) + "\n").encode())


def _loss(task: MiniGPT2, weights: Mapping[str, Tensor], stories: int) -> float:
    """Return the validation loss of some weights, on so many stories."""
    model = empty_model(task.settings)
    model.load_state_dict(dict(weights), strict=False)
    model.tie_weights()
    some = Examples(task.validation.inputs[:stories], task.validation.targets[:stories])
    return nats_per_token(model.eval(), some)
