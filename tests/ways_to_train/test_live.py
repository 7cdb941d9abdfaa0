"""What a worker answers the page: JSON, checked, private, stopped; the weights stay as they are."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import torch

from core import jobs
from core.files import ROOT, from_base64
from core.language_models import catalogue
from core.language_models.labels import calibrate
from core.tasks.categories import networks
from core.ways_to_train import live, ways
from core.ways_to_train.intake import IntakeError
from tests.language_models.one_by_one import log_probability

EXAMPLES = [["wolf", "animal"], ["bread", "food"], ["tram", "vehicle"]]
LABELS = ["animal", "food", "vehicle"]


def test_scores_are_json_and_those_of_the_prompt_that_is_shown() -> None:
    """Probabilities of each word sum to one, are those of the text told, and calibrate by p_cf; nothing fell out."""
    found = live.score(EXAMPLES, [" otter ", "taxi"], LABELS, instruction="Sort the words.")
    assert json.loads(json.dumps(found)) == found
    assert found["words"] == ["otter", "taxi"]
    loaded = catalogue.load("smollm2")
    assert found["text"].startswith("Sort the words.\n\nWord: wolf\nCategory: animal\n\n")
    oracle = [log_probability(loaded, found["text"], f" {label}") for label in LABELS]
    np.testing.assert_allclose(found["logs"][0], oracle, atol=1e-4)
    raw = np.array(found["raw"])
    np.testing.assert_allclose(raw.sum(1), 1)
    np.testing.assert_allclose(found["calibrated"], calibrate(raw, np.array(found["p_cf"])))
    np.testing.assert_allclose(np.array(found["content_free"]).sum(1), 1)
    assert found["label_tokens"] == [[" animal"], [" food"], [" vehicle"]]
    assert (found["fell_out"], found["line_end"], found["context"]) == ([], False, 2048)
    assert [name for name, read in zip(LABELS, raw[0], strict=True) if read == raw[0].max()] == ["animal"]


def test_a_prompt_changes_no_weight() -> None:
    """The hash before is the hash after; a weight changed in its last bit would be another one."""
    found = live.score(EXAMPLES, ["otter"], LABELS, calibrate=False)
    assert found["before"] == found["after"]
    assert len(found["before"]) == 64
    assert found["calibrated"] is found["p_cf"] is found["content_free"] is None
    loaded = catalogue.load("smollm2")
    weight = loaded.model.lm_head.weight.data.view(-1)[-1:]
    kept = weight.clone()
    try:
        weight.copy_(torch.nextafter(kept, kept + 1))
        assert ways.fingerprint(loaded) != found["before"]
    finally:
        weight.copy_(kept)
    assert live.score([], ["otter"], LABELS, fingerprints=False)["before"] is None


@pytest.mark.slow
def test_examples_that_fall_out_are_named() -> None:
    """A hundred long examples are more than 2,048 tokens: the oldest are named, the newest still stand in the text."""
    many = [[f"{place} " + "zx" * 15, "food" if place % 2 else "animal"] for place in range(100)]
    found = live.score(many, ["otter"], LABELS, calibrate=False, fingerprints=False)
    assert found["fell_out"] == many[: len(found["fell_out"])] != []
    assert many[99][0] in found["text"]
    assert found["fell_out"][-1][0] not in found["text"]
    assert found["tokens"] <= found["context"]


@pytest.mark.parametrize("way", ["scratch", "transfer"])
def test_own_examples_are_learned_live(way: str) -> None:
    """Words that no list holds, in two classes of the student's: learned, told with seconds and parameters, in JSON."""
    examples = [["piano", "music"], ["violin", "music"], ["Paris", "city"], ["Tokyo", "city"]]
    found = live.learn(way, examples, ["piano", "Tokyo", "guitar"], seed=3)
    assert json.loads(json.dumps(found)) == found
    assert found["labels"] == ["music", "city"]
    assert found["predicted"][:2] == ["music", "city"]
    assert found["right"] == 1
    np.testing.assert_allclose(np.array(found["probabilities"]).sum(1), 1, rtol=1e-5)
    assert found["parameters"] == {"scratch": 3_776 + 65 * 2 + 32, "transfer": 577 * 2}[way]
    again = live.learn(way, examples, ["piano", "Tokyo", "guitar"], seed=3)
    assert found["probabilities"] == again["probabilities"]


def test_vectors_are_told_with_where_they_come_from() -> None:
    """A word of the list has the shipped vector; another one is made now; both travel as base64."""
    found = live.vectors(["otter", "xylophone"])
    values = from_base64(found["values"]).reshape(2, found["width"])
    assert found["shipped"] == [True, False]
    assert np.array_equal(values[0], networks.shipped().values[networks.places()["otter"]])
    assert np.isfinite(values).all()


def test_a_worker_answers_as_this_process(cluster: None) -> None:
    """Asked through a job: the same answer; what is refused there is refused here with its reason."""
    asked: tuple[Any, ...] = ("scratch", [["ab", "x"], ["cd", "y"]], ["ab"], 1)
    here, there = live.learn(*asked), jobs.ask(live.learn, *asked, seconds=120)
    np.testing.assert_allclose(there["probabilities"], here["probabilities"], atol=1e-6)
    with pytest.raises(IntakeError) as caught:
        jobs.ask(live.learn, "magic", [["ab", "x"], ["cd", "y"]], ["ab"], 1, seconds=60)
    assert caught.value.reason == "way_unknown"


@pytest.mark.parametrize(
    "asked",
    [("magic",), ("few_shot", 0), ("scratch", 101), ("transfer", True), ("scratch", 5, -1), ("zero_shot", 0, 1, 99)],
)
def test_points_that_are_none_are_refused(asked: tuple[Any, ...]) -> None:
    """No such way, count, seed or wording: refused before anything is computed."""
    with pytest.raises(IntakeError):
        live.point(*asked)


def test_questions_that_are_none_are_refused() -> None:
    """An empty question, and a way to ask that there is not."""
    for question, how in ((" ", "bare"), ("Hello", "aloud")):
        with pytest.raises(IntakeError):
            live.converse(question, how)


def test_without_smollm2_the_answer_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where it is not, what needs it says which model is missing; what does not need it goes on."""

    def missing(name: str) -> None:
        raise catalogue.ModelMissing(name)

    monkeypatch.setattr(catalogue, "load", missing)
    asks: tuple[Callable[[], object], ...] = (
        lambda: live.score([], ["otter"], LABELS),
        lambda: live.vectors(["xylophone"]),
        lambda: live.converse("Hello", "bare"),
        lambda: live.point("zero_shot"),
    )
    for ask in asks:
        with pytest.raises(catalogue.ModelMissing):
            ask()
    assert live.vectors(["otter"])["shipped"] == [True]
    assert live.learn("transfer", [["otter", "a"], ["bread", "b"]], ["wolf"])["labels"] == ["a", "b"]
    assert 0 < live.point("transfer", 5, 1)["accuracy"] <= 1


def test_what_is_at_its_caps_finds_room() -> None:
    """The longest word, labels and instruction allowed, of signs that take three tokens each."""
    loaded = catalogue.load("smollm2")
    found = live.score([], ["🦊" * 40], ["🦊" * 30, "🐻" * 30], False, "漢" * 400, False)
    assert found["tokens"] <= loaded.context


def test_the_web_process_needs_no_torch() -> None:
    """What a page imports of this subject leaves torch and transformers alone, reading the recordings included."""
    script = (
        "import sys; from core.ways_to_train import conversation, curves, effects, intake, live, ways; "
        "curves.curve('few_shot'); conversation.recorded(); ways.examples(5, 1); "
        "print({'torch', 'transformers'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
