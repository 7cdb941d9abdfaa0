"""One experiment as plain data: kept by the student's own browser, so checked here like any input from outside."""

from __future__ import annotations

import hashlib
import json
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, Self
from urllib.parse import urlencode

MOST_SETTINGS, MOST_FIGURES, MOST_CURVES, MOST_POINTS = 100, 12, 6, 100
LONGEST_VALUE, LONGEST_LABEL, LONGEST_UNIT, LONGEST_NOTE = 2_000, 200, 30, 10_000
"""Characters of a setting's value, of a name or sentence that is shown, of a unit, and of a note."""
LARGEST = 1e300
"""What a figure may be: its square is not asked for, its sum with another one is."""

_NAME = re.compile(r"[a-z][a-z0-9_-]{0,63}")
_ID = re.compile(r"[0-9a-f]{16}")
_TIME = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}", re.ASCII)
_VERSION = re.compile(r"[0-9a-z.+-]{1,20}")
_UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\u202a-\u202e\u2066-\u2069]")
"""What no text of ours holds: signs that control, halves of a character, and what turns the direction of writing."""


@dataclass(frozen=True)
class Figure:
    """One number that the page showed.

    Attributes:
        label: what it is, in the language of the page.
        value: not-a-number where a training diverged.
        unit: such as "s" or "%"; empty where it has none. A share is kept in percent.
    """

    label: str
    value: float
    unit: str = ""


@dataclass(frozen=True)
class Curve:
    """One line that the page drew, thinned out.

    Attributes:
        label: what it is, in the language of the page.
        x, y: its points; a point whose y is not-a-number was not measured.
        x_label, y_label: of the axes, with their units. Curves with the same lie on the same axes.
    """

    label: str
    x: tuple[float, ...]
    y: tuple[float, ...]
    x_label: str = ""
    y_label: str = ""


@dataclass(frozen=True)
class Prediction:
    """What the student said before they saw it.

    Attributes:
        question: what was asked, in the language of the page.
        guess: the option they chose.
        right: whether it came so.
    """

    question: str
    guess: str
    right: bool


@dataclass(frozen=True)
class Experiment:
    """One row of the notebook. The link is the experiment: the settings are all that determines it.

    Attributes:
        id: of its page and what was moved there: `identity`. The same experiment again is the same row.
        stem: of the page.
        part: of a page that has several experiments; "" for its main picture.
        settings: what the controls stood on that decide it, as the address writes it.
        moved: names of those that stood elsewhere than where the page opens.
        labels: what the controls were called, in the language of the page.
        seed: name of the setting that holds the seed; "" if there is none.
        figures, curves: what the page showed, by names that no language changes.
        prediction: made before; None where none was made.
        time: of the browser's own clock, "2026-11-28T14:03:05"; it may have been set back.
        sequence: orders the rows of one browser, whatever its clock said.
        version: of the course that made it.
        note: the student's words, in Markdown.
        star: whether the student marked it.
    """

    id: str
    stem: str
    part: str = ""
    settings: Mapping[str, str] = field(default_factory=dict)
    moved: tuple[str, ...] = ()
    labels: Mapping[str, str] = field(default_factory=dict)
    seed: str = ""
    figures: Mapping[str, Figure] = field(default_factory=dict)
    curves: Mapping[str, Curve] = field(default_factory=dict)
    prediction: Prediction | None = None
    time: str = ""
    sequence: int = 0
    version: str = ""
    note: str = ""
    star: bool = False

    @property
    def link(self) -> str:
        """How its address ends: `stem?query`."""
        return f"{self.stem}?{urlencode(dict(self.settings))}" if self.settings else self.stem

    def label(self, setting: str) -> str:
        """Return what a setting is called."""
        return self.labels.get(setting) or setting.partition("_")[2].replace("_", " ") or setting

    def to_json(self) -> dict[str, Any]:
        """Return what JSON can hold of it; not-a-number becomes null."""
        return {
            "id": self.id,
            "stem": self.stem,
            "part": self.part,
            "settings": dict(self.settings),
            "moved": list(self.moved),
            "labels": dict(self.labels),
            "seed": self.seed,
            "figures": {
                name: {"label": each.label, "value": _to_json(each.value), "unit": each.unit}
                for name, each in self.figures.items()
            },
            "curves": {
                name: {
                    "label": each.label,
                    "x": list(each.x),
                    "y": [_to_json(y) for y in each.y],
                    "x_label": each.x_label,
                    "y_label": each.y_label,
                }
                for name, each in self.curves.items()
            },
            "prediction": None if self.prediction is None else dict(vars(self.prediction)),
            "time": self.time,
            "sequence": self.sequence,
            "version": self.version,
            "note": self.note,
            "star": self.star,
        }

    @classmethod
    def from_json(cls, given: object) -> Self | None:
        """Take what can be understood of a value from outside; None if that is no experiment."""
        told = _mapping(given)
        stem, name = told.get("stem"), told.get("id")
        if not (isinstance(stem, str) and _NAME.fullmatch(stem) and isinstance(name, str) and _ID.fullmatch(name)):
            return None
        settings = {key: text(value, LONGEST_VALUE) for key, value in _entries(told.get("settings"), MOST_SETTINGS)
                    if isinstance(value, str)}  # fmt: skip
        moved, seed, note = told.get("moved"), told.get("seed"), told.get("note")
        labels = _entries(told.get("labels"), MOST_SETTINGS)
        figures = {key: _figure(each) for key, each in _entries(told.get("figures"), MOST_FIGURES)}
        curves = {key: _curve(each) for key, each in _entries(told.get("curves"), MOST_CURVES)}
        return cls(
            id=name,
            stem=stem,
            part=_matching(told.get("part"), _NAME),
            settings=settings,
            moved=tuple(key for key in settings if isinstance(moved, list) and key in moved[:MOST_SETTINGS]),
            labels={key: text(label, LONGEST_LABEL) for key, label in labels
                    if key in settings and isinstance(label, str)},
            seed=seed if isinstance(seed, str) and seed in settings else "",
            figures={key: each for key, each in figures.items() if each is not None},
            curves={key: each for key, each in curves.items() if each is not None},
            prediction=_prediction(told.get("prediction")),
            time=_matching(told.get("time"), _TIME),
            sequence=_sequence(told.get("sequence")),
            version=_matching(told.get("version"), _VERSION),
            note=text(note, LONGEST_NOTE) if isinstance(note, str) else "",
            star=told.get("star") is True,
        )  # fmt: skip


def identity(stem: str, part: str, moved: Mapping[str, str]) -> str:
    """Return an experiment's id: of its page, its part, and what was moved there, whatever the order."""
    told = json.dumps([stem, part, sorted(moved.items())], ensure_ascii=False)
    return hashlib.sha256(told.encode("utf-8", "replace")).hexdigest()[:16]


def thinned(label: str, x: Sequence[float], y: Sequence[float], x_label: str = "", y_label: str = "") -> Curve:
    """Return a curve with at most `MOST_POINTS` of its points, evenly chosen, the first and the last among them."""
    count = min(len(x), len(y))
    if count <= MOST_POINTS:
        chosen: Sequence[int] = range(count)
    else:
        chosen = [round(at * (count - 1) / (MOST_POINTS - 1)) for at in range(MOST_POINTS)]
    return Curve(label, tuple(_short(x[at]) for at in chosen), tuple(_short(y[at]) for at in chosen), x_label, y_label)


def text(given: str, most: int) -> str:
    """Return a text from outside as it is kept: not too long, without signs that are not seen."""
    return _UNSEEN.sub("", given)[:most]


def _figure(given: object) -> Figure | None:
    told = _mapping(given)
    label, unit, value = told.get("label"), told.get("unit"), _number(told.get("value"))
    if not isinstance(label, str) or value is None:
        return None
    return Figure(text(label, LONGEST_LABEL), value, text(unit, LONGEST_UNIT) if isinstance(unit, str) else "")


def _curve(given: object) -> Curve | None:
    told = _mapping(given)
    label, xs, ys = told.get("label"), told.get("x"), told.get("y")
    if not (isinstance(label, str) and isinstance(xs, list) and isinstance(ys, list)):
        return None
    points = [(_number(x), _number(y)) for x, y in islice(zip(xs, ys, strict=False), MOST_POINTS)]
    whole = [(x, y) for x, y in points if x is not None and not math.isnan(x) and y is not None]
    axes = [
        text(told[name], LONGEST_LABEL) if isinstance(told.get(name), str) else "" for name in ("x_label", "y_label")
    ]
    if not whole:
        return None
    return Curve(text(label, LONGEST_LABEL), tuple(x for x, _ in whole), tuple(y for _, y in whole), *axes)


def _prediction(given: object) -> Prediction | None:
    told = _mapping(given)
    question, guess, right = told.get("question"), told.get("guess"), told.get("right")
    if not (isinstance(question, str) and isinstance(guess, str) and isinstance(right, bool)):
        return None
    return Prediction(text(question, LONGEST_VALUE), text(guess, LONGEST_VALUE), right)


def _number(given: object) -> float | None:
    """Return a number; not-a-number for null, None for what is none."""
    if given is None:
        return math.nan
    if isinstance(given, bool) or not isinstance(given, (int, float)) or not abs(given) <= LARGEST:
        return None
    return float(given)


def _sequence(given: object) -> int:
    is_count = isinstance(given, (int, float)) and not isinstance(given, bool) and 0 <= given <= 2**53
    return int(given) if is_count and given == int(given) else 0  # type: ignore[call-overload]


def _to_json(value: float) -> float | None:
    return value if math.isfinite(value) else None


def _short(value: float) -> float:
    """Return a number with the five digits that a drawing can show; what is not finite is not-a-number."""
    return float(f"{value:.5g}") if math.isfinite(value) else math.nan


def _matching(given: object, pattern: re.Pattern[str]) -> str:
    return given if isinstance(given, str) and pattern.fullmatch(given) else ""


def _mapping(given: object) -> Mapping[Any, Any]:
    return given if isinstance(given, Mapping) else {}


def _entries(given: object, most: int) -> list[tuple[str, Any]]:
    told = _mapping(given)
    return [(name, told[name]) for name in islice(told, most) if isinstance(name, str) and _NAME.fullmatch(name)]
