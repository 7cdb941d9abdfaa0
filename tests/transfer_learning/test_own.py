"""Own classes: learned on real workers, with the same numbers again; what cannot be learned; bad days."""

from __future__ import annotations

import io
import logging
import os
import signal
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import torch
import torch.nn.functional as F
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from sklearn.linear_model import LogisticRegression

from components.transfer_learning import own_words
from components.transfer_learning.own_sent import sent_file
from core import limits, workers
from core.files import ROOT
from core.jobs import Status
from core.tasks.signs import base
from core.transfer_learning import on_worker, own
from core.transfer_learning.collection import FEWEST, MOST, Collection
from core.transfer_learning.head import FEATURES, Features, Head, HeadSettings
from core.transfer_learning.intake import REASONS, Photo, photo_of
from core.transfer_learning.learned import BaseMissing
from core.transfer_learning.put_aside import NEVER, turns
from core.transfer_learning.ready import SIGNS, ready
from tests.helpers import free_port, until

RANDOM = np.random.default_rng(1)


def photo_file(level: int) -> bytes:
    held = io.BytesIO()
    noise = np.random.default_rng(level).integers(0, 60, (64, 64, 3)) + level
    Image.fromarray(noise.astype(np.uint8)).save(held, "PNG")
    return held.getvalue()


def two_classes(photos: int = 3) -> Collection:
    """Return dark photos and bright ones."""
    found = Collection(["dark", "bright"])
    for own_class, level in zip(found.classes, (0, 190), strict=True):
        assert not found.add(own_class, [photo_file(level + number) for number in range(photos)])
    return found


def blobs(classes: int, each: int) -> tuple[Features, np.ndarray]:
    """Return features that lie around a centre for each class, and the classes."""
    labels = np.repeat(np.arange(classes), each)
    centres = RANDOM.normal(0, 1, (classes, FEATURES))
    return (centres[labels] + RANDOM.normal(0, 3, (len(labels), FEATURES))).astype(np.float32), labels


def learned(collection: Collection, seed: int = 1) -> Collection:
    collection.start(seed, lambda: True)
    assert collection.job is not None
    assert collection.job.wait(120)
    failed = collection.settle()
    assert failed is None, failed
    return collection


# ---- the head


def test_the_head_in_numpy_is_torchs() -> None:
    """Probabilities equal those of torch's linear layer and softmax; huge numbers stay finite."""
    weights, bias = RANDOM.normal(0, 1, (FEATURES, 4)).astype(np.float32), np.arange(4, dtype=np.float32)
    features = RANDOM.normal(0, 30, (7, FEATURES)).astype(np.float32)
    theirs = F.softmax(F.linear(*map(torch.from_numpy, (features, weights.T.copy(), bias))), 1)
    assert np.allclose(Head(weights, bias).chances(features), theirs.numpy(), atol=1e-5)


def test_the_head_learns_as_well_as_a_logistic_regression() -> None:
    """On features that it has not seen, around the centres that it has, it is as often right as scikit-learn's."""
    features, labels = blobs(5, 40)
    seen = np.arange(len(labels)) % 2 == 0
    head = on_worker.trained(features[seen], labels[seen], 5, HeadSettings())
    judge = LogisticRegression(max_iter=500).fit(features[seen], labels[seen])
    mine = (head.chances(features[~seen]).argmax(1) == labels[~seen]).mean()
    assert mine >= judge.score(features[~seen], labels[~seen]) - 0.02


def test_the_same_photos_and_seed_give_the_same_numbers() -> None:
    """Whatever torch's own generator did meanwhile; another seed gives others."""
    features, labels = blobs(3, 10)
    one = on_worker.trained(features, labels, 3, HeadSettings(seed=4))
    torch.manual_seed(9)
    two = on_worker.trained(features, labels, 3, HeadSettings(seed=4))
    other = on_worker.trained(features, labels, 3, HeadSettings(seed=5))
    assert np.array_equal(one.weights, two.weights)
    assert not np.array_equal(one.weights, other.weights)


def test_a_head_that_was_saved_reads_the_same(tmp_path: Path) -> None:
    """In 16 bits its probabilities change by less than a hundredth."""
    features, labels = blobs(3, 10)
    head = on_worker.trained(features, labels, 3, HeadSettings())
    head.save(tmp_path / "head", {"layer": "dense softmax"})
    assert np.abs(Head.load(tmp_path / "head").chances(features) - head.chances(features)).max() < 0.01


def test_features_do_not_depend_on_the_batch() -> None:
    """A photo among seventeen has the features that the base gives it alone."""
    photos = [photo_of(photo_file(level)) for level in range(17)]
    found = on_worker.features_of(photos)
    for place in (0, 16):
        alone = (torch.from_numpy(photos[place].copy()).permute(2, 0, 1)[None].float() - 127) / 128
        assert np.allclose(found[place], base.imagenet()(alone)[0].numpy(), atol=1e-4)
    assert on_worker.features_of([]).shape == (0, FEATURES)


# ---- what is put aside


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 4)), min_size=1, max_size=60), st.integers(2, 8))
def test_each_photo_is_put_aside_once_with_its_series(photos: list[tuple[int, int]], most: int) -> None:
    """Once, but for the only one of its class; with all of its series, if its class has two; never a whole class."""
    labels, series = [label for label, _ in photos], [f"s{name}" for _, name in photos]
    found = turns(labels, series, most)
    assert found.count <= most
    for label in set(labels):
        mine = [place for place, of in enumerate(labels) if of == label]
        names = {series[place] for place in mine}
        if len(mine) == 1:
            assert found.of[mine[0]] == NEVER
            continue
        assert all(0 <= found.of[place] < found.count for place in mine)
        for turn in range(found.count):
            assert any(found.of[place] != turn for place in mine)
        assert (label in found.alike) == (len(names) == 1)
        if len(names) > 1:
            assert all(len({found.of[p] for p in mine if series[p] == name}) == 1 for name in names)


# ---- a session's classes, on workers


@pytest.mark.usefixtures("cluster")
def test_classes_are_learned_tried_and_learned_again_from_what_is_known() -> None:
    """Dark against bright: both are recognised; features stay beside the photos, so that they are not made again."""
    found = learned(two_classes())
    assert found.learned is not None
    assert found.learned.accuracy == 1
    assert not found.is_stale
    features = own.features(photo_of(photo_file(200)), lambda: True)
    assert found.head is not None
    assert found.head.chances(features).argmax() == 1
    heard_before = {what for what, _share in found.heard}
    again = learned(found)
    assert heard_before == {"features", "heads"}
    assert {what for what, _share in again.heard} == {"heads"}
    assert again.learned is not None
    assert np.allclose(again.learned.head.weights, found.learned.head.weights)
    map_ = own.explain(photo_of(photo_file(200)), found.head, lambda: True)
    assert map_.drop.shape == (9, 9)
    found.remove_photo(found.classes[0].photos[0].id)
    assert found.is_stale


@pytest.mark.slow
@pytest.mark.usefixtures("cluster")
def test_a_worker_that_dies_is_replaced_and_the_classes_are_learned() -> None:
    """Killed in its midst, its work is taken up by another, to the same numbers."""
    found = two_classes(30)
    found.start(1, lambda: True)
    job = found.job
    assert job is not None
    until(lambda: found.heard or job.over)
    busy = [address for address, keys in workers.client().processing().items() if job.key in keys]
    pids = workers.client().run(os.getpid, workers=busy)
    for pid in pids.values():
        os.kill(pid, signal.SIGKILL)
    assert job.wait(120)
    assert found.settle() is None
    assert found.learned is not None
    assert np.allclose(found.learned.head.weights, learned(two_classes(30)).learned.head.weights)  # type: ignore[union-attr]


@pytest.mark.usefixtures("cluster")
def test_stopped_it_frees_its_worker_and_can_begin_again() -> None:
    """Stop while a worker learns: nothing is learned, the next start goes to its end."""
    found = two_classes(20)
    found.start(1, lambda: True)
    job = found.job
    assert job is not None
    found.stop()
    assert job.status is Status.STOPPED
    assert not found.is_learning
    assert learned(found).learned is not None


@pytest.mark.usefixtures("cluster")
def test_two_students_with_the_same_names_have_their_own(caplog: pytest.LogCaptureFixture) -> None:
    """Equal names, other photos, at the same time: each is given its own head, and no log shows a byte of a photo."""
    caplog.set_level(logging.DEBUG)
    one, two = two_classes(), two_classes()
    two.classes[0].photos, two.classes[1].photos = two.classes[1].photos, two.classes[0].photos
    one.start(1, lambda: True)
    two.start(1, lambda: True)
    for each in (one, two):
        assert each.job is not None
        assert each.job.wait(120)
        assert each.settle() is None
    features = own.features(photo_of(photo_file(200)), lambda: True)
    assert one.head is not None
    assert two.head is not None
    assert one.head.chances(features).argmax() == 1
    assert two.head.chances(features).argmax() == 0
    data = one.classes[0].photos[0].data
    assert not [each for each in caplog.messages if repr(data[20:40])[2:-1] in each]


# ---- what cannot be learned


def test_what_cannot_be_learned_says_why() -> None:
    """No photo, one class only, a class without, two of one name: each is its own problem, and nothing is started."""
    found = Collection(["a", "b"])
    assert found.problem is not None
    assert found.problem.reason == "none"
    found.add(found.classes[0], [photo_file(1)])
    assert (found.problem.reason, found.problem.names) == ("one", ("a",))
    found.add(found.classes[1], [photo_file(2)])
    assert found.problem is None
    found.add_class("c")
    assert (found.problem.reason, found.problem.names) == ("empty", ("c",))
    found.add(found.classes[2], [photo_file(3)])
    found.rename(found.classes[2], "  A\t")
    assert (found.problem.reason, found.problem.names) == ("same", ("a",))
    found.start(1, lambda: True)
    assert not found.is_learning
    for problem in ("none", "one", "empty", "same"):
        assert own_words.problem(own_words.Problem(problem, ("a",)))


def test_limits_hold_whatever_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """Photos, classes, bytes and names end at their bounds; in a class earlier."""
    for room in ("", "1"):
        monkeypatch.setenv(limits.CLASS, room)
        found = Collection(["a", "b"])
        most = limits.current().photos
        assert most <= 30
        refused = found.add(found.classes[0], [photo_file(1)] * (most + 7))
        assert (len(found.classes[0].photos), refused) == (most, {"too_many": 7})
        heavy = bytes(limits.current().upload_mb * 1_000_000 + 1)
        assert found.add(found.classes[1], [heavy, b"", b"text", "damaged"]) == {
            "too_heavy": 1, "empty": 1, "not_a_photo": 1, "damaged": 1}  # fmt: skip
    for number in range(9):
        found.add_class(str(number))
    assert len(found.classes) == MOST
    for each in list(found.classes):
        found.remove_class(each)
    assert len(found.classes) == FEWEST
    found.rename(found.classes[0], "x" * 500 + "\n")
    assert found.classes[0].name == "x" * 24
    found.rename(found.classes[0], " \u200b\n")
    assert found.classes[0].name == "x" * 24


def test_one_photo_a_class_is_learned_and_not_tested() -> None:
    """Nothing can be put aside: there is a head, and no accuracy."""
    features, labels = blobs(2, 1)
    found = on_worker.learn(list(features), labels.tolist(), ["a", "b"], HeadSettings(), lambda what, share: None)
    assert found.accuracy is None
    assert found.head.weights.shape == (FEATURES, 2)
    assert found.tested(0) == (0, 0)


# ---- bad days


@pytest.fixture
def no_weights(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Path]:
    """Take the base's weights away from this process."""
    monkeypatch.setattr(base, "FILE", tmp_path / "features.safetensors")
    base.imagenet.cache_clear()
    yield tmp_path / "features.safetensors"
    base.imagenet.cache_clear()


def test_without_the_weights_a_command_is_named(no_weights: Path) -> None:
    """Missing or cut: the same error, whose words name the command that helps, and a folder that exists."""
    photo: Photo = photo_of(photo_file(1))
    for content in (None, b"cut"):
        if content is not None:
            no_weights.write_bytes(content)
        with pytest.raises(BaseMissing) as missing:
            on_worker.features_of([photo])
        words = own_words.failure(missing.value)
        assert f"git checkout -- {own_words.WEIGHTS}" in words
    assert (ROOT / own_words.WEIGHTS).is_dir()
    assert (ROOT / own_words.HEAD).is_file()


def test_without_a_cluster_nothing_begins(monkeypatch: pytest.MonkeyPatch) -> None:
    """A scheduler that does not answer is a refusal in words; nothing waits, and it may be asked again."""
    monkeypatch.setenv("DASK_SCHEDULER_ADDRESS", f"tcp://127.0.0.1:{free_port()}")
    monkeypatch.setattr(workers, "_client", None)
    monkeypatch.setattr(workers, "PATIENCE", 1)
    monkeypatch.setattr(workers, "_refused", -workers.ASK_AGAIN)
    found = two_classes()
    for _ in range(2):
        with pytest.raises(workers.WorkersUnavailable) as refused:
            found.start(1, lambda: True)
        assert not found.is_learning
        with pytest.raises(workers.WorkersUnavailable):
            own.features(photo_of(photo_file(1)), lambda: True)
    assert "tcp://" in own_words.failure(refused.value)


def test_the_ready_photos_are_of_ten_people_and_others() -> None:
    """Thirty photos, ten for each sign; whoever is tried was never learned from."""
    learned_from, tried = ready()
    assert Counter(photo.sign for photo in learned_from) == dict.fromkeys(SIGNS, 10)
    assert not {photo.person for photo in learned_from} & {photo.person for photo in tried}
    found = Collection(["a", "b"])
    found.fill(str)
    assert [(each.name, len(each.photos)) for each in found.classes] == [(str(sign), 10) for sign in SIGNS]
    assert found.problem is None


@settings(deadline=None)
@given(st.recursive(st.none() | st.text() | st.integers(), lambda inner: st.dictionaries(st.text(), inner)))
def test_whatever_a_browser_sends_for_a_file_is_bytes_or_a_reason(sent: object) -> None:
    """Foreign messages, bad base64, foreign reasons: bytes for the intake, or a reason that the page has words for."""
    for told in (sent, {"data": sent}, {"reason": sent}):
        found = sent_file(told)
        assert isinstance(found, bytes) or found in REASONS
    assert sent_file({"data": "aGVsbG8="}) == b"hello"
