"""Record what the network can be fooled on: `python -m core.transfer_learning.fool_record`. Imports torch."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import torch
from numpy.typing import NDArray

from core.tasks.signs import base
from core.tasks.signs import photos as signs
from core.tasks.signs.looking import features, to_inputs
from core.tasks.signs.splits import split
from core.transfer_learning.fool import Fooled, Square, covered, photo
from core.transfer_learning.head import Head, HeadSettings
from core.transfer_learning.intake import SIDE, Photo
from core.transfer_learning.missions import FOOL_BEFORE, FOOL_SHARE, is_fooled
from core.transfer_learning.on_worker import features_of, trained

TRIES, APART = 12, 6
"""Places that are tried on each photo, and pixels between them."""
MARGIN = 0.01
"""What is recorded fools by so much more than needed: another processor rounds otherwise."""


def record() -> None:
    """Train the head, look for places that fool it, and ship both; some minutes on one core."""
    torch.set_num_threads(1)  # as on a worker
    people = split("people")
    head = head_on(people.pool)
    read = head.chances(features()[people.validation])
    shown = signs.load().signs[people.validation]
    is_sure = (read.argmax(1) == shown) & (read.max(1) >= FOOL_BEFORE + MARGIN)
    found = [(number, *place) for number in people.validation[is_sure] if (place := place_that_fools(number, head))]
    numbers = np.array([number for number, _chances, _square in found], np.uint16)
    chances = np.array([before for _number, before, _square in found], np.float32)
    corners = np.array([(square.top, square.left) for _number, _chances, square in found], np.uint8)
    Fooled(head, numbers, chances, corners, len(people.validation), int(is_sure.sum())).save()
    print(f"{len(found)} of {is_sure.sum()} photos, {len(people.validation)} in all")


def head_on(places: NDArray[np.int64]) -> Head:
    """Return a head that learned from these photos alone, rounded to 16 bits as it is kept."""
    head = trained(features()[places], signs.load().signs[places].astype(np.int64), signs.SIGNS, HeadSettings())
    return Head(*(each.astype(np.float16).astype(np.float32) for each in (head.weights, head.bias)))


def place_that_fools(number: int, head: Head) -> tuple[NDArray[np.float32], Square] | None:
    """Return what is read of a photo as it is, and a square that makes it misread; None if none of the tried does."""
    sign, plain = int(signs.load().signs[number]), photo(number)
    squares = list(promising(plain, sign, head))
    before, *after = head.chances(features_of([plain, *(covered(plain, square) for square in squares)]))
    fooled = [
        (max(read), square)
        for read, square in zip(after, squares, strict=True)
        if is_fooled(sign, before - MARGIN, read - MARGIN, square.share)
    ]
    return (before, max(fooled, key=lambda pair: pair[0])[1]) if fooled else None


def promising(plain: Photo, sign: int, head: Head) -> Iterator[Square]:
    """Yield the places where, by the gradient, turning pixels to zero harms the sign most against all others."""
    side = int(SIDE * FOOL_SHARE**0.5)
    inputs = to_inputs(plain[None]).requires_grad_()
    logits = (base.imagenet()(inputs) @ torch.from_numpy(head.weights) + torch.from_numpy(head.bias))[0]
    others = torch.cat([logits[:sign], logits[sign + 1 :]])
    (logits[sign] - torch.logsumexp(others, 0)).backward()
    assert inputs.grad is not None
    change = -(inputs.grad * inputs.detach())[0].sum(0)
    sums = torch.nn.functional.avg_pool2d(change[None], side, 1)[0].numpy().copy()
    for _ in range(TRIES):
        top, left = (int(place) for place in np.unravel_index(sums.argmin(), sums.shape))
        yield Square(top, left, side)
        sums[max(0, top - APART) : top + APART + 1, max(0, left - APART) : left + APART + 1] = np.inf


if __name__ == "__main__":
    record()
