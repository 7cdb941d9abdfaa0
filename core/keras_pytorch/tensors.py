"""What a line of the loop made or changed: name, shape, type, numbers, a small picture. Imports torch."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from core.files import base64_of

ROWS, COLUMNS = 24, 40
"""Of a picture, at most: of a larger array, rows and columns at equal distances are shown."""
FIRST = 8
"""Numbers that are written out."""
GRADIENT = ".grad"
"""Ends the name of a gradient."""
PICTURES = 6
"""Rows of a batch of pictures that are drawn."""

Found = dict[str, Any]
Reading = Callable[[Tensor], list[str]]
"""Gives what the first numbers of an array stand for."""


class Look:
    """Looks at the names of a loop after each of its lines, and tells what is new since the last look."""

    def __init__(
        self, hidden: Iterable[str], pictures: Mapping[str, tuple[int, int]], texts: Mapping[str, Reading]
    ) -> None:
        """Look past some names; at others as at rows of pictures of (rows, columns) pixels, or as at texts."""
        self.hidden, self.pictures, self.texts = set(hidden), pictures, texts
        self._before: dict[str, Any] = {}

    def remember(self, names: Mapping[str, Any]) -> None:
        """Take the names as they are now for known."""
        self._before = {name: _copy(value) for name, value in self._parts(names)}

    def news(self, names: Mapping[str, Any]) -> list[Found]:
        """Return what is new or has other numbers, and the gradients that are gone."""
        now = dict(self._parts(names))
        found = []
        for name, value in now.items():
            before = self._before.get(name)
            if before is None or not _same(before, value):
                found.append(self._described(name, value, before))
                self._before[name] = _copy(value)
        for name in [name for name in self._before if name.endswith(GRADIENT) and name not in now]:
            del self._before[name]
            found.append({"name": name, "kind": "none"})
        return found

    def _parts(self, names: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
        """Yield the tensors and numbers among names, each tensor's gradient after it."""
        for name, value in names.items():
            if name in self.hidden or isinstance(value, bool):
                continue
            if isinstance(value, (Tensor, int, float)):
                yield name, value
            if isinstance(value, Tensor) and value.is_leaf and value.grad is not None:
                yield name + GRADIENT, value.grad

    def _described(self, name: str, value: Any, before: Any) -> Found:
        if not isinstance(value, Tensor):
            return {"name": name, "kind": "number", "value": _finite(float(value))}
        array = value.detach().numpy()
        found: Found = {
            "name": name,
            "kind": "tensor",
            "shape": list(array.shape),
            "dtype": str(value.dtype).removeprefix("torch."),
            "learns": value.requires_grad and value.is_leaf,
        }
        if array.dtype.kind == "b":
            return found | _as_map(array.astype(np.float32))
        if array.dtype.kind != "f":
            if name in self.texts:
                found["texts"] = self.texts[name](value.ravel()[:FIRST])
            return found | {"values": array.ravel()[:FIRST].tolist(), "more": array.size > FIRST}
        if array.ndim == 0:
            return found | {"values": [_finite(float(array))], "more": False}
        found |= _numbers(array)
        if isinstance(before, Tensor) and before.shape == value.shape:
            found["moved"] = _finite(float(np.abs(array - before.numpy()).max()))
        if name in self.pictures and array.shape[-1] == math.prod(self.pictures[name]):
            return found | _as_pictures(array, self.pictures[name])
        return found | _as_map(array)


def _copy(value: Any) -> Any:
    return value.detach().clone() if isinstance(value, Tensor) else value


def _same(before: Any, value: Any) -> bool:
    if isinstance(before, Tensor) and isinstance(value, Tensor):
        return before.shape == value.shape and bool(torch.equal(before, value.detach()))
    return bool(before == value)


def _numbers(array: NDArray[np.floating]) -> Found:
    """Return the smallest, the largest, the mean and the length of all numbers as one vector."""
    with np.errstate(all="ignore"):
        told = {"low": array.min(), "high": array.max(), "mean": array.mean(), "length": np.linalg.norm(array)}
    return {name: _finite(float(value)) for name, value in told.items()}


def _finite(value: float) -> float | str:
    """Return a number as JSON can hold it, to five digits."""
    if math.isfinite(value):
        return float(f"{value:.5g}")
    return "nan" if math.isnan(value) else ("inf" if value > 0 else "-inf")


def _as_map(array: NDArray[np.floating]) -> Found:
    """Return an array's picture: at most `ROWS` × `COLUMNS` whole numbers, −127 to 127, of the largest size `top`."""
    flat = array.reshape(1, -1) if array.ndim == 1 else array.reshape(array.shape[0], -1)
    if flat.shape[0] == 1 and flat.shape[1] > COLUMNS:  # a long vector fills rows
        rows = min(ROWS, math.ceil(flat.shape[1] / COLUMNS))
        padded = np.full(rows * COLUMNS, np.nan)
        kept = flat[0, : rows * COLUMNS]
        padded[: len(kept)] = kept
        flat = padded.reshape(rows, COLUMNS)
    small = flat[np.ix_(_some(flat.shape[0], ROWS), _some(flat.shape[1], COLUMNS))]
    top = float(np.nanmax(np.abs(small), initial=0.0, where=np.isfinite(small)))
    with np.errstate(all="ignore"):
        levels = np.nan_to_num(np.clip(small / (top or 1.0), -1, 1) * 127)
    return {"map": base64_of(levels.round().astype(np.int8)), "rows": small.shape[0], "top": _finite(top)}


def _some(size: int, most: int) -> NDArray[np.int64]:
    """Return at most so many indices, at equal distances."""
    return np.arange(size) if size <= most else np.linspace(0, size - 1, most).round().astype(np.int64)


def _as_pictures(array: NDArray[np.floating], sides: tuple[int, int]) -> Found:
    """Return the first rows as pictures of ink, 0 to 255."""
    kept = np.nan_to_num(array.reshape(-1, *sides)[:PICTURES])
    return {"pictures": [base64_of((255 * np.clip(one, 0, 1)).round().astype(np.uint8)) for one in kept],
            "rows": sides[0]}  # fmt: skip
