"""The picture of the page on the three phases: one instruction, and what the model answers after each phase."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from components.answers import answered, known
from components.in_browser import component, nothing, surroundings
from components.in_browser.told import turn
from components.language import _
from components.lesson import PageLesson
from components.three_phases.kept import keep_answers
from components.three_phases.own import wanted
from components.three_phases.state import COMPONENT, hidden, instruction_of, moved
from components.three_phases.words import ours, phase_names, phases_in_sentences, slides, wish_names, wish_words
from core.language_models.graphemes import group
from core.once import once
from core.stories import instructions
from core.stories.instructions import OPTIONS, Instruction
from core.three_phases.asked import SHIPPED
from core.three_phases.asked import answer as answers_of
from core.three_phases.opening import WISHES


def show_picture(lesson: PageLesson, here: Mapping[str, Any]) -> None:
    """Show the instruction and the three answers; another instruction's are written by a worker.

    Args:
        lesson: knows how often the question was played.
        here: where the picture stands.
    """
    asked = instruction_of(here)
    given = {phase: model.arrays for phase, model in wanted().items()} or None
    found = answered("picture", answers_of, *_question(here), shipped=SHIPPED, quiet=True, given=given)
    told = [told_of(asked, answer) for answer in found] if found else None
    if told and given is None:
        keep_answers(told)
    data = surroundings() | {
        "wishes": [
            {"name": name, "before": wish_names()[name], "options": wish_words(name, OPTIONS[name])} for name in WISHES
        ],
        "asked": asked.text,
        "answers": told,
        "state": {
            "wishes": {name: here[name] for name in WISHES},
            **{name: here[name] for name in ("seed", "phase", "at")},
            "turn": turn(COMPONENT),
        },
        "veiled": lesson.asked.plays == 0 and not lesson.asked.is_settled,
        "plays": lesson.plays,
        "heard": lesson.heard,
        "hidden": hidden(),
        "labels": _labels(),
    }
    component("three_phases/picture")(key=COMPONENT, data=data, on_state_change=moved, on_seen_change=nothing)


def is_known(here: Mapping[str, Any]) -> bool:
    """Whether the answers to the instruction are there, without asking a worker."""
    return known(answers_of, *_question(here), shipped=SHIPPED) is not None


def _question(here: Mapping[str, Any]) -> tuple[Any, ...]:
    """Return what is asked of the models: the instruction, the draw, and which models are the student's own."""
    names = {phase: model.name for phase, model in wanted().items()}
    return (instruction_of(here).to_json(), here["seed"], *([names] if names else []))


def told_of(asked: Instruction, answer: Mapping[str, Any]) -> dict[str, Any]:
    """Return an answer as the browser draws it: whole characters, and which wishes were met."""
    tokens: Sequence[Sequence[Any]] = answer["tokens"]
    groups = group([bytes.fromhex(piece) for piece, _chances, _tops in tokens])
    about = instructions.about(answer["text"])
    wishes = asked.to_json()
    return {
        "tokens": [
            {
                "text": _visible(each.shown),
                "chances": tokens[each.first][1],
                "tops": [
                    [{"text": _spelled(piece), "chance": chance} for piece, chance in top]
                    for top in tokens[each.first][2]
                ],
            }
            for each in groups
        ],
        "story": answer["recognised"],
        "met": {name: None if about is None else getattr(about, name) == wish for name, wish in wishes.items()},
    }


@once(2048)  # the vocabulary twice: three answers name a thousand likely tokens
def _spelled(piece: str) -> str:
    return _visible(group([bytes.fromhex(piece)])[-1].shown if piece else "")


def _visible(text: str) -> str:
    return text.replace("<|endoftext|>", " ■")


def _labels() -> dict[str, Any]:
    from_slides, here = slides(), ours(wanted())
    return {
        "instruction": _("The instruction"),
        "quoted": _("“{text}”", text="%t"),
        "again": _("Another answer"),
        "phase": _("The phase that is shown"),
        "phases": phase_names(),
        "afterPhases": phases_in_sentences(),
        "from": [f"{slide} {own}" for slide, own in zip(from_slides, here, strict=True)],
        "ours": here,
        "answerOf": _("The answer after {phase}: arrows go from token to token", phase="%p"),
        "story": _("faultless"),
        "wishes": wish_names(),
        "met": _("(met)"),
        "missed": _("(missed)"),
        "unknown": _("(only a faultless story tells)"),
        "looked": _("“{token}”: what each model finds likely at this place", token="%t"),
        "hint": _(
            "Point at a token, or press an arrow key in a text. Blue: the phase made it likelier; orange: less. Phase 1"
            " reads the instruction as the beginning of a story."
        ),
        "after": _("after {phase}", phase="%p"),
    }
