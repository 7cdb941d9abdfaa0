"""Phase 2, live: instructions with their answers, which tokens count, a fine-tuning moment by moment."""

from __future__ import annotations

from typing import Any

import streamlit as st

from components import controls
from components.in_browser import component, surroundings
from components.language import _, duration, number
from components.lesson import PageLesson
from components.presets import control_presets
from components.run_controls import course_runs, say_settings_error
from components.three_phases.kept import keep_lab
from components.three_phases.lab import Measure, lab
from components.three_phases.missions import seen
from components.three_phases.told import sample
from core.runs.run import Run
from core.tasks.instructed.settings import InstructedSettings
from core.three_phases.counted import counted
from core.training.frames import Frame
from core.training.settings import SettingsError

PAIRS = [100, 300, 1_000, 2_000, 3_000, 4_000, 6_000, 10_000]
EPOCHS = [1, 2, 3, 5, 10]
RATES = [0.0001, 0.0003, 0.001, 0.002, 0.004, 0.005, 0.01, 0.03]
RANKS = [1, 2, 4, 8, 16, 32, 64]
PRESETS: dict[str, dict[str, Any]] = {
    "usual": {},
    "few": {"tp_pairs": 1_000},
    "lora": {"tp_way": "lora", "tp_rate": 0.01},
}
"""Recorded fine-tunings, by where they move the controls."""
SAMPLES = 3
"""Answers that are shown of a moment."""


def settings() -> InstructedSettings:
    """Show the controls of a fine-tuning; return what they say.

    Raises:
        SettingsError: they cannot be together.
    """
    usual = InstructedSettings()
    ways = {"all": _("All weights"), "lora": _("LoRA: a small addition")}
    one, two, three, four = st.columns(4, gap="medium", vertical_alignment="bottom")
    with one:
        pairs = controls.steps(_("Pairs"), PAIRS, usual.pairs, key="tp_pairs")
    with two:
        epochs = controls.steps(_("Epochs"), EPOCHS, usual.epochs, key="tp_epochs")
    with three:
        rate = controls.steps(_("Learning rate"), RATES, usual.learning_rate, key="tp_rate")
    with four:
        label = _("What may change")
        way = controls.choice(label, list(ways), usual.way, key="tp_way", kind="select", format_func=ways.__getitem__)
    with st.expander(_("Advanced settings"), icon=":material/tune:"):
        rank = controls.steps(_("Rank of LoRA"), RANKS, usual.rank, key="tp_rank")
        masked = controls.toggle(_("Only the answer counts in the loss"), usual.masked, key="tp_masked")
        named = {"four": _("hero, object, plot, helper"), "seven": _("place, ending and length as well")}
        wishes = controls.choice(
            _("What instructions may name"), list(named), usual.wishes, key="tp_wishes", format_func=named.__getitem__
        )
        seed = controls.number(_("Seed"), 0, 999, usual.seed, key="tp_tuning_seed", step=1)
    return InstructedSettings(
        pairs=pairs, epochs=epochs, learning_rate=rate, way=way, rank=rank, masked=masked, wishes=wishes, seed=seed
    )


def _defaults() -> dict[str, Any]:
    usual = InstructedSettings()
    return {
        "tp_pairs": usual.pairs,
        "tp_epochs": usual.epochs,
        "tp_rate": usual.learning_rate,
        "tp_way": usual.way,
        "tp_rank": usual.rank,
        "tp_masked": usual.masked,
        "tp_wishes": usual.wishes,
        "tp_tuning_seed": usual.seed,
    }


def tuning(lesson: PageLesson) -> Run | None:
    """Show phase 2; return its run once it is finished."""
    lesson.words("text-tuning")
    _example()
    control_presets(
        lesson, PRESETS, _defaults(), key="tp-tunings", section="tuning-", name=_("Fine-tunings to start from")
    )
    try:
        wanted = settings()
    except SettingsError as error:
        say_settings_error(error)
        return None
    read = wanted.total_updates * wanted.batch_size / wanted.pairs
    if read < wanted.epochs:
        st.info(
            _(
                "It stops after {updates} updates: each pair is read {times} times.",
                updates=number(wanted.total_updates),
                times=number(read, 2),
            ),
            icon=":material/info:",
        )
    label = _("Fine-tune: about {time}", time=duration(_seconds(wanted)))
    run = lab("tp-tuning", wanted, measures(), lambda frame: samples(frame, wanted.wishes), label)
    if run is not None:
        seen("tuning", wanted)
        keep_lab("tuning", run, measures(), _defaults(), "tp_tuning_seed")
    return run


def measures() -> list[Measure]:
    """Return what is drawn of a fine-tuning."""
    return [
        Measure(
            "obeyed", _("Instructions obeyed"), _("A story, and the one asked for: new pairs of hero and object."),
            "share", 0.0, 1.0,
        ),
        Measure("recognised", _("Stories"), _("What the grammar knows as a faultless story."), "share", 0.0, 1.0),
        Measure("answer_loss", _("Loss on answers"), _("Nats per token, on new pairs."), "number", 0.0, 0.4),
        Measure(
            "plain_loss", _("What is forgotten"), _("Loss on plain stories, in nats per token."),
            "number", 0.2, 0.4, ("plain_floor", _("least possible")),
        ),
    ]  # fmt: skip


def samples(frame: Frame, wishes: str) -> list[dict[str, Any]]:
    """Return the first answers of a moment."""
    return [sample(frame, at, wishes) for at in range(SAMPLES)]


def _seconds(wanted: InstructedSettings) -> float:
    """Return about how long a fine-tuning takes: as the recorded one, by the number of updates."""
    usual = InstructedSettings()
    recorded = course_runs().find(usual)
    assert recorded is not None  # it is shipped
    return recorded.frames[-1].seconds * max(0.2, wanted.total_updates / usual.total_updates)


def _example() -> None:
    """Show one pair as tokens: grey what is only read, coloured what the loss counts."""
    tokens = counted()
    data = surroundings() | {
        "tokens": [{"text": text, "counts": counts} for text, counts in tokens],
        "said": _(
            "{counted} of {all} tokens count: the answer’s, with its end ■. The instruction is only read. (The answer"
            " is cut short here.)",
            counted=number(sum(counts for _text, counts in tokens)),
            all=number(len(tokens)),
        ),
        "label": _("A pair as tokens: those that count are coloured"),
    }
    component("three_phases/counted")(key="tp-counted", data=data)
