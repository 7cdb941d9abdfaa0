"""Alignment: votes, the reward model, both methods, and what a run keeps."""

from __future__ import annotations

import json
import math
from typing import Any

import numpy as np
import pytest
import torch

from core.files import RUNS
from core.runs.run import from_bytes
from core.stories import language as stories
from core.tasks.instructed.kept import kept, load
from core.tasks.instructed.settings import InstructedSettings
from core.tasks.instructed.task import fresh, questions
from core.tasks.registry import frames, settings_from_json
from core.three_phases import aligned, live, tastes, voting
from core.three_phases.aligned import Aligned
from core.three_phases.settings import NEITHER, OWN, AlignedSettings, start_of, usual
from core.three_phases.told import Told, padded, tell
from core.three_phases.voting import StartMissing, features, pairs, phase_two, tried, voted
from core.training.frames import Frame
from core.training.settings import SettingsError

QUICK = {
    "dpo": usual("dpo", votes=4, updates=2, batch_size=2),
    "reinforce": usual("reinforce", votes=4, updates=2, batch_size=2, answers=2),
}


@pytest.fixture
def _few_questions(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ask less at each measurement."""
    monkeypatch.setattr(aligned, "ASKED", 3)
    monkeypatch.setattr(voting, "FRESH", 4)


def run(settings: AlignedSettings, **given: Any) -> list[Frame]:
    return [frame for frame in frames(settings, **given) if frame.measured]


def numbers(frame: Frame) -> dict[str, float]:
    return {name: value for name, value in frame.metrics.items() if not math.isnan(value)}


def test_a_taste_prefers_what_it_says() -> None:
    """Shorter, more joyful, without a wolf, ending in friendship; two equal texts are a tie."""
    short, long = "Il dort.", "Il dort dans le grand lit de sa mère."
    assert tastes.vote("short", long, short) == 1
    assert tastes.vote("happy", "Elle était fière, de joie.", "Elle était triste et a pleuré.") == 0
    assert tastes.vote("no_wolf", "Il a vu un loup.", "Il a vu un âne.") == 1
    assert tastes.vote("friends", "Ils sont les meilleurs amis du monde.", "Il dort.") == 0
    assert all(tastes.vote(taste, short, short) == NEITHER for taste in tastes.TASTES)
    for taste in tastes.TASTES:
        worth = [tastes.WORTH[taste](story) for story in stories.corpus(100, 2)]
        assert len(set(worth)) > 1


@pytest.mark.usefixtures("_few_questions")
@pytest.mark.parametrize("method", ["dpo", "reinforce"])
def test_equal_settings_give_equal_frames_and_the_first_is_phase_two(method: str) -> None:
    """Twice the same numbers, answers and weights. Before the first update the distance is 0, and DPO's loss ln 2."""
    one, other = run(QUICK[method]), run(QUICK[method])
    for mine, theirs in zip(one, other, strict=True):
        assert numbers(mine) == numbers(theirs)
        assert all(np.array_equal(mine.arrays[name], theirs.arrays[name]) for name in mine.arrays)
    assert one[0].metrics["kl"] == pytest.approx(0, abs=1e-4)
    assert one[-1].metrics["kl"] > 1e-3
    if method == "dpo":
        assert one[1].metrics["running_loss"] == pytest.approx(math.log(2), abs=0.02)  # 16-bit products


@pytest.mark.usefixtures("_few_questions")
def test_a_run_goes_on_from_the_model_that_it_is_given() -> None:
    """The pretrained model, given as phase 2, answers as itself; another id without its model is refused."""
    from core.tasks.instructed.kept import keep

    settings = AlignedSettings.from_json(QUICK["dpo"].to_json() | {"start": start_of(InstructedSettings(seed=9), 3)})
    first = run(settings, given=keep(fresh()))[0]
    told = tell(
        load(kept(keep(fresh())), fresh()).eval(), questions()[:3], torch.Generator().manual_seed(aligned.JUDGED_SEED)
    )
    assert np.array_equal(first.arrays["told"], padded(told))
    with pytest.raises(StartMissing):
        run(settings)
    assert settings_from_json(json.loads(json.dumps(settings.to_json()))) == settings


@pytest.mark.slow
def test_a_reward_model_recovers_a_known_taste() -> None:
    """From 120 votes for fewer words: at least three fresh pairs of four in order, and more than from 5 votes."""
    model = phase_two(None)
    many, few = (tried(voted(model, usual("dpo", votes=votes)), model, "short") for votes in (120, 5))
    assert many >= 0.75
    assert many > few


@pytest.mark.usefixtures("_few_questions")
def test_own_votes_are_private_and_turn_the_reward_round() -> None:
    """A student's votes are never stored; all the other way round, each answer's reward changes its sign."""
    own = {"taste": OWN, "votes": 4, "updates": 1, "batch_size": 2}
    one, other = (usual("dpo", **own, chosen=chosen) for chosen in ((0, 1, -1, 0), (1, 0, -1, 1)))
    assert one.private
    assert not QUICK["dpo"].private
    assert one.run_id != other.run_id
    mine, theirs = run(one)[0], run(other)[0]
    np.testing.assert_allclose(mine.arrays["rewards"], -theirs.arrays["rewards"], rtol=1e-3, atol=1e-4)
    assert math.isnan(mine.metrics["worth"])


@pytest.mark.usefixtures("_few_questions")
def test_votes_that_are_all_ties_leave_the_model_alone() -> None:
    """Where no answer has what the taste looks for, the reward is zero everywhere and there is nothing to learn."""
    first, second = pairs(phase_two(None), 3, 1)
    votes = voting.learned(np.ones((3, 2)), np.zeros((3, 2)), np.full(3, NEITHER))
    assert not votes.of(np.ones((4, 2))).any()
    assert len(first.answers) == len(second.answers) == 3


def test_the_pairs_that_are_shown_are_those_that_are_voted_on() -> None:
    """`live.pairs` gives the texts of `voted`, in its order; fewer pairs are the first of more."""
    shown = live.pairs(3, 7)
    votes = voted(phase_two(None), usual("dpo", votes=3, pairs_seed=7))
    assert [pair["first"] for pair in shown] == votes.first.texts
    assert [pair["second"] for pair in shown] == votes.second.texts
    assert json.loads(json.dumps(shown)) == shown


def test_what_was_preferred_stands_first() -> None:
    """DPO's examples: the preferred answer, then the other; ties are left out."""
    settings = usual("dpo", taste=OWN, votes=3, chosen=(1, -1, 0))
    task = Aligned(settings)
    preferred, others = task.votes.preferred
    assert preferred.answers == [task.votes.second.answers[0], task.votes.first.answers[2]]
    assert others.answers == [task.votes.first.answers[0], task.votes.second.answers[2]]
    examples = task.examples()
    assert examples.inputs.shape[:2] == (2, 2)
    for row in range(2):
        for side, told in enumerate((preferred, others)):
            counted = examples.targets[row, side][examples.targets[row, side] >= 0].tolist()
            assert counted == list(told.answers[row])


def test_features_do_not_depend_on_what_stands_beside() -> None:
    """An answer alone, and padded beside a longer one: the same features."""
    model = phase_two(None)
    weights = {name: weight.detach() for name, weight in model.named_parameters()}
    told = tell(model, questions()[:3], torch.Generator().manual_seed(1))
    alone = [features(weights, Told([one], [answer])) for one, answer in zip(told.asked, told.answers, strict=True)]
    np.testing.assert_allclose(features(weights, told), np.concatenate(alone), rtol=1e-3, atol=1e-4)


def test_answers_come_with_what_each_phase_would_have_said() -> None:
    """JSON; every model's probabilities and alternatives for each token; phase 2 obeys greedily, phase 1 does not."""
    asked = questions()[0]
    found = live.answer(asked.to_json(), temperature=0.0)
    assert json.loads(json.dumps(found))
    by = {answer["by"]: answer for answer in found}
    assert by["instructed"]["obeyed"]
    assert not by["pretrained"]["obeyed"]
    for answer in found:
        text = b"".join(bytes.fromhex(token["bytes"]) for token in answer["tokens"]).decode()
        assert text == answer["text"] + "<|endoftext|>" * answer["ended"]
        for token in answer["tokens"]:
            best = token["top"][answer["by"]][0]
            assert best[0] == token["bytes"]
            assert best[1] == pytest.approx(token["probabilities"][answer["by"]], abs=1e-4)
    counted = live.counted(asked.to_json(), by["instructed"]["text"])
    words = b"".join(bytes.fromhex(word) for word, counts in counted if counts).decode()
    assert words == by["instructed"]["text"] + "<|endoftext|>"


@pytest.mark.parametrize(
    "setting",
    [{"votes": 0}, {"beta": -1.0}, {"taste": OWN}, {"chosen": (1,)}, {"start": "../../x"}, {"method": "ppo"},
     {"taste": OWN, "votes": 2, "chosen": (-1, -1)}, {"taste": OWN, "votes": 2, "chosen": (0, 7)}],
)  # fmt: skip
def test_absurd_settings_are_refused(setting: dict[str, Any]) -> None:
    """Out of bounds, votes that are not there, nothing preferred, a start that is no id: no worker sees them."""
    with pytest.raises(SettingsError):
        AlignedSettings(**setting)


def test_the_recorded_hack_has_more_reward_and_no_stories() -> None:
    """β = 0: the reward of its model rises while hardly any text is a story; with the default leash most still are."""
    hacked, leashed = (
        from_bytes((RUNS / f"{settings.run_id}.safetensors").read_bytes()).measured
        for settings in (usual("reinforce", beta=0.0), usual("reinforce"))
    )
    assert hacked[-1].metrics["reward"] > hacked[0].metrics["reward"] + 1
    assert hacked[-1].metrics["recognised"] < 0.1
    assert leashed[-1].metrics["recognised"] > 0.5
    assert leashed[-1].metrics["worth"] > leashed[0].metrics["worth"]
    assert hacked[-1].metrics["kl"] > leashed[-1].metrics["kl"] > 0
