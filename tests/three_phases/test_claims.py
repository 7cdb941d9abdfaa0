"""Every sentence of the lesson that states a fact, computed from what is shipped. Names are those of its claims."""

from __future__ import annotations

import math
from typing import Any

import pytest
import torch

from core.answers import key
from core.files import RUNS
from core.runs.run import Run, from_bytes
from core.stories import instructions
from core.stories.instructions import held_out
from core.tasks.instructed.lora import LoRA
from core.tasks.instructed.settings import InstructedSettings
from core.tasks.instructed.task import TEMPERATURE, fresh
from core.tasks.mini_gpt2 import published
from core.three_phases import asked, preference
from core.three_phases.ages import ages
from core.three_phases.figures import figures
from core.three_phases.missions import RISE
from core.three_phases.opening import OPENING, PRESETS, asked_for
from core.three_phases.recorded import presets
from core.three_phases.settings import AlignedSettings


def test_ages() -> None:
    """Fourteen moments; the last tells nothing but stories from nothing, and none obeys a single instruction."""
    found = ages().ages
    assert len(found) == len(published.checkpoints()) == 14
    assert found[-1].stories == 1.0
    assert not any(instructions.about(text) for text in found[-1].told)
    assert not any(age.obeyed for age in found)
    assert [age.loss for age in found] == sorted((age.loss for age in found), reverse=True)


def recorded(name: str) -> Run:
    """Return a recorded run."""
    path = RUNS / f"{presets()[name].run_id}.safetensors"
    return from_bytes(path.read_bytes(), recorded=True)


def answers(name: str) -> list[dict[str, Any]]:
    """Return the three answers to an instruction to start from."""
    found = asked.SHIPPED.answer(key(asked.answer, asked_for(PRESETS[name]).to_json(), 1))
    assert found is not None
    return list(found)


def test_phase_one_goes_on() -> None:
    """What the pretrained model writes after each instruction is no story of its own, and goes on as one would.

    It neither asks nor refuses, nor repeats the instruction; its words are those of stories, and it never obeys.
    """
    for name in PRESETS:
        first = answers(name)[0]
        assert not first["recognised"]
        assert "Raconte" not in first["text"]
        assert not first["text"].lstrip().startswith("Il était une fois")
        assert first["text"].rstrip().endswith(".")
        words = {word.strip(".,!?«»:' ") for word in first["text"].split()}
        assert len(words) > 15
    wanted = OPENING
    assert "renard" not in answers("lost")[0]["text"]
    assert wanted.hero == "renard"


def test_phase_two_obeys() -> None:
    """The default fine-tuning obeys all of 100 instructions at its end, none at its start; so does the one shipped."""
    run = recorded("instructed")
    first, last = run.measured[0].metrics, run.measured[-1].metrics
    assert (first["obeyed"], last["obeyed"]) == (0, 1)
    assert figures().pairs == 4_000
    assert asked.TEMPERATURE == TEMPERATURE == 0.5
    for name in PRESETS:
        told = answers(name)[1]
        about = instructions.about(told["text"])
        assert about is not None
        assert asked_for(PRESETS[name]).met_by(about), name


def test_few_pairs() -> None:
    """A quarter of the pairs: the recorded run obeys less than one instruction in four."""
    run = recorded("few")
    assert run.settings == InstructedSettings(pairs=1_000)
    assert run.measured[-1].metrics["obeyed"] < 0.25


def test_lora() -> None:
    """What LoRA adds, and what is obeyed with it: at twice the rate, everything else as it was."""
    run = recorded("lora")
    usual = InstructedSettings()
    assert run.settings == InstructedSettings(way="lora", learning_rate=2 * usual.learning_rate)
    assert 0.88 <= run.measured[-1].metrics["obeyed"] <= 0.92
    assert run.measured[-1].metrics["plain_loss"] < recorded("instructed").measured[-1].metrics["plain_loss"]
    model = LoRA(fresh(), usual.rank, usual.alpha, torch.Generator())
    assert sum(weight.numel() for weight in model.parameters() if weight.requires_grad) == 61_440
    assert sum(weight.numel() for weight in fresh().parameters()) == pytest.approx(1.12e6, abs=5e3)


def test_violin_is_held_out() -> None:
    """A princess and a violin were never asked for together in training."""
    asked_now = asked_for(PRESETS["needed"])
    assert (asked_now.hero, asked_now.thing) == ("princesse", "violon")
    assert held_out(asked_now.hero, asked_now.thing)


def test_figures() -> None:
    """344 million tokens, 4,000 pairs, 60 pairs compared."""
    found = figures()
    assert (round(found.tokens / 1e6), found.pairs, found.votes) == (344, 4_000, 60)


def test_fewer_examples() -> None:
    """Phase 2 takes less than a hundredth of the texts that phase 1 read."""
    stories = published.record()["stories"]["training"]
    found = figures()
    assert stories / found.pairs > 100


def test_something_is_forgotten() -> None:
    """The loss on plain stories rose from 0.246 to 0.303 nats; 0.246 is the least possible."""
    run = recorded("instructed")
    first, last = run.measured[0].metrics, run.measured[-1].metrics
    assert [round(each, 3) for each in (first["plain_loss"], last["plain_loss"], last["plain_floor"])] == [
        0.246,
        0.303,
        0.246,
    ]


def test_ln_two() -> None:
    """With the reference itself, DPO's loss is ln 2 = 0.693, whatever the ratios' scale; it falls as they part."""
    nothing = torch.zeros(5)
    for beta in (0.01, 0.1, 3.0):
        loss = preference.dpo_loss(nothing, nothing, beta).item()
        assert math.isclose(loss, math.log(2), abs_tol=1e-6)
        assert preference.dpo_loss(nothing + 1, nothing - 1, beta).item() < loss
    assert round(math.log(2), 3) == 0.693
    run = recorded("dpo")
    assert run.measured[1].metrics["running_loss"] < math.log(2)


def test_words_are_known() -> None:
    """Foxes and keys are in the stories that the model learned from."""
    from core.stories import language as stories

    text = " ".join(stories.corpus(300, 1))
    assert "renard" in text
    assert " clé" in text


def test_leash_keeps_stories() -> None:
    """Same votes, same updates: with the leash most answers are stories still, without it hardly any."""
    with_leash, without = recorded("aligned"), recorded("hacked")
    assert with_leash.settings.to_json() | {"beta": 0.0} == without.settings.to_json()
    assert with_leash.measured[-1].metrics["kl"] < without.measured[-1].metrics["kl"] / 10
    assert 0.85 <= with_leash.measured[-1].metrics["recognised"] < 0.9
    assert with_leash.measured[-1].metrics["length"] < with_leash.measured[0].metrics["length"]
    assert without.measured[-1].metrics["recognised"] < 0.05


def test_friends_everywhere() -> None:
    """The taste's own worth is the share of answers that end in friendship: about a third before, over 90 % after."""
    run = recorded("friends")
    assert run.settings == AlignedSettings(taste="friends")
    assert run.measured[0].metrics["worth"] == pytest.approx(1 / 3, abs=0.05)
    assert run.measured[-1].metrics["worth"] > 0.9


def test_hacked() -> None:
    """Without a leash the reward rises by more than two deviations, above the leashed one's, and no story is left.

    The taste itself is served, beyond what the leash allows; what nobody voted on, stories and instructions, is lost.
    """
    run, leashed = recorded("hacked"), recorded("aligned")
    first, last = run.measured[0].metrics, run.measured[-1].metrics
    assert last["reward"] - first["reward"] >= RISE
    assert last["reward"] > leashed.measured[-1].metrics["reward"]
    assert last["recognised"] < 0.05
    assert last["worth"] > leashed.measured[-1].metrics["worth"] > first["worth"]
    assert last["obeyed"] < 0.05 < 0.75 < first["obeyed"]


def test_price() -> None:
    """The recorded alignments towards shortness obey less often than the model they begin with, by either method."""
    for name in ("aligned", "dpo"):
        first, last = (recorded(name).measured[at].metrics for at in (0, -1))
        assert last["worth"] > first["worth"]
        assert last["obeyed"] < first["obeyed"] - 0.2
