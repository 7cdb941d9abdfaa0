"""Every sentence of the lesson that states a fact, computed from what is shipped. Names are those of its claims."""

from __future__ import annotations

from pathlib import Path
from statistics import fmean, stdev
from typing import Any

import numpy as np
import pytest
import torch

from components.transfer_learning.state import names
from core.lessons import load as lesson
from core.runs.run import Run
from core.runs.store import RunStore
from core.tasks.signs import base, networks
from core.tasks.signs.looking import features
from core.tasks.signs.photos import load
from core.tasks.signs.settings import ALL, BLOCKS, RATES, WAYS, SignsSettings, usual
from core.tasks.signs.splits import split
from core.tasks.signs.task import Signs
from core.training.settings import Settings
from core.transfer_learning.curves import Point, curves
from core.transfer_learning.missions import SCRATCH_ACCURACY, accuracy
from core.transfer_learning.presets import ASKED, PRESETS
from core.transfer_learning.shown_code import files, keras_source, torch_source
from core.transfer_learning.stops import PHOTOS
from tests.helpers import execute
from tests.notebooks import put_beside


def point(way: str, photos: int, kind: str = "people") -> Point:
    return next(found for found in curves()[kind][way] if found.photos == photos)


def percent(share: float, digits: int = 0) -> float:
    return round(100 * share, digits)


def recorded(settings: Settings) -> Run:
    found = RunStore().find(settings)
    assert found is not None
    assert found.recorded
    return found


def generator() -> torch.Generator:
    return torch.Generator().manual_seed(1)


def learning(network: torch.nn.Module) -> int:
    return sum(weight.numel() for weight in network.parameters())


def test_base_leads_with_two() -> None:
    """With two photos of each sign the frozen base reads 54 %, a network from scratch 42 %."""
    assert percent(point("imagenet", 2).mean) == 54
    assert percent(point("scratch", 2).mean) == 42


def test_scratch_wins_with_all() -> None:
    """With all photos 96.4 % against 91.5 %; from 20 on the network from scratch is ahead; the base levels off."""
    assert percent(point("scratch", ALL).mean, 1) == 96.4
    assert percent(point("imagenet", ALL).mean, 1) == 91.5
    assert all(point("scratch", n).mean > point("imagenet", n).mean for n in PHOTOS if n > 10)
    assert point("tuned", ALL).mean > point("imagenet", ALL).mean
    assert (
        point("imagenet", ALL).mean - point("imagenet", 20).mean
        < point("scratch", ALL).mean - point("scratch", 20).mean
    )


def test_equal_with_ten() -> None:
    """With ten photos of each sign frozen base and network from scratch are nearer than their error bars."""
    one, other = point("imagenet", 10), point("scratch", 10)
    assert abs(one.mean - other.mean) < min(one.deviation, other.deviation)


def test_tuned_leads() -> None:
    """Up to 50 photos of each sign the fine-tuned base reads more than any other way, on average."""
    for photos in PHOTOS[:-1]:
        others = [point(way, photos).mean for way in WAYS if way != "tuned"]
        assert point("tuned", photos).mean > max(others)


def test_close_with_all() -> None:
    """With all photos, fine-tuned and from scratch differ by less than a draw's deviation."""
    one, other = point("tuned", ALL), point("scratch", ALL)
    assert abs(one.mean - other.mean) < max(one.deviation, other.deviation)


def test_curves_end_below() -> None:
    """No way reaches on average, with any number of photos, what the mission asks for."""
    assert all(found.mean < SCRATCH_ACCURACY for ways in curves()["people"].values() for found in ways)


def test_question_is_recorded() -> None:
    """The page opens on the question's own run, two photos of each sign on a frozen base; it is shipped."""
    here = {name: default for name, (default, _parse) in names().items()}
    assert usual(here["way"], here["photos"], split=here["split"]) == ASKED == PRESETS["asked"]
    assert (ASKED.way, ASKED.photos, ASKED.split) == ("imagenet", 2, "people")
    assert recorded(ASKED).status == "finished"


def test_head_alone_learns() -> None:
    """On a frozen base nothing is left to learn but the last layer: dropout has no weights, the body none."""
    network = networks.on_features(0.2, generator())
    assert [name for name, _weight in network.named_parameters()] == ["head.weight", "head.bias"]
    assert not any(weight.requires_grad for weight in base.imagenet().parameters())


def test_weights_that_learn() -> None:
    """Counted in the networks themselves: 89,834 from scratch, 12,810 on a frozen base, 1,026,506 fine-tuned."""
    assert learning(networks.from_scratch(0.2, generator())) == 89_834
    assert learning(networks.on_features(0.2, generator())) == 12_810 == 10 * 1_280 + 10
    assert learning(networks.tuned(BLOCKS, 0.2, generator())) == 1_026_506


def test_scratch_is_small() -> None:
    """Fewer than 100,000 weights, all photos, no base."""
    assert learning(networks.from_scratch(0.2, generator())) < 100_000
    assert PRESETS["scratch_all"] == usual("scratch", ALL)


def test_tuning_halves_mistakes() -> None:
    """With 20 photos of each sign and the same draw, two layers tuned leave half the frozen base's mistakes."""
    settings = PRESETS["tuned"]
    assert (settings.photos, settings.blocks) == (20, 2)
    frozen = recorded(usual("imagenet", 20))
    assert 1 - accuracy(recorded(settings)) <= 0.5 * (1 - accuracy(frozen))


def test_random_base_knows_nothing() -> None:
    """Frozen random weights read 10 to 14 % on average, whatever the number of photos; chance is 10 %."""
    means = [found.mean for found in curves()["people"]["random"]]
    assert (percent(min(means)), percent(max(means))) == (10, 14)
    assert accuracy(recorded(PRESETS["random_base"])) < 0.15


def test_too_fast_forgets() -> None:
    """At 0.03 the fine-tuned run ends at 10 %, below the frozen base; the same run at 0.001 ends above 90 %."""
    fast, slow = PRESETS["too_fast"], PRESETS["tuned"]
    assert fast.differences(slow) == {"learning_rate": (0.03, 0.001)}
    assert percent(accuracy(recorded(fast))) == 10
    assert accuracy(recorded(usual("imagenet", 20))) > accuracy(recorded(fast))
    assert accuracy(recorded(slow)) > 0.9


def test_tuned_learns_slowly() -> None:
    """The rate of what is tuned is 0.001, a tenth of the head's on a frozen base."""
    assert (RATES["tuned"], RATES["imagenet"]) == (0.001, 0.01)


def test_courses_recipe() -> None:
    """Mean over the photo, dropout 0.2, a dense layer, Adam at 0.01: the defaults of a run."""
    settings = SignsSettings()
    assert (settings.way, settings.dropout, settings.optimizer, settings.learning_rate) == (
        "imagenet",
        0.2,
        "adam",
        0.01,
    )
    seen = torch.randn(2, 320, 5, 5, generator=generator())
    last: Any = base.imagenet()[-1]
    torch.testing.assert_close(last(seen), torch.nn.functional.relu6(last.conv(seen)).flatten(2).mean(2))


def test_base_in_numbers() -> None:
    """3.35 million weights, 1,280 numbers for each photo."""
    assert round(learning(base.imagenet()) / 1e6, 2) == 3.35
    assert features().shape == (2_062, 1_280)


def test_who_is_who() -> None:
    """2,062 photos, 207 people; 130 to learn from, 77 to measure on, with 762 photos."""
    people, found = load().people, split("people")
    assert (len(people), len(set(people))) == (2_062, 207)
    assert len(set(people[found.pool])) == 130
    assert len(set(people[found.validation])) == 77
    assert len(found.validation) == 762


def test_once_for_each_sign() -> None:
    """Of 207 people, five have a sign twice; no one has one three times."""
    photos = load()
    counts = np.zeros((207, 10), int)
    np.add.at(counts, (photos.people, photos.signs), 1)
    assert counts.max() == 2
    assert (counts == 2).any(axis=1).sum() <= 5
    assert (counts == 1).mean() > 0.98


def test_random_split_does_not_flatter() -> None:
    """With all photos the frozen base reads 90.1 % of photos at random, 91.5 % of new people's."""
    assert percent(point("imagenet", ALL, "photos").mean, 1) == 90.1
    assert percent(point("imagenet", ALL).mean, 1) == 91.5
    text = {language: lesson("transfer_learning", language).section("level-numbers").body for language in ("fr", "en")}
    assert "90,1" in text["fr"]
    assert "90.1" in text["en"]


def test_same_person_misleads() -> None:
    """In the random split the nearest photo is the same person's for 11 %, and never shows the same sign."""
    photos, found, seen = load(), split("photos"), features()
    asked, pool = seen[found.validation], seen[found.pool]
    distances = (asked**2).sum(1)[:, None] + (pool**2).sum(1)[None] - 2 * asked @ pool.T
    nearest = found.pool[distances.argmin(1)]
    is_same = photos.people[nearest] == photos.people[found.validation]
    assert percent(float(is_same.mean())) == 11
    assert not (photos.signs[nearest] == photos.signs[found.validation])[is_same].any()


def test_bars_are_deviations() -> None:
    """Mean and standard deviation over at least three seeds at each point; a seed draws photos and first weights."""
    for ways in curves().values():
        for way, points in ways.items():
            assert [found.photos for found in points] == list(PHOTOS), way
            for found in points:
                assert len(found.reached) >= 3
                assert found.mean == pytest.approx(fmean(found.reached))
                assert found.deviation == pytest.approx(stdev(found.reached))
    one, other = Signs(usual("scratch", 2, seed=1)), Signs(usual("scratch", 2, seed=2))
    assert set(one.learned.tolist()) != set(other.learned.tolist())
    first = [networks.from_scratch(0.2, torch.Generator().manual_seed(seed)).head.weight for seed in (1, 2)]
    assert not torch.equal(*first)


def test_with_five() -> None:
    """With five photos of each sign: from scratch 64 %, frozen base 69 %, fine-tuned 78 %."""
    found = {way: percent(point(way, 5).mean) for way in ("scratch", "imagenet", "tuned")}
    assert found == {"scratch": 64, "imagenet": 69, "tuned": 78}


def test_frozen_with_twenty() -> None:
    """The frozen base reads 85 % with 20 photos of each sign."""
    assert percent(point("imagenet", 20).mean) == 85
    assert percent(accuracy(recorded(usual("imagenet", 20)))) == 85


def test_keras_is_the_courses() -> None:
    """The Keras tab builds the course's base: EfficientNetB0 without its top, with ImageNet's weights, frozen."""
    shown = keras_source(ASKED, str)
    assert 'keras.applications.EfficientNetB0(include_top=False, weights="imagenet"' in shown
    assert "base.trainable = False" in shown
    assert "keras.layers.Dropout(0.2)" in shown
    assert "keras.optimizers.Adam(0.01)" in shown
    for language in ("fr", "en"):
        body = lesson("transfer_learning", language).section("level-code").body
        assert 'EfficientNetB0(include_top=False, weights="imagenet")' in body


def test_pytorch_gives_the_number(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The PyTorch tab of the page as it opens, executed, ends at the accuracy of the recorded run."""
    put_beside(tmp_path, files(ASKED, str))
    monkeypatch.chdir(tmp_path)
    shown = execute(torch_source(ASKED, str))
    assert shown["accuracy"] == pytest.approx(accuracy(recorded(ASKED)), abs=0.003)
