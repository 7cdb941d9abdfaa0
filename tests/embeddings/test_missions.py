"""The missions need a mind: what reaches them, what nearly does, and that no preset or single click is enough."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import permutations

import pytest

from components.embeddings.letters_settings import BATCHES, HIDDEN, RATES, UPDATES
from core.embeddings.analogies import FAMILIES, questions
from core.embeddings.missions import beats_counting, may_beat_counting, survives
from core.embeddings.ngrams import verdict
from core.embeddings.presets import PRESETS
from core.embeddings.words import french_words
from core.tasks.letters.corpus import load
from core.tasks.letters.settings import LettersSettings
from core.tasks.registry import frames
from tests.embeddings.shipped import recorded

OPTIONS: dict[str, tuple[object, ...]] = {
    "corpus": ("words", "names"), "context": tuple(range(1, 9)), "embedding": tuple(range(1, 17)), "hidden": HIDDEN,
    "learning_rate": RATES, "batch_size": BATCHES, "updates": UPDATES, "step": ("course", "constant"),
    "start": ("scaled", "course"), "optimizer": ("sgd", "momentum", "rmsprop", "adam"),
}  # fmt: skip
"""What each control of the letters can be set to."""
CAPITALS = (("Grèce", "Athènes"), ("Hongrie", "Budapest"), ("Chine", "Pékin"), ("Suède", "Stockholm"),
            ("Pologne", "Varsovie"), ("Irlande", "Dublin"), ("Syrie", "Damas"), ("Ukraine", "Kiev"))  # fmt: skip


def one_move_away() -> Iterator[LettersSettings]:
    """Return the presets, and all settings that a single control away from one can be."""
    for preset in PRESETS.values():
        yield preset
        for name, options in OPTIONS.items():
            yield from (replace(preset, **{name: option}) for option in options)  # type: ignore[arg-type]


def test_the_rules_of_the_first_mission_are_kept() -> None:
    """Below the best count in 2,000 updates with 3 characters counts; one update or character more does not."""
    run = recorded("best")  # its loss is low enough
    assert run.measured[-1].metrics["validation_loss"] < min(verdict(load("words")).losses.values())
    won = LettersSettings(updates=2_000, context=3)
    assert beats_counting(replace(run, settings=won))
    for nearly in (replace(won, updates=2_001), replace(won, context=4), replace(won, corpus="names")):
        assert not beats_counting(replace(run, settings=nearly))
    assert not beats_counting(replace(recorded("course_start"), settings=won))  # 5.1 nats


def test_no_preset_reaches_the_first_mission() -> None:
    """None of the recorded runs counts."""
    assert not any(beats_counting(recorded(preset)) for preset in PRESETS)


def test_one_move_from_a_preset_trains_by_sgd_or_starts_too_sure() -> None:
    """What the mission allows one move away: the presets that lose, and their neighbours; never Adam with a fair start.

    `test_no_single_move_reaches_the_first_mission` trains them.
    """
    allowed = [settings for settings in one_move_away() if may_beat_counting(settings)]
    assert allowed
    for settings in allowed:
        fair = settings.start == "scaled" and settings.learning_rate <= 0.1 and settings.optimizer == "adam"
        assert not fair, settings


@pytest.mark.slow
@pytest.mark.timeout(1_200)
def test_no_single_move_reaches_the_first_mission() -> None:
    """The allowed runs that differ from a preset in how they learn, trained: none of them beats counting.

    Runs of 100 updates are left out, and so are other sizes of the network, all with the presets' own SGD.
    """
    best = min(verdict(load("words")).losses.values())
    ways = ("optimizer", "learning_rate", "start", "step", "updates")
    tried = {
        moved
        for preset in PRESETS.values()
        for name in ways
        for option in OPTIONS[name]
        if may_beat_counting(moved := replace(preset, **{name: option})) and moved.updates >= 500  # type: ignore[arg-type]
    }
    assert len(tried) > 10
    for settings in tried:
        loss = next(f for f in reversed(list(frames(settings))) if f.measured).metrics["validation_loss"]
        assert not loss < best, settings


@pytest.mark.slow
def test_the_first_mission_can_be_reached() -> None:
    """Adam, a rate of 0.01, batches of 256: trained here, it beats counting in 2,000 updates."""
    settings = replace(PRESETS["words"], optimizer="adam", learning_rate=0.01, batch_size=256, updates=2_000)
    assert may_beat_counting(settings)
    last = next(frame for frame in reversed(list(frames(settings))) if frame.measured)
    assert last.metrics["validation_loss"] < min(verdict(load("words")).losses.values())


def test_the_second_mission_is_reached_by_thinking() -> None:
    """Some analogies of meaning hold with own words allowed; of unlisted capitals about a third: it takes tries."""
    words = french_words()
    assert survives(words, "livre", "écrivain", "tableau", "peintre")
    asked = [(a, b, c, d) for (a, b), (c, d) in permutations(CAPITALS, 2)]
    right = sum(survives(words, *question) for question in asked)
    assert 0.15 < right / len(asked) < 0.6


@pytest.mark.parametrize(
    "nearly",
    [
        ("homme", "roi", "femme", "reine"),  # the page's own
        ("roi", "reine", "père", "mère"),  # listed, though it survives
        ("livre", "écrivain", "tableau", "sculpteur"),  # not the first answer
        ("fleur", "fleurs", "arbre", "arbres"),  # survives, but is grammar
        ("homme", "homme", "tableau", "tableau"),  # a word twice
        ("homme", "roi", "qsdfgh", "peintre"),  # unknown
        ("", "", "", ""),
    ],
)
def test_near_misses_of_the_second_mission(nearly: tuple[str, str, str, str]) -> None:
    """What falls by accident, by the page's own examples or by grammar does not count."""
    assert not survives(french_words(), *nearly)


def test_no_analogy_of_the_page_reaches_the_second_mission() -> None:
    """None of the families' analogies, whatever the order of the pairs; nor one word away from the page's example."""
    words = french_words()
    assert not any(survives(words, *asked) for family in FAMILIES for asked in questions(family))
    for other in ("Paris", "pomme", "médecin", "ville", "mère"):
        for place in range(4):
            a, b, c, d = (other if k == place else word for k, word in enumerate(("homme", "roi", "femme", "reine")))
            assert not survives(words, a, b, c, d)
