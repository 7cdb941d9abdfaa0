"""Where files are, how they are read and written whole, and how arrays travel: in one file, or as text."""

from __future__ import annotations

import base64
import hashlib
import json
import uuid
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from platformdirs import user_cache_path
from safetensors import SafetensorError
from safetensors.numpy import load, save

ROOT = Path(__file__).parents[1]
ASSETS = ROOT / "assets"
DATA, RUNS, RECORDED, MODELS = ASSETS / "data", ASSETS / "runs", ASSETS / "recorded", ASSETS / "models"
"""Shipped: data and lists; runs by their id; what pages recorded besides, in a folder each; models."""
PART = ".part"
"""Ends the name of a file that is not whole yet."""

Arrays = Mapping[str, np.ndarray]


class DamagedFile(ValueError):
    """Bytes that are no file of ours: cut, or foreign."""


def cache_folder(name: str) -> Path:
    """Return the folder `name` in the user's cache, where this machine keeps what it made or fetched.

    Earlier versions kept everything in ~/.cache/curseurs on every system: where that exists, it stays in use.
    """
    earlier = Path.home() / ".cache" / "curseurs"
    return (earlier if earlier.is_dir() else user_cache_path("curseurs", appauthor=False)) / name


@contextmanager
def whole(path: Path) -> Iterator[Path]:
    """Give the place where a file is to be written; it is put where it belongs once all of it is there.

    A reader sees all of it or none, whoever else writes it at the same time.

    Raises:
        OSError: the disk is full, or the folder may not be written; nothing is left behind.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f"{path.name}.{uuid.uuid4().hex[:8]}{PART}")
    try:
        yield part
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def write_whole(path: Path, data: bytes) -> None:
    """Write a file so that a reader sees all of it or none: see `whole`.

    Raises:
        OSError: the disk is full, or the folder may not be written; nothing is left behind.
    """
    with whole(path) as part:
        part.write_bytes(data)


def sha256_of(source: Path | bytes) -> str:
    """Return the SHA-256 of bytes, or of a file, read block by block."""
    if isinstance(source, bytes):
        return hashlib.sha256(source).hexdigest()
    with source.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def pack(arrays: Arrays, metadata: Mapping[str, str]) -> bytes:
    """Return arrays and some words about them as one safetensors file: no pickle."""
    data: bytes = save({name: np.ascontiguousarray(array) for name, array in arrays.items()}, dict(metadata))
    return data


def unpack(data: bytes) -> tuple[dict[str, np.ndarray], dict[str, str]]:
    """Return the arrays and the metadata that `pack` was given.

    Raises:
        DamagedFile: cut, or foreign.
    """
    try:
        header = json.loads(data[8 : 8 + int.from_bytes(data[:8], "little")])
        return load(data), header["__metadata__"]
    except (SafetensorError, KeyError, TypeError, ValueError) as error:
        raise DamagedFile(str(error)) from error


def base64_of(array: np.ndarray) -> str:
    """Return an array's numbers as text that travels in JSON: `bytesOf` and `floatsOf` in base.js read it.

    They keep their type, the first byte of each the smallest; the shape travels beside them.
    """
    return base64.b64encode(array.astype(array.dtype.newbyteorder("<")).tobytes()).decode()


def deflated(array: np.ndarray) -> str:
    """Return an array's bytes packed, as text, for what is mostly empty: `inflated` in arrays.js reads it."""
    return base64.b64encode(zlib.compress(np.ascontiguousarray(array).tobytes(), 9)).decode()


def from_base64(text: str, dtype: str = "f4") -> np.ndarray:
    """Return the numbers that `base64_of` was given, as one row."""
    return np.frombuffer(base64.b64decode(text), np.dtype(dtype).newbyteorder("<"))
