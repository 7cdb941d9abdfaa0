"""The mini GPT-2: a language model of French stories, trained by this project, small enough to open.

    python -m core.tasks.mini_gpt2 train --out assets/models/mini_gpt2

trains it again. The folder has the layout of the Hugging Face hub (`GPT2LMHeadModel.from_pretrained(folder)` works),
plus younger versions of the model and `training.json`, the record of how it learned. No torch at import: pages
read the record, and load a model inside functions.
"""

from __future__ import annotations

import json
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

if TYPE_CHECKING:
    from tokenizers import Tokenizer
    from torch import Tensor
    from transformers import GPT2LMHeadModel
from core.files import MODELS, sha256_of
from core.once import once
from core.tasks.mini_gpt2.settings import MiniGPT2Settings

FOLDER = MODELS / "mini_gpt2"
RECORD, TOKENIZER, WEIGHTS = "training.json", "tokenizer.json", "model.safetensors"


class WeightsError(ValueError):
    """A file of the model is missing, or is not the one that was published.

    Attributes:
        file: the file's name.
    """

    def __init__(self, file: str, reason: str) -> None:
        super().__init__(f"{file}: {reason}")
        self.file = file


@once(4)
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


@once(4)
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
    from core.tasks.mini_gpt2.model import empty_model

    kept = {item["update"]: item for item in record(folder)["checkpoints"]}
    wanted = max(kept) if update is None else update
    if wanted not in kept:
        raise WeightsError(RECORD, f"no checkpoint after {wanted} updates, only after {sorted(kept)}")
    model = empty_model(MiniGPT2Settings.from_json(record(folder)["settings"]), attention)
    _, unexpected = model.load_state_dict(_weights(kept, wanted, folder), strict=False)
    if unexpected:
        raise WeightsError(kept[wanted]["file"], f"unknown weights {unexpected}")
    model.tie_weights()
    return model.eval()


def zipped(folder: Path = FOLDER, name: str = "", weights: bytes = b"") -> bytes:
    """Return the finished model as a student takes it home: its folder, as the hub's library reads it, in a zip.

    Args:
        folder: where the files are.
        name: of the folder in the zip, where it is another one.
        weights: a safetensors file that takes the place of the finished model's.
    """
    packed = BytesIO()
    with ZipFile(packed, "w") as archive:
        for file in ("config.json", TOKENIZER, "tokenizer_config.json", WEIGHTS):
            data = weights if weights and file == WEIGHTS else (folder / file).read_bytes()
            # A ZipInfo bears no date: the same model gives the same bytes.
            archive.writestr(ZipInfo(f"{name or folder.name}/{file}"), data, ZIP_DEFLATED)
    return packed.getvalue()


def _weights(kept: dict[int, dict[str, Any]], wanted: int, folder: Path) -> dict[str, Tensor]:
    """Read the weights of an age; one that is stored as what it adds to the age before needs that one first."""
    from safetensors.torch import load

    from core.tasks.mini_gpt2.weights import unpack

    item = kept[wanted]
    earlier = item.get("added_to")
    before = None if earlier is None else _weights(kept, earlier, folder)
    return unpack(load(_read(folder, item["file"], item["sha256"])), before)


def _read(folder: Path, name: str, sha256: str) -> bytes:
    """Read a file once and check the bytes that will be used."""
    try:
        data = (folder / name).read_bytes()
    except FileNotFoundError as error:
        raise WeightsError(name, f"not found in {folder}") from error
    if (found := sha256_of(data)) != sha256:
        raise WeightsError(name, f"its SHA-256 is {found}, the record says {sha256}: the file is damaged or not ours")
    return data
