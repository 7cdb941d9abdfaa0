"""The picture of the page on ways to train: four curves, what they cost, and the words in their boxes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from components.in_browser import component, nothing, surroundings
from components.in_browser.told import turn
from components.language import _
from components.lesson import PageLesson
from components.ways_to_train.state import COMPONENT, hidden, moved
from core.files import base64_of
from core.tasks.categories.words import CATEGORIES
from core.ways_to_train.costs import costs
from core.ways_to_train.recorded import SHOWN, chosen, held_out, worded
from core.ways_to_train.ways import COUNTS


def show_picture(lesson: PageLesson, here: Mapping[str, Any]) -> None:
    """Show what was recorded of the four ways.

    Args:
        lesson: knows how often the question was played.
        here: where the picture stands.
    """
    data = surroundings() | {
        "words": [{"english": word.english, "french": word.french, "box": word.category} for word in held_out()],
        "boxes": [box_names()[name] for name in CATEGORIES],
        "counts": COUNTS,
        "draws": SHOWN,
        "wordings": [row["wording"] for row in worded()],
        "ways": {name: {"counts": told.counts, "boxes": base64_of(told.places)} for name, told in chosen().items()},
        "costs": {way: asdict(cost) for way, cost in costs().items()},
        "state": {**here, "turn": turn(COMPONENT)},
        "veiled": lesson.asked.plays == 0 and not lesson.asked.is_settled,
        "plays": lesson.plays,
        "heard": lesson.heard,
        "hidden": hidden(),
        "labels": _labels(),
    }
    component("ways_to_train/picture")(key=COMPONENT, data=data, on_state_change=moved, on_seen_change=nothing)


def box_names() -> dict[str, str]:
    """Return what each category is called in the page's language."""
    return {
        "animal": _("animal"),
        "food": _("food"),
        "vehicle": _("vehicle"),
        "furniture": _("furniture"),
        "clothing": _("clothing"),
    }


def way_names() -> dict[str, str]:
    """Return what each way is called in the page's language."""
    return {
        "scratch": _("From scratch"),
        "transfer": _("Transfer"),
        "few_shot": _("Few-shot"),
        "zero_shot": _("Zero-shot"),
    }


def _labels() -> dict[str, Any]:
    return {
        "wayNames": way_names(),
        "short": {
            "scratch": _("from scratch"),
            "transfer": _("transfer"),
            "few_shot": _("few-shot"),
            "zero_shot": _("zero-shot"),
        },
        "years": {"scratch": "2010–2017", "transfer": "2018", "few_shot": "2019", "zero_shot": "2020"},
        "alt": _("Share of new words put in the right box against the number of labelled words, for each way."),
        "axis": _("labelled words"),
        "chance": _("by chance"),
        "examples": _("Labelled words"),
        "where": _("And from scratch?"),
        "costs": _("What each way reaches, and what it costs"),
        "share": _("put rightly"),
        "learning": _("to learn"),
        "answering": _("per answer"),
        "changed": _("weights changed"),
        "unchanged": _("none"),
        "hash": _("Fingerprint of SmolLM2’s weights (SHA-256): {hash} before, {hash} after the prompts.", hash="%h"),
        "boxes": _("The words in their boxes: arrows go from one to the next"),
        "boxCount": _("right, of the words that belong here"),
        "sorted": _("{way}: {good} of 150 words right", way="%w", good="%g"),
        "draw": _("Other examples ({number} of {all})", number="%n", all="%a"),
        "wording": _("Another wording ({number} of {all})", number="%n", all="%a"),
        "quoted": _("“{text}”", text="%t"),
        "drawTitle": _("Draw other labelled words: the same way, another result"),
        "calibrated": _("Calibrated"),
        "hint": _("Point at a word, or press an arrow key."),
        "good": _("{word}: {put}, rightly", word="%w", put="%p"),
        "bad": _("{word}: put with {put}, belongs with {right}", word="%w", put="%p", right="%b"),
        "unsorted": _("{word}: not sorted yet", word="%w"),
    }
