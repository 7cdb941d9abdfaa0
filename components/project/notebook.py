"""The notebook of all experiments, kept in the student's own browser: what is chosen there is compared and reported."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

import streamlit as st

from components.in_browser import component, surroundings, told
from components.language import catalog, current, number, percent
from components.lesson import PageLesson
from components.notebook.keep import CHOSEN
from components.project.comparison import PLACE, comparison
from components.project.notebook_words import words
from core.course import concepts
from core.files import RECORDED
from core.lessons import load
from core.notebook.book import book
from core.notebook.experiment import Experiment, text
from core.notebook.file import MOST, read
from core.notebook.html import html
from core.notebook.markdown import markdown
from core.notebook.report import Report, Voice
from core.notebook.table import csv_of
from core.once import once

COMPONENT = "pj-notebook"
MOST_COMPARED = 24
"""Experiments that are compared, or stand in one report; a table for a program may have all."""
LEAST_REPORTED = 3
_ANSWER, _REPORTED = "project: file that was asked for", "project: has reported"
_WRITERS: dict[str, tuple[str, str, Callable[[Report], str]]] = {
    "html": ("html", "text/html", html),
    "markdown": ("md", "text/markdown", markdown),
    "csv": ("csv", "text/csv", lambda report: "\ufeff" + csv_of(report)),  # a mark by which spreadsheets know UTF-8
    "notebook": ("ipynb", "application/x-ipynb+json", lambda report: book(report).decode()),
}
"""By the name of each report: the ending of its file, its type, and what writes it."""


def notebook(lesson: PageLesson) -> None:
    """Show the notebook, and below it what the chosen experiments say together."""
    lesson.words("text-notebook")
    source, rows = _known()
    data = surroundings() | {
        "labels": words(),
        "titles": {stem: {"title": title, "parts": parts} for stem, (title, parts) in titles(current()).items()},
        "examples": [each.to_json() for each in reversed(examples(current()))],
        "answer": st.session_state.pop(_ANSWER, None),
        "chosen": {"source": source if source != "theirs" else "mine", "ids": [each.id for each in rows]},
        "comparison": PLACE,
        "most": MOST_COMPARED,
    }
    component("notebook/book")(key=COMPONENT, data=data, on_chosen_change=_choose, on_asked_change=_report)
    if len(rows) > 1:
        comparison(Report(rows, voice()))


def chosen() -> list[Experiment]:
    """Return the experiments that are chosen in the notebook, the first one first: for the canvas, for a tracker."""
    return _known()[1]


def has_report() -> bool:
    """Whether this session has made a report of three experiments of the student's own, and a verdict."""
    return bool(st.session_state.get(_REPORTED))


def voice() -> Voice:
    """Return how the page's language says what a report says."""
    return Voice(current(), catalog(current()).gettext, number, partial(percent, decimals=2), title_of)


def title_of(stem: str, part: str) -> str | None:
    """Return what a page and its part are called; None where the course has no such page."""
    if (found := titles(current()).get(stem)) is None:
        return None
    title, parts = found
    return f"{title} · {parts[part]}" if part in parts else title


@once(4)
def titles(language: str) -> Mapping[str, tuple[str, Mapping[str, str]]]:
    """Return the short title of each page, and the headings of its parts."""
    lessons = [load(concept.stem, language) for concept in concepts()]
    return {
        lesson.stem: (
            lesson.short,
            {part.id.removeprefix("text-"): part.heading for part in lesson.named("text-") if part.heading},
        )
        for lesson in lessons
    }


@once(4)
def examples(language: str) -> list[Experiment]:
    """Return the shipped examples, the first one first: recorded runs of the course, as its pages keep them."""
    with (RECORDED / "project" / f"examples.{language}.json").open("rb") as file:
        return read(file).experiments


def _known() -> tuple[str, list[Experiment]]:
    found: tuple[str, list[Experiment]] = st.session_state.get(CHOSEN, ("mine", []))
    return found


def _rows(given: Mapping[str, Any], most: int) -> list[Experiment]:
    """Return the experiments that a browser sent, checked like any other input."""
    sent = given.get("rows")
    read = [Experiment.from_json(row) for row in sent[:most]] if isinstance(sent, list) else []
    return [each for each in read if each is not None]


def _choose() -> None:
    """Take over which rows are chosen. Only these are ever sent here."""
    given = told.told(COMPONENT, "chosen")
    source = given.get("source")
    st.session_state[CHOSEN] = (
        source if source in {"mine", "examples", "theirs"} else "mine",
        _rows(given, MOST_COMPARED),
    )


def _report() -> None:
    """Write the file that was asked for; the next run hands it to the browser, and nothing of it stays here."""
    given = told.told(COMPONENT, "asked")
    kind, count = given.get("kind"), told.count(given.get("number"))
    rows = _rows(given, MOST if kind == "csv" else MOST_COMPARED)
    if not isinstance(kind, str) or kind not in _WRITERS or count is None or not rows:
        return
    ending, mime, write = _WRITERS[kind]
    report = Report(rows, voice(), text(str(given.get("written", "")), 19), _origin(given.get("base")))
    st.session_state[_ANSWER] = {
        "number": count,
        "name": f"curseurs-report.{ending}",
        "mime": mime,
        "text": write(report),
    }
    if given.get("source") == "mine" and len(rows) >= LEAST_REPORTED and kind != "csv" and report.comparison.verdicts:
        st.session_state[_REPORTED] = True


def _origin(given: object) -> str:
    """Return the address of the course as the browser knows it; "" for what is none."""
    is_address = isinstance(given, str) and given.startswith(("http://", "https://")) and len(given) <= 200
    return str(given).rstrip("/") if is_address else ""
