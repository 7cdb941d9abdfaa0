"""The picture of the page on the project: one task, and what each model makes of it, from the simplest on."""

from __future__ import annotations

import base64
import math
from collections.abc import Mapping
from typing import Any

from components.in_browser import component, nothing, surroundings
from components.in_browser.told import turn
from components.language import _
from components.lesson import PageLesson
from components.project.state import COMPONENT, hidden, moved
from components.project.words import made_names, model_names, task_names
from core.once import once
from core.project.baselines import LIBRARY, TASKS
from core.project.mistakes import SHEETS, places
from core.project.presets import ASKED
from core.project.recorded import Rung, against, recorded
from core.project.sheet import COLUMNS
from core.project.shown_code import lines


def show_picture(lesson: PageLesson, here: Mapping[str, Any], measured: Mapping[str, Rung]) -> None:
    """Show the ladder.

    Args:
        lesson: knows how often the question was played.
        here: where the picture stands.
        measured: what this machine measured of the models that stand there.
    """
    data = surroundings() | {
        "tasks": _ladders(),
        "sheets": _sheets(),
        "columns": COLUMNS,
        "here": {
            model: {"accuracy": rung.accuracy, "learned": rung.learned, "answered": rung.answered}
            for model, rung in measured.items()
        },
        "asked": ASKED,
        "state": {**here, "turn": turn(COMPONENT)},
        "veiled": lesson.asked.plays == 0 and not lesson.asked.is_settled,
        "plays": lesson.plays,
        "heard": lesson.heard,
        "hidden": hidden(),
        "labels": _labels(),
    }
    component("project/picture")(key=COMPONENT, data=data, on_state_change=moved, on_seen_change=nothing)


@once()
def _sheets() -> dict[str, str]:
    """Return the images that were misread, all in one for each task, as addresses that hold them."""
    return {
        task: f"data:image/png;base64,{base64.b64encode(path.read_bytes()).decode()}" for task, path in SHEETS.items()
    }


@once()
def _ladders() -> dict[str, Any]:
    """Return every ladder that was recorded, as the browser draws it."""
    held = recorded().rungs.values()
    images = {name: places(rung.wrong for rung in held if rung.task == name) for name in TASKS}
    return {
        name: {
            "sizes": list(task.sizes),
            "all": task.all,
            "ladders": [
                [_drawn(rung, rungs[:at], images[name]) for at, rung in enumerate(rungs)]
                for rungs in (recorded().ladder(name, size) for size in task.sizes)
            ],
        }
        for name, task in TASKS.items()
    }


def _drawn(rung: Rung, above: list[Rung], images: list[Any]) -> dict[str, Any]:
    low, high = rung.interval
    return {
        "model": rung.model,
        "validation": [round(share, 5) for share in rung.validation],
        "accuracy": round(rung.accuracy, 5),
        "low": round(low, 5),
        "high": round(high, 5),
        "test": round(sum(rung.test) / len(rung.test), 5) if rung.test else None,
        "learned": rung.learned,
        "answered": rung.answered,
        "lines": lines(rung.model, rung.task),
        "wrong": [[images.index(example) if rung.task in SHEETS else example, *classes]
                  for example, *classes in rung.wrong],
        "against": _compared(rung, max(above, key=lambda other: other.accuracy)) if above else None,
    }  # fmt: skip


def _compared(rung: Rung, best: Rung) -> dict[str, Any]:
    """Return what a row is worth beside the best of those above it."""
    verdict = against(rung, best)
    return {
        "model": best.model,
        "gap": round(verdict.first.mean - verdict.second.mean, 5),
        "p": None if math.isnan(verdict.p) else verdict.p,
        "kind": verdict.kind,
        "seeds": len(verdict.first.values),
    }


def _labels() -> dict[str, Any]:
    return {
        "alt": _("Models from the simplest on: the share of right answers of each, on the validation set"),
        "taskNames": task_names(),
        "models": model_names(),
        "made": made_names(),
        "libraries": LIBRARY,
        "task": _("Task"),
        "size": _("Examples to learn from"),
        "all": _("{number} (all)", number="%n"),
        "axis": _("right answers on validation"),
        "legend": _("line: mean; dots: draws; band: 9 in 10 for so many examples"),
        "time": _("training"),
        "lines": _("lines"),
        "linesOf": _("{number} lines", number="%n"),
        "answers": _("answers: {time}", time="%t"),
        "guess": _("Your guess for the row: {model}", model="%m"),
        "reveal": _("Here is my guess: show the row “{model}”", model="%m"),
        "again": _("From the first row"),
        "close": _("Magnifying glass"),
        "whole": _("The whole axis"),
        "openTest": _("Open the test set"),
        "mistakes": _("{model}: its answer ≠ the right one", model="%m"),
        "mistakesOf": _("What it misreads: {model}", model="%m"),
        "noMistake": _("No mistake: {model}", model="%m"),
        "instead": _("{answer} instead of {truth}", answer="%a", truth="%t"),
        "afterLetters": _("after “{letters}”,", letters="%l"),
        "end": _("end of word"),
        "endShort": _("end"),
        "waits": _("How well does the next row do? Drag the diamond; the row comes with the answer to the question."),
        "begin": _("How well does the next row do? Drag the diamond, then show the row."),
        "inside": _("Guessed {guess}: right, it is {truth}.", guess="%b", truth="%a"),
        "tooHigh": _("Guessed {guess}: {distance} points too high, it is {truth}.", guess="%b", truth="%a",
                     distance="%d"),
        "tooLow": _("Guessed {guess}: {distance} points too low, it is {truth}.", guess="%b", truth="%a",
                    distance="%d"),
        "first": _("Without looking at the example, one is right {truth} of the time: any model has to do better.",
                   truth="%a"),
        "better": _("{model}: {gap} points more than “{other}”. Over {seeds} draws the difference is real (p {p}).",
                    model="%m", other="%o", gap="%g", seeds="%s", p="%p"),
        "worse": _("{model}: {gap} points less than “{other}”. Over {seeds} draws the difference is real (p {p}).",
                   model="%m", other="%o", gap="%g", seeds="%s", p="%p"),
        "unclear": _("{model} and “{other}”: {gap} points apart. {seeds} draws cannot tell them apart (p {p}).",
                     model="%m", other="%o", gap="%g", seeds="%s", p="%p"),
        "tested": _("Chosen on validation: {model}, {validation}. On the test set: {test}. Opened here: {number} ×.",
                    model="%m", validation="%v", test="%t", number="%n"),
    }  # fmt: skip
