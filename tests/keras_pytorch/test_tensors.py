"""What is told of a line: only what is new, with numbers and pictures that NumPy computes again."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest
import torch

from core.files import from_base64
from core.keras_pytorch.tensors import COLUMNS, ROWS, Look


def look(**more: Any) -> Look:
    """Return a look at every name."""
    return Look((), more.get("pictures", {}), more.get("texts", {}))


def test_only_what_is_new_is_told() -> None:
    """A name that keeps its numbers is not told again; one whose numbers change is, with how far they moved."""
    w = torch.tensor([1.0, 2.0])
    names = {"w": w, "rate": 0.1, "flag": True, "word": "text"}
    eyes = look()
    assert [news["name"] for news in eyes.news(names)] == ["w", "rate"]
    assert eyes.news(names) == []
    w[1] = 5.0
    (news,) = eyes.news(names)
    assert (news["name"], news["moved"], news["high"]) == ("w", 3.0, 5.0)


def test_gradients_come_and_go() -> None:
    """A gradient is told when it is there, and when it is none again; a tensor that learns says so."""
    w = torch.tensor([1.0, -2.0], requires_grad=True)
    eyes = look()
    assert eyes.news({"w": w})[0]["learns"]
    (w**2).sum().backward()
    (news,) = eyes.news({"w": w})
    assert (news["name"], news["low"], news["high"]) == ("w.grad", -4.0, 2.0)
    w.grad = None
    assert eyes.news({"w": w}) == [{"name": "w.grad", "kind": "none"}]
    assert eyes.news({"w": w}) == []


@pytest.mark.parametrize("shape", [(3, 5), (24, 40), (30, 200), (32, 3, 10), (37,), (200,)], ids=str)
def test_a_map_has_the_numbers_of_the_tensor(shape: tuple[int, ...]) -> None:
    """Each cell is a number of the tensor, in 127ths of the largest shown: all of them where they fit."""
    array = np.random.default_rng(1).standard_normal(shape).astype(np.float32)
    (news,) = look().news({"w": torch.tensor(array)})
    rows = news["rows"]
    found = from_base64(news["map"], "i1").reshape(rows, -1) / 127 * news["top"]
    assert rows <= ROWS
    assert found.shape[1] <= COLUMNS
    if len(shape) == 2 and shape[0] <= ROWS and shape[1] <= COLUMNS:
        np.testing.assert_allclose(found, array, atol=news["top"] / 127)
    nearest = np.abs(found.ravel()[:, None] - np.append(array.ravel(), 0)[None]).min(1)
    assert nearest.max() <= news["top"] / 127
    assert news["length"] == pytest.approx(np.linalg.norm(array), rel=1e-4)


def test_numbers_beyond_all_bounds_travel_as_json() -> None:
    """Not-a-number and infinity are told as words, and the map still has a picture."""
    (news,) = look().news({"w": torch.tensor([[1.0, float("inf")], [float("nan"), -1.0]])})
    assert (news["high"], news["low"]) == ("nan", "nan")
    assert json.loads(json.dumps(news, allow_nan=False)) == news
    assert from_base64(news["map"], "i1").tolist() == [127, 127, 0, -127]


def test_rows_of_pictures_and_texts_are_shown_as_such() -> None:
    """Of a batch of images the first six are drawn, black ink 255; numbers of examples are read out."""
    images = torch.zeros((9, 4))
    images[0, 3] = 1.0
    (news,) = look(pictures={"x": (2, 2)}).news({"x": images})
    assert from_base64(news["pictures"][0], "u1").tolist() == [0, 0, 0, 255]
    assert len(news["pictures"]) == 6
    (news,) = look(texts={"ix": lambda ix: [f"<{i}>" for i in ix.tolist()]}).news({"ix": torch.arange(12)})
    assert news["values"] == [0, 1, 2, 3, 4, 5, 6, 7]
    assert news["more"]
    assert news["texts"][2] == "<2>"
