"""What the recorded networks of letters show, as the lesson says it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from core.embeddings import ngrams
from core.embeddings.missions import beats_counting
from core.embeddings.one_hot import distances
from core.embeddings.presets import PRESETS
from core.runs.store import RunStore
from core.tasks.letters.corpus import corpus, load
from core.tasks.registry import frames


def recorded(preset: str) -> float:
    run = RunStore(url="/nowhere").find(PRESETS[preset])
    assert run is not None, preset
    assert run.recorded
    loss: float = run.measured[-1].metrics["validation_loss"]
    return loss


@pytest.mark.parametrize("preset", ["words", "best"])
def test_on_words_the_recorded_network_is_below_every_n_gram(preset: str) -> None:
    """The course's network, and one with more context, end below the best smoothed n-gram of n = 1 … 5."""
    assert recorded(preset) < min(ngrams.verdict(load("words")).losses.values())


def test_on_names_counting_wins_as_the_lesson_says() -> None:
    """1,031 names are too few: the recorded network ends above the best n-gram, which is a 4-gram."""
    counted = ngrams.verdict(load("names"))
    assert recorded("names") > counted.losses[counted.best]
    assert counted.best[0] == 4


def test_the_mission_is_not_won_by_opening_the_page() -> None:
    """The recorded network beats counting, in a hundred times more updates than the mission allows."""
    run = RunStore(url="/nowhere").find(PRESETS["words"])
    assert run is not None
    assert not beats_counting(run)
    quick = replace(PRESETS["words"], updates=2_000)
    assert beats_counting(replace(run, settings=quick))


def test_vowels_find_each_other_in_the_recorded_run() -> None:
    """A claim of the page: in the end a plain vowel's nearest letter is a vowel far more often than at the start."""
    run = RunStore(url="/nowhere").find(PRESETS["words"])
    assert run is not None
    characters = corpus(load("words")).characters
    vowels = [characters.index(letter) for letter in "aeiouyéèêâàîïôû"]

    def faithful(table: np.ndarray) -> int:
        found = distances(table.astype(np.float32)) + 1e9 * np.eye(len(table), dtype=np.float32)
        return sum(int(found[v].argmin()) in vowels for v in vowels)

    first, last = (run.measured[k].arrays["letters"] for k in (0, -1))
    assert faithful(last) >= 12 > faithful(first)


@pytest.mark.parametrize("preset", ["words", "best"])
def test_on_french_words_the_recorded_network_beats_every_n_gram(preset: str) -> None:
    """Below the best of five orders and three smoothings, on the same validation words."""
    counted = ngrams.verdict(load("words"))
    assert recorded(preset) < min(counted.losses.values()) == counted.losses[counted.best]


def test_on_the_few_first_names_counting_wins_as_the_lesson_says() -> None:
    """The page explains it: 1,031 names are too few for the network."""
    assert recorded("names") > min(ngrams.verdict(load("names")).losses.values())


def test_the_first_loss_of_the_recorded_words_is_chance() -> None:
    """Scaled weights begin by believing nothing: ln 37; the course's own first weights begin eight times above."""
    run = RunStore(url="/nowhere").find(PRESETS["words"])
    assert run is not None
    assert run.measured[0].metrics["validation_loss"] == pytest.approx(np.log(37), abs=0.02)
    bad = next(iter(frames(PRESETS["course_start"]))).metrics["validation_loss"]
    assert 7.5 < bad / np.log(37) < 8.5
