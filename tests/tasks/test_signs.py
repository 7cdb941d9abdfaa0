"""Signs: photographs and people, the base against the package it comes from, four ways to learn."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
import torch
from PIL import Image

from core.tasks.registry import frames
from core.tasks.signs import base
from core.tasks.signs.copies import changed
from core.tasks.signs.looking import Seen, as_taken, features, seen, to_inputs
from core.tasks.signs.photos import SIDE, SIGNS, load, pixels
from core.tasks.signs.settings import ALL, LOOKED, RATES, WAYS, SignsSettings, usual
from core.tasks.signs.splits import drawn, split
from core.tasks.signs.task import Signs
from core.training.frames import Frame
from core.training.settings import SettingsError
from tests.few_photos import measure_on_few

QUICK = 20
"""Updates: enough to differ from the beginning."""


def test_every_photo_is_whole_and_every_person_has_each_sign_about_once() -> None:
    """2,062 photos open at 100 × 100; 207 people, of whom nearly all show ten signs, nobody one three times."""
    photos = load()
    assert (len(photos), int(photos.people.max()) + 1) == (2_062, 207)
    assert pixels().shape == (2_062, SIDE, SIDE, 3)
    assert set(np.unique(photos.signs)) == set(range(SIGNS))
    sizes = Counter(photos.people.tolist())
    assert sum(size == 10 for size in sizes.values()) >= 195
    assert set(sizes.values()) <= {6, 9, 10, 11}
    twice = Counter(zip(photos.people.tolist(), photos.signs.tolist(), strict=True))
    assert max(twice.values()) == 2
    assert sum(count == 2 for count in twice.values()) == 5


def test_the_splits_keep_people_apart_or_do_not() -> None:
    """By people nobody stands on both sides; by photos most do; each photo is on exactly one side of either."""
    people = load().people
    for kind, both in (("people", 0), ("photos", 204)):
        found = split(kind)
        assert sorted([*found.pool, *found.validation]) == list(range(2_062))
        assert len(set(people[found.pool]) & set(people[found.validation])) == both
    assert len(set(people[split("people").pool])) == ALL
    assert len(split("people").pool) == len(split("photos").pool)


@pytest.mark.parametrize("kind", ["people", "photos"])
def test_a_draw_takes_so_many_of_each_sign_from_the_pool(kind: str) -> None:
    """Of each sign as many as asked for, all different, none measured on; another seed draws others."""
    for photos in (1, 5, 50):
        found = drawn(kind, photos, 1)
        assert Counter(load().signs[found].tolist()) == dict.fromkeys(range(SIGNS), photos)
        assert len(set(found.tolist())) == len(found)
        assert set(found.tolist()) <= set(split(kind).pool.tolist())
        np.testing.assert_array_equal(found, drawn(kind, photos, 1))
        assert set(found.tolist()) != set(drawn(kind, photos, 2).tolist())


def package() -> Any:
    from assets.models.efficientnet_lite0.make_features import package as theirs

    return theirs()


def test_the_base_sees_what_the_package_sees() -> None:
    """On photos, at four sizes, our 16-bit network's features are the package's within a hundredth of their spread."""
    theirs, ours = package(), base.imagenet()
    assert sum(weight.numel() for weight in theirs.parameters()) == 4_652_008
    photos = to_inputs(pixels()[[0, 700, 1_400, 2_000]])
    for side in (96, 128, 160, 224):
        sized = torch.nn.functional.interpolate(photos, (side, side), mode="bilinear")
        with torch.no_grad():
            expected, found = theirs.extract_features(sized).mean((2, 3)), ours(sized)
        assert (found - expected).abs().max() < 0.01 * expected.max()
        assert torch.corrcoef(torch.stack([found.flatten(), expected.flatten()]))[0, 1] > 0.9999


def test_the_base_is_given_what_it_was_trained_on() -> None:
    """RGB, (x − 127) / 128, sides of 160: black is −0.992, white 1, and red comes first."""
    black, white, red = (np.full((1, SIDE, SIDE, 3), colour, np.uint8) for colour in (0, 255, (255, 0, 0)))
    assert to_inputs(black).shape == (1, 3, 160, 160)
    assert set(to_inputs(black).flatten().tolist()) == {-127 / 128}
    assert set(to_inputs(white).flatten().tolist()) == {1.0}
    assert to_inputs(red)[0, 0].min() == 1 > to_inputs(red)[0, 1:].max()


def test_the_shipped_features_are_the_bases() -> None:
    """What is shipped in eight bits is what the base makes of a photo now, within a step of the scale."""
    places = as_taken([3, 500, 1_999])
    looking = Seen(base.imagenet())
    assert list(looking.look(places)) == [1.0]
    found, shipped = looking.of(places).numpy(), features()
    np.testing.assert_allclose(shipped[[3, 500, 1_999]], found, atol=float(shipped.max()) / 255)
    assert seen(0).of(places).shape == (3, base.FEATURES)


def test_what_was_looked_at_is_not_looked_at_again() -> None:
    """Half of the work that is given up is kept: who asks again waits for the rest alone."""
    looking = Seen(base.imagenet()[:2])
    places = as_taken(range(40))
    next(looking.look(places))
    assert len(list(looking.look(places))) == 2
    assert not list(looking.look(places))


def stem(layer: Any) -> Any:
    return layer


def test_a_random_base_has_channels_of_one_size() -> None:
    """On the photos it was scaled on, each channel of the last convolution has mean 0 and deviation 1."""
    photos = to_inputs(pixels()[:8])
    found = base.random(torch.Generator().manual_seed(3), photos)
    with torch.no_grad():
        before = found[:-1](photos)
        last = stem(found[-1]).conv(before)
    assert last.mean((0, 2, 3)).abs().max() < 1e-2
    assert (last.std((0, 2, 3)) - 1).abs().max() < 1e-2
    other = base.random(torch.Generator().manual_seed(4), photos)
    assert not torch.equal(stem(found[0]).conv.weight, stem(other[0]).conv.weight)


def test_copies_are_the_same_at_each_run_and_differ_from_each_other() -> None:
    """The same photo and copy give the same picture; copies differ, and one of two is mirrored."""
    photo = pixels()[10]
    copies = [changed(photo, 10, copy) for copy in range(4)]
    np.testing.assert_array_equal(copies[0], changed(photo, 10, 0))
    assert all((one != other).mean() > 0.2 for one, other in pairwise(copies))
    assert all(copy.shape == photo.shape for copy in copies)

    def likeness(one: np.ndarray, other: np.ndarray) -> float:
        return float(np.corrcoef(one.ravel(), other.ravel())[0, 1])

    mirrored = [
        likeness(copy, photo[:, ::-1]) > likeness(copy, photo) for copy in (changed(photo, n, 0) for n in range(40))
    ]
    assert 8 <= sum(mirrored) <= 32


@pytest.fixture(scope="module")
def _measured_on_few() -> Iterator[None]:
    """How runs are measured does not hang on the number of photos; a frozen base takes seconds to look at all."""
    with pytest.MonkeyPatch.context() as patch:
        measure_on_few(patch)
        yield


@pytest.fixture(
    scope="module",
    params=[pytest.param(way, marks=pytest.mark.slow) if way == "random" else way for way in WAYS],
)
def run(request: pytest.FixtureRequest, _measured_on_few: None) -> tuple[SignsSettings, list[Frame]]:
    """Return a short run of each way."""
    settings = replace(usual(request.param, 1), updates=QUICK)
    return settings, list(frames(settings))


def test_each_way_learns_what_it_is_shown(run: tuple[SignsSettings, list[Frame]]) -> None:
    """Ten photos, a few updates: the loss on them falls; frames come in order, the last one holds the weights."""
    settings, found = run
    measured = [frame for frame in found if frame.measured]
    assert [frame.update for frame in measured] == [0, 1, 2, 5, 10, QUICK]
    first = 1 if settings.is_tuned else 0  # its head was trained before
    assert measured[-1].metrics["train_loss"] < measured[first].metrics["train_loss"]
    assert found[-1].weights
    assert not any(frame.weights for frame in found[:-1])
    looked = [frame.metrics[LOOKED] for frame in found if LOOKED in frame.metrics]
    assert looked == sorted(looked)
    assert bool(looked) == (settings.way in {"random", "tuned"})


def test_the_weights_kept_read_as_the_run_did(run: tuple[SignsSettings, list[Frame]]) -> None:
    """A network built anew from the last frame's weights reads the photos as the frame says."""
    settings, found = run
    task = Signs(settings)
    for _share in task.prepare():
        pass
    network = task.model(torch.Generator().manual_seed(99))
    network.load_state_dict({name: torch.from_numpy(array).float() for name, array in found[-1].weights.items()})
    network.eval()
    with torch.no_grad():
        read = torch.cat([network(chunk).argmax(1) for chunk in torch.split(task.measured_on().inputs, 64)])
    assert (read.numpy() == found[-1].arrays["read"]).mean() > 0.99  # 16-bit weights


@pytest.mark.usefixtures("_measured_on_few")
def test_equal_settings_give_equal_runs_and_a_base_that_stands_still_is_not_changed() -> None:
    """Trained again, number for number the same; the ImageNet base is what it was, after a tuned run too."""
    before = [weight.clone() for weight in base.imagenet().parameters()]
    settings = replace(usual("tuned", 1), updates=3)
    one, other = list(frames(settings))[-1], list(frames(settings))[-1]
    assert one.metrics == other.metrics
    assert all(torch.equal(*pair) for pair in zip(before, base.imagenet().parameters(), strict=True))
    moved = replace(settings, seed=2)
    assert list(frames(moved))[-1].metrics != one.metrics


def test_copies_are_learned_from_and_not_measured_on() -> None:
    """With two copies there are three times as many examples; what is measured on stays."""
    plain, more = (Signs(replace(usual("scratch", 2), copies=copies)) for copies in (0, 2))
    for task in (plain, more):
        assert not list(task.prepare())
    assert len(more.examples()) == 3 * len(plain.examples()) == 60
    assert torch.equal(more.examples().inputs[:20], plain.examples().inputs)
    assert torch.equal(more.measured_on().inputs, plain.measured_on().inputs)


@pytest.mark.parametrize(
    "given",
    [{"way": "tuned"}, {"blocks": 2}, {"way": "tuned", "blocks": 10}, {"photos": 0}, {"photos": 131}, {"copies": 5},
     {"way": "magic"}, {"split": "half"}, {"updates": 0}],
)  # fmt: skip
def test_absurd_settings_are_refused(given: dict[str, Any]) -> None:
    """Layers to tune where none are, or none where they are; more photos than there are; ways that are none."""
    with pytest.raises(SettingsError):
        SignsSettings(**given)


def test_the_usual_settings_are_each_ways_own() -> None:
    """The course's rate for a head on a frozen base, a gentler one where the base moves."""
    assert {way: usual(way).learning_rate for way in WAYS} == RATES
    assert RATES["imagenet"] == 0.01 > RATES["tuned"]


def test_a_diverging_run_ends_and_is_kept() -> None:
    """With an absurd rate the loss is no longer a number: the run ends there, as diverged, with what it read."""
    *_before, last = frames(replace(usual("scratch", 5), learning_rate=10.0, optimizer="sgd", updates=200))
    assert last.diverged
    assert "read" in last.arrays


def test_the_small_photos_are_the_photos() -> None:
    """What the network from scratch is given is the shipped WebP file, shrunk by the mean of its pixels."""
    task = Signs(usual("scratch", 1))
    assert not list(task.prepare())
    number = int(task.learned[0])
    image = Image.open(io.BytesIO(load().image(number))).resize((32, 32), Image.Resampling.BOX)
    expected = (np.asarray(image).astype(np.float32) - 127) / 128
    np.testing.assert_allclose(task.examples().inputs[0].permute(1, 2, 0).numpy(), expected)
