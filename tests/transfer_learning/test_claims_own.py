"""What the lesson says of the own classes and of the sign held up, computed. Names are those of its claims."""

from __future__ import annotations

import gc
import re
import weakref
from functools import cache
from pathlib import Path

import numpy as np
import pytest
import torch
from numpy.typing import NDArray

from core import workers
from core.files import unpack
from core.tasks.signs import base
from core.tasks.signs import photos as signs
from core.transfer_learning import on_worker, own, signs_head
from core.transfer_learning.collection import Collection
from core.transfer_learning.head import FEATURES, HeadSettings
from core.transfer_learning.intake import SIDE, photo_of
from core.transfer_learning.learned import Learned
from core.transfer_learning.occlusion import GREY, occlusion
from core.transfer_learning.ready import SIGNS, ready
from tests.helpers import until


def silent(what: str, share: float) -> None:
    """Hear nothing."""


@cache
def from_ready() -> Learned:
    """Return what is learned from the ready photos, as the page does it."""
    photos = ready()[0]
    labels = [SIGNS.index(photo.sign) for photo in photos]
    people = [f"person {photo.person}" for photo in photos]
    return on_worker.learn([photo_of(photo.data) for photo in photos], labels, people, HeadSettings(seed=1), silent)


def test_own_head_alone_learns() -> None:
    """The base gives 1,280 numbers, takes no gradient, and is bit for bit the same after a training."""
    before = {name: tensor.clone() for name, tensor in base.imagenet().state_dict().items()}
    found = from_ready()
    assert found.features.shape[1] == found.head.weights.shape[0] == FEATURES == 1_280
    assert found.head.weights.ndim == 2
    assert not any(weight.requires_grad for weight in base.imagenet().parameters())
    assert all(torch.equal(before[name], tensor) for name, tensor in base.imagenet().state_dict().items())


def test_own_tested_apart() -> None:
    """On noise, the head knows by heart all that it learned, and guesses what it is tested on: it has not seen it."""
    noise = np.random.default_rng(3).normal(0, 1, (60, FEATURES)).astype(np.float32)
    labels = [number % 2 for number in range(60)]
    found = on_worker.learn(list(noise), labels, [str(n) for n in range(60)], HeadSettings(), silent)
    assert (found.head.chances(noise).argmax(1) == labels).all()
    assert found.tested(0)[1] + found.tested(1)[1] == 60
    assert found.accuracy is not None
    assert found.accuracy < 0.75


def test_own_ready_are_read() -> None:
    """Three signs of ten people are learned; the 18 photos of six others are all read rightly."""
    learned_from, tried = ready()
    people = {photo.person for photo in tried}
    assert len({photo.person for photo in learned_from}) == 10
    assert (len(tried), len(people), len(SIGNS)) == (18, 6, 3)
    assert not people & {photo.person for photo in learned_from}
    chances = from_ready().head.chances(on_worker.features_of([photo_of(photo.data) for photo in tried]))
    assert [SIGNS[place] for place in chances.argmax(1)] == [photo.sign for photo in tried]


def test_own_map_asks_81_times() -> None:
    """Besides the photo as it is, 81 with a grey square somewhere else each; what is told is a difference."""
    photo = np.zeros((SIDE, SIDE, 3), np.uint8)
    asked: list[tuple[int, ...]] = []

    def predict(photos: NDArray[np.uint8]) -> NDArray[np.float64]:
        asked.extend(
            tuple(np.argwhere(each[..., 0] == GREY)[[0, -1]].ravel().tolist()) for each in photos if each.any()
        )
        return np.tile([0.75, 0.25], (len(photos), 1))

    found = occlusion(photo, predict)
    assert len(asked) == len(set(asked)) == found.drop.size == 81
    assert {(bottom - top, right - left) for top, left, bottom, right in asked} == {(39, 39)}
    assert not found.drop.any()


def test_own_grey_is_zero() -> None:
    """A photo of that grey is, for the base, a photo of zeros."""
    grey = on_worker.features_of([np.full((SIDE, SIDE, 3), GREY, np.uint8)])
    assert np.allclose(grey, base.imagenet()(torch.zeros(1, 3, SIDE, SIDE)).numpy(), atol=1e-5)


@pytest.mark.usefixtures("cluster")
def test_own_photos_are_never_written(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Learned from, tried and explained: no run is stored, and no file of the workers holds a piece of a photo."""
    monkeypatch.setenv("CURSEURS_RUNS", str(tmp_path))
    found = Collection(["a", "b"])
    photos = ready()[0]
    for own_class, sign in zip(found.classes, SIGNS, strict=False):
        found.add(own_class, [photo.data for photo in photos if photo.sign == sign][:3])
    found.start(1, lambda: True)
    until(lambda: found.settle() is None and not found.is_learning)
    assert found.head is not None
    photo = photo_of(photos[0].data)
    own.features(photo, lambda: True)
    own.explain(photo, found.head, lambda: True)
    assert list(tmp_path.rglob("*")) == []
    pieces = [kept.data[40:80] for each in found.classes for kept in each.photos] + [photo[80, 60:80].tobytes()]
    folders = {each["local_directory"] for each in workers.client().scheduler_info(n_workers=-1)["workers"].values()}
    assert folders
    for file in (path for folder in folders for path in Path(folder).rglob("*") if path.is_file()):
        assert not any(piece in file.read_bytes() for piece in pieces)


def test_own_jobs_cannot_be_guessed() -> None:
    """A job's name holds 128 bits of chance, none of the photos or names; what is sent shows nothing of itself."""
    keys = {own.new_key() for _ in range(1_000)}
    assert len(keys) == 1_000
    assert all(re.fullmatch(r"own classes: [0-9a-f]{32}", key) for key in keys)
    assert repr([own.Sealed([b"photo"])]) == "[<private>]"
    found = Collection(["a", "b"])
    found.add(found.classes[0], [ready()[0][0].data])
    assert repr(found.classes[0].photos[0].data)[2:20] not in repr(found.classes)


def test_own_photos_are_forgotten() -> None:
    """After “Forget”, no photo is in memory any more, nor what was learned from it."""
    found = Collection(["a", "b"])
    found.fill(str)
    kept = [weakref.ref(photo) for each in found.classes for photo in each.photos]
    found.learned = from_ready()
    found.forget(["a", "b"])
    gc.collect()
    assert not any(photo() for photo in kept)
    assert found.learned is None
    assert not any(each.photos for each in found.classes)


def test_own_signs_head_saw_all() -> None:
    """It was recorded from as many photos as there are, and reads a sample of them."""
    found = signs.load()
    _arrays, about = unpack(signs_head.FILE.read_bytes())
    assert int(about["photos"]) == len(found) == 2_062
    sample = np.random.default_rng(2).choice(len(found), 32, replace=False)
    features = on_worker.features_of([photo_of(found.image(place)) for place in sample])
    read = signs_head.head().chances(features).argmax(1)
    assert (read == found.signs[sample]).mean() > 0.9
