"""What the page asks of a worker, by functions that import torch only there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from core.answers import Shipped
from core.files import RECORDED, Arrays

SHIPPED = Shipped(RECORDED / "three_phases" / "answers.json")
"""Answers to what the page begins with."""
TEMPERATURE = 0.5
"""At which the answers are drawn, as where obedience is measured."""
TOPS = 3
"""Likeliest tokens that are named at each place."""
PHASES = ("pretrained", "instructed", "aligned")
"""The models after each phase, in order."""


def answer(
    instruction: dict[str, str],
    seed: int,
    names: Mapping[str, str] | None = None,
    given: Mapping[str, Arrays] | None = None,
) -> list[dict[str, Any]]:
    """Let the three models answer an instruction, at `TEMPERATURE`: see `core.three_phases.live.answer`.

    Of each answer come its `text`, whether it is `recognised` as a story, and its `tokens`: bytes in hexadecimal, the
    probability by phase, and the likeliest tokens by phase, each with its own.

    Args:
        instruction: its wishes, by name.
        seed: of what is drawn.
        names: of models that are not the recorded ones, by phase: the answer is known by them.
        given: those models, as frames keep them.

    Raises:
        ValueError: a wish that no story can meet.
        core.three_phases.voting.StartMissing: a recorded model is not there.
    """
    from core.three_phases import live

    return [_short(dict(each)) for each in live.answer(instruction, TEMPERATURE, seed, given)]


def _short(answer: dict[str, Any]) -> dict[str, Any]:
    """Leave out of an answer what the page does not draw: it travels, and some are shipped."""
    tokens = [
        [
            token["bytes"],
            [round(token["probabilities"][phase], 4) for phase in PHASES],
            [[[piece, round(chance, 3)] for piece, chance in token["top"][phase][:TOPS]] for phase in PHASES],
        ]
        for token in answer["tokens"]
    ]
    return {"text": answer["text"], "recognised": answer["recognised"], "tokens": tokens}


def pairs(number: int, seed: int, name: str = "", given: Arrays | None = None) -> list[dict[str, Any]]:
    """Return pairs of answers to vote on: see `core.three_phases.live.pairs`.

    Args:
        number: of them.
        seed: of what is drawn.
        name: of a model of phase 2 that is not the recorded one.
        given: that model, as a frame keeps it.
    """
    from core.three_phases import live

    return [dict(each) for each in live.pairs(number, seed, _phase_two(given))]


def foretold(settings: dict[str, Any], given: Arrays | None = None) -> list[bool]:
    """Return of each vote of a run of phase 3 whether the others foretell it: see `core.three_phases.live.foretold`.

    Args:
        settings: of the run, as JSON.
        given: the model of phase 2 that they name, as a frame keeps it; without it, the recorded one.
    """
    from core.three_phases import live

    return live.foretold(settings, _phase_two(given))


def counted(instruction: dict[str, str], story: str) -> Sequence[tuple[str, bool]]:
    """Return the tokens of a pair, and whether the loss counts each: see `core.three_phases.live.counted`."""
    from core.three_phases import live

    return live.counted(instruction, story)


def _phase_two(given: Arrays | None) -> dict[str, Arrays] | None:
    return None if given is None else {"instructed": given}
